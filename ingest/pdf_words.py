"""The words of one PDF page with boxes, type size and weight; what no reader sees is set apart."""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as pdfium

from ingest.blocks import Box
from ingest.drop_caps import with_drop_caps
from ingest.hidden import SMALLEST_POINTS
from ingest.lines import PlacedWord
from ingest.pdf_shapes import Handle, Shapes, Space, page_shapes, turned_box
from ingest.prose import LIGATURES

_INVISIBLE_MODES = (3, 7)  # PDF 32000-1, table 106: neither fill nor stroke; no more than a shape to clip by
_WHITE = "white on white"
_EXPANDED = str.maketrans({**LIGATURES, "\u00a0": " "})
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPTS = str.maketrans(_RAISED, "0123456789")
_LINE_END_HYPHEN = 2   # pdfium's mark for a hyphen behind which a line ends; whether it is part of the word is ours to say


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text that stands in the file but that no reader sees, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page: its physical number from 1, its size in points, its words in the order of the file, its hidden text, its shapes.

    `turned` is text that does not run from left to right: a watermark, a label along the margin. A page that is drawn sideways is read as
    after so many `quarters` of a turn to the right: its size and all its boxes are those of the page turned so.
    """

    number: int
    width: float
    height: float
    words: tuple[PlacedWord, ...]
    hidden: tuple[HiddenText, ...]
    turned: str = ""
    shapes: Shapes = field(default_factory=Shapes)
    quarters: int = 0

    @property
    def shown_size(self) -> tuple[float, float]:
        """The width and height of the page as it is shown, in points."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def shown(self, box: Box) -> Box:
        """Return a box of the page where it lies on the page as it is shown."""
        return turned_box(box, -self.quarters % 4, self.width, self.height)


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool
    hidden: str
    quarters: int | None  # turns to the right that make it run from left to right
    order: int | None
    scale: float


