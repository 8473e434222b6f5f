"""Splits the blocks of any reader at lists that were run into one line, and keeps the places of their words."""

from dataclasses import replace

from ingest.blocks import Block
from ingest.prose import item_blocks, paragraph_blocks


def split_block(block: Block) -> list[Block]:
    """Return a paragraph or item as the blocks that it holds; other kinds, and blocks that hold one, as they are.

    A piece that is not a slice of the text (the row of a table) has no place for its words: then a block with geometry
    or doubt stays whole.
    """
    if block.kind not in ("paragraph", "item"):
        return [block]
    pieces = paragraph_blocks(block.text) if block.kind == "paragraph" else item_blocks(block.text)
    if len(pieces) == 1 and pieces[0].text == block.text:
        return [block]
    placed, cursor = [], 0
    for piece in pieces:
        start = block.text.find(piece.text, cursor)
        if start < 0 and (block.words or block.doubtful):
            return [block]
        placed.append(_piece(block, piece, max(start, 0)))
        cursor = start + len(piece.text) if start >= 0 else cursor
    return placed


def _piece(block: Block, piece: Block, start: int) -> Block:
    end = start + len(piece.text)
    words = tuple(word.moved(-start) for word in block.words
                  if start <= word.start and word.end <= end)
    doubtful = tuple((max(first, start) - start, min(last, end) - start) for first, last in block.doubtful
                     if first < end and start < last)
    return replace(piece, words=words, doubtful=doubtful, page=words[0].box.page if words else block.page,
                   context=piece.context or (block.context if piece.kind == block.kind else ""), metadata=block.metadata)
