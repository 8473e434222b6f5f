"""Fits the quotations of a question set to the documents of an index, as they are now.

The words decide: offsets are used where the same words still stand there, else the words are looked for (letters and
digits alone, so that white space, hyphens and ligatures of another reading do not matter; then without the marks of
list items ("a.", "2)", "-"), which an index does not keep). A quotation that is found nowhere is reported, and stays required.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from math import inf
from pathlib import PurePosixPath
from typing import Literal

from eval.questions import Anchor, Fault, Question, letters
from ingest.documents import Document

Fit = Literal["exact", "moved", "unfit"]

_MARK = re.compile(r"(?:^|(?<=[\n:;,])\s*|(?<=[;,]\s(?:en|of|or)\s)|(?<=[;,]\sand\s))(?:\(?(?:\d{1,2}|[a-z])[.)°º]|[*•·▪–-])\s*(?=[(“”„‘’«\"']{0,2}[^\W\d])")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of a document's text."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FittedAnchor:
    """An anchor with the places where its words stand now: one where it has offsets, else all; none when `unfit`.

    A place runs from the first letter to the last, without the punctuation around them.
    """

    anchor: Anchor
    fit: Fit
    places: tuple[Span, ...] = ()

    @property
    def letters(self) -> str:
        """The letters and digits of the quotation."""
        return letters(self.anchor.quote)


def inner_span(doc: str, start: int, words: str) -> Span:
    """Return the span of words that begin at `start`, without the punctuation and white space around them."""
    inner = [offset for offset, character in enumerate(words) if character.isalnum()] or [0, len(words) - 1]
    return Span(doc, start + inner[0], start + inner[-1] + 1)


def unmarked(quote: str) -> str:
    """Return a quotation without the marks of list items: "a. op eigen verzoek; b. bij ziekte"."""
    return _MARK.sub(" ", re.sub(r"\s*\n\s*", "\n", quote.strip()))


class Texts:
    """The texts of an index, in which quotations are found."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._texts = [_Text(document.doc, document.text) for document in documents]

    def fit(self, anchor: Anchor) -> FittedAnchor:
        """Find the places of an anchor; a name without its ending or its folders fits, and another document where the named one lacks it."""
        named = self._named(anchor.doc) if anchor.doc else []
        for text in named:
            if anchor.start is not None and anchor.end is not None and text.text[anchor.start:anchor.end] == anchor.quote:
                return FittedAnchor(anchor, "exact", (inner_span(text.doc, anchor.start, anchor.quote),))
        for sought in dict.fromkeys((letters(anchor.quote), letters(unmarked(anchor.quote)))):
            for group in (named, self._texts):
                places = [place for text in group for place in text.find(sought)]
                if places:
                    return FittedAnchor(anchor, "moved", _nearest(places, anchor))
        return FittedAnchor(anchor, "unfit")

    def _named(self, name: str) -> list["_Text"]:
        """Return the documents that a name fits best: by its whole, else by its file name and as many folders as they have in common."""
        fitting = [(_common(name, text.doc), text) for text in self._texts]
        best = max((shared for shared, _ in fitting), default=0)
        return [text for shared, text in fitting if 0 < shared == best]


@dataclass(frozen=True)
class _Text:
    doc: str
    text: str

    @cached_property
    def _squeezed(self) -> tuple[str, Sequence[int]]:
        """The letters and digits of the text, and for each the offset of its character."""
        kept, offsets = [], []
        for offset, character in enumerate(self.text):
            for one in letters(character):
                kept.append(one)
                offsets.append(offset)
        return "".join(kept), offsets

    def find(self, sought: str) -> list[Span]:
        """Return every place of the letters, whole words only."""
        if not sought:
            return []
        squeezed, offsets = self._squeezed
        found, at = [], squeezed.find(sought)
        while at >= 0:
            start, end = offsets[at], offsets[at + len(sought) - 1] + 1
            if self._whole_words(start, end):
                found.append(Span(self.doc, start, end))
            at = squeezed.find(sought, at + 1)
        return found

    def _whole_words(self, start: int, end: int) -> bool:
        before = start > 0 and self.text[start - 1].isalnum()
        return not before and not (end < len(self.text) and self.text[end].isalnum())


def unfit_anchors(questions: Iterable[Question], texts: Texts) -> list[Fault]:
    """Return a line for every quotation of the questions that is in no document."""
    missing = []
    for question in questions:
        for anchor in question.anchors:
            if texts.fit(anchor).fit == "unfit":
                where = f" ({anchor.doc})" if anchor.doc else ""
                missing.append(Fault(question.line, f"question {question.id}: “{_short(anchor.quote)}”{where} is in no document of the index"))
    return missing


def _nearest(places: Sequence[Span], anchor: Anchor) -> tuple[Span, ...]:
    """All places, or the one nearest to where the words stood when the set was made."""
    if anchor.start is None or not anchor.doc:
        return tuple(places)
    ordered = sorted(places, key=lambda place: place.start)
    at = bisect_left([place.start for place in ordered], anchor.start)
    return (min(ordered[max(at - 1, 0):at + 1], key=lambda place: abs(place.start - (anchor.start or 0))),)


def _common(named: str, doc: str) -> float:
    """Return how many parts of two names are the same, counted from the file name, of which one may lack the ending; the same name has all."""
    path, other = PurePosixPath(named), PurePosixPath(doc)
    if named == doc:
        return inf
    if path.name not in (other.name, other.stem) and path.stem != other.name:
        return 0
    folders = zip(reversed(path.parts[:-1]), reversed(other.parts[:-1]), strict=False)
    return 1 + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], folders))


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[:length - 1].rstrip() + "…"
