"""What is drawn on a PDF page besides text, as it is shown: rules, filled areas and pictures, and the order in which all was drawn."""

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from ingest.blocks import Box

Handle = Any  # a page or an object of pypdfium2: the library has no types

_THIN = 2.5            # points: a filled area not thicker than this is a rule
_SHORTEST = 6.0        # points: what is shorter is no rule
_MOST_OBJECTS = 4_000  # a page with more is a drawing
_MOST_SEGMENTS = 600   # of one path; a longer one is a drawing
_STRAIGHT = 0.95       # cosine; up to 18 degrees askew
_FINE = 100.0  # pdfium rounds to whole pixels: ask for hundredths of a point


@dataclass(frozen=True, slots=True)
class Space:
    """The affine map of one page: x' = a x + b y + c and y' = d x + e y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Handle) -> "Space":
        """Ask pdfium where three points of the page are shown."""
        width, height = (max(1, round(side * _FINE)) for side in page.get_size())
        x, y = ctypes.c_int(), ctypes.c_int()
        shown = []
        for point in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, *point, x, y)
            shown.append((x.value / _FINE, y.value / _FINE))
        (c, f), (right_x, right_y), (up_x, up_y) = shown
        return cls((right_x - c) / 1000, (up_x - c) / 1000, c, (right_y - f) / 1000, (up_y - f) / 1000, f)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return (x0, y0, x1, y1) of a rectangle as it is shown."""
        if self.b == self.d == 0.0 and self.a > 0.0 > self.e:  # neither turned nor mirrored, as most pages
            return self.a * left + self.c, self.e * top + self.f, self.a * right + self.c, self.e * bottom + self.f
        xs = (self.a * left + self.b * bottom + self.c, self.a * right + self.b * top + self.c)
        ys = (self.d * left + self.e * bottom + self.f, self.d * right + self.e * top + self.f)
        return min(xs), min(ys), max(xs), max(ys)

    def turned(self, quarters: int, width: float, height: float) -> "Space":
        """Return the map for a page of this size as it is seen after so many quarter turns to the right."""
        if not quarters:
            return self
        return Space(-self.d, -self.e, height - self.f, self.a, self.b, self.c).turned(quarters - 1, height, width)

    def quarters(self, along_x: float, along_y: float) -> int | None:
        """Return how many quarter turns to the right make a writing direction in user space run from left to right, None where none does."""
        x, y = self.a * along_x + self.b * along_y, self.d * along_x + self.e * along_y
        least = _STRAIGHT * hypot(x, y)
        return next((quarters for quarters, along in enumerate((x, -y, -x, y)) if along > least), None)


def turned_box(box: Box, quarters: int, width: float, height: float) -> Box:
    """Return where a box on a page of this size lies after so many quarter turns to the right."""
    if not quarters:
        return box
    return turned_box(Box(box.page, height - box.y1, box.x0, height - box.y0, box.x1), quarters - 1, height, width)


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area: its box, its place in the order of drawing, its colour (0 to 255 each), whether what lies below shines through."""

    box: Box
    order: int
    colour: tuple[int, int, int]
    opaque: bool

    @property
    def white(self) -> bool:
        """Whether white text on it cannot be read."""
        return min(self.colour) >= 235


@dataclass(frozen=True, slots=True)
class Shapes:
    """The rules (thin boxes, across and down), filled areas and pictures of a page; `texts` gives the order of text objects by address."""

    across: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Box, ...] = ()
    texts: dict[int, int] = field(default_factory=dict)

    def shows_white(self, box: Box) -> bool:
        """Say whether white text in a box stands on a dark or coloured ground."""
        under = [fill for fill in self.fills if fill.box.holds(box)]
        if under:
            return not max(under, key=lambda fill: fill.order).white
        return any(picture.holds(box) for picture in self.pictures)

    def covers(self, box: Box, order: int | None) -> bool:
        """Say whether an area that was filled after a text hides it."""
        return order is not None and any(fill.opaque and fill.order > order and fill.box.holds(box) for fill in self.fills)


def page_shapes(page: Handle, number: int, space: Space) -> Shapes:
    """Read the shapes of an open pypdfium2 page."""
    across, down, fills, pictures = list[Box](), list[Box](), list[Fill](), list[Box]()
    texts: dict[int, int] = {}
    for order in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        handle = pdfium.FPDFPage_GetObject(page, order)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts[ctypes.addressof(handle.contents)] = order
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += _bounds(handle, number, space)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            filled, stroked = _painted(handle)
            pieces = _pieces(handle, number, space) if filled or stroked else []
            for line in (line for piece in pieces for line in piece.lines if stroked):
                (across if line.x1 - line.x0 > line.y1 - line.y0 else down).append(line)
            for box, straight in ((piece.box, piece.straight) for piece in pieces if filled):
                if min(box.x1 - box.x0, box.y1 - box.y0) <= _THIN:
                    (across if box.x1 - box.x0 > box.y1 - box.y0 else down).append(box)
                else:
                    opaque = straight and not pdfium.FPDFPageObj_HasTransparency(handle)
                    fills.append(Fill(box, order, _colour(handle), opaque))
    long = [line for line in across if line.x1 - line.x0 >= _SHORTEST], [line for line in down if line.y1 - line.y0 >= _SHORTEST]
    return Shapes(tuple(long[0]), tuple(long[1]), tuple(fills), tuple(pictures), texts)


def _bounds(handle: Handle, number: int, space: Space) -> list[Box]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return []
    return [Box(number, *space.box(left.value, bottom.value, right.value, top.value))]


def _painted(handle: Handle) -> tuple[bool, bool]:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(handle, mode, stroke):
        return False, False
    return mode.value != 0, bool(stroke.value)


def _colour(handle: Handle) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return 255, 255, 255
    return red.value, green.value, blue.value


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a path that is drawn in one go: its box, its straight lines across and down, whether it has no others."""

    box: Box
    lines: tuple[Box, ...]
    straight: bool


def _pieces(handle: Handle, number: int, space: Space) -> list[_Piece]:
    """Return the pieces of a path; curves and slanting lines are no rules."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    pieces: list[list[tuple[float, float]]] = []
    curved: set[int] = set()
    for index in range(min(pdfium.FPDFPath_CountSegments(handle), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([])
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved.add(len(pieces) - 1)
        pieces[-1].append((matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            pieces[-1].append(pieces[-1][0])
    return [_piece(points, number, space, curved=place in curved) for place, points in enumerate(pieces) if len(points) > 1]


def _piece(points: list[tuple[float, float]], number: int, space: Space, *, curved: bool) -> _Piece:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    lines, straight = [], not curved
    for (x0, y0), (x1, y1) in pairwise(points):
        if min(abs(x1 - x0), abs(y1 - y0)) > 0.5:
            straight = False
        elif not curved:
            lines.append(Box(number, *space.box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))))
    return _Piece(Box(number, *space.box(min(xs), min(ys), max(xs), max(ys))), tuple(lines), straight)
