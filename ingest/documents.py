"""A document: the stored text of a file, with its pages, sections and places, and the record of how it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest.blocks import Box, PageInfo, Remark, WordBox

PassageKind = Literal["signal", "item", "row", "sentences", "caption", "footnote"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it: `text[start:end]`, the path of headings from the highest down."""

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest unit that is ranked: `document.text[start:end] == text`.

    `passage_id` comes from the document's content hash and the offsets. `sentences` are half-open spans of the
    document's text, in order. `page` is that of its first word: the printed number where there is one, else the physical number, and None in
    formats without pages. `context` is never quoted as part of the passage; where `context_span` holds more, "…" stands for
    the items between the introductions of a list and of one within it. A passage that is not `quotable` holds
    words whose order is in doubt.
    """

    passage_id: str
    doc: str
    doc_sha256: str
    title: str
    section: str
    page: int | None
    kind: PassageKind
    start: int
    end: int
    text: str
    sentences: tuple[tuple[int, int], ...] = ()
    context: str = ""
    context_span: tuple[int, int] | None = None
    boxes: tuple[Box, ...] = ()
    quotable: bool = True
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. `doc` is its path relative to the folder given; `sha256` is of the file's bytes."""

    doc: str
    sha256: str
    title: str
    text: str
    language: str = "nl"
    pages: tuple[PageInfo, ...] = ()
    sections: tuple[Section, ...] = ()
    words: tuple[WordBox, ...] = ()
    remarks: tuple[Remark, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    def pages_of(self, start: int, end: int) -> tuple[int, ...]:
        """Return the numbers of the pages on which the words of `text[start:end]` stand, in order; none where the file does not place its words.

        The number of a page is that printed on it where there is one, else the physical number.
        """
        numbers = printed_numbers(self.pages)
        found = (word.box.page for word in self.words if word.start < end and start < word.end)
        return tuple(dict.fromkeys(numbers.get(page, page) for page in found))


def printed_numbers(pages: Iterable[PageInfo]) -> dict[int, int]:
    """Return the number printed on each page by physical page, the physical number where there is none that is plain."""
    return {page.number: int(page.label) if page.label and page.label.isdecimal() else page.number for page in pages}
