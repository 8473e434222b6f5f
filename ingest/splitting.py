"""Splits the blocks of any reader at lists that were run into one line, and keeps the places of their words."""

from dataclasses import replace

from ingest.blocks import Block, WordBox
from ingest.prose import item_blocks, paragraph_blocks


def split_block(block: Block) -> list[Block]:
    """Return a paragraph or item as the blocks that it holds, lists in lists too; other kinds, and blocks that hold one, as they are.

    A piece that is not a slice of the text (the row of a table) takes the words that it has in common with the text, in order;
    where words are in doubt such a block stays whole.
    """
    if block.kind not in ("paragraph", "item"):
        return [block]
    pieces = paragraph_blocks(block.text) if block.kind == "paragraph" else item_blocks(block.text)
    if len(pieces) == 1 and pieces[0].text == block.text:
        return [block]
    placed, cursor = [], 0
    for piece in pieces:
        start = block.text.find(piece.text, cursor)
        if start < 0 and block.doubtful:
            return [block]
        if start < 0:
            again, cursor = _gathered(block, piece, cursor)
        else:
            again, cursor = _piece(block, piece, start), start + len(piece.text)
        placed += split_block(again)
    return placed


def _piece(block: Block, piece: Block, start: int) -> Block:
    """Return a piece that is the slice of the text from `start`."""
    end = start + len(piece.text)
    words = tuple(word.moved(-start) for word in block.words if start <= word.start and word.end <= end)
    doubtful = tuple((max(first, start) - start, min(last, end) - start) for first, last in block.doubtful
                     if first < end and start < last)
    return _belonging(block, piece, words, doubtful)


def _gathered(block: Block, piece: Block, cursor: int) -> tuple[Block, int]:
    """Return a piece whose words stand apart in the text behind `cursor`, and where the last of them ends."""
    words: list[WordBox] = []
    place = 0
    for word in (word for word in block.words if word.start >= cursor):
        text = block.text[word.start:word.end].strip("*|")
        found = piece.text.find(text, place) if text else -1
        if found >= 0 and not piece.text[place:found].strip(" |*"):
            words.append(WordBox(found, found + len(text), word.box, word.apart))
            place, cursor = found + len(text), word.end
        if not piece.text[place:].strip():
            break
    return _belonging(block, piece, tuple(words), ()), cursor


def _belonging(block: Block, piece: Block, words: tuple[WordBox, ...], doubtful: tuple[tuple[int, int], ...]) -> Block:
    return replace(piece, words=words, doubtful=doubtful, page=words[0].box.page if words else block.page,
                   context=piece.context or (block.context if piece.kind == block.kind else ""), metadata=block.metadata)
