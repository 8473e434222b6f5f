"""Word (.docx): styles give headings and lists; tables by row; notes after their section; hidden text is quarantined.

Tracked changes are read as accepted: insertions stand, deletions do not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ingest.blocks import Block, Draft, Remark
from ingest.errors import UnreadableError
from ingest.hidden import quarantined
from ingest.prose import folded, item_blocks, paragraph_blocks
from ingest.tables import row_blocks
from ingest.word_notes import WordNotes, is_reference
from ingest.word_signs import in_doubt, sign
from ingest.word_styles import Element, Styles, W, child_at, value

_HEADING = re.compile(r"(?:heading|kop)\s*(\d)", re.I)
_LIST = re.compile(r"(?:list|lijst)(?!.*(?:continue|voortzetting))", re.I)
_CONTENTS = re.compile(r"(?:toc|inhopg|inhoudsopgave)\s*(?:\d|heading|$)", re.I)
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}sdtPr",
                      "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_FRAME = f"{W}txbxContent"
_INSIDE = (f"{W}tc", _FRAME, f"{W}footnote", f"{W}endnote")
_BOLD_HEADING = 12  # words; a longer line in bold is emphasis


def read_word(path: Path) -> Draft:
    """Read a Word file in the order of its text. Raises UnreadableError when it is damaged."""
    try:
        file = docx.Document(str(path))
    except (PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError) as error:
        if "content type" in str(error):
            raise UnreadableError("a Word template or a file with macros: save it as .docx") from error
        raise UnreadableError("a damaged Word file: open it in Word or LibreOffice and save it again") from error
    reader = _Reader(Styles(file), WordNotes(file))
    blocks = reader.blocks_in(file.element.body)
    blocks, doubts = in_doubt(blocks + reader.notes())
    own = folded(file.core_properties.title or "")
    title = own if own and not own.startswith("Microsoft Word") else None
    return Draft(tuple(blocks), title=title, remarks=(*reader.remarks, *doubts))


class _Reader:
    """Turns the elements of a story (the body, a cell, a note) into blocks; keeps what it quarantined, and the notes until their section is over."""

    def __init__(self, styles: Styles, notes: WordNotes) -> None:
        self.remarks: list[Remark] = []
        self._cited: list[tuple[str, Element]] = []
        self._styles = styles
        self._notes = notes
        self._titled = False

    def blocks_in(self, parent: Element) -> list[Block]:
        """Return the blocks of the paragraphs and tables in an element, in order."""
        blocks: list[Block] = []
        open_ones: list[Element] = []
        for child in parent:
            if child.tag == f"{W}p":
                open_ones.append(child)
                if child.getnext() is not None and child.getnext().tag == f"{W}p" and _runs_on(child):
                    continue
                blocks += self._paragraph(open_ones)
                open_ones = []
            elif child.tag == f"{W}tbl":
                blocks += self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                blocks += self.blocks_in(child)
        return blocks

    def notes(self, count: int | None = None) -> list[Block]:
        """Return the notes that were cited, or the first so many of them, each once."""
        cited, self._cited = self._cited[:count], self._cited[len(self._cited) if count is None else count:]
        texts = [(mark, " ".join(block.text for block in self.blocks_in(note))) for mark, note in cited]
        return [Block("footnote", f"{mark} {text}") for mark, text in texts if text]

    def _paragraph(self, parts: Sequence[Element]) -> list[Block]:
        """Return the blocks of a paragraph, in parts where marks between paragraphs were deleted; the last says what kind it is."""
        above, paragraph = len(self._cited), parts[-1]
        text = folded("".join(piece for part in parts for piece in self._pieces(part)))
        frames = [block for part in parts for frame in part.iter(_FRAME) if not _in_fallback(frame) for block in self.blocks_in(frame)]
        asides = [Block("aside", block.text) for block in frames]
        if not text:
            return asides
        style = value(paragraph, "pPr/pStyle")
        names = self._styles.names(style)
        if any(_CONTENTS.match(name) for name in names):
            return []
        level = self._level(paragraph, style, names)
        if level:
            return [*self._notes_above(paragraph, above), Block("heading", text, level=level), *asides]
        if any(name.casefold() in ("caption", "bijschrift") for name in names):
            return [Block("caption", text), *asides]
        if self._listed(paragraph, style, names):
            return [*item_blocks(text, self._depth(paragraph, style, names)), *asides]
        if _all_bold(paragraph) and len(text.split()) <= _BOLD_HEADING and text[-1] not in ".,;:?!" and not _in_cell(paragraph):
            return [*self._notes_above(paragraph, above), Block("heading", text, level=9), *asides]
        return [*paragraph_blocks(text), *asides]

    def _notes_above(self, heading: Element, count: int) -> list[Block]:
        """Return the notes of the section that a heading ends, so many; a heading in a cell, frame or note ends none."""
        return [] if any(heading.iterancestors(*_INSIDE)) else self.notes(count)

    def _level(self, paragraph: Element, style: str | None, names: list[str]) -> int:
        """Return the level of a heading, 0 for other text; below a title all headings are one level lower."""
        if any(name.casefold() in ("title", "titel") for name in names[:1]):
            self._titled = True
            return 1
        found = next((int(match[1]) for name in names if (match := _HEADING.match(name))), 0)
        if not found:
            outlines = (value(one, "pPr/outlineLvl") for one in (paragraph, *self._styles.chain(style)))
            outline = next((one for one in outlines if one is not None), "9")
            found = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
        return found + self._titled if found else 0

    def _listed(self, paragraph: Element, style: str | None, names: list[str]) -> bool:
        numbers = (value(one, "pPr/numPr/numId") for one in (paragraph, *self._styles.chain(style)))
        number = next((one for one in numbers if one is not None), None)
        return number != "0" if number is not None else any(_LIST.match(name) for name in names[:1])

    def _depth(self, paragraph: Element, style: str | None, names: list[str]) -> int:
        """Return how deep the list of an item lies in others, from 1: by its numbering or the name of its style (List Bullet 2)."""
        said = next((found for one in (paragraph, *self._styles.chain(style)) if (found := value(one, "pPr/numPr/ilvl"))), "0")
        named = re.search(r" ([2-9])$", names[0] if names else "")
        return max(int(said) + 1 if said.isdecimal() else 1, int(named[1]) if named else 1)

    def _table(self, table: Element) -> list[Block]:
        rows, marked = list[list[list[Block]]](), 0
        edges: list[int] = []
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
            edges = edges or list(accumulate(_columns(cell, "tcPr/gridSpan", 1) for cell in cells))
            skipped = _columns(row, "trPr/gridBefore", 0)
            rows.append([[] for edge in edges if edge <= skipped] + [self.blocks_in(cell) for cell in cells])
            if len(rows) == marked + 1 and row.find(f"{W}trPr/{W}tblHeader") is not None:
                marked += 1
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
            return rows[0][0]
        return row_blocks([[" ".join(block.text for block in cell) for cell in row] for row in rows], heads=marked) if rows else []

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == _FRAME:
                continue
            if tag == f"{W}r" and self._styles.hides(child):
                self.remarks += quarantined(folded("".join(one.text or "" for one in child.iter(f"{W}t"))))
            elif tag == f"{W}t":
                yield child.text or ""
            elif tag in (f"{W}tab", f"{W}br", f"{W}cr"):
                yield " "
            elif (said := sign(child)) is not None:
                yield said
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif is_reference(child):
                self._cited += filter(None, [self._notes.cite(child)])
            else:
                yield from self._pieces(child)


def _all_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if any((one.text or "").strip() for one in run.iter(f"{W}t"))]
    bold = [child_at(run, "rPr/b") for run in runs]
    return bool(runs) and all(one is not None and one.get(f"{W}val") not in ("0", "false") for one in bold)


def _runs_on(paragraph: Element) -> bool:
    """Say whether a tracked change took the mark at the end of a paragraph away, so that the next one goes on with it."""
    return any(child_at(paragraph, f"pPr/rPr/{name}") is not None for name in ("del", "moveFrom"))


def _columns(element: Element, names: str, usual: int) -> int:
    """Return how many columns a cell takes, or a row leaves out at its beginning."""
    said = value(element, names) or ""
    return int(said) if said.isdecimal() else usual


def _in_cell(element: Element) -> bool:
    return next(element.iterancestors(f"{W}tc"), None) is not None


def _in_fallback(element: Element) -> bool:
    return any(one.tag.endswith("}Fallback") for one in element.iterancestors())
