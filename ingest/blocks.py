"""What a reader gives back: the blocks of a file in reading order, before offsets are assigned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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

    `level` counts for headings (1 is the highest). `context` is text that belongs to the block but stands elsewhere
    (the introduction of its list, the column headings of its row). `doubtful` holds half-open spans of `text` whose
    words may not be in the right order, and so may not be quoted.
    """

    kind: BlockKind
    text: str
    page: int = 1
    level: int = 0
    context: str = ""
    words: tuple[WordBox, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


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
