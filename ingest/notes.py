"""Footnotes at the foot of a column, and the raised marks in the text that point to them.

The marks are taken out of the sentences that they interrupt; other superscripts stay.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.lines import Line, PlacedWord
from ingest.pdf_shapes import Shapes
from ingest.regions import Aside, Flow, Note, Region
from ingest.tables import Table

_MARK = re.compile(r"\d{1,3}|[*†‡§]{1,3}|[a-z]")
_OPENS = re.compile(rf"(?P<mark>{_MARK.pattern})[.)]?")
_UNIT = re.compile(r"(?:^|\d)(?:[kcdm]?m|ha)$", re.I)  # m2 is no note
_SMALLER = 0.93   # of the running text; notes are set smaller, or stand below a short rule
_RAISED = 0.82    # a superscript is set in at most so much of the size of its line
_LEAST_COUNT = 3  # so many marks that count on are marks of notes, wherever the notes stand


def with_notes(regions: Sequence[Flow | Table | Aside], shapes: Shapes, *, body: float) -> list[Region]:
    """Return the regions of a page with the notes at the foot of its columns behind the text; `body` is the size of running text in points."""
    found: list[Region] = []
    notes: list[Note] = []
    for region in regions:
        if isinstance(region, Flow):
            lines, fresh = _parted_notes(region.lines, body, shapes)
            found += [Flow(lines)] if lines else []
            notes += fresh
        else:
            found.append(region)
    return found + notes


def without_marks(pages: Sequence[Sequence[Region]]) -> tuple[list[list[Region]], dict[int, list[str]]]:
    """Return the regions of all pages without the marks of notes, and the marks by page.

    A superscript is a mark when a note of its page opens with it, or when it counts on through the document.
    """
    counted = _counted(pages)
    marks: dict[int, list[str]] = {}
    found: list[list[Region]] = []
    for regions in pages:
        known = {region.mark for region in regions if isinstance(region, Note)} | counted
        found.append([region if isinstance(region, Note) else region.mapped(lambda line, known=known: _unmarked(line, known, marks))  # type: ignore[misc]
                      for region in regions])
    return found, marks


def _parted_notes(lines: Sequence[Line], body: float, shapes: Shapes) -> tuple[tuple[Line, ...], list[Note]]:
    """Return the lines of a column without the notes at its foot, and these notes."""
    first = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].size > _SMALLER * body and not _below_rule(lines[number], shapes):
            break
        if _mark_of(lines[number]):
            first = number
    notes: list[Note] = []
    for line in lines[first:]:
        mark = _mark_of(line)
        if not notes or (mark and (_follows(notes[-1].mark, mark) or _is_raised(line, 0))):
            notes.append(Note(mark, (_lowered(line),)))
        else:
            notes[-1] = Note(notes[-1].mark, (*notes[-1].lines, line))
    return tuple(lines[:first]), notes


def _is_raised(line: Line, number: int) -> bool:
    """Say whether a word is a superscript: smaller than its line, its foot above theirs."""
    word = line.words[number]
    if word.raised:
        return True
    others = [one for one in line.words if one.size > word.size / _RAISED]
    return bool(others) and word.box.y1 < max(one.box.y1 for one in others) - 0.08 * others[0].height


def _mark_of(line: Line) -> str:
    """Return the mark with which a line opens, empty where it opens with none."""
    found = _OPENS.fullmatch(line.words[0].text)
    if not found or len(line.words) < 2:
        return ""
    mark = found["mark"]
    return mark if not mark.isalpha() or _is_raised(line, 0) else ""


def _below_rule(line: Line, shapes: Shapes) -> bool:
    """Say whether a short rule at the left stands above a line, with nothing but notes between."""
    box = line.box
    return any(rule.y1 <= box.y0 + 4 and box.y0 - rule.y1 < 90 and rule.x0 <= box.x0 + 12 and 20 < rule.x1 - rule.x0 < 220
               for rule in shapes.across) and not shapes.down


def _follows(before: str, mark: str) -> bool:
    return before.isdigit() and mark.isdigit() and int(mark) == int(before) + 1 or mark == f"{before}*"


def _lowered(line: Line) -> Line:
    """Return the first line of a note with its mark as a word of its own."""
    first, second, *others = line.words
    return Line.of([first, replace(second, glued=False), *others]) if second.glued else line


def _counted(pages: Sequence[Sequence[Region]]) -> set[str]:
    """Return the numbers 1, 2, 3, ... if superscripts count so through the document."""
    expected = 1
    for line in (line for regions in pages for region in regions if not isinstance(region, Note) for line in region.lines):
        for number, word in enumerate(line.words):
            if word.text == str(expected) and number and _is_mark(line, number):
                expected += 1
    return {str(number) for number in range(1, expected)} if expected > _LEAST_COUNT else set()


def _unmarked(line: Line, known: Collection[str], marks: dict[int, list[str]]) -> Line:
    words: list[PlacedWord] = []
    apart = glued = False
    for number, word in enumerate(line.words):
        if number and _is_mark(line, number) and all(one in known for one in re.split(r"[,;\s]+", word.text.strip(",; ")) if one):
            marks.setdefault(word.box.page, []).append(word.text)
            apart, glued = True, glued or word.glued
            continue
        words.append(replace(word, apart=True, glued=word.glued and glued) if apart else word)
        apart = glued = False
    return Line.of(words) if len(words) < len(line.words) else line


def _is_mark(line: Line, number: int) -> bool:
    word, before = line.words[number], line.words[number - 1]
    single = all(_MARK.fullmatch(one) for one in re.split(r"[,;]", word.text.strip(",;")))
    return single and _is_raised(line, number) and not (word.glued and _UNIT.search(before.text))
