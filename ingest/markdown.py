"""Markdown: headings, paragraphs, lists and tables, by the tokens of markdown-it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.blocks import Block, Draft
from ingest.prose import folded, item_blocks, paragraph_blocks
from ingest.text_files import decoded

if TYPE_CHECKING:
    from markdown_it.token import Token

# An export of laws runs headings into paragraphs: "... verleend. ### 3.3", "###Uitzondering".
_RUN_ON_HEADING = re.compile(r"(?:^|(?<=\s))(#{2,6})\s*(?=\S)")


def read_markdown(path: Path) -> Draft:
    """Read a Markdown file; raw HTML in it is text that nobody meant to quote, and is left out."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(decoded(path))
    return Draft(tuple(_numbered(_blocks(tokens))))


def _blocks(tokens: Sequence["Token"]) -> list[Block]:
    blocks: list[Block] = []
    lists, mark, heading, cells, columns, in_head = 0, "", 0, list[str](), list[str](), False
    for position, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "list_item_open":
            mark = f"{token.info}{token.markup}"
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
                blocks.append(Block("row", " | ".join(cells), context=" | ".join(columns)))
            cells = []
        elif token.type == "inline":
            text = folded(_plain(token))
            if tokens[position - 1].type in ("td_open", "th_open"):
                cells = [*cells, text]
            elif heading:
                blocks.append(Block("heading", text, level=heading))
            elif lists:
                blocks += _with_heading(text, mark)
            else:
                blocks += _with_heading(text, "")
    return [block for block in blocks if block.text]


def _with_heading(text: str, mark: str) -> list[Block]:
    """Return the blocks of a paragraph or (with a mark) a list item, and the headings that were run into it.

    Where a heading is run into the middle nothing says where it ends: what follows is a paragraph of its own.
    """
    first, *rest = _RUN_ON_HEADING.split(text)
    body = first.strip()
    blocks = (item_blocks(body, mark) if mark else paragraph_blocks(body)) if body else []
    for marks, part in zip(rest[::2], rest[1::2], strict=True):
        name = part.strip("*_ ")
        if len(name) <= 100 and not name.endswith((".", ":", ";")):
            blocks.append(Block("heading", name, level=len(marks)))
        else:
            blocks += paragraph_blocks(name)
    return blocks


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """Join a heading that is a bare number with the heading that follows it."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block.kind == joined[-1].kind == "heading" and re.fullmatch(r"[A-Z]?\d+(?:\.\d+)*\.?", joined[-1].text):
            block = replace(block, text=f"{joined.pop().text} {block.text}")
        joined.append(block)
    return joined


def _plain(token: "Token") -> str:
    pieces = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
    return "".join(pieces)
