"""The lines of the columns of a parted page, and whether each goes on with the line before it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ingest.column_lattice import STRAIGHT, Open, follows
from ingest.column_search import Parting
from ingest.joints import Joints


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A line of a column: the number of its row, its words, whether there is a gap before it.

    `flow`: how much likelier, in natural logarithms, it goes on with the line before it than starts a paragraph.
    """

    row: int
    text: str
    apart: bool
    flow: float


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that are read across the page, or the lines of their two columns."""

    rows: range
    columns: tuple[tuple[ColumnLine, ...], ...] = ()

    @property
    def straight(self) -> bool:
        """Whether the rows are read across."""
        return not self.columns


def regions_of(parting: Parting, known: Joints) -> Iterator[Region]:
    """Yield the stretches of rows of a page from the top."""
    start = 0
    splits = parting.splits
    for number in range(1, len(splits) + 1):
        if number < len(splits) and (splits[number] == STRAIGHT) == (splits[start] == STRAIGHT):
            continue
        rows = range(start, number)
        yield Region(rows) if splits[start] == STRAIGHT else Region(rows, _columns(parting, rows, known))
        start = number


def _columns(parting: Parting, rows: range, known: Joints) -> tuple[tuple[ColumnLine, ...], tuple[ColumnLine, ...]]:
    left = tuple(_lines(parting, rows, known, None, left=True))
    right = tuple(_lines(parting, rows, known, left[-1].row if left else None, left=False))
    return left, right


def _lines(parting: Parting, rows: range, known: Joints, above: int | None, *, left: bool) -> Iterator[ColumnLine]:
    """Yield the lines of a column; `above`: the row of the last line of the left column, which the right one may go on with."""
    page = parting.page
    before: int | None = None
    for number in rows:
        row, split = page.rows[number], parting.splits[number]
        words = row.words[:split] if left else row.words[split:]
        if not words:
            continue
        apart, flow = True, 0.0
        if before is not None:
            apart = number - before > 1 or page.blanks[number] > 0
            flow = _flow(parting, (before, left), (number, left), apart, known)
        elif above is not None:
            flow = _flow(parting, (above, True), (number, False), False, known)
        yield ColumnLine(number, " ".join(words), apart, flow)
        before = number


def _flow(parting: Parting, before: tuple[int, bool], here: tuple[int, bool], apart: bool, known: Joints) -> float:
    """Return how much likelier a line goes on with an earlier one than starts a paragraph; each is a row and whether it is left."""
    page, layout = parting.page, parting.layout
    above = page.rows[before[0]].left if before[1] else page.rows[before[0]].right
    lines = page.rows[here[0]].left if here[1] else page.rows[here[0]].right
    last, split = parting.splits[before[0]], parting.splits[here[0]]
    end, start = int(above.end_of[last]), int(lines.start_of[split])
    sizes = page.sizes[before[0]]
    held = Open(np.array([before[0]]), above.ends[end:end + 1], above.end_gains[end:end + 1], (sizes.left if before[1] else sizes.right)[last:last + 1])
    first = np.full(len(lines.start_gains), page.sizes[here[0]].first[0 if here[1] else split])
    going_on, fresh = follows(held, lines, np.array([apart]), layout.left if before[1] else layout.right, first, layout.skipped, known)
    return float(going_on[0, start] - fresh[0, start])
