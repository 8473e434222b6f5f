"""The marks of list items: what counts on from item to item is no part of the item's words."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.lines import BULLET, Line

_COUNTED = re.compile(r"^(?P<open>\(?)(?P<mark>[a-z]{1,4}|\d{1,2})(?P<close>[.)°])\s+", re.I)
_APART = 12  # blocks between two items of one list: items of a list inside it, paragraphs
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

Style = tuple[str, str, str]


def hangs(lines: Sequence[Line]) -> bool:
    """Say whether the first word of an item stands before the edge of its text, or a tab parts it from the text."""
    first = lines[0]
    if len(first.words) < 2:
        return False
    mark, word = first.words[:2]
    if len(lines) > 1:
        return lines[1].box.x0 > mark.box.x0 + 0.5 * first.size and abs(lines[1].box.x0 - word.box.x0) < 3
    return word.box.x0 - mark.box.x1 > 0.6 * first.size


def bare_items(blocks: Sequence[Block], hanging: Collection[int]) -> list[Block]:
    """Take the mark off items with a bullet, off those whose numbers or letters count on, and off those (by number) whose mark hangs.

    A number that stands alone in running text is kept.
    """
    counted = _counted_on(blocks)
    found = []
    for number, block in enumerate(blocks):
        if block.kind != "item":
            found.append(block)
        elif not _COUNTED.match(block.text):
            mark = BULLET.match(block.text)
            found.append(_cut(block, mark.end() if mark else 0))
        elif number in counted or number in hanging:
            mark = _COUNTED.match(block.text)
            found.append(_cut(block, mark.end() if mark else 0))
        else:
            found.append(replace(block, kind="paragraph"))
    return found


def _counted_on(blocks: Sequence[Block]) -> set[int]:
    """Return the numbers of the items whose mark follows that of an item before, or is followed by that of one after."""
    last: dict[Style, tuple[int, int]] = {}
    found: set[int] = set()
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            last = {}
        mark = _COUNTED.match(block.text) if block.kind == "item" else None
        for style, value in _values(mark) if mark else ():
            before = last.get(style)
            if before and value == before[1] + 1 and number - before[0] <= _APART:
                found |= {before[0], number}
            last[style] = (number, value)
    return found


def _values(mark: re.Match[str]) -> list[tuple[Style, int]]:
    """Return what a mark may count as: a number, a letter, a Roman numeral."""
    text, around = mark["mark"], (mark["open"], mark["close"])
    if text.isdigit():
        return [(("number", *around), int(text))]
    found = [(("letter", *around), ord(text.casefold()))] if len(text) == 1 else []
    return found + ([(("roman", *around), _ROMAN.index(text.casefold()))] if text.casefold() in _ROMAN else [])


def _cut(block: Block, cut: int) -> Block:
    words = tuple(word.moved(-cut) for word in block.words if word.start >= cut)
    doubtful = tuple((max(first, cut) - cut, last - cut) for first, last in block.doubtful if last > cut)
    return replace(block, text=block.text[cut:], words=words, doubtful=doubtful)
