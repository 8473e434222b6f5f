"""The words of a paragraph: folded white space, and lists that an export has run into one line, split with the places of their words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block, WordBox
from ingest.sentences import OPENERS, sentence_spans

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ĳ": "ij", "Ĳ": "IJ"}
_FOLDED = str.maketrans({**LIGATURES, "\u00ad": None, "\u200b": None})
_STOP = r"(?:(?<=[:;.,])|(?<=[;,]\s(?:en|of|or))|(?<=[;,]\sand)|(?<=[;,]\sen/of)|(?<=[;,]\sand/or))"
_BULLET = re.compile(rf"(?:{_STOP}\s+|^)[*•·▪–-]\s+(?=\S)")
_NUMBER = re.compile(rf"(?:{_STOP}\s+|^)(?P<mark>\d{{1,2}}|[a-z])[.)°º]\s+(?=\S)")
_TABLE = re.compile(r"\|\s*:?-{3,}:?\s*\|")
_RULE = re.compile(r"[\s|:–-]*")
_RUN_ON_HEADING = re.compile(r"(?:^|(?<=\s))(#{2,6})\s*(?=\S)")
_BARE_NUMBER = re.compile(r"[A-Z]?\d+(?:\.\d+)*\.?")
_LAST_FOLLOWS = re.compile(r"\b(?:en|of|and|or)$", re.I)
_POINTS_BACK = re.compile(r"(?:dit|dat|deze|die|zij|ze|hij|zijn|haar|hun|hierop|hiervan|hierbij|daarvan|daarbij|tenzij|behalve|echter|in (?:dat|dit) geval"
                          r"|this|that|these|those|it|they|he|she|their|its|such|unless|except|however|in (?:that|this) case)\b", re.I)
_CONTINUES = re.compile(r"[;,](?:\s(?:en|of|en/of|and|or|and/or))?$")


def folded(text: str) -> str:
    """Return a text in NFC with its ligatures expanded, soft hyphens out and white space folded."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_FOLDED)).split())


def paragraph_blocks(text: str) -> list[Block]:
    """Return a paragraph as blocks: one, or the members, introductions, items and headings that an export ran into one line.

    Exported texts of laws have these: "Uitgangspunten zijn: * ...; * ...", "1. De Nationaal rapporteur ... 2. Het bureau ...",
    "... verleend. ### 3.3". Two marks and more make a list.
    """
    first, headings = _run_on_headings(text)
    return (_listed_or_prose(first) if first else []) + headings


def item_blocks(text: str, level: int = 0) -> list[Block]:
    """Return a list item, that of a list so deep, as blocks: one, or with the further items that an export ran into it."""
    first, headings = _run_on_headings(text)
    bullet, number = _BULLET.search(first), _NUMBER.search(first)
    if bullet and bullet.start():
        blocks = _listed_or_prose(f"* {first}")
    elif number and number.start() and number["mark"] not in "1a":
        mark = number["mark"]
        blocks = _listed_or_prose(f"{int(mark) - 1 if mark.isdigit() else chr(ord(mark) - 1)}. {first}")
    else:
        blocks = _listed_or_prose(first)
    items = [Block("item", first)] if len(blocks) == 1 else blocks
    return [replace(block, level=level) if block.kind == "item" else block for block in items] + headings


def joined_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Join a heading that is a bare number with the heading that follows it."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block.kind == joined[-1].kind == "heading" and _BARE_NUMBER.fullmatch(joined[-1].text):
            number = joined.pop()
            moved = tuple(word.moved(len(number.text) + 1) for word in block.words)
            block = replace(block, text=f"{number.text} {block.text}", words=number.words + moved, page=number.page)
        joined.append(block)
    return joined


