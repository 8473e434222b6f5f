"""Reads one file into a document: choose the reader by its first bytes and then by its ending, read, assemble."""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.blocks import Draft
from ingest.documents import Document
from ingest.errors import UnreadableError
from ingest.passages import assemble

SCAN_SECONDS = 1_800.0  # the limit of a file whose scans are recognised, two to six seconds a page; a page has one of its own
_READING = 8  # raised when a reader gives other text or passages than before
_ADVICE = {
    ".doc": "an old Word file: open it in Word or LibreOffice and save it as .docx or PDF",
    ".xls": "an old Excel file: save it as .xlsx or CSV", ".ppt": "an old PowerPoint file: save it as PDF",
    ".pptx": "a presentation: save it as PDF", ".rtf": "a rich text file: save it as .docx",
    ".zip": "an archive: unpack it and ingest the folder", ".7z": "an archive: unpack it and ingest the folder",
    ".rar": "an archive: unpack it and ingest the folder", ".gz": "an archive: unpack it and ingest what is in it",
    ".tar": "an archive: unpack it and ingest the folder", ".msg": "an e-mail: save it as PDF or text",
    ".eml": "an e-mail: save it as PDF or text"}
_OPEN_DOCUMENTS = {b"opendocument.spreadsheet": "an OpenDocument spreadsheet: save it as .xlsx or CSV",
                   b"opendocument.presentation": _ADVICE[".pptx"]}
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".svg"})
_OWN_TEXT = frozenset({".md", ".markdown", ".csv", ".tsv"})  # may begin with HTML and hold something else
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How files are read: whether scans are recognised, and the limits of one file in seconds and bytes."""

    ocr: bool = False
    seconds: float = 60.0
    memory_bytes: int = 1 << 30

    def hash_with(self, metadata: Mapping[str, str]) -> str:
        """Twelve characters that change when a file with this sidecar would be read otherwise; limits do not count."""
        content = json.dumps([_READING, self.ocr, dict(sorted(metadata.items()))])
        return hashlib.sha256(content.encode()).hexdigest()[:12]


def read_document(path: Path, *, doc: str, settings: ReadingSettings, metadata: Mapping[str, str] | None = None) -> Document:
    """Read a file. Raises UnreadableError, in one line that says what to do, when it is empty, damaged or of no known kind."""
    content = path.read_bytes()
    if not content:
        raise UnreadableError("the file is empty: leave it out or fill it")
    known = metadata or {}
    draft = _draft(path, settings, known)
    document = assemble(draft, doc=doc, sha256=hashlib.sha256(content).hexdigest(), metadata=known)
    if not document.passages:
        why = next((remark.what for remark in draft.remarks if remark.kind == "warning"), "it holds no text that can be quoted, leave it out")
        raise UnreadableError(f"nothing to quote: {why}")
    return document


def _draft(path: Path, settings: ReadingSettings, columns: Mapping[str, str]) -> Draft:
    """Read the blocks of a file. What parsers raise on damaged files is theirs to choose; only they are guarded here, so that
    a fault of our own in what follows is not taken for a fault of the file."""
    try:
        return read_draft(path, ocr=settings.ocr, columns=columns)
    except PermissionError as error:
        raise UnreadableError("may not be read: change its rights") from error
    except RecursionError as error:
        raise UnreadableError("nested too deeply: open it in its own program and save it again") from error
    except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError, AssertionError,
            SyntaxError, EOFError, zlib.error) as error:
        raise UnreadableError(f"damaged ({type(error).__name__}): open it in its own program and save it again") from error


def read_draft(path: Path, *, ocr: bool, columns: Mapping[str, str]) -> Draft:
    """Read a file with the reader for its kind. Raises UnreadableError with one line that says what to do."""
    suffix = path.suffix.casefold()
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        from ingest.pdf import read_pdf

        return read_pdf(path, ocr=ocr)
    if suffix == ".pdf":
        raise UnreadableError("not a PDF, in spite of its name: export it again as PDF")
    if head.startswith(_OLE):
        raise UnreadableError(_old_office(suffix))
    if head.startswith(b"PK\x03\x04"):
        return _read_package(path, suffix, columns)
    if suffix in _PICTURES or head[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"GIF8"):
        raise UnreadableError("a picture: make a PDF of it with text recognition, or type its text over")
    if suffix in _ADVICE:
        raise UnreadableError(_ADVICE[suffix])
    if head.startswith(b"{\\rtf"):
        raise UnreadableError(_ADVICE[".rtf"])
    return _read_text_kind(path, suffix, head, columns)


def _old_office(suffix: str) -> str:
    if suffix in (".docx", ".xlsx"):
        return "encrypted with a password: save it without one"
    return _ADVICE.get(suffix, "an old Office file: save it as .docx, .xlsx or PDF")


def _read_package(path: Path, suffix: str, columns: Mapping[str, str]) -> Draft:
    """Read a zip package by what is in it: Word, OpenDocument or Excel."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if sum(info.file_size for info in package.infolist()) > 500_000_000:
                raise UnreadableError("unpacks to more than 500 MB: split it")
            kind = package.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise UnreadableError("a damaged package: open it in its own program and save it again") from error
    if any(name.startswith("word/") for name in names):
        from ingest.word import read_word

        return read_word(path)
    if b"opendocument.text" in kind:
        from ingest.odt import read_odt

        return read_odt(path)
    if advice := next((said for name, said in _OPEN_DOCUMENTS.items() if name in kind), None):
        raise UnreadableError(advice)
    if "xl/workbook.xml" in names:
        from ingest.register import read_xlsx

        return read_xlsx(path, columns)
    raise UnreadableError(_ADVICE.get(suffix, _ADVICE[".zip"]))


def _read_text_kind(path: Path, suffix: str, head: bytes, columns: Mapping[str, str]) -> Draft:
    if suffix in (".html", ".htm", ".xhtml") or (suffix not in _OWN_TEXT and _HTML.match(head)):
        from ingest.html import read_html

        return read_html(path)
    if suffix in (".md", ".markdown"):
        from ingest.markdown import read_markdown

        return read_markdown(path)
    if suffix in (".csv", ".tsv"):
        from ingest.register import read_csv

        return read_csv(path, columns)
    if suffix in (".docx", ".xlsx", ".odt"):
        raise UnreadableError("damaged: open it in its own program and save it again")
    from ingest.text_files import read_text

    return read_text(path)
