"""OpenDocument text (.odt): headings, lists, tables and notes; hidden text is quarantined, deletions do not count."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from ingest.blocks import Block, Draft, Remark
from ingest.errors import UnreadableError
from ingest.hidden import is_white, quarantined, too_small
from ingest.prose import folded, item_blocks, paragraph_blocks
from ingest.tables import SpanningCell, row_blocks, with_covered

Element = Any  # an lxml element: the library has no types

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content", f"{_TEXT}alphabetical-index", f"{_OFFICE}annotation",
                      f"{_OFFICE}forms", f"{_TEXT}sequence-decls", f"{_TEXT}hidden-text", f"{_TEXT}ruby-text"})
_SHAPES = frozenset(f"{_DRAW}{name}" for name in ("frame", "g", "custom-shape", "rect", "circle", "ellipse", "line", "polyline", "polygon",
                                                  "regular-polygon", "path", "connector", "measure", "caption"))
_INSIDE = (f"{_TABLE}table-cell", f"{_TEXT}note", *_SHAPES)
_MOST_COLUMNS = 100  # a row may be filled up with empty cells to the edge of a sheet


def read_odt(path: Path) -> Draft:
    """Read an OpenDocument text in the order of its text. Raises UnreadableError when it is damaged or encrypted."""
    content, styles, meta = (_part(path, name) for name in ("content.xml", "styles.xml", "meta.xml"))
    body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if body is None:
        raise UnreadableError("a damaged or encrypted OpenDocument file: open it in LibreOffice and save it again")
    reader = _Reader({style.get(f"{_STYLE}name"): style for root in (styles, content) if root is not None
                      for style in root.iter(f"{_STYLE}style")})
    blocks = reader.blocks_in(body)
    title = next((folded(one.text or "") for one in meta.iter(_TITLE)), "") if meta is not None else ""
    return Draft(tuple(blocks + reader.notes), title=title or None, remarks=tuple(reader.remarks))


def _part(path: Path, name: str) -> Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(path) as package:
            return etree.fromstring(package.read(name), parser)
    except KeyError:
        return None
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError) as error:
        raise UnreadableError("a damaged or encrypted OpenDocument file: open it in LibreOffice and save it again") from error


class _Reader:
    """Turns elements into blocks; keeps the notes until their section is over, and what it quarantined."""

    def __init__(self, styles: dict[str | None, Element]) -> None:
        self.notes: list[Block] = []
        self.remarks: list[Remark] = []
        self._styles = styles
        self._titled = False
        self._frames: list[Element] = []

    def blocks_in(self, parent: Element, *, depth: int = 0) -> list[Block]:
        """Return the blocks of what stands in an element, in order; it lies in so many lists."""
        blocks: list[Block] = []
        for child in parent:
            if child.tag in _SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                blocks += self._paragraph(child, depth)
            elif child.tag == f"{_TABLE}table":
                blocks += self._table(child)
            elif child.tag == f"{_TEXT}section" and child.get(f"{_TEXT}display") == "none":
                self._quarantine(child)
            elif child.tag in _SHAPES:
                blocks += self._asides(child)
            else:
                blocks += self.blocks_in(child, depth=depth + (child.tag == f"{_TEXT}list"))
        return blocks

    def _paragraph(self, paragraph: Element, depth: int) -> list[Block]:
        style = paragraph.get(f"{_TEXT}style-name")
        if self._hides(style):
            self._quarantine(paragraph)
            return []
        self._frames, above = [], len(self.notes)
        text = folded("".join(self._pieces(paragraph)))
        asides = [block for frame in list(self._frames) for block in self._asides(frame)]
        if not text:
            return asides
        names = self._names(style)
        if "Title" in names[:2]:
            self._titled = True
            return [*self._notes_above(paragraph, above), Block("heading", text, level=1), *asides]
        if paragraph.tag == f"{_TEXT}h":
            level = int(paragraph.get(f"{_TEXT}outline-level") or 1) + self._titled
            return [*self._notes_above(paragraph, above), Block("heading", text, level=level), *asides]
        if any(name in ("Caption", "Illustration", "Table") for name in names):
            return [Block("caption", text), *asides]
        return [*(item_blocks(text, depth) if depth else paragraph_blocks(text)), *asides]

    def _notes_above(self, heading: Element, count: int) -> list[Block]:
        """Return the notes of the section that a heading ends, so many; a heading in a cell, shape or note ends none."""
        if any(heading.iterancestors(*_INSIDE)):
            return []
        above, self.notes = self.notes[:count], self.notes[count:]
        return above

    def _asides(self, shape: Element) -> list[Block]:
        """Return the text of a frame, of another shape, or of each in a group."""
        if shape.tag == f"{_DRAW}g":
            return [block for child in shape if child.tag in _SHAPES for block in self._asides(child)]
        boxes = list(shape.iter(f"{_DRAW}text-box"))[:1] if shape.tag == f"{_DRAW}frame" else [shape]
        return [Block("aside", block.text) for box in boxes for block in self.blocks_in(box)]

    def _table(self, table: Element) -> list[Block]:
        rows, heads = list[list[SpanningCell]](), 0
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is not table:
                continue
            cells = [cell for cell in row if cell.tag == f"{_TABLE}table-cell"]
            rows.append([SpanningCell(" ".join(block.text for block in self.blocks_in(cell)), _spanned(cell, "columns"), _spanned(cell, "rows"))
                         for cell in cells for _ in range(_repeated(cell))])
            heads += row.getparent().tag == f"{_TABLE}table-header-rows"
        return row_blocks(with_covered(rows), heads=heads) if rows else []

    def _pieces(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if child.tag == f"{_TEXT}note":
                self._note(child)
            elif child.tag in _SHAPES:
                self._frames.append(child)
            elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
                yield " "
            elif child.tag == f"{_TEXT}span" and self._hides(child.get(f"{_TEXT}style-name")):
                self._quarantine(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self._pieces(child)
            yield child.tail or ""

    def _note(self, note: Element) -> None:
        mark = folded("".join(one.text or "" for one in note.iter(f"{_TEXT}note-citation")))
        frames = self._frames
        text = " ".join(block.text for body in note.iter(f"{_TEXT}note-body") for block in self.blocks_in(body))
        self._frames = frames
        self.notes += [Block("footnote", f"{mark} {text}".strip())] if text else []

    def _quarantine(self, element: Element) -> None:
        self.remarks += quarantined(folded(" ".join(element.itertext())))

    def _names(self, style: str | None) -> list[str]:
        """The names of a style and of those that it is based on."""
        names: list[str] = []
        while style is not None and style not in names:
            names.append(style)
            found = self._styles.get(style)
            style = found.get(f"{_STYLE}parent-style-name") if found is not None else None
        return names

    def _hides(self, style: str | None) -> bool:
        for name in self._names(style):
            found = self._styles.get(name)
            for rules in found.iter(f"{_STYLE}text-properties") if found is not None else ():
                ground = rules.get(f"{_FO}background-color")
                white = is_white(rules.get(f"{_FO}color")) and ground in (None, "transparent", "#ffffff")
                if rules.get(f"{_TEXT}display") == "none" or too_small(_own(rules.get(f"{_FO}font-size"))) or white:
                    return True
        return False


def _repeated(cell: Element) -> int:
    """Return how many columns in a row a cell stands for."""
    said = cell.get(f"{_TABLE}number-columns-repeated") or ""
    return min(int(said), _MOST_COLUMNS) if said.isdecimal() else 1


def _spanned(cell: Element, what: str) -> int:
    """Return how many columns or rows a cell covers."""
    said = cell.get(f"{_TABLE}number-{what}-spanned") or ""
    return max(int(said), 1) if said.isdecimal() else 1


def _own(size: str | None) -> str | None:
    """Leave out a size relative to the parent's, such as a superscript at 58%."""
    return None if size and size.endswith("%") else size
