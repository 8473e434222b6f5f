"""Reading order by recursive XY-cut (Nagy and Seth 1984): whole columns before bands, so that aligned rows do not mix columns."""

from collections.abc import Sequence
from statistics import median

from ingest.gutters import Row, best_gutter, rows_of
from ingest.lines import PlacedWord


def columns_of(words: Sequence[PlacedWord]) -> list[list[PlacedWord]]:
    """Return the regions of a page in reading order; each is one column of one band."""
    if len(words) < 2:
        return [list(words)] if words else []
    return _cut(rows_of(words), median(word.height for word in words))


def _cut(rows: Sequence[Row], height: float, known: tuple[float, ...] = ()) -> list[list[PlacedWord]]:
    gutter = best_gutter(rows, height, known)
    if gutter is None:
        return [[word for row in rows for word in row.words]] if rows else []
    sides = [row.parted(gutter.x) for row in rows[gutter.first:gutter.last]]
    columns = [rows_of([word for pair in sides for word in pair[side]]) for side in (0, 1)]
    known = (*known, gutter.x)
    return (_cut(rows[:gutter.first], height, known) + _cut(columns[0], height, known) + _cut(columns[1], height, known)
            + _cut(rows[gutter.last:], height, known))
