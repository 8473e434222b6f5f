"""From blocks to a document cut into passages: a signal, an item, a row, or sentences up to about 120 words, never across a section.

The text of a document is that of its blocks; every passage, section and word stands at its offset in it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, Box, Draft, WordBox
from ingest.documents import Document, Passage, PassageKind, Section, printed_numbers
from ingest.language import language_of
from ingest.prose import announcing, introductions_parted, joined_numbers, split_block
from ingest.sentences import sentence_spans

_MOST_WORDS = 120

_Introduction = tuple[str, tuple[int, int] | None]  # the text, and where it stands in the document
_LEAD = re.compile(  # no sentence of its own, "Dat mag niet."
    r"(?!(?:Dat|Dit|Het|Die|Deze|Er|Hij|Zij|Ze|Ik|Wij|We|U|Niemand|Iedereen|Men|Wie|Wat|Volgens|That|This|These|It|They|He|She|There|You|I)\b)"
    r"(?!.*\b(?:niet|geen|nooit|is|zijn|was|waren|wordt|worden|mag|mogen|moet|moeten|kan|kunnen|komt|komen|heeft|hebben|geldt|vervalt"
    r"|not|no|never|are|were|may|must|can|has|have)\b)[A-ZÀ-Þ][\w'’-]*(?: [\w'’-]+){0,2}\.")
_LEFT_OUT = " … "  # the items between the introductions of a list and of one within it

_KINDS: dict[str, PassageKind] = {"signal": "signal", "item": "item", "row": "row", "caption": "caption", "footnote": "footnote",
                                  "paragraph": "sentences", "aside": "sentences"}


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block with the offset of its first character in the document's text and its path of headings."""

    block: Block
    start: int
    path: tuple[str, ...]

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.block.text)


def assemble(draft: Draft, *, doc: str, sha256: str, metadata: Mapping[str, str]) -> Document:
    """Join the blocks of a draft into the text of a document and cut it into passages.

    Blocks are parted by an empty line, items and rows of one list by a line end; nothing else is added to their words.
    """
    pieces = [piece for block in draft.blocks if block.text for piece in split_block(block)]
    placed, text = _placed(announcing(introductions_parted(joined_numbers(pieces))))
    title = metadata.get("title") or draft.title or _first_heading(draft.blocks) or doc.rpartition("/")[2]
    document = Document(
        doc=doc, sha256=sha256, title=title, text=text, language=language_of(text), pages=draft.pages,
        sections=_sections(placed, len(text)), words=tuple(word.moved(one.start) for one in placed for word in one.block.words), remarks=draft.remarks,
        metadata={key: value for key, value in metadata.items() if key != "title"})
    return replace(document, passages=_cut(document, placed, paged=draft.paged))


def _placed(blocks: Sequence[Block]) -> tuple[tuple[PlacedBlock, ...], str]:
    placed, pieces, offset = [], [], 0
    path: tuple[tuple[int, str], ...] = ()
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            gap = "\n" if block.kind == previous.kind and block.kind in ("item", "row") else "\n\n"
            pieces.append(gap)
            offset += len(gap)
        if block.kind == "heading":
            path = (*(part for part in path if part[0] < block.level), (block.level, block.text))
        placed.append(PlacedBlock(block, offset, tuple(name for _, name in path)))
        pieces.append(block.text)
        offset += len(block.text)
        previous = block
    return tuple(placed), "".join(pieces)


def _sections(placed: Sequence[PlacedBlock], end: int) -> tuple[Section, ...]:
    headings = [one for one in placed if one.block.kind == "heading"]
    ends = [one.start for one in headings[1:]] + [end] if headings else []
    return tuple(Section(one.path, one.start, stop) for one, stop in zip(headings, ends, strict=True))


def _first_heading(blocks: Sequence[Block]) -> str | None:
    """Return the title that a document gives itself: its first heading, unless that is a numbered section."""
    first = next((block for block in blocks if block.kind == "heading"), None)
    return first.text if first and not re.match(r"\d", first.text) else None


def _cut(document: Document, placed: Sequence[PlacedBlock], *, paged: bool) -> tuple[Passage, ...]:
    """Return the passages of a document in reading order; headings are not passages."""
    labels = printed_numbers(document.pages)
    passages = []
    lists: list[tuple[int, _Introduction]] = []  # the introductions that hold, with the depth of the text or item in which each stands
    for one in placed:
        depth = one.block.level if one.block.kind == "item" else -1
        lists = [(level, said) for level, said in lists if level < max(depth, 1)] if depth >= 0 else []
        introduction = lists[-1][1] if lists else (one.block.context, None)
        if one.block.kind != "heading":
            for sentences in _groups(document.text, one):
                passages.append(_passage(document, one, sentences, introduction, labels if paged else None))
        if depth and (own := _introduction(one)):
            lists.append((max(depth, 0), _joined(document.text, introduction, own)))
    return tuple(passages)


