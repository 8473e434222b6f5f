"""Tables of any format as blocks: a row is a passage that carries its column headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block, WordBox
from ingest.joining import BETWEEN, Placed, beside
from ingest.prose import paragraph_blocks

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell with the places of its words, in formats that have places, and the spans that are in doubt."""

    text: str
    words: tuple[WordBox, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, placed: Placed) -> "Cell":
        """Make a cell of joined lines."""
        return cls(placed[0], tuple(placed[1]), tuple(placed[2]))


def row_blocks(rows: Sequence[Sequence[str]], *, heads: int) -> list[Block]:
    """Return a block for each row; the first `heads` rows are column headings, and context for the others.

    A table of one column is text in a frame. Where no row is marked as headings, a first row of short cells is context
    for the others and a row itself, so that nothing of the table is lost.
    """
    filled = [[cell for cell in row if cell] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return [block for row in filled for cell in row for block in paragraph_blocks(cell)]
    return placed_rows([[Cell(cell) for cell in row] for row in rows], [1] * len(rows), count=heads)


def placed_rows(rows: Sequence[Sequence[Cell]], pages: Sequence[int], *, count: int = 0, heads: Sequence[Cell] = ()) -> list[Block]:
    """Return a block for each row with its page; column headings are the first `count` rows, or the `heads` of a table that goes on."""
    guessed = not count and not heads and len(rows) > 1 and _looks_like_head([cell.text for cell in rows[0]])
    first = count or int(guessed)
    columns = " ".join(BETWEEN.join(cell.text for cell in row if cell.text) for row in (rows[:first] or [heads]))
    blocks = [_row(rows[0], pages[0], "")] if guessed else []
    return blocks + [_row(row, page, columns) for row, page in zip(rows[first:], pages[first:], strict=True) if any(cell.text for cell in row)]


def _row(cells: Sequence[Cell], page: int, columns: str) -> Block:
    text, words, doubtful = beside([(cell.text, list(cell.words), list(cell.doubtful)) for cell in cells])
    return Block("row", text, page=page, context=columns, words=tuple(words), doubtful=tuple(doubtful))


def _looks_like_head(row: Sequence[str]) -> bool:
    short = (cell and len(cell.split()) <= 6 and not cell.endswith(".") and (not cell[0].isdigit() or _YEAR.fullmatch(cell)) for cell in row)
    return len(row) > 1 and all(short)
