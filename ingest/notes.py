"""Footnotes at the foot of a column or page, and the marks in the text that point to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.lines import Line, around
from ingest.pdf_shapes import Shapes

MARK = re.compile(r"\d{1,3}|[*†‡§]{1,3}|[a-z]")
_OPENS = re.compile(r"(?P<mark>\d{1,3}|[*†‡§]{1,3}|[a-z])[.)]?")
_SMALLER = 0.93   # of the running text; notes are set smaller, or stand below a short rule
_RAISED = 0.82    # a superscript is set in at most so much of the size of its line


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark, and its lines, of which the first begins with the mark."""

    mark: str
    lines: tuple[Line, ...]


def parted_notes(lines: Sequence[Line], body: float, shapes: Shapes) -> tuple[tuple[Line, ...], list[Note]]:
    """Return the lines of a column without the notes at its foot, and these notes; `body` is the size of running text in points."""
    first = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].size > _SMALLER * body and not _below_rule(lines[number], shapes):
            break
        if _mark_of(lines[number]):
            first = number
    if first == len(lines) or not (_mark_of(lines[first]) and _starts_notes(lines[first], body, shapes)):
        return tuple(lines), []
    notes: list[Note] = []
    for line in lines[first:]:
        mark = _mark_of(line)
        if not notes or (mark and (_follows(notes[-1].mark, mark) or line.words[0].raised or is_raised(line, 0))):
            notes.append(Note(mark, (_lowered(line),)))
        else:
            notes[-1] = Note(notes[-1].mark, (*notes[-1].lines, line))
    return tuple(lines[:first]), notes


def is_raised(line: Line, number: int) -> bool:
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
    return mark if not mark.isalpha() or is_raised(line, 0) else ""


def _starts_notes(line: Line, body: float, shapes: Shapes) -> bool:
    return line.size <= _SMALLER * body or _below_rule(line, shapes)


def _below_rule(line: Line, shapes: Shapes) -> bool:
    """Say whether a short rule at the left stands above a line, with nothing but notes between."""
    box = line.box
    return any(rule.y1 <= box.y0 + 4 and box.y0 - rule.y1 < 90 and rule.x0 <= box.x0 + 12 and 20 < rule.x1 - rule.x0 < 220
               for rule in shapes.across) and not shapes.down


def _follows(before: str, mark: str) -> bool:
    return before.isdigit() and mark.isdigit() and int(mark) == int(before) + 1 or mark == f"{before}*"


def _lowered(line: Line) -> Line:
    """Return the first line of a note with its mark as a word of its own."""
    first, second = line.words[:2]
    if second.glued:
        line = Line.of((first, replace(second, glued=False), *line.words[2:]))
    return replace(line, box=around([word.box for word in line.words]))
