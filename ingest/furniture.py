"""Running heads, feet and page numbers: what repeats at the edge of pages is not part of the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.gutters import Row, rows_of
from ingest.lines import CLOSED, PlacedWord
from ingest.pdf_words import PageWords

_EDGE = 0.12     # the share of the page's height at the top and bottom where furniture stands
_OUTERMOST = 3   # rows at each edge
_SAME = 3.0      # points: furniture stands at one height on every page
_SMALL = 0.92    # of the running text: the type of furniture that stands on one page only
_NUMBER = re.compile(r"[-–—|\s]*(?:(?:pagina|page|blz\.?|p\.)\s*)?[-–—|\s]*(\d{1,4}|[ivxl]{1,6})[-–—|\s]*(?:(?:van|of|/)\s*\d{1,4})?[-–—|\s]*", re.I)
_NAMED_NUMBER = re.compile(r"\b(?:pagina|page|blz\.?)\s*(\d{1,4})\b|(?<!\S)(\d{1,4})\s*(?:van|of|/)\s*\d{1,4}$", re.I)
_FIRST_OR_LAST = re.compile(r"^(\d{1,4})\s|\s(\d{1,4})$")


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


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the edge of a page, its text, and whether air parts it from the text of the page.

    `noted`: it opens with a number, goes on in words, and a page number stands below it, so that the number is that of a note.
    """

    row: Row
    text: str
    alone: bool
    noted: bool = False

    @property
    def shape(self) -> str:
        return re.sub(r"\d+", "#", self.text).casefold()

    def recurs_in(self, other: "_Edge") -> bool:
        """Say whether a row of the same shape says the same, but for the one number that counts pages."""
        ours, theirs = (re.findall(r"\d+", edge.text) for edge in (self, other))
        counts_notes = self.noted and ours[0] != theirs[0]
        return not counts_notes and sum(one != two for one, two in zip(ours, theirs, strict=True)) <= 1


def without_furniture(pages: Sequence[PageWords], *, body: float) -> tuple[list[PageWords], Furniture]:
    """Return the pages without running heads, feet and page numbers, and what these were.

    A row at the edge goes when its words, but for one number, stand at the same height of another page too; when it stands where
    other pages have furniture; when it is a page number and nothing else; and, on a single page, when it is small and no sentence.
    `body` is the size of running text in points.
    """
    edges = {page.number: _edge_rows(page) for page in pages}
    shapes: dict[str, list[_Edge]] = defaultdict(list)
    for rows in edges.values():
        for edge in rows:
            shapes[edge.shape].append(edge)
    heights = [edge.row.bottom for rows in edges.values() for edge in rows if _repeats(edge, shapes)]
    gone: dict[int, list[_Edge]] = {
        page.number: [edge for edge in edges[page.number] if _is_furniture(edge, shapes, heights, pages=len(pages), body=body)]
        for page in pages}
    if 2 * sum(bool(page.words) and len(page.words) == sum(len(edge.row.words) for edge in gone[page.number]) for page in pages) > len(pages):
        gone = {page.number: [] for page in pages}  # nothing else stands on most pages: it is their text
    kept = []
    for page in pages:
        words = {id(word) for edge in gone[page.number] for word in edge.row.words}
        kept.append(replace(page, words=tuple(word for word in page.words if id(word) not in words)))
    left_out = tuple(LeftOut(edge.text, number) for number, rows in gone.items() for edge in rows)
    return kept, Furniture(left_out, _labels(gone))


def _edge_rows(page: PageWords) -> list[_Edge]:
    rows = rows_of(page.words)
    top = [row for row in rows[:_OUTERMOST] if row.bottom < _EDGE * page.height]
    bottom = [row for row in rows[-_OUTERMOST:] if row.top > (1 - _EDGE) * page.height and row not in top]
    inner = [row for row in rows if row not in top and row not in bottom]
    air_above = not top or not inner or inner[0].top - top[-1].bottom > 1.2 * top[-1].height
    air_below = not bottom or not inner or bottom[0].top - inner[-1].bottom > 1.2 * bottom[0].height
    texts = [" ".join(word.text for word in row.words) for row in (*top, *bottom)]
    numbered = max((place for place in range(len(top), len(texts)) if _NUMBER.fullmatch(texts[place])), default=0)
    return [_Edge(row, text, (air_above if row in top else air_below) or _air(rows, row), noted=len(top) <= place < numbered and _opens_with_number(text))
            for place, (row, text) in enumerate(zip((*top, *bottom), texts, strict=True))]


def _opens_with_number(text: str) -> bool:
    return re.match(r"\d{1,3}[.)]?\s+[^\W\d]", text) is not None


def _air(rows: Sequence[Row], row: Row) -> bool:
    """Say whether more than a line's height of air parts a row from both its neighbours."""
    place = rows.index(row)
    above = row.top - rows[place - 1].bottom if place else float("inf")
    below = rows[place + 1].top - row.bottom if place + 1 < len(rows) else float("inf")
    return min(above, below) > 1.2 * row.height


def _repeats(edge: _Edge, shapes: Mapping[str, Sequence[_Edge]]) -> bool:
    return any(other is not edge and abs(other.row.bottom - edge.row.bottom) < _SAME and edge.recurs_in(other) for other in shapes[edge.shape])


def _is_furniture(edge: _Edge, shapes: Mapping[str, Sequence[_Edge]], heights: Sequence[float], *, pages: int, body: float) -> bool:
    if _repeats(edge, shapes) and (edge.alone or len(shapes[edge.shape]) > 2):
        return True
    if not edge.alone:
        return False
    if _NUMBER.fullmatch(edge.text):
        return True
    if sum(abs(height - edge.row.bottom) < _SAME for height in heights) >= max(2, 0.4 * pages):
        return True
    small = all(word.size <= _SMALL * body for word in edge.row.words)
    return (pages == 1 or _NAMED_NUMBER.search(edge.text) is not None) and small and not CLOSED.search(edge.text) and not _opens_note(edge.row.words)


def _opens_note(words: Sequence[PlacedWord]) -> bool:
    return re.fullmatch(r"(?:\d{1,3}|[*†‡]+)[.)]?", words[0].text) is not None and len(words) > 6


def _labels(gone: Mapping[int, Sequence[_Edge]]) -> dict[int, str]:
    """Return the number printed on each page; where numbers run on with the pages for most, the others are no page numbers."""
    read: dict[int, list[str]] = {}
    for page, rows in gone.items():
        found = []
        for edge in (one for one in rows if not one.noted):
            whole, named, end = _NUMBER.fullmatch(edge.text), _NAMED_NUMBER.search(edge.text), _FIRST_OR_LAST.findall(edge.text)
            found += [whole[1]] if whole else [one for one in named.groups() if one] if named else [one for pair in end for one in pair if one]
        read[page] = found
    offsets = Counter(int(label) - page for page, labels in read.items() for label in dict.fromkeys(labels) if label.isdigit())
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    if count > 1:
        return {page: next((label for label in labels if label == str(page + offset) or not label.isdigit()), None) or str(page + offset)
                for page, labels in read.items() if labels}
    return {page: labels[0] for page, labels in read.items() if labels}