def introductions_parted(blocks: Sequence[Block]) -> list[Block]:
    """Part the last sentence from an item that runs on into the introduction of another list: "geen ligplaats heeft. De termijn eindigt als:".

    The item is the last of its list: the one before it ends in "of" or "en", and it begins in lower case, so that it was over at its first
    full stop. A sentence that points at the list stays with it. The items that follow belong to that introduction.
    """
    parted = list(blocks[:1])
    for before, block, after in zip(blocks, blocks[1:], [*blocks[2:], None], strict=False):
        in_lists = after is not None and before.kind == block.kind == after.kind == "item"
        spans = sentence_spans(block.text) if in_lists and block.text.endswith(":") and block.text[:1].islower() and _LAST_FOLLOWS.search(before.text) else ()
        if len(spans) > 1 and not _POINTS_BACK.match(block.text, spans[-1][0]):
            cut = spans[-1][0]
            parted += [block.sliced(0, len(block.text[:cut].rstrip())), replace(block.sliced(cut, len(block.text)), kind="paragraph", context="")]
        else:
            parted.append(block)
    return parted


def announcing(blocks: Sequence[Block]) -> list[Block]:
    """Make a signal that ends in a colon before an item a paragraph: it says of the items what they do not say themselves."""
    return [replace(block, kind="paragraph") if block.kind == "signal" and after is not None and after.kind == "item" and block.text.rstrip().endswith(":")
            else block for block, after in zip(blocks, [*blocks[1:], None], strict=False)]


def _run_on_headings(text: str) -> tuple[str, list[Block]]:
    """Part a text from the Markdown headings that were run into it, and what follows them.

    Where a heading is run into the middle it ends before the capital of a function word: "###Geldigheidsduur Op grond van".
    """
    first, *rest = _RUN_ON_HEADING.split(text)
    blocks: list[Block] = []
    for marks, part in zip(rest[::2], rest[1::2], strict=True):
        name = part.strip("*_ ")
        if len(name) <= 100 and not name.endswith((".", ":", ";")):
            blocks += [Block("heading", name, level=len(marks))] if name else []
        else:
            opener = next((found for found in OPENERS.finditer(name, 1) if re.search(r"[\w)*] $", name[:found.start()])), None)
            head = name[:opener.start()].strip("*_ ") if opener else ""
            named = bool(head) and len(head) <= 100 and not re.search(r"[.;:]\s", head)
            blocks += [Block("heading", head, level=len(marks))] if named else []
            blocks += _listed_or_prose(name[opener.start():] if opener and named else name)
    return first.strip(), blocks


def _listed_or_prose(text: str) -> list[Block]:
    if _TABLE.search(text):
        return _table(text)
    members = _members(text)
    if len(members) > 1:
        return [block for member in members for block in _listed_or_prose(member)]
    bullets = [(match.start(), match.end()) for match in _BULLET.finditer(text)]
    if len(bullets) >= 2 or (bullets and (bullets[0][0] == 0 or text[bullets[0][0] - 1] == ":")):
        return _listed(text, bullets)
    letters = _sequence(text, after_colon=True)
    return _listed(text, letters) if len(letters) >= 2 else [Block("paragraph", text)]


def _table(text: str) -> list[Block]:
    """Return the rows of a table of pipes that was run into one line, and the prose before and behind it."""
    first, last = text.index("|"), text.rindex("|") + 1
    blocks = paragraph_blocks(text[:first].strip()) if text[:first].strip() else []
    columns = ""
    rows = [" | ".join(cell.strip(" *") for cell in row.strip("| ").split("|") if cell.strip(" -*") or ":--" in row)
            for row in re.split(r"\|\s+\|", text[first:last])]
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        if _RULE.fullmatch(row):
            continue
        if ":--" in following:
            columns = row
        else:
            blocks.append(Block("row", row, context=columns))
    return blocks + (paragraph_blocks(text[last:].strip()) if text[last:].strip() else [])


def _members(text: str) -> list[str]:
    """Split "1. ... 2. ..." where the numbers run from the start of the text without a gap; each is prose of its own."""
    places = _sequence(text, after_colon=False)
    if len(places) < 2 or places[0][0] != 0:
        return [text]
    ends = [start for start, _ in places[1:]] + [len(text)]
    return [text[first:last].strip() for (_, first), last in zip(places, ends, strict=True)]


