"""Markdown files: headings, paragraphs, lists and tables of pipes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.blocks import Block, Draft
from ingest.prose import folded, item_blocks, paragraph_blocks
from ingest.tables import cells_text
from ingest.text_files import decoded

if TYPE_CHECKING:
    from markdown_it.token import Token


def read_markdown(path: Path) -> Draft:
    """Read a Markdown file; raw HTML in it is text that nobody meant to quote, and is left out."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(decoded(path))
    return Draft(tuple(_blocks(tokens)))


def _blocks(tokens: Sequence["Token"]) -> list[Block]:
    blocks: list[Block] = []
    lists, heading, cells, columns, in_head = 0, 0, list[str](), list[str](), False
    for position, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type in ("thead_open", "thead_close"):
            in_head = token.type == "thead_open"
            columns = [] if in_head else columns
        elif token.type == "tr_close":
            if in_head:
                columns = cells
            elif any(cells):
                blocks.append(Block("row", cells_text(cells), context=cells_text(columns)))
            cells = []
        elif token.type == "inline":
            text = folded(_plain(token))
            if tokens[position - 1].type in ("td_open", "th_open"):
                cells = [*cells, text]
            elif heading:
                blocks.append(Block("heading", text, level=heading))
            elif lists:
                blocks += item_blocks(text)
            else:
                blocks += paragraph_blocks(text)
    return [block for block in blocks if block.text]


def _plain(token: "Token") -> str:
    pieces = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
    return "".join(pieces)
