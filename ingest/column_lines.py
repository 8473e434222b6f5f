"""The lines of the columns of a parted page, and whether each goes on with the line before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.column_lattice import STRAIGHT, Open, follows
from ingest.column_model import Layout
from ingest.column_search import Page
from ingest.joints import Joints

Place = tuple[int, int, bool]  # a line of a column: its row, where the row is parted, whether it is the left one


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A line of a column: its place, its words and which of the row is the first, whether there is a gap before it.

    `flow`: how much likelier, in natural logarithms, it goes on with the line before it than starts a paragraph.
    """

    place: Place
    first: int
    words: tuple[str, ...]
    apart: bool
    flow: float

    @property
    def row(self) -> int:
        """The number of its row."""
        return self.place[0]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that are read across the page, or the lines of their two columns."""

    rows: range
    columns: tuple[tuple[ColumnLine, ...], ...] = ()

    @property
    def straight(self) -> bool:
        """Whether the rows are read across."""
        return not self.columns


@dataclass(frozen=True, slots=True)
class Lined:
    """The lines of a page for any way to part it. How lines follow one another is worked out once for each pair."""

    page: Page
    layout: Layout
    known: Joints
    _flows: dict[tuple[Place, Place], float] = field(default_factory=dict)

    def regions(self, splits: Sequence[int]) -> Iterator[Region]:
        """Yield the stretches of rows from the top."""
        start = 0
        for number in range(1, len(splits) + 1):
            if number < len(splits) and (splits[number] == STRAIGHT) == (splits[start] == STRAIGHT):
                continue
            rows = range(start, number)
            yield Region(rows) if splits[start] == STRAIGHT else Region(rows, self._columns(splits, rows))
            start = number

    def _columns(self, splits: Sequence[int], rows: range) -> tuple[tuple[ColumnLine, ...], tuple[ColumnLine, ...]]:
        left = tuple(self._lines(splits, rows, None, left=True))
        return left, tuple(self._lines(splits, rows, left[-1].place if left else None, left=False))

    def _lines(self, splits: Sequence[int], rows: range, above: Place | None, *, left: bool) -> Iterator[ColumnLine]:
        """Yield the lines of a column; `above`: the last line of the left column, which the right one may go on with."""
        before: Place | None = None
        for number in rows:
            split, words = splits[number], self.page.rows[number].words
            first, last = (0, split) if left else (split, len(words))
            if first == last:
                continue
            here = (number, split, left)
            apart = before is None or self._apart(before[0], number)
            flow = self.flow(before or above, here) if before or above else 0.0
            yield ColumnLine(here, first, words[first:last], apart, flow)
            before = here

    def _apart(self, before: int, number: int) -> bool:
        return number - before > 1 or self.page.blanks[number] > 0

    def flow(self, before: Place | None, here: Place) -> float:
        """Return how much likelier a line goes on with an earlier one than starts a paragraph."""
        assert before is not None
        if (before, here) not in self._flows:
            self._flows[before, here] = self._flow(before, here)
        return self._flows[before, here]

    def _flow(self, before: Place, here: Place) -> float:
        page, layout = self.page, self.layout
        (above, last, above_left), (number, split, left) = before, here
        ended = page.rows[above].left if above_left else page.rows[above].right
        lines = page.rows[number].left if left else page.rows[number].right
        end, start = int(ended.end_of[last]), int(lines.start_of[split])
        sizes = page.sizes[above]
        held = Open(np.array([above]), ended.ends[end:end + 1], ended.end_gains[end:end + 1], (sizes.left if above_left else sizes.right)[last:last + 1])
        first = np.full(len(lines.start_gains), page.sizes[number].first[0 if left else split])
        apart = np.array([above_left == left and self._apart(above, number)])
        going_on, fresh = follows(held, lines, apart, layout.left if above_left else layout.right, first, layout.skipped, self.known)
        return float(going_on[0, start] - fresh[0, start])