class _Letter(NamedTuple):
    """One of hundreds of thousands in a document, so as light as can be; the edges are those of its box as shown, in points."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    style: _Style
    hidden: str
    doubtful: bool


def page_words(page: Handle, number: int) -> PageWords:
    """Read the words of an open pypdfium2 page; one with most of its letters turned the same way is read sideways, or upside down."""
    width, height = page.get_size()
    space = Space.of(page)
    found, quarters = _words_of(page, number, space, width, height)
    if not quarters:
        return found
    size = (height, width) if quarters % 2 else (width, height)
    sideways, _ = _words_of(page, number, space.turned(quarters, width, height), *size)
    return replace(sideways, quarters=quarters) if sideways.words else found


def _words_of(page: Handle, number: int, space: Space, width: float, height: float) -> tuple[PageWords, int]:
    """Return the words that run from left to right in a space, and how many quarter turns to the right make most letters do so."""
    shapes = page_shapes(page, number, space)
    words: list[PlacedWord] = []
    hidden: list[HiddenText] = []
    turned: list[PlacedWord] = []
    counts = Counter[int | None]()
    for letters, glued in _runs(_letters(page, space, shapes)):
        word = _word(letters, number, glued=glued)
        why = _why_hidden(letters[0], word.box, shapes, width, height)
        if why:
            hidden.append(HiddenText(word.text, why))
            continue
        counts[letters[0].style.quarters] += len(letters)
        (turned if letters[0].style.quarters != 0 else words).append(word)
    found = PageWords(number, width, height, tuple(with_drop_caps(words)), _together(hidden), " ".join(word.text for word in turned), shapes)
    return found, next((quarters for quarters, count in counts.items() if quarters and 2 * count > counts.total()), 0)


def _word(letters: Sequence[_Letter], number: int, *, glued: bool) -> PlacedWord:
    texts, lefts, tops, rights, bottoms, _, _, _, doubts = zip(*letters, strict=True)
    written = "".join(texts)
    text = written if written.isascii() else unicodedata.normalize("NFC", written.translate(_EXPANDED))
    plain = text if written.isascii() else text.translate(_SUPERSCRIPTS)
    box = Box(number, min(lefts), min(tops), max(rights), max(bottoms))
    first = letters[0]
    return PlacedWord(plain, box, first.size, bold=first.style.bold, glued=glued, raised=plain != text, doubtful=any(doubts))


def _why_hidden(first: _Letter, box: Box, shapes: Shapes, width: float, height: float) -> str:
    """Return why no reader sees a word, empty where readers do."""
    if first.hidden and not (first.hidden == _WHITE and shapes.shows_white(box)):
        return first.hidden
    if box.x1 <= 0 or box.x0 >= width or box.y1 <= 0 or box.y0 >= height:
        return "off the page"
    return "covered" if shapes.covers(box, first.style.order) else ""


def _together(hidden: Sequence[HiddenText]) -> tuple[HiddenText, ...]:
    """Join the hidden words of a page by reason."""
    reasons = dict.fromkeys(word.why for word in hidden)
    return tuple(HiddenText(" ".join(word.text for word in hidden if word.why == why), why) for why in reasons)


def _letters(page: Handle, space: Space, shapes: Shapes) -> Iterator[_Letter | None]:
    """Yield the letters in the order of the file, None for each white space."""
    textpage = page.get_textpage()
    raw, box = textpage.raw, pdfium.FS_RECTF()
    there = ctypes.byref(box)
    styles: dict[int, _Style] = {}
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code <= 0xDFFF or code in (0, 0xFFFE, 0xFFFF):
            continue
        text = "-" if code == _LINE_END_HYPHEN else chr(code)
        if text.isspace() or code in (0x200B, 0xFEFF):
            yield None
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, there):
            continue
        handle = pdfium.FPDFText_GetTextObject(raw, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(textpage, index, handle, space, shapes.texts.get(key))
        x0, y0, x1, y1 = space.box(box.left, box.bottom, box.right, box.top)
        size = abs(pdfium.FPDFText_GetFontSize(raw, index)) * style.scale or y1 - y0
        hidden = style.hidden or ("smaller than 2 pt" if max(size, y1 - y0) < SMALLEST_POINTS else "")
        yield _Letter(text, x0, y0, x1, y1, size, style, hidden, code == 0xFFFD or 0xE000 <= code <= 0xF8FF or code < 32 and code != _LINE_END_HYPHEN)


def _style(textpage: Handle, index: int, handle: Handle, space: Space, order: int | None) -> _Style:
    """Return what the letters of one text object have in common."""
    weight = pdfium.FPDFText_GetFontWeight(textpage, index)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, None)
    bold = weight >= 600 or any(mark in name.value.lower() for mark in (b"bold", b"black", b"heavy"))
    matrix = pdfium.FS_MATRIX()
    known = pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    way = -1 if pdfium.FPDFText_GetFontSize(textpage.raw, index) < 0 else 1  # type of a negative size runs the other way
    quarters = space.quarters(way * matrix.a, way * matrix.b) if known and (matrix.a or matrix.b) else 0
    scale = hypot(matrix.c, matrix.d) if known else 1.0
    hidden = ""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if handle and pdfium.FPDFTextObj_GetTextRenderMode(handle) in _INVISIBLE_MODES:
        hidden = "invisible"
    elif pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha):
        if alpha.value < 16:
            hidden = "transparent"
        elif min(red.value, green.value, blue.value) >= 250:
            hidden = _WHITE
    return _Style(bold, hidden, quarters, order, scale)


def _runs(letters: Iterator[_Letter | None]) -> Iterator[tuple[list[_Letter], bool]]:
    """Group letters into words: white space, a gap, another line, size or visibility ends one; say whether nothing parts it from the one before."""
    run: list[_Letter] = []
    glued = False
    for letter in letters:
        if letter is None:
            if run:
                yield run, glued
            run, glued = [], False
            continue
        if run and (_apart(run[-1], letter) or _other_type(run[-1], letter)):
            yield run, glued
            run, glued = [], not _apart(run[-1], letter)
        run.append(letter)
    if run:
        yield run, glued


def _apart(before: _Letter, letter: _Letter) -> bool:
    height = max(before.y1 - before.y0, letter.y1 - letter.y0, 1.0)
    return (before.hidden != letter.hidden or letter.x0 - before.x1 > 0.25 * height or letter.x0 < before.x0 - 0.5 * height
            or abs(letter.y1 - before.y1) > 0.6 * height)


def _other_type(before: _Letter, letter: _Letter) -> bool:
    """Say whether a raised mark begins or ends between two letters, or the number of a note may end ("1De")."""
    if before.text.isdigit() and letter.text.isupper():
        return True
    if (before.text in _RAISED) != (letter.text in _RAISED):
        return True
    return not 1 / 1.2 <= before.size / letter.size <= 1.2
