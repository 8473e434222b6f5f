"""Lines of text with their places, and how lines become blocks: headings, items, signals, paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.blocks import Block, BlockKind, Box, WordBox
from ingest.hyphens import Vocabulary, join_line

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[A-ZÀ-Þ])")
BULLET = re.compile(r"^(?:[•·▪■●○◦‣⁃*–—-]|\(?[a-z0-9]{1,2}[.)])\s+(?=\S)")
CLOSED = re.compile(r"[.!?…:;][\"”’»)\]]*$")

# A sentence that opens so goes on with what was said before: it is no signal of its own. A definite article points back too.
LEANING = re.compile(
    r"^(?:bijvoorbeeld|dit|dat|deze|die|ze|zij|hij|het|de|hierdoor|hierbij|hiermee|daardoor|daarbij|daarmee|daarom|daarnaast|ook|zo|maar|echter|verder|bovendien"
    r"|vervolgens|hun|for example|this|that|these|those|they|it|he|she|the|also|moreover|however|therefore|as a result|their)\b", re.I)
MOST_SIGNAL_WORDS = 60  # chosen, not measured


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word and its box."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column: its words from left to right, its type size in points, whether it is bold."""

    words: tuple[PlacedWord, ...]
    size: float
    bold: bool = False

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The box around the words."""
        boxes = [word.box for word in self.words]
        return Box(boxes[0].page, min(box.x0 for box in boxes), min(box.y0 for box in boxes), max(box.x1 for box in boxes), max(box.y1 for box in boxes))


def blocks_of(columns: Sequence[Sequence[Line]], vocabulary: Vocabulary, *, body: float) -> list[Block]:
    """Return the blocks of some columns in reading order; a paragraph goes on from one column or page to the next.

    `body` is the type size of running text in points.
    """
    groups: list[list[Line]] = []
    for lines in columns:
        fresh = _grouped(lines, body)
        if groups and fresh and _goes_on(groups[-1], fresh[0], body):
            groups[-1] += fresh.pop(0)
        groups += fresh
    signals = _is_signal_page(groups, body)
    blocks: list[Block] = []
    for group in groups:
        parts = _statements(group) if signals and not _heading_level(group, body) else [group]
        blocks += [_block(part, vocabulary, body, signals) for part in parts]
    return [block for block in blocks if block.text]


def _grouped(lines: Sequence[Line], body: float) -> list[list[Line]]:
    """Part lines where the gap is wider than the leading, the type changes, or an item or heading begins."""
    gaps = [after.box.y0 - before.box.y0 for before, after in zip(lines, lines[1:], strict=False) if after.box.y0 > before.box.y0]
    leading = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    groups: list[list[Line]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or _parts(before, line, leading, body):
            groups.append([])
        groups[-1].append(line)
    return groups


def _parts(before: Line, line: Line, leading: float, body: float) -> bool:
    step = line.box.y0 - before.box.y0
    if step > 1.35 * leading or step < 0 or abs(line.size - before.size) > 0.12 * body or line.bold != before.bold:
        return True
    if BULLET.match(line.text) and (CLOSED.search(before.text) or BULLET.match(before.text)):
        return True
    indented = line.box.x0 > before.box.x0 + 0.8 * body and CLOSED.search(before.text) is not None
    return bool(indented and line.text[:1].isupper())


def _goes_on(before: list[Line], after: list[Line], body: float) -> bool:
    """Say whether a group at the top of a column continues the last one of the column before."""
    first, last = after[0], before[-1]
    if _heading_level(after, body) or _heading_level(before, body) or abs(first.size - last.size) > 0.12 * body:
        return False
    if BULLET.match(first.text):
        return False
    return not CLOSED.search(last.text) and (first.text[:1].islower() or last.text.endswith(("-", ",")) or len(last.words) > 4)


def _heading_level(group: Sequence[Line], body: float) -> int:
    """Return the depth of a heading (1 is the highest), or 0 for a group that is none."""
    text = " ".join(line.text for line in group)
    stands_out = all(line.bold for line in group) or min(line.size for line in group) > 1.08 * body
    if len(group) > 3 or len(text.split()) > 20 or text.endswith((".", ",", ";")) or not text[:1].isalnum():
        return 0
    number = NUMBERED.match(text)
    if number and (stands_out or "." in number["number"]) and len(text.split()) <= 12:
        return number["number"].count(".") + 1
    if not stands_out or text[:1].islower():
        return 0
    ratio = min(line.size for line in group) / body
    return 1 if ratio > 1.5 else 2 if ratio > 1.2 else 3


def _is_signal_page(groups: Sequence[Sequence[Line]], body: float) -> bool:
    """Say whether a page holds short statements that stand on their own: many groups, nearly all short."""
    texts = [" ".join(line.text for line in group) for group in groups if not _heading_level(group, body)]
    texts = [text for text in texts if not BULLET.match(text)]
    short = [text for text in texts if len(text.split()) <= MOST_SIGNAL_WORDS]
    return len(texts) >= 6 and len(short) >= 0.9 * len(texts) and median(len(text.split()) for text in texts) <= 25


def _statements(group: Sequence[Line]) -> list[list[Line]]:
    """Part a group of lines into statements: one ends with a full stop before the line was full, the next begins with a capital."""
    right = max(line.box.x1 for line in group)
    parts: list[list[Line]] = [[group[0]]]
    for before, line in zip(group, group[1:], strict=False):
        room = right - before.box.x1
        first = line.words[0].box
        fits = room > first.x1 - first.x0 + 0.3 * line.size
        if CLOSED.search(before.text) and fits and line.text[:1].isupper() and not LEANING.match(line.text):
            parts.append([])
        parts[-1].append(line)
    return parts


def _block(lines: Sequence[Line], vocabulary: Vocabulary, body: float, signals: bool) -> Block:
    """Join lines into a block; each word keeps its box, a broken word has one on each line."""
    level = _heading_level(lines, body)
    text, words = "", list[WordBox]()
    for line in lines:
        joined = join_line(text, line.text, vocabulary=vocabulary) if text else line.text
        offset = len(joined) - len(line.text)
        if offset < len(text):  # a hyphen and perhaps its space went
            words = [word for word in words if word.start < offset]
            if words and words[-1].end > offset:
                words[-1] = WordBox(words[-1].start, offset, words[-1].box)
        text = joined
        for word in line.words:
            words.append(WordBox(offset, offset + len(word.text), word.box))
            offset += len(word.text) + 1
    kind: BlockKind = "heading" if level else "signal" if signals else "paragraph"
    mark = BULLET.match(text)
    if mark and not level:
        cut = mark.end() if not mark[0][0].isalnum() and mark[0][0] != "(" else 0
        text, kind = text[cut:], "item"
        words = [WordBox(word.start - cut, word.end - cut, word.box) for word in words if word.start >= cut]
    return Block(kind, text, page=lines[0].box.page, level=level, words=tuple(words))
