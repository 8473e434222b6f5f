"""The regions of a page in reading order: running text, tables, asides, notes.

Columns are told apart by recursive XY-cut (Nagy and Seth 1984): whole columns before bands, so that aligned rows do not mix columns.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.aligned import table_spans
from ingest.blocks import Box
from ingest.grids import frames_of, grids_of, ruled_table
from ingest.gutters import Row, best_gutter, lines_of, rows_of
from ingest.lines import Line, PlacedWord
from ingest.pdf_words import PageWords
from ingest.tables import Table


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines of running text of one column of one band."""

    lines: tuple[Line, ...]

    def mapped(self, change: Callable[[Line], Line]) -> "Flow":
        """Return the text with each line changed."""
        return Flow(tuple(map(change, self.lines)))


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that a frame or a ground sets apart from the running text."""

    parts: tuple[Flow | Table, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all parts."""
        return tuple(line for part in self.parts for line in part.lines)

    def mapped(self, change: Callable[[Line], Line]) -> "Aside":
        """Return the aside with each line changed."""
        return Aside(tuple(part.mapped(change) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark, and its lines, of which the first begins with the mark."""

    mark: str
    lines: tuple[Line, ...]


Region = Flow | Table | Aside | Note


@dataclass(frozen=True, slots=True)
class _Stand(PlacedWord):
    """What stands in the place of a table or an aside while the columns are told apart."""

    region: Table | Aside | None = None


def page_regions(page: PageWords) -> list[Flow | Table | Aside]:
    """Return the regions of a page in reading order; notes are still part of the text."""
    words = list(page.words)
    grids = grids_of(page.shapes)
    stands: list[_Stand] = []
    for grid in grids:
        if len(grid.xs) > 2:
            held = [word for word in words if grid.box.holds(word.box)]
            table = ruled_table(grid, held)
            if table is not None:
                words = _without(words, held)
                stands.append(_stand(grid.box, table))
    for frame in frames_of(page.shapes, grids, words):
        held = [word for word in words if frame.holds(word.box)]
        inner = [one for one in stands if frame.holds(one.box)]
        parts = tuple(region for region in _flows([*held, *inner]) if isinstance(region, Flow | Table))
        if parts:
            words = _without(words, held)
            stands = [*(one for one in stands if one not in inner), _stand(frame, Aside(parts))]
    return list(_flows([*words, *stands]))


def _stand(box: Box, region: Table | Aside) -> _Stand:
    margin = 0.15 * (box.x1 - box.x0)
    return _Stand("\ufffc", replace(box, x0=box.x0 + margin, x1=box.x1 - margin, y1=box.y0 + 10.0), region=region)


def _without(words: Sequence[PlacedWord], held: Sequence[PlacedWord]) -> list[PlacedWord]:
    gone = {id(word) for word in held}
    return [word for word in words if id(word) not in gone]


def _flows(words: Sequence[PlacedWord]) -> Iterator[Flow | Table | Aside]:
    """Yield the columns of some words in reading order, with the tables and asides between their lines."""
    for column in _columns(rows_of(words), median(word.height for word in words)) if words else ():
        stands = sorted((word for word in column if isinstance(word, _Stand)), key=lambda one: one.box.y0)
        rows = rows_of([word for word in column if not isinstance(word, _Stand)])
        begin = 0
        for stand in stands:
            end = next((number for number in range(begin, len(rows)) if rows[number].top > stand.box.y0 - 2), len(rows))
            yield from _text(rows[begin:end])
            if stand.region is not None:
                yield stand.region
            begin = end
        yield from _text(rows[begin:])


def _columns(rows: Sequence[Row], height: float, known: tuple[float, ...] = ()) -> list[list[PlacedWord]]:
    """Return the words of each column of each band, cut at the best gutter again and again; `known` are the gutters found before."""
    gutter = best_gutter(rows, height, known)
    if gutter is None:
        return [[word for row in rows for word in row.words]] if rows else []
    sides = [row.parted(gutter.x) for row in rows[gutter.first:gutter.last]]
    columns = [rows_of([word for pair in sides for word in pair[side]]) for side in (0, 1)]
    known = (*known, gutter.x)
    return [column for part in (rows[:gutter.first], *columns, rows[gutter.last:]) for column in _columns(part, height, known)]


def _text(rows: Sequence[Row]) -> Iterator[Flow | Table]:
    """Yield rows of one column as running text and the aligned tables in it."""
    begin = 0
    for span in table_spans(rows, median(row.height for row in rows)) if rows else ():
        yield from _flow(rows[begin:span.first])
        cells = tuple(tuple(map(lines_of, row)) for row in span.rows)
        yield Table(cells, span.columns, rows[span.first].words[0].box.page)
        begin = span.last
    yield from _flow(rows[begin:])


def _flow(rows: Sequence[Row]) -> Iterator[Flow]:
    if rows:
        yield Flow(tuple(Line.of(row.words) for row in rows))
