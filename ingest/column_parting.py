"""The best way to part a page into two columns, widths and type fitted in turns, and the lines of its columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ingest.column_lattice import STRAIGHT, Open, follows, lattice, straight_worth, viterbi
from ingest.column_model import COSTS, FONTS, SPACE, Layout, Page, measured, rows_of, with_lower
from ingest.joints import Joints

SHARES = (0.3, 0.38, 0.46, 0.5, 0.54, 0.62, 0.7)  # of the widest row that the left column takes at the start
LEAST_LOWER = 0.02    # share of the paragraphs that start in lower case on a page that keeps to capitals
ROUNDS = 4
MEMORY = 2      # rows without a column for which its last line stays open

Word = tuple[int, int]         # a word of a page: its row, its number in the row
Place = tuple[int, int, bool]  # a line of a column: its row, where the row is parted, whether it is the left one


@dataclass(frozen=True, slots=True)
class Parting:
    """How a page is parted: words on the left in every row (-1: read across), what it is worth, and what reading across is."""

    splits: tuple[int, ...]
    worth: float
    straight: float
    layout: Layout
    page: Page

    @property
    def gain(self) -> float:
        """How much likelier the parting is than reading across."""
        return self.worth - self.straight


def best_parting(lines: Sequence[tuple[Sequence[str], Sequence[int]]], blanks: Sequence[int], known: Joints) -> Parting:
    """Try several widths and fonts, and return the parting that is worth most.

    Each of the `lines` is its words and the spaces before each of them; `blanks`: empty rows before each.
    """
    rows = tuple(rows_of(lines, known))
    first, *others = (Page(rows, tuple(measured(words, font) for words, _ in lines), tuple(blanks)) for font in FONTS)
    widest = first.widest
    starts = [fitted(first, Layout(share * widest, (1 - share) * widest, widest, COSTS.skipped), known, rounds=1, memory=0) for share in SHARES]
    starts += [fitted(first, Layout(left * widest, right * widest, widest, COSTS.out_of_step), known, rounds=1, memory=MEMORY)
               for left, right in ((1.0, 1.0), (0.7, 1.0), (1.0, 0.7))]
    starts.sort(key=lambda parting: -parting.worth)
    best = max((fitted(first, one.layout, known, rounds=ROUNDS, memory=MEMORY) for one in starts[:2]), key=lambda parting: parting.worth)
    tried = [best]
    for page in others:
        ratio = page.widest / widest
        layout = Layout(best.layout.left * ratio, best.layout.right * ratio, page.widest, best.layout.skipped)
        tried.append(fitted(page, layout, known, rounds=2, memory=MEMORY))
    best = max(tried, key=lambda parting: parting.worth)
    capitals = replace(best.page, rows=tuple(with_lower(row, LEAST_LOWER) for row in best.page.rows))
    return max(best, fitted(capitals, best.layout, known, rounds=2, memory=MEMORY), key=lambda parting: parting.worth)


def fitted(page: Page, layout: Layout, known: Joints, *, rounds: int, memory: int) -> Parting:
    """Part a page and fit the widths to the parting, in turns, until it stays."""
    best: Parting | None = None
    for _ in range(rounds):
        layers = lattice(page, layout, known, memory=memory)
        splits, worth = viterbi(layers)
        same = best is not None and splits == best.splits
        if best is None or worth > best.worth:
            best = Parting(splits, worth, straight_worth(layers), layout, page)
        if same:
            break
        layout = replace(layout, left=_width(page, splits, left=True) or layout.left, right=_width(page, splits, left=False) or layout.right)
    assert best is not None
    return best


def _width(page: Page, splits: Sequence[int], *, left: bool) -> float | None:
    """Return the width that explains best where the lines of a column break; None where it has none."""
    lines, uppers = [], []
    for position, (row, sizes, split) in enumerate(zip(page.rows, page.sizes, splits, strict=True)):
        if split == STRAIGHT or split == (0 if left else row.count):
            continue
        width = sizes.left[split] if left else sizes.right[split]
        lines.append(width)
        following = splits[position + 1] if position + 1 < len(splits) else STRAIGHT
        if following == STRAIGHT or following == (0 if left else page.rows[position + 1].count):
            continue
        ended = row.left.end_gains[split - 1] if left else row.right.end_gains[row.right.end_of[split]]
        if ended < 0:  # the paragraph goes on: the next word did not fit
            uppers.append(width + SPACE + page.sizes[position + 1].first[0 if left else following])
    if not lines:
        return None
    tried = np.array(sorted({*lines, *uppers}))
    over = np.maximum(np.array(lines)[None, :] / tried[:, None] - 1, 0).clip(max=0.3).sum(axis=1)
    room = np.maximum(1 - np.array(uppers)[None, :] / tried[:, None], 0).clip(max=0.15).sum(axis=1) if uppers else 0.0
    return float(tried[(over + room).argmin()])


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
    def begin(self) -> Word:
        """Its first word."""
        return self.place[0], self.first

    @property
    def end(self) -> Word:
        """Its last word."""
        return self.place[0], self.first + len(self.words) - 1

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
            last_line = before or above
            flow = self._flow(last_line, here) if last_line else 0.0
            yield ColumnLine(here, first, words[first:last], apart, flow)
            before = here

    def _apart(self, before: int, number: int) -> bool:
        return number - before > 1 or self.page.blanks[number] > 0

    def _flow(self, before: Place, here: Place) -> float:
        """Return how much likelier a line goes on with an earlier one than starts a paragraph."""
        if (before, here) not in self._flows:
            self._flows[before, here] = self._new_flow(before, here)
        return self._flows[before, here]

    def _new_flow(self, before: Place, here: Place) -> float:
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
