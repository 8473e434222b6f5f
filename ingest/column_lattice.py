"""All ways to part the rows of a page into two columns, as a lattice of states between rows.

A state is where a row was parted and which lines of both columns are still open. A row that holds nothing of a column leaves
that column's last line open for a few rows: rows of the columns need not lie side by side. One state for each row reads it
straight across the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.column_model import COSTS, Layout, Lines, Measures, Row, Worth, own_worth
from ingest.joints import Joints, Vectors

STRAIGHT = -1
NEVER = -1e9
_SPACE = 260.0   # thousandths of the type size


@dataclass(frozen=True, slots=True)
class Open:
    """Lines that may still be open in one column; the first stands for none. `row` counts rows that hold text."""

    row: NDArray[np.int64]
    ends: Vectors
    end_gains: Worth
    widths: Worth

    def later(self, oldest: int) -> NDArray[np.int64]:
        """Return the numbers of those that are not too old to be gone on with."""
        return np.flatnonzero(self.row >= oldest)

    @classmethod
    def none(cls, size: int) -> "Open":
        """Return the table with no line in it."""
        return cls(np.array([-1_000]), np.zeros((1, size), np.float32), np.zeros(1), np.zeros(1))

    def joined(self, row: int, lines: Lines, variants: NDArray[np.int64], widths: Worth, kept: NDArray[np.int64]) -> "Open":
        """Return a table of none, the lines of a new row, and those kept."""
        order = np.concatenate([[0], kept])
        first, rest = order[:1], order[1:]
        return Open(np.concatenate([self.row[first], np.full(len(variants), row), self.row[rest]]),
                    np.concatenate([self.ends[first], lines.ends[variants], self.ends[rest]]),
                    np.concatenate([self.end_gains[first], lines.end_gains[variants], self.end_gains[rest]]),
                    np.concatenate([self.widths[first], widths, self.widths[rest]]))


@dataclass(frozen=True, slots=True)
class Layer:
    """The states behind one row. `worth[a, b]`: of coming from state a of the layer before to state b."""

    splits: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    worth: Worth


@dataclass(frozen=True, slots=True)
class _Front:
    """The last layer with its open lines, and the straight line at its end."""

    layer: Layer
    lefts: Open
    rights: Open


def lattice(rows: Sequence[Row], sizes: Sequence[Measures], blanks: Sequence[int], layout: Layout, known: Joints, *, memory: int) -> list[Layer]:
    """Return a layer for each row. `blanks`: empty rows before each row; `memory`: rows for which a line stays open."""
    size = rows[0].left.ends.shape[1]
    start = Layer(np.array([0]), np.array([0]), np.array([0]), np.zeros((1, 1)))
    front = _Front(start, Open.none(size), Open.none(size))
    layers = []
    for number, (row, measures, blank) in enumerate(zip(rows, sizes, blanks, strict=True)):
        before = (rows[number - 1], sizes[number - 1]) if number else None
        front = _behind(front, number, (row, measures), before, blank, layout, known, memory)
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


def _behind(front: _Front, number: int, here: tuple[Row, Measures], before: tuple[Row, Measures] | None, blank: int, layout: Layout,
            known: Joints, memory: int) -> _Front:
    row, sizes = here
    count = row.count
    last = front.layer
    own = own_worth(row, sizes, layout)
    to_left = _flows(front.lefts, row.left, number, blank, layout.left, sizes.first[:1].repeat(len(row.left.start_gains)), layout, known)[last.left]
    to_right = _flows(front.rights, row.right, number, blank, layout.right, sizes.first[:-1], layout, known)[last.right]
    straight = last.splits == STRAIGHT
    leave = np.where(straight, COSTS.switch, 0.0)
    if before is not None:
        leave = leave + straight * _closing(before[0].left.end_gains[-1])
    kept_left, kept_right = front.lefts.later(max(number - memory, 0)), front.rights.later(max(number - memory, 0))
    lefts = front.lefts.joined(number, row.left, np.arange(count), sizes.left[1:], kept_left)
    rights = front.rights.joined(number, row.right, row.right.end_of[:-1], sizes.right[:-1], kept_right)
    double = np.arange(1, count)
    worth = to_left[:, row.left.start_of[1:-1]] + to_right[:, 1:] + (own[1:-1][None, :] + leave[:, None])
    only_left = _kept(last.right, front.rights, kept_right) + (to_left[:, row.left.start_of[-1]] + own[-1] + leave)[:, None]
    only_right = _kept(last.left, front.lefts, kept_left) + (to_right[:, 0] + own[0] + leave)[:, None]
    across = _straight(front, here, before, blank, layout, known)
    held_left, held_right = np.arange(len(kept_left)) + count + 1, np.arange(len(kept_right)) + count + 1
    ones = np.ones(len(held_right) + 1, np.int64)
    layer = Layer(np.concatenate([double, ones * count, np.zeros(len(held_left) + 1, np.int64), [STRAIGHT]]),
                  np.concatenate([double, ones * count, [0], held_left, [0]]),
                  np.concatenate([double + 1, [0], held_right, np.ones(len(held_left) + 1, np.int64), [0]]),
                  np.concatenate([worth, only_left, only_right, across[:, None]], axis=1))
    return _Front(layer, lefts, rights)


def _closing(end_gain: float) -> float:
    return COSTS.paragraph + end_gain


def _flows(held: Open, lines: Lines, number: int, blank: int, width: float, first: Worth, layout: Layout, known: Joints) -> Worth:
    """Return the worth of each possible line behind each open one; behind none only a new paragraph starts."""
    going_on, fresh = follows(held, lines, held.row < number - (0 if blank else 1), width, first, layout.skipped, known)
    worth = np.logaddexp(going_on, fresh)
    worth[0] = np.maximum(lines.start_gains, COSTS.begun_before)
    return np.asarray(worth)


def follows(held: Open, lines: Lines, apart: NDArray[np.bool_], width: float, first: Worth, skipped: float, known: Joints,
            most_room: float = 1.5) -> tuple[Worth, Worth]:
    """Return the worth of lines behind open ones, shape (open, lines): going on with a paragraph, and starting one.

    `apart`: whether there is a gap behind each open line; `first`: the width of the first word of each line behind.
    """
    gains = known.gains(held.ends, lines.starts) * COSTS.language
    room = 1 - COSTS.slack - (held.widths[:, None] + _SPACE + first[None, :]) / width
    going_on = gains - COSTS.room * np.minimum(np.maximum(room, 0) * 10, most_room) + np.where(apart, skipped, 0.0)[:, None]
    begun = np.where(apart, COSTS.paragraph_behind_gap, COSTS.paragraph)
    return going_on, begun[:, None] + held.end_gains[:, None] + lines.start_gains[None, :]


def _kept(of_state: NDArray[np.int64], held: Open, kept: NDArray[np.int64]) -> Worth:
    """Return the worth, by state and line kept open (first none), of a row that holds nothing of a column."""
    worth = np.full((len(of_state), len(kept) + 1), NEVER)
    place = np.zeros(len(held.row), np.int64)
    place[kept] = np.arange(len(kept)) + 1
    closed = np.where(place[of_state] == 0, COSTS.paragraph_behind_gap + held.end_gains[of_state], 0.0)
    closed[of_state == 0] = 0.0
    worth[np.arange(len(of_state)), place[of_state]] = closed
    return worth


def _straight(front: _Front, here: tuple[Row, Measures], before: tuple[Row, Measures] | None, blank: int, layout: Layout, known: Joints) -> Worth:
    """Return the worth of reading a row across the page behind each state."""
    row, sizes = here
    start = row.left.start_of[-1]
    if before is None:
        return np.array([row.left.start_gains[start]])
    last, measures = before
    line = Open(np.array([0]), last.left.ends[-1:], last.left.end_gains[-1:], measures.left[-1:])
    one = replace(row.left, starts=row.left.starts[start:start + 1], start_gains=row.left.start_gains[start:start + 1])
    going_on, fresh = follows(line, one, np.array([blank > 0]), layout.page, sizes.first[:1], COSTS.skipped, known, most_room=COSTS.ragged)
    ended = sum((np.where(of_state == 0, 0.0, held.end_gains[of_state]) for of_state, held in
                 ((front.layer.left, front.lefts), (front.layer.right, front.rights))), np.zeros(1))
    entered = COSTS.switch + 2 * COSTS.paragraph + ended + one.start_gains[0]
    return np.where(front.layer.splits == STRAIGHT, max(float(np.logaddexp(going_on, fresh)[0, 0]), COSTS.unrelated), entered)
