"""Running heads, feet and page numbers: what repeats at the edge of pages is not part of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.pdf_words import PageWords, StyledWord
from ingest.xycut import rows_of

_EDGE = 0.09          # the share of the page's height at the top and bottom where furniture stands
_NUMBER = re.compile(r"(?:^|\s)(?:(?:pagina|page|blz\.?|p\.)\s*)?[-–—|]?\s*(\d{1,4})\s*[-–—|]?(?:\s*(?:van|of|/)\s*\d{1,4})?$|^(\d{1,4})\s", re.I)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that was left out, and its page."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """The lines left out, and the number printed on each page by physical page."""

    left_out: tuple[LeftOut, ...]
    labels: dict[int, str]


def without_furniture(pages: Sequence[PageWords]) -> tuple[list[PageWords], Furniture]:
    """Return the pages without running heads, feet and page numbers, and what these were.

    A line at the edge goes when its words, numbers aside, stand there on another page too, or when it stands alone and
    carries a page number.
    """
    edges = {page.number: _edge_rows(page) for page in pages}
    seen = Counter(shape for rows in edges.values() for shape in {_shape(row) for row in rows})
    left_out: list[LeftOut] = []
    labels: dict[int, str] = {}
    kept = []
    for page in pages:
        gone: set[int] = set()
        for row in edges[page.number]:
            text = " ".join(word.text for word in row)
            number = _NUMBER.search(text)
            if (seen[_shape(row)] > 1 and len(pages) > 1) or (number and _stands_alone(row, page)):
                gone |= {id(word) for word in row}
                left_out.append(LeftOut(text, page.number))
                if number:
                    labels.setdefault(page.number, number[1] or number[2])
        kept.append(replace(page, words=tuple(word for word in page.words if id(word) not in gone)))
    return kept, Furniture(tuple(left_out), labels)


def _edge_rows(page: PageWords) -> list[list[StyledWord]]:
    edge = [word for word in page.words if word.box.y1 < _EDGE * page.height or word.box.y0 > (1 - _EDGE) * page.height]
    return [[word for word in row if isinstance(word, StyledWord)] for row in rows_of(edge)]


def _shape(row: Sequence[StyledWord]) -> str:
    return re.sub(r"\d+", "#", " ".join(word.text for word in row)).casefold()


def _stands_alone(row: Sequence[StyledWord], page: PageWords) -> bool:
    """Say whether a row has more than a line's height of air between itself and the text."""
    top, bottom = min(word.box.y0 for word in row), max(word.box.y1 for word in row)
    air = 1.2 * (bottom - top)
    inside = {id(word) for word in row}
    return not any(word.box.y1 > top - air and word.box.y0 < bottom + air for word in page.words if id(word) not in inside)
