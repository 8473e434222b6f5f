"""Tables of any format as blocks: a row is a passage that carries its column headings."""

from collections.abc import Sequence

from ingest.blocks import Block
from ingest.prose import paragraph_blocks

BETWEEN = " | "


def row_blocks(rows: Sequence[Sequence[str]], *, heads: int) -> list[Block]:
    """Return a block for each row; the first `heads` rows are column headings, and context for the others.

    A table of one column is text in a frame. Where no row is marked as headings, a first row of short cells is context
    for the others and a row itself, so that nothing of the table is lost.
    """
    filled = [[cell for cell in row if cell] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return [block for row in filled for cell in row for block in paragraph_blocks(cell)]
    guessed = not heads and len(filled) > 1 and _looks_like_head(rows[0])
    columns = " ".join(BETWEEN.join(row) for row in filled[:heads or int(guessed)])
    blocks = [Block("row", BETWEEN.join(filled[0]))] if guessed else []
    return blocks + [Block("row", BETWEEN.join(row), context=columns) for row in filled[heads or int(guessed):] if row]


def _looks_like_head(row: Sequence[str]) -> bool:
    short = (cell and len(cell.split()) <= 6 and not cell.endswith(".") and not cell[0].isdigit() for cell in row)
    return len(row) > 1 and all(short)
