"""All ways to part the rows of a page into two columns, as a lattice of states between rows; the best way, and ways drawn by their chance.

A state is where a row was parted and which lines of both columns are still open. A row that holds nothing of a column leaves
that column's last line open for a few rows: rows of the columns need not lie side by side. One state for each row reads it
straight across the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.column_model import COSTS, SPACE, Layout, Lines, Page, Worth, own_worth
from ingest.joints import Joints, Vectors

STRAIGHT = -1
_NEVER = -1e9

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Open:
    """Lines that may still be open in one column; the first stands for none. `row` counts rows that hold text."""

    row: Numbers
    ends: Vectors
    end_gains: Worth
    widths: Worth

    def later(self, oldest: int) -> Numbers:
        """Return the numbers of those that are not too old to be gone on with."""
        return np.flatnonzero(self.row >= oldest)

    @classmethod
    def none(cls, size: int) -> "Open":
        """Return the table with no line in it."""
        return cls(np.array([-1_000]), np.zeros((1, size), np.float32), np.zeros(1), np.zeros(1))

    def joined(self, row: int, lines: Lines, variants: Numbers, widths: Worth, kept: Numbers) -> "Open":
        """Return a table of none, the lines of a new row, and those kept."""
        return Open(np.concatenate([self.row[:1], np.full(len(variants), row), self.row[kept]]),
                    np.concatenate([self.ends[:1], lines.ends[variants], self.ends[kept]]),
                    np.concatenate([self.end_gains[:1], lines.end_gains[variants], self.end_gains[kept]]),
                    np.concatenate([self.widths[:1], widths, self.widths[kept]]))


@dataclass(frozen=True, slots=True)
class Layer:
    """The states behind one row. `worth[a, b]`: of coming from state a of the layer before to state b."""

    splits: Numbers
    left: Numbers
    right: Numbers
    worth: Worth


@dataclass(frozen=True, slots=True)
class _Front:
    """The last layer with its open lines, and the straight line at its end."""

    layer: Layer
    lefts: Open
    rights: Open


def lattice(page: Page, layout: Layout, known: Joints, *, memory: int) -> list[Layer]:
    """Return a layer for each row. `memory`: rows for which a line stays open."""
    size = page.rows[0].left.ends.shape[1]
    start = Layer(np.array([0]), np.array([0]), np.array([0]), np.zeros((1, 1)))
    front = _Front(start, Open.none(size), Open.none(size))
    building = _Building(page, layout, known, memory)
    layers = []
    for number in range(len(page.rows)):
        front = building.behind(front, number)
        layers.append(front.layer)
    layers[-1] = replace(front.layer, worth=front.layer.worth + _ended(front, layout)[None, :])
    return layers


def _ended(front: _Front, layout: Layout) -> Worth:
    """Return the worth of ending the page behind each state: paragraphs end, or full lines go on on another page."""
    total = np.zeros(len(front.layer.splits))
    for held, of_state, width in ((front.lefts, front.layer.left, layout.left), (front.rights, front.layer.right, layout.right)):
        room = np.clip(1 - COSTS.slack - held.widths / width, 0, 0.5)
        worth = np.maximum(COSTS.paragraph_behind_gap + held.end_gains, COSTS.ended_behind - COSTS.room * room * 10)
        worth[0] = 0.0
        total += worth[of_state]
    return total


@dataclass(frozen=True, slots=True)
class _Building:
    """What the lattice of one page is built with."""

    page: Page
    layout: Layout
    known: Joints
    memory: int

    def behind(self, front: _Front, number: int) -> _Front:
        """Return the states behind a row: parted, held by one column alone, or read across."""
        row, sizes, last = self.page.rows[number], self.page.sizes[number], front.layer
        count = row.count
        own = own_worth(row, sizes, self.layout)
        first_left = sizes.first[:1].repeat(len(row.left.start_gains))
        to_left = self._flows(front.lefts, row.left, number, self.layout.left, first_left)[last.left]
        to_right = self._flows(front.rights, row.right, number, self.layout.right, sizes.first[:-1])[last.right]
        straight = last.splits == STRAIGHT
        leave = np.where(straight, COSTS.switch, 0.0)
        if number:
            leave = leave + straight * (COSTS.paragraph + self.page.rows[number - 1].left.end_gains[-1])
        oldest = max(number - self.memory, 0)
        kept_left, kept_right = front.lefts.later(oldest), front.rights.later(oldest)
        lefts = front.lefts.joined(number, row.left, np.arange(count), sizes.left[1:], kept_left)
        rights = front.rights.joined(number, row.right, row.right.end_of[:-1], sizes.right[:-1], kept_right)
        double = np.arange(1, count)
        worth = to_left[:, row.left.start_of[1:-1]] + to_right[:, 1:] + (own[1:-1][None, :] + leave[:, None])
        only_left = _kept(last.right, front.rights, kept_right) + (to_left[:, row.left.start_of[-1]] + own[-1] + leave)[:, None]
        only_right = _kept(last.left, front.lefts, kept_left) + (to_right[:, 0] + own[0] + leave)[:, None]
        across = self._across(front, number)
        held_left, held_right = np.arange(len(kept_left)) + count + 1, np.arange(len(kept_right)) + count + 1
        left_alone, right_alone = np.full(len(held_right) + 1, count), np.zeros(len(held_left) + 1, np.int64)
        layer = Layer(np.concatenate([double, left_alone, right_alone, [STRAIGHT]]),
                      np.concatenate([double, left_alone, [0], held_left, [0]]),
                      np.concatenate([double + 1, [0], held_right, right_alone + 1, [0]]),
                      np.concatenate([worth, only_left, only_right, across[:, None]], axis=1))
        return _Front(layer, lefts, rights)

    def _flows(self, held: Open, lines: Lines, number: int, width: float, first: Worth) -> Worth:
        """Return the worth of each possible line behind each open one; behind none only a new paragraph starts."""
        apart = held.row < number - (0 if self.page.blanks[number] else 1)
        going_on, fresh = follows(held, lines, apart, width, first, self.layout.skipped, self.known)
        worth = np.logaddexp(going_on, fresh)
        worth[0] = np.maximum(lines.start_gains, COSTS.begun_before)
        return np.asarray(worth)

    def _across(self, front: _Front, number: int) -> Worth:
        """Return the worth of reading a row across the page behind each state."""
        row, sizes = self.page.rows[number], self.page.sizes[number]
        start = row.left.start_of[-1]
        if not number:
            return np.array([row.left.start_gains[start]])
        last, measures = self.page.rows[number - 1], self.page.sizes[number - 1]
        line = Open(np.array([0]), last.left.ends[-1:], last.left.end_gains[-1:], measures.left[-1:])
        one = replace(row.left, starts=row.left.starts[start:start + 1], start_gains=row.left.start_gains[start:start + 1])
        going_on, fresh = follows(line, one, np.array([self.page.blanks[number] > 0]), self.layout.page, sizes.first[:1], COSTS.skipped, self.known,
                                  most_room=COSTS.ragged)
        ended = sum((np.where(of_state == 0, 0.0, held.end_gains[of_state]) for of_state, held in
                     ((front.layer.left, front.lefts), (front.layer.right, front.rights))), np.zeros(1))
        entered = COSTS.switch + 2 * COSTS.paragraph + ended + one.start_gains[0]
        return np.where(front.layer.splits == STRAIGHT, max(float(np.logaddexp(going_on, fresh)[0, 0]), COSTS.unrelated), entered)


def follows(held: Open, lines: Lines, apart: NDArray[np.bool_], width: float, first: Worth, skipped: float, known: Joints, *,
            most_room: float = 1.5) -> tuple[Worth, Worth]:
    """Return the worth of lines behind open ones, shape (open, lines): going on with a paragraph, and starting one.

    `apart`: whether there is a gap behind each open line; `first`: the width of the first word of each line behind.
    """
    gains = known.gains(held.ends, lines.starts) * COSTS.language
    room = 1 - COSTS.slack - (held.widths[:, None] + SPACE + first[None, :]) / width
    going_on = gains - COSTS.room * np.minimum(np.maximum(room, 0) * 10, most_room) + np.where(apart, skipped, 0.0)[:, None]
    begun = np.where(apart, COSTS.paragraph_behind_gap, COSTS.paragraph)
    return going_on, begun[:, None] + held.end_gains[:, None] + lines.start_gains[None, :]


def _kept(of_state: Numbers, held: Open, kept: Numbers) -> Worth:
    """Return the worth, by state and line kept open (first none), of a row that holds nothing of a column."""
    worth = np.full((len(of_state), len(kept) + 1), _NEVER)
    place = np.zeros(len(held.row), np.int64)
    place[kept] = np.arange(len(kept)) + 1
    closed = np.where(place[of_state] == 0, COSTS.paragraph_behind_gap + held.end_gains[of_state], 0.0)
    closed[of_state == 0] = 0.0
    worth[np.arange(len(of_state)), place[of_state]] = closed
    return worth


def viterbi(layers: Sequence[Layer]) -> tuple[tuple[int, ...], float]:
    """Return the best splits and their worth."""
    reached: Worth = np.zeros(1)
    origins: list[NDArray[np.intp]] = []
    for layer in layers:
        total = reached[:, None] + layer.worth
        origins.append(total.argmax(axis=0))
        reached = total.max(axis=0)
    state = int(reached.argmax())
    splits = []
    for layer, origin in zip(reversed(layers), reversed(origins), strict=True):
        splits.append(int(layer.splits[state]))
        state = int(origin[state])
    return tuple(reversed(splits)), float(reached.max())


def straight_worth(layers: Sequence[Layer]) -> float:
    """Return the worth of reading every row across the page: the last state of each layer."""
    return float(sum(layer.worth[-1, -1] for layer in layers))


def drawn(layers: Sequence[Layer], count: int) -> Numbers:
    """Draw ways to part a page by their chance, shape (count, rows); the same ones for the same page."""
    chance = np.random.default_rng(7)
    sums = _forward_sums(layers)
    states = (sums[-1][None, :] + chance.gumbel(size=(count, len(sums[-1])))).argmax(axis=1)
    splits = []
    for number in range(len(layers) - 1, -1, -1):
        splits.append(layers[number].splits[states])
        before = sums[number][:, None] + layers[number].worth[:, states]
        states = (before + chance.gumbel(size=before.shape)).argmax(axis=0)
    return np.stack(splits[::-1], axis=1)


def _forward_sums(layers: Sequence[Layer]) -> list[Worth]:
    """Return, before the first row and behind each, the logarithm of the sum over all ways to reach each state."""
    sums: list[Worth] = [np.zeros(1)]
    for layer in layers:
        worth = sums[-1][:, None] + layer.worth
        highest = np.maximum(worth.max(axis=0), _NEVER)
        sums.append(np.asarray(highest + np.log(np.exp(worth - highest).sum(axis=0))))
    return sums
