"""Plain text files: bytes to text, headings, items, statements and paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.blocks import Block, Draft, PageInfo, Remark
from ingest.errors import UnreadableError
from ingest.lines import BULLET, CLOSED, LEANING, NUMBERED, Vocabulary, are_signals, join_line
from ingest.prose import folded
from ingest.text_feet import Foot, feet

if TYPE_CHECKING:
    from ingest.unmix import Column, Unmixed

Marked = tuple[str, frozenset[int], int]  # a line, the numbers of its doubtful words, and how far it is indented


def decoded(path: Path) -> str:
    """Return the text of a file with its line ends as newlines. Raises UnreadableError when it is not text."""
    raw = path.read_bytes()
    text = _decode(raw)
    strange = sum(character < " " and character not in "\t\n\r\f\v" for character in text[:100_000])
    if strange > 0.02 * min(len(text), 100_000) + 2:
        raise UnreadableError("not text: save it as PDF, .docx or UTF-8 text")
    kept = "".join(character for character in text if character >= " " or character in "\t\n\r\f")
    return kept.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _decode(raw: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, errors="replace")
    if raw[1:200:2].count(0) > 0.6 * len(raw[1:200:2]):
        return raw.decode("utf-16-le", errors="replace")
    if raw[0:200:2].count(0) > 0.6 * len(raw[0:200:2]):
        return raw.decode("utf-16-be", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_text(path: Path) -> Draft:
    """Read a text file; two columns that were mixed line by line are taken apart again, and said to be.

    Raises UnreadableError when the file holds no text.
    """
    text = decoded(path)
    if not text.strip():
        raise UnreadableError("it holds no text: leave it out or fill it")
    blocks: list[Block] = []
    pages: list[PageInfo] = []
    remarks: list[Remark] = []
    parts = [page.split("\n") for page in text.split("\f")]
    for number, (lines, foot, doubted) in enumerate(zip(parts, *feet(parts), strict=True), 1):
        if not any(line.strip() for line in lines):
            continue
        split, foot = _parted(lines, foot, doubted)
        if foot:
            remarks.append(Remark("left_out", "page number or foot", foot.text, number))
        if len(split.columns) > 1:
            remarks.append(Remark("repaired", f"two columns mixed line by line were taken apart in {split.repaired} rows", page=number))
        blocks += page_blocks(split, number)
        pages.append(PageInfo(number, foot.number if foot else None, quotability=round(split.sure, 3)))
    paged = pages[-1].number > 1 or pages[0].label is not None
    return Draft(tuple(blocks), tuple(pages), remarks=tuple(remarks), paged=paged)


def _parted(lines: Sequence[str], foot: Foot | None, doubted: Foot | None) -> tuple["Unmixed", Foot | None]:
    """Return the columns of a page without its foot, and the foot; a doubted one is one where the page had columns, as print has."""
    from ingest.unmix import unmixed

    taken = foot or doubted
    split = unmixed([*lines[:taken.line], *lines[taken.line + 1:]] if taken else lines)
    return (unmixed(lines), None) if taken and not foot and len(split.columns) == 1 else (split, taken)


def page_blocks(split: "Unmixed", page: int) -> list[Block]:
    """Return the blocks of one page, column by column."""
    vocabulary = Vocabulary.of([" ".join(" ".join(column.lines) for column in split.columns)])
    groups: list[list[Marked]] = []
    for column in split.columns:
        fresh = _groups(column, parted=len(split.columns) > 1)
        if groups and fresh and 0 in column.continued:
            groups[-1] += fresh.pop(0)
        groups += fresh
    texts = [" ".join(line for line, _, _ in group) for group in groups]
    signals = are_signals([text for text in texts if not _is_heading(text)])
    return [_block(group, vocabulary, page, signals) for group in groups]


def _groups(column: "Column", *, parted: bool) -> list[list[Marked]]:
    """Part lines at empty lines, headings, items, and where a statement ended before its line was full."""
    lines = column.lines
    widths = sorted(len(line) for line in lines if line.strip())
    full = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    full = 1_000 if parted and full else full  # in a narrow column a full line that is closed ends a statement too
    wrapped = parted or full <= 130
    groups: list[list[Marked]] = []
    open_group = False
    for position, raw in enumerate(lines):
        line = folded(raw)
        if not line:
            open_group = False
            continue
        before = groups[-1][-1][0] if open_group else ""
        goes_on = position in column.continued and not CLOSED.search(before)
        if not open_group or not goes_on and _starts(before, line, full, wrapped):
            groups.append([])
        tabbed = raw.expandtabs()
        groups[-1].append((line, frozenset(word for number, word in column.doubtful if number == position), len(tabbed) - len(tabbed.lstrip())))
        open_group = goes_on or not _is_heading(line)
    return groups


def _starts(before: str, line: str, full: int, wrapped: bool) -> bool:
    """Say whether a line begins something new after the line before it."""
    if _is_heading(line) or BULLET.match(line) or not wrapped:
        return True
    fits = len(before) + 1 + len(line.split()[0]) <= full
    return bool(CLOSED.search(before)) and fits and line[:1].isupper() and not LEANING.match(line)


def _is_heading(line: str) -> bool:
    number = NUMBERED.match(line)
    return bool(number) and len(line.split()) <= 10 and not CLOSED.search(line) and "." in line.split()[0]


def _block(group: Sequence[Marked], vocabulary: Vocabulary, page: int, signals: bool) -> Block:
    text = ""
    doubtful: list[tuple[int, int]] = []
    for line, doubt, _ in group:
        text = join_line(text, line, vocabulary=vocabulary) if text else line
        start = len(text) - len(line)
        doubtful += [(start + word.start(), start + word.end()) for number, word in enumerate(re.finditer(r"\S+", line)) if number in doubt]
    if _is_heading(text):
        return Block("heading", text, page=page, level=text.split()[0].rstrip(".").count(".") + 1)
    mark = BULLET.match(text)
    block = Block("item" if mark else "signal" if signals else "paragraph", text, page=page, doubtful=tuple(doubtful))
    return replace(block, level=1 + group[0][2]).sliced(mark.end(), len(text)) if mark else block
