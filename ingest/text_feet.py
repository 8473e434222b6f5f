"""The feet of the pages of a plain text: a page number, and the running title before it where that is plain from other pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = r"(?:pagina|page|blz\.?|p\.)\s*"
_FOOT = re.compile(rf"(?:(?P<title>.{{3,80}}?)\s)??(?P<word>{_WORD})?[-–—]?\s*(?P<number>\d{{1,4}})\s*[-–—]?", re.I)
_PARTED = re.compile(r"\s[-–—|]\s")
_HIGHEST = 999  # a running title with a larger number may end in a year


@dataclass(frozen=True, slots=True)
class Foot:
    """The last filled line of a page, if it ends in a number: its place among the lines and on which page (from 1) it stands.

    `alone`: it is a page number and nothing else.
    """

    line: int
    page: int
    text: str
    title: str
    number: str
    alone: bool

    @property
    def running(self) -> bool:
        """Whether it is a running title with its parts set apart ("nota - ministerie 14"), as printed pages have it."""
        return bool(_PARTED.search(self.title)) and int(self.number) <= _HIGHEST

    @property
    def series(self) -> tuple[str, int]:
        """What the feet of all pages have in common where the number counts on with the pages."""
        return self.title, int(self.number) - self.page


def feet(pages: Sequence[Sequence[str]]) -> tuple[list[Foot | None], list[Foot | None]]:
    """Return the foot of each page, given as its lines: those that are surely feet, and running titles that may be text.

    A line of text that ends in a number is a foot only where it recurs; one that a page has alone may be one where the text was taken
    off a printed page, which is for the caller to know.
    """
    found = [_foot(lines, number) for number, lines in enumerate(pages, 1)]
    series = Counter(one.series for one in found if one)
    sure = [one if one and (one.alone or series[one.series] > 1) else None for one in found]
    return sure, [one if one and one.running and not known else None for one, known in zip(found, sure, strict=True)]


def _foot(lines: Sequence[str], page: int) -> Foot | None:
    last = next((position for position in range(len(lines) - 1, -1, -1) if lines[position].strip()), -1)
    found = _FOOT.fullmatch(lines[last].strip()) if last > 3 else None
    if not found:
        return None
    title = (found["title"] or "").casefold()
    figures = not found["word"] and any(line.strip().isdecimal() for line in lines[:last])  # a column of figures
    return Foot(last, page, lines[last].strip(), title, found["number"], alone=not title and not figures)
