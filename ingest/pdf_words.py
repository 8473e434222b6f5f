"""The words of one PDF page with boxes, type size and weight; what no reader sees is set apart."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.blocks import Box
from ingest.lines import PlacedWord

_INVISIBLE_MODE = 3    # PDF 32000-1, table 106: neither fill nor stroke
_SMALLEST_TYPE = 2.0   # points; footnotes are set in 6 and more
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class StyledWord(PlacedWord):
    """A word with its type size in points and whether it is bold."""

    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text that stands in the file but that no reader sees, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page: its physical number from 1, its size in points, its words in the order of the file, its hidden text."""

    number: int
    width: float
    height: float
    words: tuple[StyledWord, ...]
    hidden: tuple[HiddenText, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    box: Box
    size: float
    bold: bool
    hidden: str


def page_words(page: Any, number: int) -> PageWords:  # noqa: ANN401  (pypdfium2 has no types)
    """Read the words of an open pypdfium2 page."""
    width, height = page.get_size()
    words: list[StyledWord] = []
    hidden: list[str] = []
    why = ""
    for letters in _runs(_letters(page, number, height)):
        text = unicodedata.normalize("NFC", "".join(letter.text for letter in letters).translate(_LIGATURES))
        if letters[0].hidden or not _on_page(letters, width, height):
            why = letters[0].hidden or "off the page"
            hidden.append(text)
            continue
        boxes = [letter.box for letter in letters]
        box = Box(number, min(one.x0 for one in boxes), min(one.y0 for one in boxes), max(one.x1 for one in boxes), max(one.y1 for one in boxes))
        words.append(StyledWord(text, box, letters[0].size, letters[0].bold))
    quarantine = (HiddenText(" ".join(hidden), why),) if hidden else ()
    return PageWords(number, width, height, tuple(words), quarantine)


def _letters(page: Any, number: int, height: float) -> Iterator[_Letter | None]:  # noqa: ANN401
    """Yield the letters in the order of the file, None for each white space."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = pdfium.FS_RECTF()
    styles: dict[int, tuple[bool, str]] = {}
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code <= 0xDFFF or code in (0, 0xFFFE, 0xFFFF):
            continue
        text = chr(code)
        if code == 2:
            text = "\u00ad"  # pdfium's mark for a hyphen at a line end
        if text.isspace() or code in (0x200B, 0xFEFF):
            yield None
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, box):
            pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
            box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value
        size = float(pdfium.FPDFText_GetFontSize(textpage, index))
        handle = pdfium.FPDFText_GetTextObject(textpage, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        if key not in styles:
            styles[key] = _style(pdfium, textpage, index, handle)
        bold, hidden = styles[key]
        tall = box.top - box.bottom
        if not hidden and min(size if size > 1 else tall, tall) < _SMALLEST_TYPE:
            hidden = "smaller than 2 pt"
        yield _Letter(text, Box(number, box.left, height - box.top, box.right, height - box.bottom), size if size > 1 else tall, bold, hidden)


def _style(pdfium: Any, textpage: Any, index: int, handle: Any) -> tuple[bool, str]:  # noqa: ANN401
    """Return whether a text object is bold, and why it is hidden (empty where it is not)."""
    weight = pdfium.FPDFText_GetFontWeight(textpage, index)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, None)
    bold = weight >= 600 or b"bold" in name.value.lower() or b"black" in name.value.lower()
    if handle and pdfium.FPDFTextObj_GetTextRenderMode(handle) == _INVISIBLE_MODE:
        return bold, "invisible"
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha):
        if alpha.value < 16:
            return bold, "transparent"
        if min(red.value, green.value, blue.value) >= 250:
            return bold, "white on white"
    return bold, ""


def _runs(letters: Iterator[_Letter | None]) -> Iterator[list[_Letter]]:
    """Group letters into words: white space, a gap, another line or another visibility ends one."""
    run: list[_Letter] = []
    for letter in letters:
        if letter is None or (run and _breaks(run[-1], letter)):
            if run:
                yield run
            run = []
        if letter is not None:
            run.append(letter)
    if run:
        yield run


def _breaks(before: _Letter, letter: _Letter) -> bool:
    height = max(before.box.y1 - before.box.y0, 1.0)
    return (before.hidden != letter.hidden or letter.box.x0 - before.box.x1 > 0.25 * height or letter.box.x0 < before.box.x0 - 0.5 * height
            or abs(letter.box.y1 - before.box.y1) > 0.6 * height)


def _on_page(letters: list[_Letter], width: float, height: float) -> bool:
    first = letters[0].box
    return first.x1 > 0 and first.x0 < width and first.y1 > 0 and first.y0 < height
