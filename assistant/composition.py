"""Composes what is said around the quotations: counts, places, and why a sentence was quoted."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from textwrap import shorten

from assistant.answers import Evidence, Language, Status
from assistant.bridge import Alternative
from assistant.evidence import Judged
from assistant.phrases import abstention, summary
from assistant.understanding import Term, Understood
from index.source_index import IndexView

_MOST_SUBJECTS = 5
_LONGEST_SUBJECT = 45  # characters; five of them still read well on a telephone
_MOST_LABELS = 4
_STEP = " > "  # between the headings of a path


def compose_answer(language: Language, evidence: Sequence[Evidence], *, signals: bool) -> str:
    """Return the sentence above the quotations, in the language of the question."""
    return summary(language, quotations=len(evidence), documents=len({place.doc for one in evidence for place in (one.place, *one.also)}), signals=signals)


def compose_abstention(language: Language, status: Status, subjects: Sequence[str], *, reason: str) -> str:
    """Return what is said in place of an answer; of many subjects the first few are named and the others counted."""
    return abstention(language, status, about=subjects[:_MOST_SUBJECTS], others=len(subjects[_MOST_SUBJECTS:]), reason=reason)


def widened(understood: Understood, held: Collection[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return by term of the question what else was searched for, as people call it; terms for which the sources hold nothing else are left out.

    `held` are the stems of the sources. A label of the other language goes by the name of its concept in the language of the question.
    """
    found = []
    for term in understood.terms:
        others = [one for one in term.alternatives if one.label.casefold() != term.text.casefold()]
        named = dict.fromkeys(name for one in others if one.stems and all(stem in held for stem in one.stems)
                              for name in _names(one, term, understood.language))
        labels = tuple(name for name in named if name.casefold() != term.text.casefold())[:_MOST_LABELS]
        if labels:
            found.append((term.text, labels))
    return tuple(found)


def _names(one: Alternative, term: Term, language: Language) -> tuple[str, ...]:
    """Return what an alternative is called in this language: its own label, those of its concept, or its label in the other language."""
    if one.language == language:
        return (one.label,)
    own = tuple(other.label for other in term.alternatives if one.concept and (other.concept, other.language) == (one.concept, language))
    return own or (one.label,)


def about(view: IndexView) -> tuple[str, ...]:
    """Return what the sources are about: the titles of the documents, or the outermost headings of a single one, each short."""
    titles = dict.fromkeys(document.title for document in view.documents)
    if len(titles) == 1:
        paths = [passage.section.split(_STEP) for passage in view.passages if passage.section]
        deepest = max((len(path) for path in paths), default=0)
        by_level = (dict.fromkeys(path[level] for path in paths if level < len(path)) for level in range(deepest))
        titles = next((headings for headings in by_level if len(headings) > 1), dict.fromkeys(path[-1] for path in paths)) or titles
    return tuple(map(_short, titles))


@lru_cache(maxsize=50_000)
def _short(title: str) -> str:
    return shorten(title, _LONGEST_SUBJECT, placeholder="…")


def reasons(judged: Judged, understood: Understood) -> str:
    """Return which terms of the question a sentence meets, as `term: share` in the order of the question."""
    return ", ".join(f"{term.text}: {share:.0%}" for term, share in zip(understood.terms, judged.candidate.covered, strict=False) if share > 0)
