"""From blocks to a document: the stored text with its offsets, pages, sections and places of words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.blocks import Block, Draft, WordBox
from ingest.documents import Document, Section
from ingest.language import language_of
from ingest.passages import PlacedBlock, cut
from ingest.prose import joined_numbers
from ingest.splitting import split_block


def assemble(draft: Draft, *, doc: str, sha256: str, metadata: Mapping[str, str]) -> Document:
    """Join the blocks of a draft into the text of a document and cut it into passages.

    Blocks are parted by an empty line, items and rows of one list by a line end; nothing else is added to their words.
    """
    placed, text = _placed(joined_numbers([piece for block in draft.blocks if block.text for piece in split_block(block)]))
    title = metadata.get("title") or draft.title or _first_heading(draft.blocks) or doc.rpartition("/")[2]
    document = Document(
        doc=doc, sha256=sha256, title=title, text=text, language=language_of(text), pages=draft.pages,
        sections=_sections(placed, len(text)), words=_words(placed), remarks=draft.remarks,
        metadata={key: value for key, value in metadata.items() if key != "title"})
    return replace(document, passages=cut(document, placed, paged=draft.paged))


def _placed(blocks: Sequence[Block]) -> tuple[tuple[PlacedBlock, ...], str]:
    placed, pieces, offset = [], [], 0
    path: tuple[tuple[int, str], ...] = ()
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            gap = "\n" if block.kind == previous.kind and block.kind in ("item", "row") else "\n\n"
            pieces.append(gap)
            offset += len(gap)
        if block.kind == "heading":
            path = (*(part for part in path if part[0] < block.level), (block.level, block.text))
        placed.append(PlacedBlock(block, offset, tuple(name for _, name in path)))
        pieces.append(block.text)
        offset += len(block.text)
        previous = block
    return tuple(placed), "".join(pieces)


def _sections(placed: Sequence[PlacedBlock], end: int) -> tuple[Section, ...]:
    headings = [one for one in placed if one.block.kind == "heading"]
    ends = [one.start for one in headings[1:]] + [end] if headings else []
    return tuple(Section(one.path, one.start, stop) for one, stop in zip(headings, ends, strict=True))


def _words(placed: Sequence[PlacedBlock]) -> tuple[WordBox, ...]:
    return tuple(word.moved(one.start) for one in placed for word in one.block.words)


def _first_heading(blocks: Sequence[Block]) -> str | None:
    """Return the title that a document gives itself: its first heading, unless that is a numbered section."""
    first = next((block for block in blocks if block.kind == "heading"), None)
    return first.text if first and not re.match(r"\d", first.text) else None

