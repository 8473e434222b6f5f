"""Which groups of lines are headings, and how deep: by number, type size, weight, and the outline of the PDF."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.lines import BULLET, NUMBERED, Line
from ingest.paragraphs import Type

_LARGER = 1.08      # of the running text
_MOST_LINES, _MOST_WORDS = 4, 30
_NAMED = re.compile(r"(?:hoofdstuk|deel|bijlage|titel|afdeling|paragraaf|artikel|chapter|part|annex|article|section|§)"
                    r"\s*[\dIVXA-Z]{1,6}(?:[.:]\d+)*[a-z]?\.?", re.I)
_Style = tuple[float, bool, int]  # size (negative, so that large comes first), not bold, depth of the number


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
        found = [self.titles[page + step, text] for step in (0, -1) if (page + step, text) in self.titles]
        return found[0] if found else None


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
