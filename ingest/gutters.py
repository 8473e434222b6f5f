"""Gutters: strips that no word crosses over several rows, with running text on both sides."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.lines import CLOSED, Line, PlacedWord

Words = Sequence[PlacedWord]
_LEAST_ROWS = 3     # a column has at least so many rows; two words side by side are no columns
_WIDE = 0.9         # a gutter in type heights; a word space is about .3, a justified one up to .8
_NARROW = 0.55      # the least width of a gutter, where many rows keep it
_MANY_ROWS = 8
_EDGE = 2.5         # points: lines that start within this are set flush
_NEAR = 5.0         # how far from the gutter a row of the next column begins at most, in type heights
_RUNNING = 2.5      # words a row: labels and figures have fewer
_FILLED = 0.25      # of the rows of running text, so many at least have no room for the next word; signals .4, cells of tables .1
_OTHER_TYPE = 1.08  # type of two sizes side by side is not that of a table
_CELL_GAP = 0.3     # between the rows of a table, in type heights
_MOST_CELL_LINES = 6
_SPACE = 1.4        # a gap up to so much wider than the widest other space of its line is a space between words
_HEADING = 1.15     # a heading that belongs to two columns is set in type so much larger


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one height of the page, from left to right, with the top and bottom of the row."""

    words: tuple[PlacedWord, ...]
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height of the row in points."""
        return self.bottom - self.top

    def parted(self, x: float) -> tuple[Words, Words]:
        """Return the words that begin left of x, and the others."""
        place = bisect_left([word.box.x0 for word in self.words], x - 0.1)
        return self.words[:place], self.words[place:]


@dataclass(frozen=True, slots=True)
class Gutter:
    """The strip left of x, kept free by rows[first:last]."""

    x: float
    width: float
    first: int
    last: int

    @property
    def rows(self) -> int:
        """How many rows keep it free."""
        return self.last - self.first


def rows_of(words: Words) -> list[Row]:
    """Group words that stand on one height, from the top down, each row from left to right."""
    groups: list[list[PlacedWord]] = []
    total = 0.0
    for word in sorted(words, key=lambda one: (one.middle, one.box.x0)):
        if groups and word.middle - total / len(groups[-1]) < 0.45 * max(word.height, groups[-1][0].height):
            groups[-1].append(word)
            total += word.middle
        else:
            groups.append([word])
            total = word.middle
    return [Row(tuple(sorted(group, key=lambda one: one.box.x0)), min(word.box.y0 for word in group), max(word.box.y1 for word in group))
            for group in groups]


def lines_of(words: Words) -> tuple[Line, ...]:
    """Return the words of one column as lines from the top."""
    return tuple(Line.of(row.words) for row in rows_of(words))


def best_gutter(rows: Sequence[Row], height: float, known: Sequence[float] = ()) -> Gutter | None:
    """Return the gutter that the most rows keep, the widest of these; `height` is that of the running text.

    Where there is none, one that stands at the x of a `known` gutter of the page may part fewer rows.
    """
    found = [gutter for x in _edges(rows, height) for gutter in _runs(rows, x, height) if _parts_columns(rows[gutter.first:gutter.last], gutter, height)]
    found = found or [gutter for x in known for gutter in _runs(rows, x, height, least=1)
                      if _goes_on(rows[gutter.first:gutter.last], gutter, height)]
    return max(found, key=lambda one: (one.rows, one.width), default=None)


def _edges(rows: Sequence[Row], height: float) -> list[float]:
    """Return where at least three rows begin flush behind a gap."""
    starts = []
    for row in rows:
        reach = row.words[0].box.x0
        starts.append(reach)
        for word in row.words:
            if word.box.x0 - reach >= _NARROW * height:
                starts.append(word.box.x0)
            reach = max(reach, word.box.x1)
    starts.sort()
    edges: list[float] = []
    for place, x in enumerate(starts):
        if (not edges or x - edges[-1] > _EDGE) and bisect_left(starts, x + _EDGE) - place >= _LEAST_ROWS:
            edges.append(x)
    return edges


def _runs(rows: Sequence[Row], x: float, height: float, *, least: int = _LEAST_ROWS) -> Iterator[Gutter]:
    """Yield the maximal runs of rows that keep the strip left of x free, with words on both sides."""
    first = 0
    for number in range(len(rows) + 1):
        if number == len(rows) or not _free(rows[number], x, height) or _heads_both(rows, number, x, height):
            if number - first >= least:
                yield from _trimmed(rows, x, first, number, least=least)
            first = number + 1


def _free(row: Row, x: float, height: float) -> bool:
    """Say whether a row keeps the strip left of x free; a heading across in which a space happens to fall there does not."""
    if any(word.box.x0 < x - 0.1 and word.box.x1 > x - _NARROW * height for word in row.words):
        return False
    left, right = row.parted(x)
    if not left or not right or min(word.height for word in row.words) < _HEADING * height:
        return True
    spaces = [after.box.x0 - before.box.x1 for side in (left, right) for before, after in pairwise(side)]
    return not spaces or right[0].box.x0 - left[-1].box.x1 > _SPACE * max(spaces)


def _heads_both(rows: Sequence[Row], number: int, x: float, height: float) -> bool:
    """Say whether a row is a heading over two columns, though it is short: larger type, and the right column makes room for it too."""
    row = rows[number]
    left, right = row.parted(x)
    if right or not left or row.height < _HEADING * height:
        return False
    above = [other for other in rows[:number] if other.parted(x)[1]]
    below = [other for other in rows[number + 1:] if other.parted(x)[1]]
    following = next((other for other in rows[number + 1:] if other.parted(x)[0]), None)
    if not above or not below or following is None:
        return False
    air = 0.5 * height
    return above[-1].bottom <= row.top - air + 0.1 and below[0].top >= row.bottom - 0.1 and abs(below[0].top - following.top) < 0.6 * height


def _trimmed(rows: Sequence[Row], x: float, first: int, last: int, *, least: int) -> Iterator[Gutter]:
    """Leave out rows at the top with words on the left alone, and such rows at the bottom that belong to what follows the columns."""
    sides = [row.parted(x) for row in rows[first:last]]
    both = [number for number, (_, right) in enumerate(sides) if right]
    if not both or not any(left for left, _ in sides):
        return
    start, stop = first + both[0], last
    tail = first + both[-1] + 1
    if last < len(rows) and tail < last and rows[tail].top - rows[tail - 1].bottom > 1.5 * max(rows[last].top - rows[last - 1].bottom, 0.5):
        stop = tail
    if stop - start < least:
        return
    gaps = [right[0].box.x0 - max(word.box.x1 for word in left) for left, right in sides[start - first:stop - first] if left and right]
    width = min(gaps) if gaps else x - max((word.box.x1 for left, _ in sides[start - first:stop - first] for word in left), default=x)
    yield Gutter(x, width, start, stop)


def _parts_columns(rows: Sequence[Row], gutter: Gutter, height: float) -> bool:
    """Say whether both sides hold running text that is set flush behind the gutter."""
    sides = [row.parted(gutter.x) for row in rows]
    left, right = [side for side, _ in sides if side], [side for _, side in sides if side]
    if min(len(left), len(right)) < _LEAST_ROWS or not _flush(right, gutter.x + _NEAR * height):
        return False
    if min(len(left), len(right)) < _MANY_ROWS and not _wider(sides):
        return False
    if gutter.width < _WIDE * height and (min(len(left), len(right)) < _MANY_ROWS or gutter.width < _NARROW * height):
        return False
    shared = sum(bool(one and other) for one, other in sides) / min(len(left), len(right))
    if shared < 0.5:
        return True
    types = [median(word.height for words in side for word in words) for side in (left, right)]
    if max(types) > _OTHER_TYPE * min(types) and any(_running(side) for side in (left, right)):
        return True  # notes in the margin
    return all(_running(side) for side in (left, right)) and not _rows_of_cells(rows, gutter.x, height)


def _rows_of_cells(rows: Sequence[Row], x: float, height: float) -> bool:
    """Say whether rows are those of a table with cells of several lines: short headings, then groups that begin on one height on both sides."""
    groups: list[list[Row]] = []
    for before, row in zip([None, *rows], rows, strict=False):
        if before is None or row.top - before.bottom > _CELL_GAP * height:
            groups.append([])
        groups[-1].append(row)
    head, others = groups[0], groups[1:]
    if len(others) < _LEAST_ROWS or len(head) > 1 or not len(others) < sum(map(len, others)) <= _MOST_CELL_LINES * len(others):
        return False
    short = len(head[0].words) <= 12 and not any(CLOSED.search(word.text) for word in head[0].words)
    return short and all(all(group[0].parted(x)) for group in groups)


def _goes_on(rows: Sequence[Row], gutter: Gutter, height: float) -> bool:
    """Say whether a few rows go on with a gutter that is known from the page: flush behind it, with running text on both sides."""
    sides = [row.parted(gutter.x) for row in rows]
    right = [side for _, side in sides if side]
    flush = sum(abs(side[0].box.x0 - gutter.x) <= _EDGE for side in right)
    return (gutter.width >= _WIDE * height and flush >= 0.7 * len(right) and any(left and side for left, side in sides) and _wider(sides)
            and all(sum(map(len, one)) >= _RUNNING * sum(map(bool, one)) for one in zip(*sides, strict=True)))


def _wider(sides: Sequence[tuple[Words, Words]]) -> bool:
    """Say whether the gap at the gutter is wider than the usual space of most rows; in justified text all spaces of a line are alike."""
    told = []
    for left, right in sides:
        spaces = [after.box.x0 - before.box.x1 for side in (left, right) for before, after in pairwise(side)]
        if left and right and spaces:
            told.append(right[0].box.x0 - left[-1].box.x1 > _SPACE * median(spaces))
    return sum(told) >= 0.8 * len(told)


def _flush(side: Sequence[Words], near: float) -> bool:
    """Say whether most rows begin at one of two edges: that of the column and that of its indents.

    Rows that begin beyond `near` belong to a further column; where this one is empty they tell nothing.
    """
    starts = sorted(words[0].box.x0 for words in side if words[0].box.x0 <= near)
    if len(starts) < max(_LEAST_ROWS, 0.3 * len(side)):
        return False
    counts = {x: bisect_left(starts, x + _EDGE) - bisect_left(starts, x) for x in starts}
    edge = max(counts, key=lambda x: counts[x])
    indent = max((count for x, count in counts.items() if abs(x - edge) > _EDGE), default=0)
    return counts[edge] + indent >= 0.7 * len(starts)


def _running(side: Sequence[Words]) -> bool:
    """Say whether rows hold text that runs on or statements, not labels, figures or short cells."""
    if sum(len(words) for words in side) < _RUNNING * len(side):
        return False
    if sum(CLOSED.search(words[-1].text) is not None for words in side) >= 0.5 * len(side):
        return True
    ends = sorted(max(word.box.x1 for word in words) for words in side)
    right = ends[int(0.9 * (len(ends) - 1))]  # a long word may stick out of its column
    pairs = [(before, after) for before, after in pairwise(side)]
    filled = sum(right - max(word.box.x1 for word in before) < after[0].box.x1 - after[0].box.x0 + 0.25 * after[0].height for before, after in pairs)
    return filled >= _FILLED * len(pairs)
