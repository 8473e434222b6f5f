"""Tables without a grid of rules: rows of one column of text whose cells stand below one another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.gutters import Row
from ingest.lines import BULLET, PlacedWord

_GAP = 0.9        # between cells, in type heights
_COLUMN_GAP = 0.6  # what stays free between two columns over all rows
_LEAST_ROWS = 3   # with the headings
_FLUSH = 3.0      # points
_ALIGNED = 0.7    # the share of the cells of a column that are set flush
_WIDER = 1.5      # than the usual space in a cell
_STEP = 1.3       # a row of a table begins where the step from line to line is so much larger than the least

_CAPITAL = re.compile(r"[A-ZÀ-Þ]")

Strips = list[tuple[float, float]]
Cells = tuple[tuple[PlacedWord, ...], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A table in rows[first:last]: its rows, each a cell of words for each column, and the left edges of its columns."""

    first: int
    last: int
    rows: tuple[Cells, ...]
    columns: tuple[float, ...]


def table_spans(rows: Sequence[Row], height: float) -> Iterator[Span]:
    """Yield the aligned tables in the rows of one column; `height` is that of its type in points."""
    number = 0
    while number < len(rows):
        span = _longest(rows, number, height) if _has_gap(rows[number], height) else None
        if span is not None:
            yield span
        number = span.last if span else number + 1


def _gathered(lines: Sequence[Cells], tops: Sequence[float]) -> tuple[Cells, ...]:
    """Join the lines of a table into its rows: a row begins where the step is larger, or else where the first column is filled."""
    steps = [after - before for before, after in pairwise(tops)]
    least = min(steps, default=0.0)
    by_gap = any(step > _STEP * least for step in steps) and any(step <= _STEP * least for step in steps[1:])
    found: list[list[tuple[PlacedWord, ...]]] = []
    for number, line in enumerate(lines):
        wide = number == 0 or steps[number - 1] > _STEP * least
        begins = wide or (bool(line[0]) and (not by_gap or sum(map(bool, line)) == len(line)))
        if not found or begins:
            found.append(list(line))
        else:
            found[-1] = [(*before, *more) for before, more in zip(found[-1], line, strict=True)]
    return tuple(tuple(row) for row in found)


def _has_gap(row: Row, height: float) -> bool:
    return any(after.box.x0 - before.box.x1 >= _GAP * height for before, after in pairwise(row.words))


def _longest(rows: Sequence[Row], first: int, height: float) -> Span | None:
    """Return the longest table that begins with a row, or None."""
    best: Span | None = None
    full = 0
    taken: Strips = []
    for last in range(first + 1, len(rows) + 1):
        row = rows[last - 1]
        if last - first > 1 and row.top - rows[last - 2].bottom > 3 * height:
            break
        taken = _taken_with(taken, row)
        edges = [after[0] for before, after in pairwise(taken) if after[0] - before[1] >= _COLUMN_GAP * height]
        if not edges:
            break
        parted = _parted(row.words, edges)
        if sum(map(bool, parted)) > 1:
            full += 1
            if full >= _LEAST_ROWS:
                best = _span(rows, first, last, edges) or best
        elif best and best.last == last - 1 and row.top - rows[last - 2].bottom < 0.5 * height and not _CAPITAL.match(row.words[0].text):
            best = _span(rows, first, last, edges) or best  # the last line of the last row
        elif parted[0] and _CAPITAL.match(row.words[0].text) and len(row.words) > 4 and row.top - rows[last - 2].bottom > 0.5 * height:
            break
    return best


def _taken_with(taken: Strips, row: Row) -> Strips:
    """Return the strips that words take in some rows and one more."""
    merged: Strips = []
    for x0, x1 in sorted([*taken, *((word.box.x0, word.box.x1) for word in row.words)]):
        if merged and x0 <= merged[-1][1] + 0.5:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _span(rows: Sequence[Row], first: int, last: int, edges: Sequence[float]) -> Span | None:
    lines = [_parted(row.words, edges) for row in rows[first:last]]
    if not all(_column(lines, number) for number in range(1, len(edges) + 1)) or not _wider_between(lines):
        return None
    if _is_list(lines) or _is_prose(lines) or _is_justified(rows, first, last):
        return None
    left = min(row.words[0].box.x0 for row in rows[first:last])
    return Span(first, last, _gathered(lines, [row.top for row in rows[first:last]]), (left, *edges))


def _parted(words: Sequence[PlacedWord], edges: Sequence[float]) -> Cells:
    bounds = (float("-inf"), *(edge - 0.1 for edge in edges), float("inf"))
    return tuple(tuple(word for word in words if low <= word.box.x0 < high) for low, high in pairwise(bounds))


def _column(lines: Sequence[Cells], number: int) -> bool:
    """Say whether the cells of a column are many, and set flush left, flush right or centred."""
    cells = [line[number] for line in lines if line[number]]
    if len(cells) < 2:
        return False
    places = ([cell[0].box.x0 for cell in cells], [max(word.box.x1 for word in cell) for cell in cells],
              [(cell[0].box.x0 + max(word.box.x1 for word in cell)) / 2 for cell in cells])
    return any(sum(abs(x - one) <= _FLUSH for x in some) >= _ALIGNED * len(cells) for some in places for one in some)


def _wider_between(lines: Sequence[Cells]) -> bool:
    """Say whether the gaps between cells are wider than the spaces in them; in justified text all spaces of a line are alike."""
    told = []
    for line in lines:
        cells = [cell for cell in line if cell]
        spaces = [after.box.x0 - before.box.x1 for cell in cells for before, after in pairwise(cell)]
        gaps = [after[0].box.x0 - before[-1].box.x1 for before, after in pairwise(cells)]
        if spaces and gaps:
            told.append(min(gaps) > _WIDER * median(spaces))
    return sum(told) >= 0.8 * len(told)


def _is_list(lines: Sequence[Cells]) -> bool:
    """Say whether two columns are the marks of a list and its items."""
    if len(lines[0]) != 2:
        return False
    marks = [" ".join(word.text for word in line[0]) for line in lines if line[0]]
    return sum(bool(BULLET.match(f"{mark} x")) or bool(re.fullmatch(r"\d{1,2}(\.\d{1,2})*\.?", mark)) for mark in marks) > 0.6 * len(marks)


def _is_prose(lines: Sequence[Cells]) -> bool:
    """Say whether cells run on from line to line over the whole width, as justified text does where its spaces fall below one another."""
    first = [line[-1] for line in lines if line[-1]]
    lower = sum(line[0][0].text[:1].islower() for line in lines if line[0])
    return lower > 0.5 * len(lines) and len(first) > 0.8 * len(lines)


def _is_justified(rows: Sequence[Row], first: int, last: int) -> bool:
    """Say whether rows are lines of justified text whose spaces fall below one another: as wide as the column, one step from the text around them."""
    left, right = median(row.words[0].box.x0 for row in rows), median(row.words[-1].box.x1 for row in rows)
    wide = sum(abs(row.words[0].box.x0 - left) < _FLUSH and abs(right - row.words[-1].box.x1) < _FLUSH for row in rows[first:last])
    if wide < 0.6 * (last - first):
        return False
    step = min(after.bottom - before.bottom for before, after in pairwise(rows[first:last]))
    around = [(first - 1, first)] if first else []
    around += [(last - 1, last)] if last < len(rows) else []
    return any(rows[after].bottom - rows[before].bottom < 1.2 * step for before, after in around)
