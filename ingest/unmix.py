"""Takes two columns apart that an extraction mixed line by line.

A row of such a text holds a line of the left column, a line of the right one, or both. Each column was filled greedily: a
line breaks where the next word would not fit. So a split is judged by whether the left line is as full as its column asks,
whether the next row goes on where it stopped (lower case after an open line, a capital after a closed one), and by
headings. The best splits of all rows together are found by dynamic programming over the states of both columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import CLOSED, NUMBERED

LEAST_ROWS = 10
BEAM = 400
LEFT = 0.1           # a row with one line and nothing to tell whose it is
JOINT = -0.5         # a row with both columns needs a reason to be parted where it is
MARGIN = 1.5        # a row whose second best split is nearer than this is doubtful
_BREAK = re.compile(r"[.!?][\"”’)]? +(?=[A-ZÀ-Þ0-9‘“])|(?<=[a-zà-ÿ,]) +(?=[A-ZÀ-Þ])")
_HEADING = re.compile(r"^\d{1,2}(?:\.\d{1,2})+ [A-ZÀ-Þ][\w-]*(?: [a-zà-ÿ][\w-]*)*")


@dataclass(frozen=True, slots=True)
class Column:
    """The lines of one column from the top; an empty line is a gap; `doubtful` holds numbers of lines."""

    lines: tuple[str, ...]
    doubtful: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Unmixed:
    """The columns in reading order, how many rows were parted, and the share of rows that are sure."""

    columns: tuple[Column, ...]
    repaired: int = 0
    sure: float = 1.0


State = tuple[str, str]  # the last line of each column; empty at the top and after a gap
Split = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to part one row: from which state, how, to which state, and what it is worth."""

    before: State
    split: Split
    after: State
    worth: float


def unmixed(lines: Sequence[str]) -> Unmixed:
    """Return the columns of a page; a text that is not mixed comes back as the one column that it is."""
    rows = [line.strip() for line in lines]
    filled = [row for row in rows if row]
    width = _column_width(filled)
    if len(filled) < LEAST_ROWS or width is None:
        return Unmixed((Column(tuple(lines)),))
    best, margins = _search(rows, width)
    repaired = sum(bool(left and right) for left, right in best)
    if repaired < 3:
        return Unmixed((Column(tuple(lines)),))
    doubtful = frozenset(position for position, margin in enumerate(margins) if margin < MARGIN and rows[position])
    return Unmixed((Column(tuple(left for left, _ in best), doubtful), Column(tuple(right for _, right in best), doubtful)), repaired,
                   1 - len(doubtful) / len(filled))


def _column_width(rows: Sequence[str]) -> int | None:
    """Return the width of a column in characters where rows have two widths, one about twice the other; else None.

    Mixed pages have many rows of one column's width, and some of nearly two with a capital in the middle of a sentence.
    """
    lengths = sorted(len(row) for row in rows)
    if lengths[-1] < 60 or lengths[-1] > 200:
        return None
    single = [row for row in rows if len(row) <= 0.68 * lengths[-1]]
    double = [row for row in rows if len(row) > 0.68 * lengths[-1]]
    if len(single) < 0.25 * len(rows) or len(double) < 3:
        return None
    plain = sorted(len(row) for row in single if not _BREAK.search(row)) or [len(row) for row in single]
    width = plain[int(0.95 * (len(plain) - 1))]
    joints = sum(any(0.2 * width < match.end() <= 1.1 * width for match in _BREAK.finditer(row)) for row in double)
    odd = sum(any(not CLOSED.search(row[:match.start() + 1].rstrip()) for match in _BREAK.finditer(row)) for row in double)
    open_rows = sum(not CLOSED.search(row) and len(row) < 0.5 * width for row in rows[:-1])
    return width if joints >= 0.6 * len(double) and odd >= 0.3 * len(double) and open_rows <= 0.3 * len(rows) else None


def _search(rows: Sequence[str], width: int) -> tuple[list[Split], list[float]]:
    """Return the best split of every row, and how far behind the best page with another split of that row came.

    Forward and backward over the states (Viterbi with its beta pass), so that every margin is exact but for the beam.
    """
    forward: list[dict[State, float]] = [{("", ""): 0.0}]
    steps: list[list[_Step]] = []
    for row in rows:
        layer = [_step(state, split, width) for state in forward[-1] for split in _splits(row, width)] if row else \
                [_Step(state, ("", ""), state, 0.0) for state in forward[-1]]
        reached: dict[State, float] = {}
        for step in layer:
            reached[step.after] = max(reached.get(step.after, -1e9), forward[-1][step.before] + step.worth)
        kept = dict(sorted(reached.items(), key=lambda item: -item[1])[:BEAM])
        steps.append([step for step in layer if step.after in kept])
        forward.append(kept)
    backward: list[dict[State, float]] = [dict.fromkeys(forward[-1], 0.0)]
    for layer in reversed(steps):
        worth: dict[State, float] = {}
        for step in layer:
            worth[step.before] = max(worth.get(step.before, -1e9), step.worth + backward[-1].get(step.after, -1e9))
        backward.append(worth)
    backward.reverse()
    return _best(steps, forward, backward)


def _best(steps: Sequence[Sequence[_Step]], forward: Sequence[dict[State, float]], backward: Sequence[dict[State, float]],
          ) -> tuple[list[Split], list[float]]:
    """Follow the best path, and compare every row's split with the best path that parts that row otherwise."""
    state: State = ("", "")
    splits, margins = [], []
    for position, layer in enumerate(steps):
        chosen = max((step for step in layer if step.before == state),
                     key=lambda step: step.worth + backward[position + 1].get(step.after, -1e9))
        total = [(forward[position][step.before] + step.worth + backward[position + 1].get(step.after, -1e9), step.split) for step in layer]
        best = max(total)[0]
        others = [score for score, split in total if split != chosen.split and {*split} != {*chosen.split}]
        splits.append(chosen.split)
        margins.append(best - max(others) if others else 99.0)
        state = chosen.after
    return splits, margins


def _step(state: State, split: Split, width: int) -> _Step:
    worth = _column(state[0], split[0], width) + _column(state[1], split[1], width) + (JOINT if all(split) else LEFT if split[0] else 0.0)
    return _Step(state, split, split, worth)


def _splits(row: str, width: int) -> list[tuple[str, str]]:
    words = row.split(" ")
    found = []
    for count in range(len(words) + 1):
        left, right = " ".join(words[:count]).strip(), " ".join(words[count:]).strip()
        if len(left) <= 1.12 * width and len(right) <= 1.12 * width:
            found.append((left, right))
    return found or [(row, "")]


def _column(before: str, line: str, width: int) -> float:
    """Score one line of a column after the line before it (empty at the top or after a gap)."""
    if not line:  # a gap: wrong after an open line, unless that was a heading
        return -4.0 if before and not CLOSED.search(before) and not NUMBERED.match(before) else 0.0
    opens = line[:1].isupper() or line[:1].isdigit() or line[:1] in "‘“(•-"
    heading = bool(_HEADING.fullmatch(line))
    score = 1.5 if heading else 0.0
    if not before or CLOSED.search(before) or NUMBERED.match(before):
        score += 1.0 if opens else -4.0
    else:
        room = width - len(before) - 1 - len(line.split(" ")[0])  # where the next word would have fitted, the line should not have ended
        score += -4.0 if room >= 0.12 * width else 0.0 if room > 0 else 1.5
        score += -1.0 if opens and line[:1] != "(" else 1.0
    if not CLOSED.search(line) and not heading:
        score += -3.0 if len(line) < 0.72 * width else 0.5
    return score
