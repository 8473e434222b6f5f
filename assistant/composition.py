"""Composes what is said around the quotations: counts, places, and why a sentence was quoted."""

from collections.abc import Sequence

from assistant.answers import Evidence, Language, Status
from assistant.evidence import Judged
from assistant.phrases import abstention, summary
from assistant.understanding import Understood
from index.source_index import IndexView

_MOST_SUBJECTS = 6


def compose_answer(language: Language, evidence: Sequence[Evidence], *, signals: bool) -> str:
    """Return the sentence above the quotations, in the language of the question."""
    return summary(language, quotations=len(evidence), documents=len({one.place.doc for one in evidence}), signals=signals)


def compose_abstention(language: Language, status: Status, subjects: Sequence[str], *, reason: str) -> str:
    """Return what is said in place of an answer."""
    return abstention(language, status, about=subjects, reason=reason)


def about(view: IndexView) -> tuple[str, ...]:
    """Return what the sources are about: the titles of the documents, or the sections of a single one."""
    titles = tuple(dict.fromkeys(document.title for document in view.documents))
    if len(titles) == 1:
        titles = tuple(dict.fromkeys(passage.section for passage in view.passages if passage.section)) or titles
    return titles[:_MOST_SUBJECTS]


def reasons(judged: Judged, understood: Understood) -> str:
    """Return which terms of the question a sentence meets, as `term: share` in the order of the question."""
    return ", ".join(f"{term.text}: {share:.0%}" for term, share in zip(understood.terms, judged.candidate.covered, strict=False) if share > 0)
