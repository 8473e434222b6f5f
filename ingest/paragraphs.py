"""Lines of a column parted into groups: a heading, an item, a paragraph, a caption each.

Headings are told, and how deep they lie, by number, type size, weight, and the outline of the PDF.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ingest.lines import BULLET, CLOSED, LEANING, NUMBERED, Line, usual_size

CAPTION = re.compile(r"^(?:Figuur|Fig\.|Tabel|Grafiek|Kaart|Foto|Afbeelding|Diagram|Schema|Bijschrift|Figure|Table|Chart|Map|Photo)\s*"
                     r"(?:[\dIVX]{1,4}[a-z]?(?:[.-]\d{1,3})*)?(?P<colon>\s*[:.–-]\s|\s*$|)", re.I)
_GLYPH = re.compile(r"^[^\w\s(\[\"“‘'„«€$@#&]\s")
_ABBREVIATED = re.compile(r"(?:\b(?:art|nr|blz|p|o\.a|bijv|resp|jo|t\.a\.v|d\.d|ca|vgl|mr|drs?|prof)\.)$", re.I)
_LARGER = 1.08      # of the running text
_MOST_LINES, _MOST_WORDS = 4, 30
_NAMED = re.compile(r"(?:hoofdstuk|deel|bijlage|titel|afdeling|paragraaf|artikel|chapter|part|annex|article|section|§)"
                    r"\s*[\dIVXA-Z]{1,6}(?:[.:]\d+)*[a-z]?\.?", re.I)
_Style = tuple[float, bool, int]  # size (negative, so that large comes first), not bold, depth of the number


@dataclass(frozen=True, slots=True)
class Type:
    """The running text of a document: its size and the step from line to line, both in points."""

    size: float
    leading: float

    @classmethod
    def of(cls, columns: Iterable[Sequence[Line]]) -> "Type":
        """Take the size that holds most letters and the step that is most frequent in it."""
        columns = list(columns)
        size = usual_size(line for lines in columns for line in lines)
        steps = Counter[float]()
        for lines in columns:
            for before, after in pairwise(lines):
                if abs(before.size - size) < 0.6 and abs(after.size - size) < 0.6 and after.box.y1 > before.box.y1:
                    steps[round((after.box.y1 - before.box.y1) * 2) / 2] += 1
        return cls(size, steps.most_common(1)[0][0] if steps else 1.3 * size)


def grouped(lines: Sequence[Line], body: Type) -> list[list[Line]]:
    """Part lines where the gap is wider than the leading, the type changes, a line was left short, or an item or heading begins."""
    steps = sorted(after.box.y1 - before.box.y1 for before, after in pairwise(lines) if after.box.y1 > before.box.y1)
    leading = steps[len(steps) // 4] if steps else body.leading
    if leading > 1.5 * body.leading:
        leading = body.leading
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _parts(groups[-1], line, leading, body, right_edge(lines, line.size)):
            groups.append([])
        groups[-1].append(line)
    return groups


def right_edge(lines: Sequence[Line], size: float) -> float:
    """Return how far the lines of one size reach to the right."""
    return max((line.box.x1 for line in lines if abs(line.size - size) < 0.6), default=0.0)


def full(before: Line, line: Line, right: float) -> bool:
    """Say whether the first word of a line would not have fitted behind the line before."""
    first = line.words[0].box
    return right - before.box.x1 <= first.x1 - first.x0 + 0.3 * line.size


def _parts(group: Sequence[Line], line: Line, leading: float, body: Type, right: float) -> bool:
    before, first = group[-1], group[0]
    step = line.box.y1 - before.box.y1
    limit = 1.35 * leading * max(1.0, min(line.size, before.size) / body.size)
    alike = abs(line.size - before.size) <= 0.12 * body.size
    going_on = not CLOSED.search(before.text) and line.text[:1].islower() and not BULLET.match(line.text) and full(before, line, right)
    if step <= 0 or not alike:
        return True
    if going_on and step < 1.6 * limit:
        return False
    if step > limit or line.bold != before.bold:
        return True
    if _begins_item(group, line, right):
        return True
    if NUMBERED.match(line.text) and (line.bold or line.size > 1.08 * body.size):
        return True
    if not CLOSED.search(before.text):
        return False
    if BULLET.match(first.text) and line.box.x0 < first.box.x0 - 2:
        return True
    indented = line.box.x0 > before.box.x0 + 0.8 * body.size and not BULLET.match(before.text)
    return line.text[:1].isupper() and (indented or not (full(before, line, right) or LEANING.match(line.text) is not None))


def _begins_item(group: Sequence[Line], line: Line, right: float) -> bool:
    """Say whether a line with the mark of an item begins one; a number that a line happens to begin with does not."""
    before, first = group[-1], group[0]
    if not BULLET.match(line.text):
        return False
    same_edge = abs(line.box.x0 - first.box.x0) < 2
    if BULLET.match(first.text) and (same_edge or line.box.x0 < first.box.x0):
        return True
    if _GLYPH.match(line.text) and not line.text.startswith(("-", "–", "—")):
        return True
    if BULLET.match(first.text) and abs(line.box.x0 - before.box.x0) < 2 and len(group) > 1:
        return False
    return not full(before, line, right) or before.text.endswith((":", ";")) or not same_edge


def goes_on(before: Sequence[Line], after: Sequence[Line], body: Type, right: float) -> bool:
    """Say whether a group at the top of a column continues the last one of the column before, which reaches to `right`."""
    first, last = after[0], before[-1]
    if abs(first.size - last.size) > 0.12 * body.size or first.bold != last.bold or BULLET.match(first.text):
        return False
    if last.text.endswith((":", ";", "!", "?")):
        return False
    lower = first.text[:1].islower()
    if BULLET.match(f"{last.words[-1].text} x"):  # the number of a member, parted from its text
        return True
    if CLOSED.search(last.text):
        return lower or _ABBREVIATED.search(last.text) is not None
    return lower or last.text.endswith(("-", ",")) or (len(last.words) > 2 and full(last, first, right))


def is_caption(group: Sequence[Line], body: Type) -> bool:
    """Say whether a group is the caption of a figure or table."""
    text = " ".join(line.text for line in group)
    found = CAPTION.match(text)
    if not found or len(text.split()) > 60:
        return False
    return bool(found["colon"]) or max(line.size for line in group) < 0.95 * body.size


def statements(group: Sequence[Line]) -> list[list[Line]]:
    """Part a group of lines into statements: one ends with a full stop before the line was full, the next begins with a capital."""
    right = max(line.box.x1 for line in group)
    parts: list[list[Line]] = [[group[0]]]
    for before, line in pairwise(group):
        if CLOSED.search(before.text) and not full(before, line, right) and line.text[:1].isupper() and not LEANING.match(line.text):
            parts.append([])
        parts[-1].append(line)
    return parts


@dataclass(frozen=True, slots=True)
class Outline:
    """The bookmarks of a PDF: the depth (from 0) of each title, letters only, by page."""

    titles: Mapping[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> "Outline":  # noqa: ANN401  (pypdfium2 has no types)
        """Read the bookmarks of an open PDF; those that point nowhere are left out."""
        titles: dict[tuple[int, str], int] = {}
        for bookmark in document.get_toc(max_depth=8):
            target = bookmark.get_dest()
            page = target.get_index() if target is not None else None
            if page is not None:
                titles.setdefault((page + 1, _letters(bookmark.get_title())), bookmark.level)
        return cls(titles)

    def depth(self, group: Sequence[Line]) -> int | None:
        """Return the depth of a bookmark that says what a group of lines says, or None."""
        page, text = group[0].box.page, _letters("".join(line.text for line in group))
        return self.titles.get((page, text), self.titles.get((page - 1, text)))


def is_heading(group: Sequence[Line], body: Type, outline: Outline) -> bool:
    """Say whether a group of lines is a heading."""
    text = " ".join(line.text for line in group)
    if len(group) > _MOST_LINES or len(text.split()) > _MOST_WORDS or not re.search(r"[^\W\d_]", text):
        return False
    if outline.depth(group) is not None or (_NAMED.fullmatch(text) and _stands_out(group, body)):
        return True
    if text.endswith((".", ",", ";")) or not (text[:1].isalnum() or text[:1] in "‘“\"'(§"):
        return False
    number = NUMBERED.match(text)
    if number and ("." in number["number"] or _stands_out(group, body)) and len(text.split()) <= 25:
        return True
    return _stands_out(group, body) and not text[:1].islower() and not BULLET.match(text)


def levels(groups: Sequence[Sequence[Line]], outline: Outline) -> list[int]:
    """Return the level of each heading, 1 the highest: by the outline where it names most of them, else by type and number."""
    styles = [_style(group) for group in groups]
    order = {style: level for level, style in enumerate(sorted(set(styles)), 1)}
    depths = [outline.depth(group) for group in groups]
    known = [depth for depth in depths if depth is not None]
    if 2 * len(known) < len(groups) or not known:
        return [order[style] for style in styles]
    largest = min(style for style, depth in zip(styles, depths, strict=True) if depth is not None)
    by_style = {style: Counter(depth for one, depth in zip(styles, depths, strict=True) if one == style and depth is not None) for style in styles}
    above = any(style < largest for style in styles)
    found = []
    for style, depth in zip(styles, depths, strict=True):
        if depth is None and style < largest:
            found.append(1)
        elif depth is None:
            usual = by_style[style].most_common(1)
            found.append((usual[0][0] if usual else max(known) + 1) + 1 + above)
        else:
            found.append(depth + 1 + above)
    return found


def _stands_out(group: Sequence[Line], body: Type) -> bool:
    if all(line.bold for line in group) or min(line.size for line in group) > _LARGER * body.size:
        return True
    text = " ".join(line.text for line in group)
    return len(text) > 6 and text.isupper() and len(text.split()) <= 12


def _style(group: Sequence[Line]) -> _Style:
    number = NUMBERED.match(group[0].text)
    size = max(line.size for line in group)
    return -round(size * 2) / 2, not all(line.bold for line in group), number["number"].count(".") + 1 if number else 1


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
