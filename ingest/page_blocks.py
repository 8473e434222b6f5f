"""From the regions of all pages to blocks: paragraphs that go on over columns and pages, headings, items, rows, captions, asides, notes.

The mark of an item that counts on from item to item is no part of its words.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Block, BlockKind
from ingest.lines import BULLET, Line, Vocabulary, are_signals, joined
from ingest.paragraphs import Outline, Type, goes_on, grouped, is_caption, is_heading, levels, right_edge, statements
from ingest.regions import Aside, Flow, Note, Region
from ingest.tables import Table, TableRows

_COUNTED = re.compile(r"^(?P<open>\(?)(?P<mark>[a-z]{1,4}|\d{1,2})(?P<close>[.)°])\s+", re.I)
_DEEPER = 6.0  # points by which a list within another is indented at least; numbers of one list may be set to the right
_APART = 12  # blocks between two items of one list: items of a list inside it, paragraphs
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
Style = tuple[str, str, str]


@dataclass(slots=True)
class _Group:
    """Lines that belong together; `aside` is the number of the aside in which they stand, 0 in running text."""

    lines: list[Line]
    right: float
    aside: int = 0
    level: int = 0
    caption: bool = False
    signal: bool = False


_Item = _Group | Table | Note


def blocks_of(regions: Iterable[Region], vocabulary: Vocabulary, body: Type, outline: Outline) -> list[Block]:
    """Return the blocks of regions in reading order.

    A paragraph goes on from one column or page to the next, also around what stands between: tables, asides, captions and notes
    come behind the paragraph that they interrupt.
    """
    items = _items(regions, body, outline)
    groups = [item for item in items if isinstance(item, _Group)]
    heads = [group for group in groups if is_heading(group.lines, body, outline) and not group.caption]
    if len(heads) == len(items):  # a sheet with a few large words: headings of nothing
        heads = []
    for group, level in zip(heads, levels([group.lines for group in heads], outline), strict=True):
        group.level = level
    running = [group for group in groups if not (group.level or group.caption or group.aside)]
    if are_signals([" ".join(line.text for line in group.lines) for group in running]):
        for group in running:
            group.signal = True
    blocks: list[Block] = []
    tables = TableRows(vocabulary)
    title: dict[int, str] = {}
    hanging: set[int] = set()
    for item in items:
        if isinstance(item, _Group) and _hangs(item.lines):
            hanging.add(len(blocks))
        if isinstance(item, Table):
            blocks += tables.blocks(item)
        elif isinstance(item, Note):
            blocks.append(_block(item.lines, "footnote", vocabulary))
        elif item.aside:
            blocks += _aside_blocks(item, title, vocabulary)
        else:
            blocks += _running_blocks(item, vocabulary)
    return [block for block in _bare_items(_with_depths(blocks), hanging) if block.text]


def _items(regions: Iterable[Region], body: Type, outline: Outline) -> list[_Item]:
    items: list[_Item] = []
    open_group: _Group | None = None
    asides = 0
    for region in regions:
        if isinstance(region, Flow):
            fresh = _groups(region, body)
            first = next((group for group in fresh if not group.caption), None)
            if first and open_group and not is_heading(first.lines, body, outline) and not is_heading(open_group.lines, body, outline) \
                    and goes_on(open_group.lines, first.lines, body, open_group.right):
                open_group.lines += first.lines
                open_group.right = first.right
                fresh.remove(first)
            items += fresh
            open_group = next((group for group in reversed(fresh) if not group.caption), open_group)
        elif isinstance(region, Aside):
            asides += 1
            for part in region.parts:
                items += [replace(group, aside=asides) for group in _groups(part, body)] if isinstance(part, Flow) else [part]
        else:
            items.append(region)
    return items


def _groups(flow: Flow, body: Type) -> list[_Group]:
    return [_Group(lines, right_edge(flow.lines, lines[0].size), caption=is_caption(lines, body)) for lines in grouped(flow.lines, body)]


def _running_blocks(group: _Group, vocabulary: Vocabulary) -> list[Block]:
    if group.level:
        return [_block(group.lines, "heading", vocabulary, level=group.level)]
    if group.caption:
        return [_block(group.lines, "caption", vocabulary)]
    if BULLET.match(group.lines[0].text):
        return [_block(group.lines, "item", vocabulary)]
    if group.signal:
        return [_block(part, "item" if BULLET.match(part[0].text) else "signal", vocabulary) for part in statements(group.lines)]
    return [_block(group.lines, "paragraph", vocabulary)]


def _aside_blocks(group: _Group, title: dict[int, str], vocabulary: Vocabulary) -> list[Block]:
    """Return a group in an aside; its heading is the context of what stands below it, and opens no section of the running text."""
    block = _block(group.lines, "item" if BULLET.match(group.lines[0].text) else "aside", vocabulary)
    if group.level:
        title[group.aside] = block.text
        return [block]
    return [replace(block, context=title.get(group.aside, ""))]


def _block(lines: Sequence[Line], kind: BlockKind, vocabulary: Vocabulary, *, level: int = 0) -> Block:
    found = joined(lines, vocabulary)
    return Block(kind, found.text, page=lines[0].box.page, level=level, words=found.words, doubtful=found.doubtful)


def _hangs(lines: Sequence[Line]) -> bool:
    """Say whether the first word of an item stands before the edge of its text, or a tab parts it from the text."""
    first = lines[0]
    if len(first.words) < 2:
        return False
    mark, word = first.words[:2]
    if len(lines) > 1:
        return lines[1].box.x0 > mark.box.x0 + 0.5 * first.size and abs(lines[1].box.x0 - word.box.x0) < 3
    return word.box.x0 - mark.box.x1 > 0.6 * first.size


def _with_depths(blocks: Sequence[Block]) -> list[Block]:
    """Say of items that follow one another down a column how deep their lists lie in one another: by how far they are indented."""
    runs: list[list[Block]] = []
    for block in blocks:
        if not (runs and _is_below(block, runs[-1][-1])):
            runs.append([])
        runs[-1].append(block)
    return [block for run in runs for block in _indented(run)]


def _is_below(item: Block, before: Block) -> bool:
    if not (item.kind == before.kind == "item" and item.words and before.words):
        return False
    first, last, box = before.words[0].box, before.words[-1].box, item.words[0].box
    return first.page == last.page == box.page and first.y0 <= last.y1 and last.y0 < box.y0


def _indented(run: Sequence[Block]) -> list[Block]:
    edges = sorted(block.words[0].box.x0 for block in run if block.kind == "item" and block.words)
    steps = [before for before, after in pairwise(edges) if after - before > _DEEPER]
    return [replace(block, level=1 + sum(step < block.words[0].box.x0 for step in steps)) if block.kind == "item" and block.words else block
            for block in run]


def _bare_items(blocks: Sequence[Block], hanging: Collection[int]) -> list[Block]:
    """Take the mark off items with a bullet, off those whose numbers or letters count on, and off those (by number) whose mark hangs.

    A number that stands alone in running text is kept.
    """
    counted = _counted_on(blocks)
    found = []
    for number, block in enumerate(blocks):
        if block.kind != "item":
            found.append(block)
        elif not (mark := _COUNTED.match(block.text)) or number in counted or number in hanging:
            mark = mark or BULLET.match(block.text)
            found.append(block.sliced(mark.end() if mark else 0, len(block.text)))
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
