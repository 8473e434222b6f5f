"""The words of a paragraph: folded white space, and lists that an export has run into one line."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.blocks import Block

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ĳ": "ij", "Ĳ": "IJ", "\u00ad": None,
                            "\u200b": None})
_STOP = r"(?:(?<=[:;.,])|(?<=[;,]\sen)|(?<=[;,]\sof)|(?<=[;,]\sand)|(?<=[;,]\sor))"
_BULLET = re.compile(rf"(?:{_STOP}\s+|^)[*•·▪–-]\s+(?=\S)")
_NUMBER = re.compile(rf"(?:{_STOP}\s+|^)(?P<mark>\d{{1,2}}|[a-z])[.)°º]\s+(?=\S)")
_TABLE = re.compile(r"\|\s*:?-{3,}:?\s*\|")
_RULE = re.compile(r"[\s|:–-]*")
_CONTINUES = re.compile(r"(?:[;,]|[;,]\s(?:en|of|and|or))$")


def folded(text: str) -> str:
    """Return a text in NFC with its ligatures expanded, soft hyphens out and white space folded."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_LIGATURES)).split())


def paragraph_blocks(text: str) -> list[Block]:
    """Return a paragraph as blocks: one, or the members, introductions and items that an export ran into one line.

    Exported texts of laws have these: "Uitgangspunten zijn: * ...; * ...", "1. De Nationaal rapporteur ... 2. Het bureau ...".
    Two marks and more make a list.
    """
    if _TABLE.search(text):
        return _table(text)
    members = _members(text)
    if len(members) > 1:
        return [block for member in members for block in paragraph_blocks(member)]
    bullets = [(match.start(), match.end()) for match in _BULLET.finditer(text)]
    if len(bullets) >= 2 or (bullets and bullets[0][0] == 0):
        return _listed(text, bullets)
    letters = _sequence(text, after_colon=True)
    return _listed(text, letters) if len(letters) >= 2 else [Block("paragraph", text)]


def item_blocks(text: str, mark: str) -> list[Block]:
    """Return a list item as blocks, with the further items that an export ran into it; `mark` is how it begins ("*", "1.")."""
    blocks = paragraph_blocks(f"{mark} {text}")
    return [Block("item", text)] if len(blocks) == 1 else blocks


def _table(text: str) -> list[Block]:
    """Return the rows of a table of pipes that was run into one line, and the prose before and behind it."""
    first, last = text.index("|"), text.rindex("|") + 1
    blocks = paragraph_blocks(text[:first].strip()) if text[:first].strip() else []
    columns = ""
    rows = [" | ".join(cell.strip(" *") for cell in row.strip("| ").split("|") if cell.strip(" -*") or ":--" in row)
            for row in re.split(r"\|\s+\|", text[first:last])]
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        if _RULE.fullmatch(row):
            continue
        if ":--" in following:
            columns = row
        else:
            blocks.append(Block("row", row, context=columns))
    return blocks + (paragraph_blocks(text[last:].strip()) if text[last:].strip() else [])


def _members(text: str) -> list[str]:
    """Split "1. ... 2. ..." where the numbers run from the start of the text without a gap; each is prose of its own."""
    places = _sequence(text, after_colon=False)
    if len(places) < 2 or places[0][0] != 0:
        return [text]
    ends = [start for start, _ in places[1:]] + [len(text)]
    return [text[first:last].strip() for (_, first), last in zip(places, ends, strict=True)]


def _sequence(text: str, *, after_colon: bool) -> list[tuple[int, int]]:
    """Return the places of the marks 1, 2, 3 or a, b, c: from behind the first colon, or from the start of the text."""
    places: list[tuple[int, int]] = []
    awaited = ""
    for match in _NUMBER.finditer(text):
        mark = match["mark"]
        opens = text[:match.start()].endswith(":") if after_colon else match.start() == 0
        if (not places and mark in ("1", "a") and opens) or (places and mark == awaited):
            places.append((match.start(), match.end()))
            awaited = str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)
    return places


def _listed(text: str, marks: Sequence[tuple[int, int]]) -> list[Block]:
    """Cut a text at its marks: what stands before is prose, then items; prose behind the last item is prose again."""
    ends = [start for start, _ in marks[1:]] + [len(text)]
    items = [text[first:last].strip() for (_, first), last in zip(marks, ends, strict=True)]
    before = text[:marks[0][0]].strip()
    blocks = [Block("paragraph", before)] if before else []
    last, rest = _last_item(items)
    blocks += [Block("item", item) for item in (*items[:-1], last)]
    return blocks + (paragraph_blocks(rest) if rest else [])


def _last_item(items: Sequence[str]) -> tuple[str, str]:
    """Part the last item from the prose behind it: where the others end in ";" or ",", it is over at its first full stop."""
    from ingest.sentences import sentence_spans

    last = items[-1]
    if len(items) < 2 or not all(_CONTINUES.search(item) for item in items[:-1]):
        return last, ""
    spans = sentence_spans(last)
    end = next((stop for _, stop in spans if last[:stop].rstrip("\"”’)").endswith((".", "!", "?"))), len(last))
    return last[:end], last[end:].strip()
