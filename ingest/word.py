"""Word (.docx): styles give headings and lists; tables by row; footnotes after the text; hidden text is quarantined.

Tracked changes are read as accepted: insertions stand, deletions do not.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ingest.blocks import Block, Draft, Remark
from ingest.errors import UnreadableError
from ingest.hidden import SMALLEST_POINTS, is_white, quarantined
from ingest.prose import folded, item_blocks, paragraph_blocks
from ingest.tables import row_blocks

Element = Any  # an lxml element: the library has no types

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|kop)\s*(\d)", re.I)
_LIST = re.compile(r"(?:list|lijst)(?!.*(?:continue|voortzetting))", re.I)
_CONTENTS = re.compile(r"(?:toc|inhopg|inhoudsopgave)\s*(?:\d|heading|$)", re.I)
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_W}sdtPr",
                      "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_FRAME = f"{_W}txbxContent"
_BOLD_HEADING = 12  # words; a longer line in bold is emphasis


def read_word(path: Path) -> Draft:
    """Read a Word file in the order of its text. Raises UnreadableError when it is damaged."""
    try:
        file = docx.Document(str(path))
    except (PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise UnreadableError("a damaged Word file: open it in Word or LibreOffice and save it again") from error
    reader = _Reader(_Styles(file))
    blocks = reader.blocks_in(file.element.body)
    notes = _notes(file, reader)
    own = folded(file.core_properties.title or "")
    title = own if own and not own.startswith("Microsoft Word") else None
    return Draft(tuple(blocks + notes), title=title, remarks=tuple(reader.remarks))


class _Styles:
    """What the styles of a file say, by style id: the name, whether it is a heading of which level, whether a list."""

    def __init__(self, file: WordFile) -> None:
        self._styles = {style.get(f"{_W}styleId"): style for style in file.styles.element.iter(f"{_W}style")}

    def chain(self, style_id: str | None) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while style_id is not None and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            based = style.find(f"{_W}basedOn")
            style_id = based.get(f"{_W}val") if based is not None else None

    def names(self, style_id: str | None) -> list[str]:
        """The names of a style and of those that it is based on."""
        found = (style.find(f"{_W}name") for style in self.chain(style_id))
        return [name.get(f"{_W}val") or "" for name in found if name is not None]


class _Reader:
    """Turns the elements of a story (the body, a cell, a note) into blocks and keeps what it quarantined."""

    def __init__(self, styles: _Styles) -> None:
        self.remarks: list[Remark] = []
        self.cited: list[tuple[str, str]] = []
        self._styles = styles
        self._titled = False

    def blocks_in(self, parent: Element) -> list[Block]:
        """Return the blocks of the paragraphs and tables in an element, in order."""
        blocks: list[Block] = []
        for child in parent:
            if child.tag == f"{_W}p":
                blocks += self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                blocks += self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
                blocks += self.blocks_in(child)
        return blocks

    def text_of(self, element: Element) -> str:
        """Return the text of a paragraph as it shows; text frames in it are not part of it."""
        return folded("".join(self._pieces(element)))

    def _paragraph(self, paragraph: Element) -> list[Block]:
        text = self.text_of(paragraph)
        frames = [block for frame in paragraph.iter(_FRAME) if not _in_fallback(frame) for block in self.blocks_in(frame)]
        asides = [Block("aside", block.text) for block in frames]
        if not text:
            return asides
        style = _value(paragraph, "pPr/pStyle")
        names = self._styles.names(style)
        if any(_CONTENTS.match(name) for name in names):
            return []
        level = self._level(paragraph, style, names)
        if level:
            return [Block("heading", text, level=level), *asides]
        if any(name.casefold() in ("caption", "bijschrift") for name in names):
            return [Block("caption", text), *asides]
        if self._listed(paragraph, style, names):
            return [*item_blocks(text), *asides]
        if _all_bold(paragraph) and len(text.split()) <= _BOLD_HEADING and text[-1] not in ".,;:?!" and not _in_cell(paragraph):
            return [Block("heading", text, level=9), *asides]
        return [*paragraph_blocks(text), *asides]

    def _level(self, paragraph: Element, style: str | None, names: list[str]) -> int:
        """Return the level of a heading, 0 for other text; below a title all headings are one level lower."""
        if any(name.casefold() in ("title", "titel") for name in names[:1]):
            self._titled = True
            return 1
        found = next((int(match[1]) for name in names if (match := _HEADING.match(name))), 0)
        if not found:
            outlines = (_value(one, "pPr/outlineLvl") for one in (paragraph, *self._styles.chain(style)))
            outline = next((one for one in outlines if one is not None), "9")
            found = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
        return found + self._titled if found else 0

    def _listed(self, paragraph: Element, style: str | None, names: list[str]) -> bool:
        numbers = (_value(one, "pPr/numPr/numId") for one in (paragraph, *self._styles.chain(style)))
        number = next((one for one in numbers if one is not None), None)
        return number != "0" if number is not None else any(_LIST.match(name) for name in names[:1])

    def _table(self, table: Element) -> list[Block]:
        rows, marked = [], 0
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
            rows.append([" ".join(block.text for block in self.blocks_in(cell)) for cell in cells])
            if len(rows) == marked + 1 and row.find(f"{_W}trPr/{_W}tblHeader") is not None:
                marked += 1
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
            return [block for cell in table.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tbl")) is table
                    for block in self.blocks_in(cell)]
        return row_blocks(rows, heads=marked) if rows else []

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == _FRAME:
                continue
            if tag == f"{_W}r" and _hidden(child):
                self.remarks += quarantined(folded("".join(one.text or "" for one in child.iter(f"{_W}t"))))
            elif tag == f"{_W}t":
                yield child.text or ""
            elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                yield " "
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                self.cited.append((tag.removeprefix(_W).removesuffix("Reference") + "s", child.get(f"{_W}id") or ""))
            else:
                yield from self._pieces(child)


def _notes(file: WordFile, reader: _Reader) -> list[Block]:
    """Return the footnotes and endnotes in the order in which the text refers to them, with their number."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    stories: dict[tuple[str, str], Element] = {}
    for relation in file.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, parser)
            stories |= {(kind, note.get(f"{_W}id") or ""): note for note in root}
    found = [(number, stories[key]) for number, key in enumerate(list(reader.cited), 1) if key in stories]
    texts = [(number, " ".join(block.text for block in reader.blocks_in(note))) for number, note in found]
    return [Block("footnote", f"{number} {text}") for number, text in texts if text]


