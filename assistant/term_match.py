"""Whether a stretch of text names a term of a question, by its own words or by what the term bridge equates with them."""

import re

from assistant.answer_types import counts
from assistant.understanding import Term, Understood
from index.words import stems

_SAME = 0.6   # the least weight of a label that means the same, not just something near
_WORDS = re.compile(r"[^\W\d_]{4,}")
_COUNTING = re.compile(r"\b(?:hoeveel|how many)\s+", re.I)
_AFTER, _BEFORE = 4, 1  # words between a number and what it counts: "212 presumed victims", "of the victims 212"; not measured


def labels_of_term(term: Term) -> list[tuple[str, ...]]:
    """Return the stems of each label of a term: its own and others of the same meaning."""
    return [term.stems, *(other.stems for other in term.alternatives if other.weight >= _SAME)]


def stems_of_term(term: Term) -> frozenset[str]:
    """Return the stems that stand for a term, those of all its labels."""
    return frozenset().union(*labels_of_term(term))


def stems_of_text(text: str) -> frozenset[str]:
    """Return the stems of the longer words, as Dutch and as English, and of the parts of compounds."""
    return frozenset(stem for word in long_words(text) for language in ("nl", "en") for stem in stems(word, language))


def long_words(text: str) -> list[str]:
    """Return the words of four letters or more."""
    return _WORDS.findall(text)


def counts_something_else(understood: Understood, sentence: str) -> bool:
    """Say whether a sentence counts, but not what the question wants counted: beds where it asks for men."""
    asked = _COUNTING.search(understood.text)
    if not asked:
        return False
    places = {term: understood.text.find(term.text, asked.end()) for term in understood.terms}
    counted = min((term for term, place in places.items() if place >= 0), key=lambda term: places[term], default=None)
    if counted is None or counted.is_number:
        return False
    wanted, words = stems_of_term(counted) | frozenset(counted.parts), sentence.split()
    near = [" ".join(words[max(0, place - _BEFORE):place + 1 + _AFTER]) for place in counts(sentence)]
    return bool(near) and not any(wanted & stems_of_text(one) for one in near)