def _sequence(text: str, *, after_colon: bool) -> list[tuple[int, int]]:
    """Return the places of the marks 1, 2, 3 or a, b, c: from behind the first colon, or from the start of the text."""
    places: list[tuple[int, int]] = []
    awaited = ""
    for match in _NUMBER.finditer(text):
        mark = match["mark"]
        opens = text[:match.start()].endswith(":") if after_colon else match.start() == 0
        if (not places and opens and (mark in ("1", "a") or not after_colon)) or (places and mark == awaited):
            places.append((match.start(), match.end()))
            awaited = str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)
    return places


def _listed(text: str, marks: Sequence[tuple[int, int]]) -> list[Block]:
    """Cut a text at its marks: what stands before is prose, then items; prose behind the last item is prose again."""
    ends = [start for start, _ in marks[1:]] + [len(text)]
    items = [text[first:last].strip() for (_, first), last in zip(marks, ends, strict=True)]
    before = text[:marks[0][0]].strip()
    blocks = [Block("paragraph", before)] if before else []
    last, rest = _last_item(items)
    blocks += [Block("item", item) for item in (*items[:-1], last)]
    return blocks + (paragraph_blocks(rest) if rest else [])


def _last_item(items: Sequence[str]) -> tuple[str, str]:
    """Part the last item from the prose behind it: where the others end in ";" or ",", it is over at its first full stop."""
    last = items[-1]
    if len(items) < 2 or not all(_CONTINUES.search(item) for item in items[:-1]):
        return last, ""
    spans = sentence_spans(last)
    end = next((stop for _, stop in spans if last[:stop].rstrip("\"”’)").endswith((".", "!", "?"))), len(last))
    return last[:end], last[end:].strip()


def split_block(block: Block) -> list[Block]:
    """Return a paragraph or item as the blocks that it holds, lists in lists too; other kinds, and blocks that hold one, as they are.

    A piece that is not a slice of the text (the row of a table) takes the words that it has in common with the text, in order;
    where words are in doubt such a block stays whole.
    """
    if block.kind not in ("paragraph", "item"):
        return [block]
    pieces = paragraph_blocks(block.text) if block.kind == "paragraph" else item_blocks(block.text, block.level)
    if len(pieces) == 1 and pieces[0].text == block.text:
        return [block]
    placed, cursor = [], 0
    for piece in pieces:
        start = block.text.find(piece.text, cursor)
        if start < 0 and block.doubtful:
            return [block]
        if start < 0:
            again, cursor = _gathered(block, piece, cursor)
        else:
            again, cursor = _piece(block, piece, start), start + len(piece.text)
        placed += split_block(again)
    return placed


def _piece(block: Block, piece: Block, start: int) -> Block:
    """Return a piece that is the slice of the text from `start`."""
    part = block.sliced(start, start + len(piece.text))
    return _belonging(block, piece, part.words, part.doubtful)


def _gathered(block: Block, piece: Block, cursor: int) -> tuple[Block, int]:
    """Return a piece whose words stand apart in the text behind `cursor`, and where the last of them ends."""
    words: list[WordBox] = []
    place = 0
    for word in (word for word in block.words if word.start >= cursor):
        text = block.text[word.start:word.end].strip("*|")
        found = piece.text.find(text, place) if text else -1
        if found >= 0 and not piece.text[place:found].strip(" |*"):
            words.append(WordBox(found, found + len(text), word.box, word.apart))
            place, cursor = found + len(text), word.end
        if not piece.text[place:].strip():
            break
    return _belonging(block, piece, tuple(words), ()), cursor


def _belonging(block: Block, piece: Block, words: tuple[WordBox, ...], doubtful: tuple[tuple[int, int], ...]) -> Block:
    return replace(piece, words=words, doubtful=doubtful, page=words[0].box.page if words else block.page,
                   context=piece.context or (block.context if piece.kind == block.kind else ""), metadata=block.metadata)
