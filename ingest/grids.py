"""Grids of rules on a page: tables, and single frames around text (asides)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Box
from ingest.gutters import lines_of
from ingest.lines import PlacedWord
from ingest.pdf_shapes import Shapes
from ingest.tables import Table

_TOUCH = 3.0           # points: rules that come so near to one another meet
_FRAME_WORDS = 8       # a frame around fewer words is a button or a label
_MOST_OF_PAGE = 0.75   # an area around more of the words of a page is its background
_MOST_RULES = 1_500


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of one table: where columns and rows part, the rules between columns, and the box around it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    down: tuple[Box, ...]
    box: Box

    def parts_columns(self, row: int, column: int) -> bool:
        """Say whether a rule stands to the right of a cell."""
        x, y = self.xs[column + 1], (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs((rule.x0 + rule.x1) / 2 - x) <= _TOUCH and rule.y0 - _TOUCH <= y <= rule.y1 + _TOUCH for rule in self.down)


def grids_of(shapes: Shapes) -> list[Grid]:
    """Return what the rules of a page enclose, each group of rules that touch one another; one cell is a frame."""
    rules = [*((rule, True) for rule in shapes.across), *((rule, False) for rule in shapes.down)]
    if not shapes.down or len(rules) > _MOST_RULES:
        return []
    grids = []
    for group in _touching([rule for rule, _ in rules]):
        across = tuple(rules[number][0] for number in group if rules[number][1])
        down = tuple(rules[number][0] for number in group if not rules[number][1])
        if not across or not down:
            continue
        xs = _places([(rule.x0 + rule.x1) / 2 for rule in down] + [end for rule in across for end in (rule.x0, rule.x1)])
        ys = _places([(rule.y0 + rule.y1) / 2 for rule in across] + [end for rule in down for end in (rule.y0, rule.y1)])
        if len(xs) > 1 and len(ys) > 1:
            grids.append(Grid(xs, ys, down, Box(across[0].page, xs[0], ys[0], xs[-1], ys[-1])))
    return grids


def frames_of(shapes: Shapes, grids: Sequence[Grid], words: Sequence[PlacedWord]) -> list[Box]:
    """Return the areas that set text apart: frames of rules with one cell and filled areas, without those of a table or the page."""
    boxes = [grid.box for grid in grids if len(grid.xs) == 2 and len(grid.ys) == 2]
    tables = [grid.box for grid in grids if len(grid.xs) > 2]
    fills = [fill.box for fill in shapes.fills if not fill.white]
    stacked = [box for box in fills if sum(abs(box.x0 - other.x0) < _TOUCH and abs(box.x1 - other.x1) < _TOUCH for other in fills) > 2]
    boxes += [box for box in fills if box not in stacked and not any(_inside(box, table) for table in tables)]
    frames: list[Box] = []
    for box in sorted(boxes, key=lambda one: -(one.x1 - one.x0) * (one.y1 - one.y0)):
        held = [word for word in words if box.holds(word.box)]
        if len(held) >= _FRAME_WORDS and len(held) < _MOST_OF_PAGE * len(words) and _of_several_lines(held) \
                and not any(_inside(box, other) for other in frames) and not any(_crosses(box, word) for word in words):
            frames.append(box)
    return frames


def ruled_table(grid: Grid, words: Sequence[PlacedWord]) -> Table | None:
    """Return the table of the words in a grid, or None where it holds no two cells side by side."""
    rows = []
    for row in range(len(grid.ys) - 1):
        cells: list[list[PlacedWord]] = []
        open_cell = False
        for column in range(len(grid.xs) - 1):
            box = Box(grid.box.page, grid.xs[column], grid.ys[row], grid.xs[column + 1], grid.ys[row + 1])
            held = [word for word in words if _starts_in(box, word)]
            if open_cell:
                cells[-1] += held
            else:
                cells.append(held)
            open_cell = not grid.parts_columns(row, column)
        rows.append(tuple(map(lines_of, cells)))
    filled = tuple(row for row in rows if any(row))
    side_by_side = any(sum(map(bool, row)) > 1 for row in filled)
    return Table(filled, grid.xs[:-1], grid.box.page) if side_by_side else None


def _starts_in(box: Box, word: PlacedWord) -> bool:
    x = word.box.x0 + min(2.0, (word.box.x1 - word.box.x0) / 2)
    return box.x0 <= x < box.x1 and box.y0 <= word.middle < box.y1


def _inside(inner: Box, outer: Box) -> bool:
    """Say whether a box lies in another."""
    return (inner.x0 >= outer.x0 - _TOUCH and inner.x1 <= outer.x1 + _TOUCH
            and inner.y0 >= outer.y0 - _TOUCH and inner.y1 <= outer.y1 + _TOUCH)


def _of_several_lines(words: Sequence[PlacedWord]) -> bool:
    return max(word.middle for word in words) - min(word.middle for word in words) > max(word.height for word in words) * 0.8


def _crosses(box: Box, word: PlacedWord) -> bool:
    """Say whether a word runs over the left or right edge of a box."""
    level = box.y0 < word.middle < box.y1
    return level and any(word.box.x0 < x - 2 and word.box.x1 > x + 2 for x in (box.x0, box.x1))


def _touching(rules: Sequence[Box]) -> list[list[int]]:
    """Return the numbers of rules in groups that touch one another."""
    order = sorted(range(len(rules)), key=lambda number: rules[number].y0)
    parent = list(range(len(rules)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    open_rules: list[int] = []
    for number in order:
        rule = rules[number]
        open_rules = [other for other in open_rules if rules[other].y1 >= rule.y0 - _TOUCH]
        for other in open_rules:
            if rules[other].x0 <= rule.x1 + _TOUCH and rule.x0 <= rules[other].x1 + _TOUCH:
                parent[root(other)] = root(number)
        open_rules.append(number)
    groups: dict[int, list[int]] = {}
    for number in range(len(rules)):
        groups.setdefault(root(number), []).append(number)
    return list(groups.values())


def _places(values: Sequence[float]) -> tuple[float, ...]:
    """Return the different places among some that stand within a few points of one another."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return tuple(found)
