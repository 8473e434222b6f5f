"""Reading order by recursive XY-cut (Nagy and Seth 1984): whole columns before bands, so that aligned rows do not mix columns."""

from collections.abc import Sequence
from statistics import median

from ingest.lines import PlacedWord

Words = Sequence[PlacedWord]
_LEAST_ROWS = 3       # a column has at least so many rows; two words side by side are no columns
_GUTTER = 0.9         # the least width of a gutter in type heights; a word space is about .3, a justified one up to .8


def columns_of(words: Words) -> list[list[PlacedWord]]:
    """Return the regions of a page in reading order; each is one column of one band."""
    if len(words) < 2:
        return [list(words)] if words else []
    height = median(word.box.y1 - word.box.y0 for word in words)
    gutter = _gutter(words, height)
    if gutter is not None:
        left = [word for word in words if word.box.x1 <= gutter]
        right = [word for word in words if word.box.x1 > gutter]
        return columns_of(left) + columns_of(right)
    cut = _band(words, height)
    if cut is None:
        return [list(words)]
    above = [word for word in words if _middle(word) < cut]
    below = [word for word in words if _middle(word) >= cut]
    return columns_of(above) + columns_of(below)


def rows_of(words: Words) -> list[list[PlacedWord]]:
    """Group words that stand on one line, from the top down, each from left to right."""
    rows: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda one: (_middle(one), one.box.x0)):
        if rows and _middle(word) - _row_middle(rows[-1]) < 0.45 * (word.box.y1 - word.box.y0):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.box.x0) for row in rows]


def _row_middle(row: Words) -> float:
    return sum(_middle(word) for word in row) / len(row)


def _middle(word: PlacedWord) -> float:
    return (word.box.y0 + word.box.y1) / 2


def _gutter(words: Words, height: float) -> float | None:
    """Return the x of the widest gutter that no word crosses and that parts real columns, or None."""
    spans = sorted((word.box.x0, word.box.x1) for word in words)
    best, reach = (0.0, 0.0), spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 - reach > best[0] and _parts_columns(words, (reach + x0) / 2):
            best = (x0 - reach, (reach + x0) / 2)
        reach = max(reach, x1)
    return best[1] if best[0] >= _GUTTER * height else None


def _parts_columns(words: Words, x: float) -> bool:
    """Say whether both sides of a gutter hold running text: several rows, most of them of more than a word or two."""
    for side in ([word for word in words if word.box.x1 <= x], [word for word in words if word.box.x1 > x]):
        rows = rows_of(side)
        if len(rows) < _LEAST_ROWS or sum(len(row) for row in rows) < 2.5 * len(rows):
            return False
    return True


def _band(words: Words, height: float) -> float | None:
    """Return the y at which a page parts into bands of which one has columns, or None where it is one column anyway.

    Of all places between rows the one is taken that leaves the tallest band with columns.
    """
    rows = rows_of(words)
    tops = [min(word.box.y0 for word in row) for row in rows]
    best: tuple[int, float] | None = None
    for first in range(len(rows)):
        for last in range(len(rows), first + _LEAST_ROWS - 1, -1):
            if last - first == len(rows) or (best and last - first <= best[0]):
                continue
            inside = [word for row in rows[first:last] for word in row]
            if _gutter(inside, height) is not None:
                cut = tops[first] if first else tops[last]
                best = (last - first, cut - 0.01)
                break
        if len(rows) > 120:
            break
    return best[1] if best else None
