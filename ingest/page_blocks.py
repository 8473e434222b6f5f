"""From the regions of all pages to blocks: paragraphs that go on over columns and pages, headings, items, rows, captions, asides, notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, BlockKind
from ingest.headings import Outline, is_heading, levels
from ingest.hyphens import Vocabulary
from ingest.joining import joined
from ingest.lines import BULLET, Line
from ingest.list_marks import bare_items, hangs
from ingest.notes import Note
from ingest.paragraphs import Type, goes_on, grouped, is_caption, is_signal_page, right_edge, statements
from ingest.regions import Aside, Flow, Region, Table
from ingest.tables import Cell, placed_rows


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
    if is_signal_page([group.lines for group in running]):
        for group in running:
            group.signal = True
    blocks: list[Block] = []
    tables = _Tables(vocabulary)
    title: dict[int, str] = {}
    hanging: set[int] = set()
    for item in items:
        if isinstance(item, _Group) and hangs(item.lines):
            hanging.add(len(blocks))
        if isinstance(item, Table):
            blocks += tables.blocks(item)
        elif isinstance(item, Note):
            blocks.append(_block(item.lines, "footnote", vocabulary))
        elif item.aside:
            blocks += _aside_blocks(item, title, vocabulary)
        else:
            blocks += _running_blocks(item, vocabulary)
    return [block for block in bare_items(blocks, hanging) if block.text]


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
    text, words, doubtful = joined(lines, vocabulary)
    return Block(kind, text, page=lines[0].box.page, level=level, words=tuple(words), doubtful=tuple(doubtful))


class _Tables:
    """Tables in the order of the document; one that goes on on the next page keeps its column headings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._last: Table | None = None
        self._heads: Sequence[Cell] = ()

    def blocks(self, table: Table) -> list[Block]:
        """Return the rows of a table."""
        rows = [[Cell.of(joined(cell, self._vocabulary)) for cell in row] for row in table.rows]
        pages = [next(line.box.page for cell in row for line in cell) for row in table.rows]
        heads = 1 if _bold_head(table) else 0
        if self._last and self._heads and _same_columns(self._last, table) and 0 <= table.page - self._last.page <= 1:
            if [cell.text for cell in rows[0]] == [cell.text for cell in self._heads]:
                rows, pages, heads = rows[1:], pages[1:], 0
            if not heads:
                self._last = table
                return placed_rows(rows, pages, heads=self._heads)
        found = placed_rows(rows, pages, count=heads)
        self._last, self._heads = table, rows[0] if found and found[-1].context else ()
        return found


def _bold_head(table: Table) -> bool:
    first = [line for cell in table.rows[0] for line in cell]
    others = [line for row in table.rows[1:] for cell in row for line in cell]
    return bool(others) and all(line.bold for line in first) and sum(line.bold for line in others) < 0.5 * len(others)


def _same_columns(before: Table, after: Table) -> bool:
    return len(before.columns) == len(after.columns) and all(abs(x - y) <= 3 for x, y in zip(before.columns, after.columns, strict=True))
