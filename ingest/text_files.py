"""Bytes to text: UTF-8, UTF-16 or CP1252."""

from pathlib import Path

from ingest.errors import UnreadableError


def decoded(path: Path) -> str:
    """Return the text of a file with its line ends as newlines. Raises UnreadableError when it is not text."""
    raw = path.read_bytes()
    text = _decode(raw)
    strange = sum(character < " " and character not in "\t\n\r\f\v" for character in text[:100_000])
    if strange > 0.02 * min(len(text), 100_000) + 2:
        raise UnreadableError("not text: save it as PDF, .docx or UTF-8 text")
    kept = "".join(character for character in text if character >= " " or character in "\t\n\r\f")
    return kept.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _decode(raw: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, errors="replace")
    if raw[1:200:2].count(0) > 0.6 * len(raw[1:200:2]):
        return raw.decode("utf-16-le", errors="replace")
    if raw[0:200:2].count(0) > 0.6 * len(raw[0:200:2]):
        return raw.decode("utf-16-be", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
