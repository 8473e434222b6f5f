"""Markdown files: headings, paragraphs, lists and tables of pipes; blocks of code and of HTML are text too."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.blocks import Block, Draft, Remark
from ingest.html import html_blocks, html_text
from ingest.prose import folded, item_blocks, paragraph_blocks
from ingest.tables import cells_text
from ingest.text_files import decoded

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\n(.{1,4000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_CODE = ("code_block", "fence")
_LISTS = ("bullet_list", "ordered_list")
_CELLS = ("td_open", "th_open")
_SAYS = ("text", "code_inline", "softbreak", "hardbreak", "html_inline")  # a break has no content


def read_markdown(path: Path) -> Draft:
    """Read a Markdown file; a line that holds HTML is read as a page is, so that `<br>` parts words and hidden text is quarantined."""
    from markdown_it import MarkdownIt

    front, title, text = _parted(decoded(path))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    remarks = [Remark("left_out", "front matter", front)] if front else []
    return Draft(tuple(block for block in _blocks(tokens, remarks) if block.text), title=title, remarks=tuple(remarks))


def _parted(text: str) -> tuple[str, str | None, str]:
    """Part a text from the fields between two rules at its beginning, as publishing software has them; return these, their title, and the text."""
    import yaml

    found = _FRONT.match(text)
    try:
        fields = yaml.safe_load(found[1]) if found else None
    except (yaml.YAMLError, ValueError):
        fields = None
    if not found or not isinstance(fields, dict) or not all(re.fullmatch(r"[\w-]+", str(key)) for key in fields):
        return "", None, text
    return folded(found[1]), folded(str(fields.get("title") or "")) or None, text[found.end():]


def _blocks(tokens: Sequence["Token"], remarks: list[Remark]) -> Iterator[Block]:
    lists, cells, columns, in_head = 0, list[str](), list[str](), False
    for position, token in enumerate(tokens):
        name, _, side = token.type.rpartition("_")
        if name in _LISTS:
            lists += token.nesting
        elif name == "thead":
            in_head = side == "open"
            columns = [] if in_head else columns
        elif token.type == "tr_close":
            if in_head:
                columns = cells
            elif any(cells):
                yield Block("row", cells_text(cells), context=cells_text(columns))
            cells = []
        elif token.type == "inline" and tokens[position - 1].type in _CELLS:
            cells = [*cells, _plain(token, remarks)]
        elif token.type == "html_block":
            blocks, said = html_blocks(token.content)
            yield from blocks
            remarks += said
        else:
            yield from _text_blocks(token, tokens[position - 1], remarks, depth=lists)


def _text_blocks(token: "Token", before: "Token", remarks: list[Remark], *, depth: int) -> Iterator[Block]:
    """Yield a heading, an item of a list in so many, a paragraph, or the paragraphs of a block of code."""
    if token.type in _CODE:
        yield from (Block("paragraph", folded(part)) for part in re.split(r"\n\s*\n", token.content))
    elif token.type == "inline" and before.type == "heading_open":
        yield Block("heading", _plain(token, remarks), level=int(before.tag[1:]))
    elif token.type == "inline":
        yield from item_blocks(_plain(token, remarks), depth) if depth else paragraph_blocks(_plain(token, remarks))


def _plain(token: "Token", remarks: list[Remark]) -> str:
    pieces = [(child.content or " ", child.type == "html_inline") for child in token.children or () if child.type in _SAYS]
    if not any(tag for _, tag in pieces):
        return folded("".join(text for text, _ in pieces))
    text, said = html_text("".join(text if tag else escape(text) for text, tag in pieces))
    remarks += said
    return text
