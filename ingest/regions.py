"""The regions of a page in reading order: running text, tables, asides and notes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.aligned import Span, table_spans
from ingest.blocks import Box
from ingest.grids import Grid, frames_of, grids_of, holds
from ingest.gutters import Row, rows_of
from ingest.lines import Line, PlacedWord
from ingest.notes import Note, parted_notes
from ingest.pdf_words import PageWords
from ingest.xycut import columns_of

Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines of running text of one column of one band."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table; a cell is its lines. `columns` are the left edges, by which a table is known again on the next page."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[float, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that a frame or a ground sets apart from the running text."""

    parts: tuple["Flow | Table", ...]


Region = Flow | Table | Aside | Note


@dataclass(frozen=True, slots=True)
class _Stand(PlacedWord):
    """What stands in the place of a table or an aside while the columns are told apart."""

    region: Table | Aside | None = None


def page_regions(page: PageWords, *, body: float) -> list[Region]:
    """Return the regions of a page; `body` is the size of running text in points. Notes come after the text of the page."""
    words = list(page.words)
    grids = grids_of(page.shapes)
    stands: list[_Stand] = []
    for grid in grids:
        if len(grid.xs) > 2:
            held = [word for word in words if holds(grid.box, word)]
            table = _ruled(grid, held)
            if table is not None:
                words = _without(words, held)
                stands.append(_stand(grid.box, table))
    for frame in frames_of(page.shapes, grids, words):
        held = [word for word in words if holds(frame, word)]
        inner = [one for one in stands if holds(frame, one)]
        parts = tuple(region for region in _flows([*held, *inner]) if isinstance(region, Flow | Table))
        if parts:
            words = _without(words, held)
            stands = [*(one for one in stands if one not in inner), _stand(frame, Aside(parts))]
    regions, notes = list[Region](), list[Region]()
    for region in _flows([*words, *stands]):
        if isinstance(region, Flow):
            lines, found = parted_notes(region.lines, body, page.shapes)
            regions += [Flow(lines)] if lines else []
            notes += found
        else:
            regions.append(region)
    return regions + notes


def _flows(words: Sequence[PlacedWord]) -> list[Flow | Table | Aside]:
    """Return the columns of some words in reading order, with the tables and asides between their lines."""
    found: list[Flow | Table | Aside] = []
    for column in columns_of(words):
        stands = sorted((word for word in column if isinstance(word, _Stand)), key=lambda one: one.box.y0)
        rows = rows_of([word for word in column if not isinstance(word, _Stand)])
        begin = 0
        for stand in stands:
            end = next((number for number in range(begin, len(rows)) if rows[number].top > stand.box.y0 - 2), len(rows))
            found += _text(rows[begin:end])
            if stand.region is not None:
                found.append(stand.region)
            begin = end
        found += _text(rows[begin:])
    return found


def _text(rows: Sequence[Row]) -> list[Flow | Table | Aside]:
    """Return rows of one column as running text and the aligned tables in it."""
    if not rows:
        return []
    found: list[Flow | Table | Aside] = []
    begin = 0
    for span in table_spans(rows, median(row.height for row in rows)):
        found += _flow(rows[begin:span.first])
        found.append(_aligned(rows, span))
        begin = span.last
    return found + _flow(rows[begin:])


def _flow(rows: Sequence[Row]) -> list[Flow | Table | Aside]:
    lines = tuple(Line.of(row.words) for row in rows)
    return [Flow(lines)] if lines else []


def _aligned(rows: Sequence[Row], span: Span) -> Table:
    return Table(tuple(tuple(_cell(words) for words in row) for row in span.rows), span.columns, rows[span.first].words[0].box.page)


def _ruled(grid: Grid, words: Sequence[PlacedWord]) -> Table | None:
    """Return the table in a grid of rules, or None where it holds no two cells side by side."""
    rows = []
    for number in range(len(grid.ys) - 1):
        cells: list[list[PlacedWord]] = []
        open_cell = False
        for column in range(len(grid.xs) - 1):
            box = Box(grid.box.page, grid.xs[column], grid.ys[number], grid.xs[column + 1], grid.ys[number + 1])
            held = [word for word in words if _starts_in(box, word)]
            if open_cell:
                cells[-1] += held
            else:
                cells.append(held)
            open_cell = not grid.parts_columns(number, column)
        rows.append(tuple(_cell(cell) for cell in cells))
    filled = [row for row in rows if any(row)]
    if not any(sum(bool(cell) for cell in row) > 1 for row in filled):
        return None
    return Table(tuple(filled), grid.xs[:-1], grid.box.page)


def _starts_in(box: Box, word: PlacedWord) -> bool:
    x = word.box.x0 + min(2.0, (word.box.x1 - word.box.x0) / 2)
    return box.x0 <= x < box.x1 and box.y0 <= word.middle < box.y1


def _cell(words: Sequence[PlacedWord]) -> Cell:
    return tuple(Line.of(row.words) for row in rows_of(words)) if words else ()


def _stand(box: Box, region: Table | Aside) -> _Stand:
    margin = 0.15 * (box.x1 - box.x0)
    return _Stand("\ufffc", replace(box, x0=box.x0 + margin, x1=box.x1 - margin, y1=box.y0 + 10.0), region=region)


def _without(words: Sequence[PlacedWord], held: Sequence[PlacedWord]) -> list[PlacedWord]:
    gone = {id(word) for word in held}
    return [word for word in words if id(word) not in gone]
