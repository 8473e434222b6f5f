"""Markdown: headings, paragraphs, lists and tables, by the tokens of markdown-it."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.blocks import Block, Draft
from ingest.text_files import decoded

if TYPE_CHECKING:
    from markdown_it.token import Token

_RUN_ON_ITEM = re.compile(r"(?<=[:;.,])\s+(?=(?:\*|•|–|-)\s+\S)")
_MARK = re.compile(r"^(?:\*|•|–|-)\s+")


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
                blocks.append(Block("row", " | ".join(cells), context=" | ".join(columns)))
            cells = []
        elif token.type == "inline":
            text = folded(_plain(token))
            if tokens[position - 1].type in ("td_open", "th_open"):
                cells = [*cells, text]
            elif heading:
                blocks.append(Block("heading", text, level=heading))
            elif lists:
                blocks.append(Block("item", text))
            else:
                blocks += paragraph_blocks(text)
    return [block for block in blocks if block.text]


def paragraph_blocks(text: str) -> list[Block]:
    """Return a paragraph as a block, or as an introduction and items where it holds a list run into one line.

    Exported texts of laws have these: "Uitgangspunten zijn: * ...; * ...". Two marks and more make a list.
    """
    parts = _RUN_ON_ITEM.split(text)
    if len(parts) < 3:
        return [Block("paragraph", text)]
    blocks: list[Block] = []
    for part in parts:
        mark = _MARK.match(part)
        blocks.append(Block("item", part[mark.end():]) if mark else Block("paragraph", part))
    return blocks


def folded(text: str) -> str:
    """Return a text in NFC with its ligatures expanded, soft hyphens out and white space folded."""
    plain = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    for ligature, letters in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("ĳ", "ij"), ("Ĳ", "IJ")):
        plain = plain.replace(ligature, letters)
    return " ".join(plain.split())


def _plain(token: "Token") -> str:
    pieces = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
    return "".join(pieces)
