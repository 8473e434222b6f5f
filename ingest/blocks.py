"""What a reader gives back: the blocks of a file in reading order, before offsets are assigned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "signal", "caption", "aside", "footnote"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points, origin at the top left, y downwards. `page` is the physical page from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, boxes: Sequence["Box"]) -> "Box":
        """Return the box around some boxes of one page."""
        return cls(boxes[0].page, min(box.x0 for box in boxes), min(box.y0 for box in boxes),
                   max(box.x1 for box in boxes), max(box.y1 for box in boxes))

    def holds(self, other: "Box") -> bool:
        """Say whether the middle of another box lies in this one, give or take a point."""
        x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
        return self.x0 - 1 <= x <= self.x1 + 1 and self.y0 - 1 <= y <= self.y1 + 1


@dataclass(frozen=True, slots=True)
class WordBox:
    """Where a word of a text stands: `text[start:end]` is the word (or the part of it on one line).

    `apart`: something that is not part of the text, the mark of a note, stands between it and the word before.
    """

    start: int
    end: int
    box: Box
    apart: bool = False

    def moved(self, offset: int) -> "WordBox":
        """The same word in a text that begins so many characters earlier."""
        return WordBox(self.start + offset, self.end + offset, self.box, self.apart)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row or signal, normalised: no newlines, white space folded, NFC.

    `level` counts for headings (1 is the highest) and items (how deep their list lies in others, 0 where that is not known).
    `context` is text that belongs to the block but stands elsewhere (the introduction of its list, the column headings of its
    row). `doubtful` holds half-open spans of `text` whose words may not be in the right order, and so may not be quoted.
    """

    kind: BlockKind
    text: str
    page: int = 1
    level: int = 0
    context: str = ""
    words: tuple[WordBox, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    def sliced(self, start: int, end: int) -> "Block":
        """Return the block with `text[start:end]` alone; words that are cut lose their place."""
        words = tuple(word.moved(-start) for word in self.words if start <= word.start and word.end <= end)
        doubtful = tuple((max(first, start) - start, min(last, end) - start) for first, last in self.doubtful if first < end and start < last)
        return replace(self, text=self.text[start:end], words=words, doubtful=doubtful)


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page: its physical number from 1, the number printed on it, its size in points, 1 - its share of doubt.

    `confidences` holds how sure text recognition was of each word, 0 to 1, where the page is a scan.
    """

    number: int
    label: str | None = None
    width: float = 0.0
    height: float = 0.0
    quotability: float = 1.0
    confidences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was repaired or left out while reading, for the record of the document."""

    kind: Literal["repaired", "left_out", "quarantined", "warning"]
    what: str
    text: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a reader found in one file. `paged` says whether page numbers mean anything in this format."""

    blocks: tuple[Block, ...]
    pages: tuple[PageInfo, ...] = ()
    title: str | None = None
    remarks: tuple[Remark, ...] = ()
    paged: bool = False