def _joined(text: str, outer: _Introduction, own: _Introduction) -> _Introduction:
    """Return the introduction of a list within another, with that of the other before it: what that denies or allows holds for both."""
    if outer[1] is None or own[1] is None:
        return own
    start, end = outer[1][0], own[1][1]
    between = _LEFT_OUT if text[outer[1][1]:own[1][0]].strip() else " "
    return f"{outer[0]}{between}{own[0]}", (start, end)


def line_boxes(words: Iterable[WordBox]) -> tuple[Box, ...]:
    """Join the boxes of words into one for each line, in order, and for each piece of a line where a mark was left out."""
    lines: list[Box] = []
    for word in words:
        box = word.box
        if lines and not word.apart and lines[-1].page == box.page and _same_line(lines[-1], box):
            lines[-1] = Box.around([lines[-1], box])
        else:
            lines.append(box)
    return tuple(lines)


def _same_line(left: Box, right: Box) -> bool:
    overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
    return overlap > 0.5 * min(left.y1 - left.y0, right.y1 - right.y0) and right.x0 >= left.x0 - 1


def _groups(text: str, one: PlacedBlock) -> list[list[tuple[int, int]]]:
    """Group the sentences of a block: all of a signal, item or row; in prose and long items as many as make about 120 words.

    A doubtful sentence is a group of its own, so that its neighbours stay quotable.
    """
    spans = _with_lead(text, one, list(sentence_spans(text, one.start, one.end)))
    long_item = one.block.kind == "item" and len(one.block.text.split()) > _MOST_WORDS
    if one.block.kind not in ("paragraph", "aside", "footnote", "caption") and not long_item:
        return [spans] if spans else []
    groups: list[list[tuple[int, int]]] = []
    words, doubtful = 0, False
    for span in spans:
        count, doubt = len(text[slice(*span)].split()), _doubtful(one, span)
        if not groups or words + count > _MOST_WORDS or doubt != doubtful:
            groups.append([])
            words = 0
        groups[-1].append(span)
        words, doubtful = words + count, doubt
    return groups


def _with_lead(text: str, one: PlacedBlock, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what only names the subject of a block to the sentence behind it: "Warme overdracht. Een gesprek waarbij ..."."""
    leads = len(spans) > 1 and one.block.kind != "signal" and _LEAD.fullmatch(text, *spans[0])
    if leads and not any(_doubtful(one, span) for span in spans[:2]):
        return [(spans[0][0], spans[1][1]), *spans[2:]]
    return spans


def _doubtful(one: PlacedBlock, span: tuple[int, int]) -> bool:
    return any(one.start + first < span[1] and span[0] < one.start + last for first, last in one.block.doubtful)


def _introduction(one: PlacedBlock) -> _Introduction | None:
    """Return the last sentence of a block and its place, if it ends in a colon and so introduces the items that follow."""
    text = one.block.text.rstrip()
    if one.block.kind in ("heading", "signal", "row") or not text.endswith(":"):
        return None
    first, last = sentence_spans(text)[-1]
    return text[first:last], (one.start + first, one.start + last)


def _passage(document: Document, one: PlacedBlock, sentences: Sequence[tuple[int, int]],
             introduction: _Introduction, labels: dict[int, int] | None) -> Passage:
    start, end = sentences[0][0], sentences[-1][1]
    words = [word.moved(one.start) for word in one.block.words
             if word.start + one.start < end and start < word.end + one.start]
    physical = words[0].box.page if words else one.block.page
    return Passage(
        passage_id=hashlib.sha256(f"{document.sha256}:{start}:{end}".encode()).hexdigest()[:16],
        doc=document.doc, doc_sha256=document.sha256, title=document.title,
        section=" > ".join(_below_title(one.path, document.title)),
        page=labels.get(physical, physical) if labels is not None else None, kind=_KINDS[one.block.kind], start=start, end=end,
        text=document.text[start:end], sentences=tuple(sentences), context=introduction[0], context_span=introduction[1],
        boxes=line_boxes(words), quotable=not any(_doubtful(one, span) for span in sentences), metadata=dict(one.block.metadata))


def _below_title(path: tuple[str, ...], title: str) -> tuple[str, ...]:
    """Leave the document's own title out of the path of headings."""
    return path[1:] if path and path[0] == title else path
