"""Question sets and TREC qrels: `QUESTION GROUP PASSAGE RELEVANCE`, with the passages of an index as documents.

A quotation that is a whole passage is named by the passage's id, a part of one by `ID:START-END` (characters of the passage, END past its
end where the quotation runs on). The second column, which TREC leaves unused, has the number of the required quotation, so that
alternatives stay together. Relevance 1 is required, -1 is allowed (for trec_eval not relevant), 0 is not relevant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from eval.anchors import FittedAnchor, Span, Texts
from eval.question_sets import QuestionSet, QuestionSetError
from eval.questions import Anchor, Fault, Question
from ingest.documents import Document
from ingest.errors import UsageError

REQUIRED, ALLOWED = 1, -1
_PART = re.compile(r"(.+):(\d+)-(\d+)")


def qrels_of(questions: Iterable[Question], documents: Sequence[Document]) -> Iterator[str]:
    """Yield the lines of the qrels. Raises UsageError that names every quotation which is in no document, before any line."""
    named = _Named(documents)
    texts, lines, lost = Texts(documents), list[str](), list[str]()
    for question in questions:
        if not question.id or question.id.split() != [question.id]:
            lost.append(f"question {question.id!r}: qrels cannot have an id with white space")
        groups = [(str(number), anchor, REQUIRED) for number, group in enumerate(question.must, 1) for anchor in group]
        for group, anchor, relevance in [*groups, *(("0", anchor, ALLOWED) for anchor in question.may)]:
            names = named.names(texts.fit(anchor))
            if not names:
                lost.append(f"question {question.id}: “{anchor.quote[:60]}” is in no passage of the index")
            lines += [f"{question.id} {group} {name} {relevance}\n" for name in names]
    if lost:
        raise UsageError(f"qrels cannot hold {len(lost)} of these: " + "; ".join(lost))
    yield from lines


def with_qrels(questions: QuestionSet, lines: Iterable[str], documents: Sequence[Document], name: str) -> QuestionSet:
    """Return the questions with what the qrels require instead of their own; one without a required passage has no answer.

    :raises QuestionSetError: with every fault of the qrels by line: an unknown question or passage, a relevance that is no number.
    """
    named, known = _Named(documents), {question.id for question in questions.questions}
    must: dict[str, dict[str, list[Anchor]]] = {}
    may: dict[str, list[Anchor]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        fields = line.split()
        if not fields:
            continue
        anchor = named.anchor(fields[2]) if len(fields) == 4 else None
        reason = _fault(fields, known, anchor)
        if reason:
            faults.append(Fault(number, reason))
        elif anchor is not None and int(fields[3]) >= REQUIRED:
            group = fields[1] if fields[1] != "0" else f"line {number}"  # other tools write 0: each passage is required by itself
            must.setdefault(fields[0], {}).setdefault(group, []).append(anchor)
        elif anchor is not None and int(fields[3]) < 0:
            may.setdefault(fields[0], []).append(anchor)
    if faults:
        raise QuestionSetError(name, faults)
    return QuestionSet(questions.name, tuple(
        replace(one, must=tuple(tuple(group) for group in must.get(one.id, {}).values()), may=tuple(may.get(one.id, ())), answerable=one.id in must)
        for one in questions.questions))


def _fault(fields: Sequence[str], known: set[str], anchor: Anchor | None) -> str:
    if len(fields) != 4:
        return f"needs four fields (question, 0, passage, relevance), not {len(fields)}"
    if fields[0] not in known:
        return f"question {fields[0]!r} is not in the set"
    if not re.fullmatch(r"[+-]?\d+", fields[3]):
        return f"the relevance must be a whole number, not {fields[3]!r}"
    return "" if anchor is not None else f"passage {fields[2]!r} is not in the index"


class _Named:
    """The passages of an index by the names that qrels have for them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.doc: document for document in documents}
        self._passages = {passage.passage_id: passage for document in documents for passage in document.passages}

    def names(self, fitted: FittedAnchor) -> list[str]:
        """Return the names of the places of a quotation; none where it begins in no passage."""
        return [name for place in fitted.places if (name := self._name(self._as_quoted(place, fitted.anchor.quote)))]

    def anchor(self, name: str) -> Anchor | None:
        """Return the quotation of a name; None for an unknown one."""
        part = None if name in self._passages else _PART.fullmatch(name)
        passage = self._passages.get(part[1] if part else name)
        if passage is None:
            return None
        start, end = (passage.start + int(part[2]), passage.start + int(part[3])) if part else (passage.start, passage.end)
        quote = self._documents[passage.doc].text[start:end]
        return Anchor(quote, passage.doc, start, end) if quote.strip() else None

    def _as_quoted(self, place: Span, quote: str) -> Span:
        """Widen a place by the punctuation that the quotation has around it, where the text has the same."""
        text, first = self._documents[place.doc].text, next((at for at, one in enumerate(quote) if one.isalnum()), 0)
        start = place.start - first
        return Span(place.doc, start, start + len(quote)) if start >= 0 and text[start:start + len(quote)] == quote else place

    def _name(self, place: Span) -> str:
        passage = next((one for one in self._documents[place.doc].passages if one.start <= place.start < one.end), None)
        if passage is None:
            return ""
        whole = (place.start, place.end) == (passage.start, passage.end)
        return passage.passage_id if whole else f"{passage.passage_id}:{place.start - passage.start}-{place.end - passage.start}"

