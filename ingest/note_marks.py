"""The raised marks of notes in the text: taken out of the sentences that they interrupt. Other superscripts stay."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from ingest.lines import Line, PlacedWord
from ingest.notes import MARK, Note, is_raised
from ingest.regions import Aside, Flow, Region, Table

_UNIT = re.compile(r"(?:^|\d)(?:[kcdm]?m|ha)$", re.I)  # m2 is no note
_LEAST_COUNT = 3  # so many marks that count on are marks of notes, wherever the notes stand


def without_marks(pages: Sequence[Sequence[Region]]) -> tuple[list[list[Region]], dict[int, list[str]]]:
    """Return the regions of all pages without the marks of notes, and the marks by page.

    A superscript is a mark when a note of its page opens with it, or when it counts on through the document.
    """
    counted = _counted(pages)
    marks: dict[int, list[str]] = {}
    found = []
    for regions in pages:
        known = {region.mark for region in regions if isinstance(region, Note)} | counted
        found.append([_mapped(region, lambda line, known=known: _unmarked(line, known, marks)) for region in regions])  # type: ignore[misc]
    return found, marks


def _counted(pages: Sequence[Sequence[Region]]) -> set[str]:
    """Return the numbers 1, 2, 3, ... if superscripts count so through the document."""
    expected = 1
    for regions in pages:
        for region in regions:
            for line in _lines(region):
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
    single = all(MARK.fullmatch(one) for one in re.split(r"[,;]", word.text.strip(",;")))
    return single and is_raised(line, number) and not (word.glued and _UNIT.search(before.text))


def _lines(region: Region) -> Iterator[Line]:
    if isinstance(region, Flow):
        yield from region.lines
    elif isinstance(region, Table):
        yield from (line for row in region.rows for cell in row for line in cell)
    elif isinstance(region, Aside):
        for part in region.parts:
            yield from _lines(part)


def _mapped(region: Region, change: Callable[[Line], Line]) -> Region:
    if isinstance(region, Flow):
        return Flow(tuple(map(change, region.lines)))
    if isinstance(region, Table):
        return replace(region, rows=tuple(tuple(tuple(map(change, cell)) for cell in row) for row in region.rows))
    if isinstance(region, Aside):
        return Aside(tuple(part for part in (_mapped(part, change) for part in region.parts) if isinstance(part, Flow | Table)))
    return region
