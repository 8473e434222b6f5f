"""From scored sentences to evidence: which spans are quoted, widened until whole, the same words quoted once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.answers import Evidence, Place
from assistant.candidates import Candidate, by_introduction
from assistant.corpus import Corpus
from assistant.coverage import SAID
from assistant.guard import Span, clause_end, leans, of_one_list, whole_unit, with_items, with_siblings
from assistant.understanding import Understood
from index.cross_encoder import ReadText
from index.source_index import IndexView
from index.words import stems, tokens
from ingest.blocks import Box
from ingest.documents import Document, Passage
from ingest.replies import asked_above

_SAYS_NOTHING = re.compile(r"[^\w\s<>≤≥%€?.,:/-]|(?<!\d)[.,:/]|[.,:/](?!\d)|-(?!\d)")
_MOST_ITEMS = 60  # of a list that is quoted with its introduction
_SUBJECT_CHARACTERS = 110  # of the beginning of a sentence: with a heading about the forty tokens of context that the bundled reader takes; not measured


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the probability that it is evidence."""

    candidate: Candidate
    probability: float


def quote(judged: Judged, corpus: Corpus, *, why: str, whole_list: bool = False, along: tuple[int, int] | None = None) -> Evidence:
    """Make the quotation of one judged sentence: a slice of the stored text, widened by the guard, an item to its `whole_list`.

    `along` are the first and the last row that are quoted with it.
    """
    passage = corpus.view.passages[int(corpus.view.sentence_owner[judged.candidate.row])]
    document = corpus.documents[passage.doc]
    span = _span(judged.candidate.row, passage, corpus, document, whole_list=whole_list)
    if along is not None:
        first, last = (_span(row, passage, corpus, document, whole_list=False) for row in along)
        further = Span(min(span.start, first.start), max(span.end, last.end))
        span = span if document.text[further.start:further.end].rstrip().endswith(":") else further  # a list too long to be quoted
    pages = document.pages_of(span.start, span.end) if passage.page is not None else ()  # a paragraph may go on on the next page
    place = Place(passage.doc, passage.doc_sha256, passage.title, passage.section, pages[0] if pages else passage.page, span.start, span.end,
                  _boxes(document, span, passage))
    return Evidence(0, document.text[span.start:span.end], place, judged.probability, passage.passage_id,
                    why=why, context="" if span.start < passage.start or (passage.kind == "item" and span.start > passage.start) else passage.context)


def with_whole_list(one: Candidate, understood: Understood, corpus: Corpus) -> bool:
    """Say whether an item is quoted with its whole list: where a list is asked for, or what answers stands in the introduction.

    Of a list without an introduction both: "Uit welke stappen bestaat de werkwijze?", and a heading "Werkwijze in zeven stappen".
    """
    asked, above = understood.kind == "list", by_introduction(one)
    introduced = corpus.view.passages[int(corpus.view.sentence_owner[one.row])].context_span is not None
    return (asked or above) if introduced else (asked and above)


def read_text(row: int, view: IndexView) -> ReadText:
    """Return what a cross-encoder reads of a sentence: the whole signal, item or row, or the sentence; with heading and what stands before it.

    An item that runs on into other sentences, see `guard.clause_end`, is read by the sentence. Of a sentence that leans on the ones before it
    ("Hij wordt benoemd voor vier jaar") it is the beginning of the nearest that does not, where its subject stands.
    """
    passage = view.passages[int(view.sentence_owner[row])]
    heading = passage.section.split(" > ")[-1]
    if passage.kind in ("signal", "row", "item") and clause_end(passage) == passage.end:
        return ReadText(passage.text, heading, passage.context, signal=passage.kind == "signal")
    before = list(takewhile(lambda earlier: view.sentence_owner[earlier] == view.sentence_owner[row], range(row - 1, -1, -1)))
    if not before:
        asked = asked_above(view.passages, int(view.sentence_owner[row]))
        return ReadText(f"{asked} {view.sentence_text(row)}".lstrip(), heading, passage.context if passage.kind == "item" else "")
    if not leans(view.sentence_text(row)):
        return ReadText(view.sentence_text(row), heading, view.sentence_text(before[0]))
    named = next((earlier for earlier in before if not leans(view.sentence_text(earlier))), before[-1])
    return ReadText(view.sentence_text(row), heading, view.sentence_text(named)[:_SUBJECT_CHARACTERS])


