"""Whether quotations are slices of the stored text, whole words, at the place that they name, and whole in meaning."""

from collections.abc import Mapping, Sequence

from assistant.answers import Evidence, Place
from assistant.guard import Span, whole_unit
from ingest.documents import Document, Passage


def verbatim_share(quotations: Sequence[Evidence], documents: Mapping[str, Document]) -> float:
    """Return the share of quotations that are slices of the stored text and cut no word."""
    return _share([is_verbatim(one, documents) for one in quotations])


def place_share(quotations: Sequence[Evidence], documents: Mapping[str, Document]) -> float:
    """Return the share of quotations whose every place names the right file, section and page."""
    return _share([all(is_placed(place, documents) for place in (one.place, *one.also)) for one in quotations])


def is_verbatim(evidence: Evidence, documents: Mapping[str, Document]) -> bool:
    """Say whether a quotation is the stored text from `start` to `end`, and begins and ends between words."""
    document = documents.get(evidence.place.doc)
    if document is None or not evidence.quote:
        return False
    text, start, end = document.text, evidence.place.start, evidence.place.end
    if text[start:end] != evidence.quote:
        return False
    return not any(0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum() for edge in (start, end))


def is_placed(place: Place, documents: Mapping[str, Document]) -> bool:
    """Say whether a place names the file by its hash, the section of a passage that it touches, and a page on which its words stand."""
    document = documents.get(place.doc)
    if document is None or place.doc_sha256 != document.sha256:
        return False
    pages = document.pages_of(place.start, place.end)
    return any(passage.section == place.section and place.page in (pages or (passage.page,)) for passage in _touched(place, document))


def guard_violations(quotations: Sequence[Evidence], documents: Mapping[str, Document]) -> int:
    """Count quotations that the guard would widen: something that denies or limits them stands outside.

    This repeats the assistant's own rules on what it gave, so it finds quotations that went around the guard, not
    what the rules themselves overlook.
    """
    return sum(_is_broken(one, documents[one.place.doc]) for one in quotations if one.place.doc in documents)


def _is_broken(evidence: Evidence, document: Document) -> bool:
    span, passages = Span(evidence.place.start, evidence.place.end), document.passages
    number = next((number for number, one in enumerate(passages) if one.passage_id == evidence.passage_id), None)
    if number is None:
        return True
    needed = whole_unit(span, passages[number], passages[number + 1] if number + 1 < len(passages) else None, document)
    return needed.start < span.start or needed.end > span.end


def _touched(place: Place, document: Document) -> list[Passage]:
    return [one for one in document.passages if one.start < place.end and place.start < one.end]


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 1.0
