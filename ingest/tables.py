"""Tables of any format as blocks: a row is a passage that carries its column headings."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, WordBox
from ingest.lines import Line, PlacedText, Vocabulary, joined
from ingest.prose import paragraph_blocks

_BETWEEN = " | "  # the cells of a row
_YEAR = re.compile(r"(?:19|20)\d\d")

Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SpanningCell:
    """The text of a cell, and how many columns and rows it takes, each at least 1."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table on a page; a cell is its lines. `columns` are the left edges, by which a table is known again on the next page."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[float, ...]
    page: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all cells."""
        return tuple(line for row in self.rows for cell in row for line in cell)

    def mapped(self, change: Callable[[Line], Line]) -> "Table":
        """Return the table with each line changed."""
        return replace(self, rows=tuple(tuple(tuple(map(change, cell)) for cell in row) for row in self.rows))


def row_blocks(rows: Sequence[Sequence[str]], *, heads: int) -> list[Block]:
    """Return a block for each row; the first `heads` rows are column headings, and context for the others.

    A table of one column is text in a frame; a column without any text is space. Where no row is marked as headings, a first row of short
    cells is context for the others and a row itself, so that nothing of the table is lost.
    """
    filled = [[cell for cell in row if cell] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return [block for row in filled for cell in row for block in paragraph_blocks(cell)]
    return _placed_rows([[PlacedText(cell) for cell in row] for row in rows], [1] * len(rows), count=heads)


def with_covered(rows: Iterable[Sequence[SpanningCell]]) -> list[list[str]]:
    """Return rows of cells with an empty one in each place that a cell of a row above covers; a cell over several columns is one cell."""
    covered: dict[int, tuple[int, int]] = {}  # by first column, how many columns and how many rows more
    found: list[list[str]] = []
    for row in rows:
        texts, place, below = list[str](), 0, dict[int, tuple[int, int]]()
        waiting = deque(row)
        while waiting or any(column >= place for column in covered):
            if place in covered or not waiting:
                place = place if place in covered else min(column for column in covered if column >= place)
                cell = SpanningCell("", covered[place][0], covered[place][1])
            else:
                cell = waiting.popleft()
            texts.append(cell.text)
            if cell.rows > 1:
                below[place] = cell.columns, cell.rows - 1
            place += cell.columns
        covered = below
        found.append(texts)
    return found


def cells_text(cells: Sequence[str]) -> str:
    """Return the cells of a row as one text; an empty one keeps its place, so that no value stands under another heading, except at the end."""
    return _row([PlacedText(cell) for cell in cells], 1, "").text


class TableRows:
    """Tables in the order of the document; one that goes on on the next page keeps its column headings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._last: Table | None = None
        self._heads: Sequence[PlacedText] = ()

    def blocks(self, table: Table) -> list[Block]:
        """Return the rows of a table."""
        rows = [[joined(cell, self._vocabulary) for cell in row] for row in table.rows]
        pages = [next(line.box.page for cell in row for line in cell) for row in table.rows]
        heads = int(_bold_head(table))
        if self._last and self._heads and _same_columns(self._last, table) and 0 <= table.page - self._last.page <= 1:
            if [cell.text for cell in rows[0]] == [cell.text for cell in self._heads]:
                rows, pages, heads = rows[1:], pages[1:], 0
            if not heads:
                self._last = table
                return _placed_rows(rows, pages, heads=self._heads)
        found = _placed_rows(rows, pages, count=heads)
        self._last, self._heads = table, rows[0] if found and found[-1].context else ()
        return found


def _bold_head(table: Table) -> bool:
    first = [line for cell in table.rows[0] for line in cell]
    others = [line for row in table.rows[1:] for cell in row for line in cell]
    return bool(others) and all(line.bold for line in first) and sum(line.bold for line in others) < 0.5 * len(others)


def _same_columns(before: Table, after: Table) -> bool:
    return len(before.columns) == len(after.columns) and all(abs(x - y) <= 3 for x, y in zip(before.columns, after.columns, strict=True))


def _placed_rows(rows: Sequence[Sequence[PlacedText]], pages: Sequence[int], *, count: int = 0, heads: Sequence[PlacedText] = ()) -> list[Block]:
    """Return a block for each row with its page; column headings are the first `count` rows, or the `heads` of a table that goes on."""
    used = {place for row in (*rows, heads) for place, cell in enumerate(row) if cell.text}
    *rows, heads = ([cell for place, cell in enumerate(row) if place in used] for row in (*rows, heads))
    guessed = not count and not heads and len(rows) > 1 and _looks_like_head([cell.text for cell in rows[0]])
    first = count or int(guessed)
    columns = " ".join(filter(None, (cells_text([cell.text for cell in row]) for row in (rows[:first] or [heads]))))
    blocks = [_row(rows[0], pages[0], "")] if guessed else []
    return blocks + [_row(row, page, columns) for row, page in zip(rows[first:], pages[first:], strict=True) if any(cell.text for cell in row)]


def _row(cells: Sequence[PlacedText], page: int, columns: str) -> Block:
    """Return the cells of a row, up to the last that is filled, as one text."""
    text, words, doubtful = "", list[WordBox](), list[tuple[int, int]]()
    filled = max((number for number, cell in enumerate(cells, 1) if cell.text), default=0)
    for number, cell in enumerate(cells[:filled]):
        text += _BETWEEN if text else _BETWEEN.lstrip() if number else ""
        words += [word.moved(len(text)) for word in cell.words]
        doubtful += [(first + len(text), last + len(text)) for first, last in cell.doubtful]
        text += cell.text
    return Block("row", text, page=page, context=columns, words=tuple(words), doubtful=tuple(doubtful))


def _looks_like_head(row: Sequence[str]) -> bool:
    short = (cell and len(cell.split()) <= 6 and not cell.endswith(".") and (not cell[0].isdigit() or _YEAR.fullmatch(cell)) for cell in row)
    return len(row) > 1 and all(short)