def glossed(one: Candidate, understood: Understood, corpus: Corpus) -> ReadText:
    """Return what the bundled reader reads of a sentence for a question: `read_text`, and in brackets the words of the question that it says otherwise.

    "Herbenoeming kan voor vier jaar plaatsvinden (reappointed)": the term bridge knows more words of both languages than the reader does.
    """
    text = read_text(one.row, corpus.view)
    languages = (understood.language, corpus.language(one.row))
    said = {stem for word in tokens(text.text) for language in languages for stem in stems(word, language)}
    otherwise = [term.text for term, share in zip(understood.terms, one.covered, strict=True) if share >= SAID and not said.issuperset(term.stems)
                 and any(said.issuperset(other.stems) for other in term.alternatives)]
    return replace(text, text=f"{text.text} ({', '.join(otherwise)})") if otherwise else text


def _span(row: int, passage: Passage, corpus: Corpus, document: Document, *, whole_list: bool) -> Span:
    """The whole unit of a sentence, see `guard.whole_unit`: an item with its `whole_list` if asked for, an introduction with its items."""
    owner, passages = int(corpus.view.sentence_owner[row]), corpus.view.passages
    start, end = corpus.view.sentence_spans[row]
    span = whole_unit(Span(int(start), int(end)), passage, passages[owner + 1] if owner + 1 < len(passages) else None, document)
    if passage.kind in ("signal", "row"):
        return span
    if passage.kind == "item" and span.start <= passage.start:
        return with_siblings(span, _list_of(owner, corpus), document) if whole_list else span
    return with_items(span, passages[owner + 1:owner + 1 + _MOST_ITEMS], document) if span.end == passage.end else span


def _list_of(owner: int, corpus: Corpus) -> list[Passage]:
    """Return the items of the list to which the item with this number belongs, in order; it alone where one of them may not be quoted."""
    passages, item = corpus.view.passages, corpus.view.passages[owner]
    first, last = owner, owner
    while first > 0 and of_one_list(passages[first - 1], item):
        first -= 1
    while last + 1 < len(passages) and of_one_list(passages[last + 1], item):
        last += 1
    items = list(passages[first:last + 1])
    return items if all(one.quotable for one in items) else [item]


def _boxes(document: Document, span: Span, passage: Passage) -> tuple[Box, ...]:
    """The boxes of the words within a span, one for each line."""
    if not document.words:
        return passage.boxes if (span.start, span.end) == (passage.start, passage.end) else ()
    from ingest.passages import line_boxes

    return line_boxes(word for word in document.words if word.start < span.end and span.start < word.end)


def same_words(text: str) -> str:
    """Return what two texts have in common that say the same, whatever their capitals, line breaks and punctuation, but for what stands at a number."""
    return " ".join(_SAYS_NOTHING.sub(" ", text).split()).casefold()


def merged(quotations: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Join equal quotations with equal context into one with all its places, and one that lies within another with that; the highest score stays."""
    kept: dict[tuple[str, str], Evidence] = {}
    for one in quotations:
        key = one.quote, one.context
        if key in kept:
            first = kept[key] = replace(kept[key], score=max(kept[key].score, one.score))
            if (one.place.doc, one.place.start) != (first.place.doc, first.place.start):
                places = {(place.doc, place.start): place for place in (*first.also, one.place)}
                kept[key] = replace(first, also=tuple(places.values()))
        elif around := next((name for name, other in kept.items() if any(_within(one.place, place) for place in (other.place, *other.also))), None):
            kept[around] = replace(kept[around], score=max(one.score, kept[around].score))
        else:
            inside = [other.score for other in kept.values() if _within(other.place, one.place)]
            kept = {name: other for name, other in kept.items() if other.also or not _within(other.place, one.place)}  # else its other places were lost
            kept[key] = replace(one, score=max([one.score, *inside]))
    return tuple(kept.values())


def numbered(quotations: Sequence[Evidence], *, by_place: bool) -> tuple[Evidence, ...]:
    """Number quotations from 1: in the order of the sources for a list, else the most probable first."""
    ordered = sorted(quotations, key=lambda one: (0.0 if by_place else -round(one.score, 6), one.place.doc, one.place.start))
    return tuple(replace(one, n=position) for position, one in enumerate(ordered, 1))


def overlap(one: Place, other: Place) -> bool:
    """Say whether two places share text."""
    return one.doc == other.doc and one.start < other.end and other.start < one.end


def _within(inner: Place, outer: Place) -> bool:
    return inner.doc == outer.doc and outer.start <= inner.start and inner.end <= outer.end