def _hidden(run: Element) -> bool:
    """Say whether a run cannot be seen: hidden, smaller than 2 points, or white on a page without shading."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    vanish = properties.find(f"{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off"):
        return True
    size = _value(properties, "sz") or ""
    if size.isdigit() and int(size) < 2 * SMALLEST_POINTS:
        return True
    around = [properties, *run.iterancestors(f"{_W}p", f"{_W}tc", f"{_W}tbl")]
    return is_white(_value(properties, "color")) and not any(_shaded(one) for one in around)


def _shaded(element: Element) -> bool:
    if element.tag == f"{_W}tbl":
        return True  # the table's style may shade it
    paths = {f"{_W}p": "pPr/shd", f"{_W}tc": "tcPr/shd"}
    return _path(element, paths.get(element.tag, "shd")) is not None or _path(element, "highlight") is not None


def _all_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if any((one.text or "").strip() for one in run.iter(f"{_W}t"))]
    bold = [_path(run, "rPr/b") for run in runs]
    return bool(runs) and all(one is not None and one.get(f"{_W}val") not in ("0", "false") for one in bold)


def _in_cell(element: Element) -> bool:
    return next(element.iterancestors(f"{_W}tc"), None) is not None


def _in_fallback(element: Element) -> bool:
    return any(one.tag.endswith("}Fallback") for one in element.iterancestors())


def _path(element: Element, path: str) -> Element | None:
    return element.find("/".join(_W + part for part in path.split("/")))


def _value(element: Element, path: str) -> str | None:
    found = _path(element, path)
    return None if found is None else found.get(f"{_W}val")
