"""HTML: headings, paragraphs, lists and tables of the page's main part; hidden elements are quarantined."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString

from ingest.blocks import Block, BlockKind, Draft, Remark
from ingest.errors import UnreadableError
from ingest.hidden import quarantined
from ingest.html_hidden import Sheets
from ingest.prose import folded, item_blocks, paragraph_blocks
from ingest.tables import SpanningCell, row_blocks, with_covered

_NO_TEXT_NAMES = """
script style template noscript head svg iframe object select button input textarea nav canvas audio video math
"""
_BLOCK_NAMES = """
p div section article main body html ul ol li dl dt dd table tr td th blockquote pre h1 h2 h3 h4 h5 h6 header footer aside figure
figcaption address details summary fieldset legend form hr center
"""
_NO_TEXT = frozenset(_NO_TEXT_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS: dict[str, BlockKind] = {"li": "item", "dd": "item", "figcaption": "caption", "aside": "aside", "td": "paragraph"}
_LISTS = ("ul", "ol", "dl")
_NO_TEXT_TAG = re.compile(rf"</?(?:{'|'.join(_NO_TEXT_NAMES.split())})(?:\s[^>]*)?/?>", re.I)
_MARK = re.compile(r"[\[(]?\d{1,3}(?:\s?[,;]\s?\d{1,3})*[\])]?|[*†‡]+")
_POWER = re.compile(r"(?:^|[\s\d(])(?:[kcdm]?m|ha|10|[a-z])$", re.I)  # m2 and 106 are no notes
_LONGEST_MARK = 6
_MOST_SPANNED = 1_000  # columns or rows, as browsers have it
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1", "us-ascii", "ascii"})  # what browsers read as Windows-1252
_DEEPEST = 200  # nested elements; no page is laid out deeper, and a bomb would exhaust the stack


def read_html(path: Path) -> Draft:
    """Read a page as a browser would show it. What stands outside its `<main>` is left out, if it has one."""
    raw = path.read_bytes()
    declared = None if raw.startswith(BOM_UTF8) else EncodingDetector.find_declared_encoding(raw, is_html=True)
    soup = BeautifulSoup(raw, "lxml", from_encoding="cp1252" if declared in _LATIN else None)
    mains = soup.find_all("main")
    root = mains[0] if len(mains) == 1 else soup.body or soup
    page = _Page(Sheets(soup))
    page.read(root, 0)
    if len(mains) == 1 and soup.body is not None:
        page.remarks.append(Remark("left_out", "what stands outside the main part of the page"))
    title = folded(soup.title.get_text()) if soup.title else ""
    return Draft(tuple(page.blocks), title=title or None, remarks=page.said)


def html_blocks(markup: str) -> tuple[list[Block], tuple[Remark, ...]]:
    """Return the blocks of a piece of HTML in another text, and what is to be said of them; a comment is nothing to read.

    A piece of a table alone does not tell which cells stand in one row: it is left out, as is what the reader of pages leaves out.
    """
    soup = BeautifulSoup(markup, "lxml")
    page = _Page(Sheets(soup))
    if soup.find("table") is not None or soup.find(["tr", "td", "th"]) is None:
        page.read(soup.body or soup, 0)
    text = folded(soup.get_text(" "))
    if text and not page.blocks and not page.said:
        page.remarks.append(Remark("left_out", "a block of HTML that holds no plain text", text[:200]))
    return page.blocks, page.said


def html_text(markup: str) -> tuple[str, tuple[Remark, ...]]:
    """Return what a reader sees of a line with tags in another text, and what is to be said of it.

    A tag whose content a page would leave out (`<select>`) is a word of the text that was not escaped: only the tag goes.
    """
    soup = BeautifulSoup(_NO_TEXT_TAG.sub("", markup), "lxml")
    page = _Page(Sheets(soup))
    return folded(page.text_of(soup.body or soup)), page.said


class _Page:
    """The blocks of a page while it is read: inline text gathers until an element of its own line begins or ends."""

    def __init__(self, sheets: Sheets) -> None:
        self.blocks: list[Block] = []
        self.remarks: list[Remark] = []
        self._marks: list[str] = []
        self._sheets = sheets
        self._inline: list[str] = []

    @property
    def said(self) -> tuple[Remark, ...]:
        """What was hidden or left out."""
        return (*self.remarks, *([Remark("left_out", "mark of a note", " ".join(self._marks))] if self._marks else []))

    def read(self, element: Tag, depth: int) -> None:
        """Read what stands in an element, in order."""
        if depth > _DEEPEST:
            raise UnreadableError("nested too deeply: save the page again from a browser")
        for child in element.children:
            if type(child) is NavigableString:  # comments and scripts have types of their own
                self._inline.append(str(child))
            elif isinstance(child, Tag) and self._shown(child):
                self._read_child(child, depth + 1)
        if element.name in _BLOCKS:
            self._flush(_kind_within(element), element)

    def _read_child(self, child: Tag, depth: int) -> None:
        name = child.name
        if name in ("br", "wbr", "img"):
            self._inline.append(" " if name != "wbr" else "")
        elif name in _HEADINGS:
            self._flush("paragraph")
            self.blocks += [Block("heading", text, level=int(name[1])) for text in [folded(self.text_of(child))] if text]
        elif name == "table":
            self._flush("paragraph")
            self._read_table(child, depth)
        elif name == "footer" and child.find_parent(["article", "main"]) is None:
            self.remarks.append(Remark("left_out", "the foot of the page", folded(child.get_text(" "))[:200]))
        else:
            if name in _BLOCKS:
                self._flush(_kind_within(child.parent), child)
            self.read(child, depth)

    def _read_table(self, table: Tag, depth: int) -> None:
        if table.find("table") is not None or table.get("role") == "presentation":
            self.read(table, depth)  # a table that only lays out the page
            self._flush("paragraph")
            return
        sections, marked = dict[int, list[list[SpanningCell]]](), 0
        for row in table.find_all("tr"):
            if not self._shown(row):
                continue
            cells = [cell for cell in row.find_all(["td", "th"], recursive=False) if self._shown(cell)]
            sections.setdefault(id(row.parent), []).append([SpanningCell(folded(self.text_of(cell)), *_spans(cell)) for cell in cells])
            if sum(map(len, sections.values())) == marked + 1 and cells and (row.find_parent("thead") or all(cell.name == "th" for cell in cells)):
                marked += 1
        if table.caption is not None and self._shown(table.caption):
            self.blocks.append(Block("caption", folded(self.text_of(table.caption))))
        self.blocks += row_blocks([row for rows in sections.values() for row in with_covered(rows)], heads=marked)

    def _flush(self, kind: BlockKind, within: Tag | None = None) -> None:
        text = folded("".join(self._inline))
        self._inline = []
        if text and kind == "item":
            self.blocks += item_blocks(text, len(within.find_parents(_LISTS)) if within else 0)
        elif text:
            self.blocks += paragraph_blocks(text) if kind == "paragraph" else [Block(kind, text)]

    def text_of(self, element: Tag) -> str:
        """Return the text of an element as a reader sees it, in one line but for its white space."""
        return "".join(self._pieces(element))

    def _pieces(self, element: Tag) -> Iterator[str]:
        for child in element.children:
            if type(child) is NavigableString:
                yield str(child)
            elif not isinstance(child, Tag):
                continue
            elif child.name == "br" or child.name in _BLOCKS:
                yield " "
                yield from self._pieces(child) if self._shown(child) else ()
                yield " "
            elif self._shown(child):
                yield from self._pieces(child)

    def _shown(self, element: Tag) -> bool:
        """Say whether an element is text of the page; what is hidden is kept in the record."""
        if element.name in _NO_TEXT and not _opens_section(element):
            return False
        if element.name == "sup" and _marks_note(element):
            self._marks.append(folded(element.get_text()))
            return False
        if not self._sheets.hide(element):
            return True
        self.remarks += quarantined(folded(element.get_text(" ")))
        return False


def _opens_section(element: Tag) -> bool:
    """Say whether an element is a button that is all that a heading says, as where a click opens what stands below it."""
    around = element.find_parent([*_HEADINGS, "summary"]) if element.name == "button" else None
    return around is not None and not "".join(text for text in around.find_all(string=True) if text.find_parent("button") is None).strip()


def _spans(cell: Tag) -> tuple[int, int]:
    """Return how many columns and rows a cell takes; a rowspan of 0 is all that follow in the section of its table."""
    columns, rows = (str(cell.get(name) or "").strip() for name in ("colspan", "rowspan"))
    down = int(rows) or _MOST_SPANNED if rows.isdecimal() else 1
    return min(max(int(columns), 1), _MOST_SPANNED) if columns.isdecimal() else 1, min(down, _MOST_SPANNED)


def _marks_note(raised: Tag) -> bool:
    """Say whether superscript text is the mark of a note: a short link to a place in a page, or a number that is no power."""
    text = folded(raised.get_text())
    link = raised.find("a") or raised.find_parent("a")
    if isinstance(link, Tag) and "#" in str(link.get("href")) and len(text) <= _LONGEST_MARK:
        return True
    before = next((str(one) for one in raised.previous_elements if type(one) is NavigableString), "")
    return _MARK.fullmatch(text) is not None and _POWER.search(before) is None


def _kind_within(element: Tag | None) -> BlockKind:
    """Return the kind of the text that stands in an element, by the nearest element around it that tells."""
    around = (one.name for one in ([element, *element.parents] if element is not None else []))
    return next((_KINDS[name] for name in around if name in _KINDS), "paragraph")
