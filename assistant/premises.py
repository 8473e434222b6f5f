"""False premises: a question that takes for granted what the nearest sentence denies is not confirmed.

"Waarom is de wet gewijzigd?" presupposes a change; "De wet is niet gewijzigd" denies it. "Is de wet gewijzigd?"
presupposes nothing, and the same sentence answers it. A sentence that holds the number or period asked for answers too.
"""

import re
from collections.abc import Sequence

from assistant.answer_types import MEASURED, asked_for, holds
from assistant.directions import opposed
from assistant.understanding import Term, Understood
from index.words import stems

_PRESUPPOSES = re.compile(
    r"^(?:en |and )?(?:waarom|waardoor|hoezo|sinds wanneer|hoe komt het|wanneer (?:is|zijn|werd|werden)|hoeveel|hoe (?:vaak|lang|snel)"
    r"|met hoeveel|door wie|wie heeft|wat is de reden|why|since when|how come|when (?:was|were|did)|how (?:many|much|often|long|soon)"
    r"|by how much|by whom|who (?:decided|changed|introduced)|what is the reason)\b", re.I)
_NEGATION = re.compile(r"\b(?:niet|geen|nooit|noch|zonder|not|no|never|n't|neither|nor)\b", re.I)
_NO_NEGATION = re.compile(  # a limit, or one of two things that both hold
    r"\b(?:niet|geen|not|no) (?:\w+ )?(?:langer|meer|minder|later|eerder|vaker|hoger|lager|ouder|jonger|verder|longer|more|less|fewer|later|earlier|older"
    r"|younger) (?:dan|than)\b|\b(?:niet|not) (?:alleen|slechts|only|merely)\b|\b(?:zonder|without) \w+ing\b", re.I)
_CLAUSE = re.compile(r"[,;:.]|\b(?:maar|doch|echter|but|however|terwijl|while|whereas)\b", re.I)
_CORRECTS = re.compile(r"^\s*(?:en |and )?(?:niet|not) (?:door|aan|bij|voor|van|met|by|to|for|from|with)\b", re.I)
_SHARE = 0.4  # of the question's content words, which a negated clause must hold; chosen on the questions of samples/
_WORDS = re.compile(r"[^\W\d_]{4,}")
_SAME = 0.6   # the least weight of a label that means the same, not just something near
_SHORT = 4    # content words: a clause as short as "De wet is niet gewijzigd" needs only one of them


def denies(understood: Understood, sentence: str) -> bool:
    """Say whether a sentence negates what a question takes for granted, or says that it goes the other way.

    The words are those of the question and what the term bridge equates with them, so that a Dutch sentence can deny an English premise.
    """
    question = understood.text
    if not _PRESUPPOSES.search(question) or _NEGATION.search(question):
        return False
    wanted = asked_for(question)
    if wanted in MEASURED and holds(sentence, wanted):
        return False
    asked = [_of_term(term) for term in understood.terms]
    if opposed(question, sentence) and _shared(asked, _stems(sentence)) >= _SHARE * len(asked):
        return True
    return any(_negates(clause, asked) for clause in _CLAUSE.split(_NO_NEGATION.sub(" ", sentence)))


def _negates(clause: str, asked: Sequence[frozenset[str]]) -> bool:
    """Say whether a clause negates two terms of the question, a fair share of them, or one where it is short."""
    if not _NEGATION.search(clause) or _CORRECTS.search(clause):
        return False
    shared = _shared(asked, _stems(clause))
    return shared >= max(2, _SHARE * len(asked)) or (shared > 0 and len(_WORDS.findall(clause)) <= _SHORT)


def _of_term(term: Term) -> frozenset[str]:
    """Return the stems that stand for a term: its own and those of other labels of the same meaning."""
    return frozenset(term.stems).union(*(other.stems for other in term.alternatives if other.weight >= _SAME))


def _shared(asked: Sequence[frozenset[str]], said: frozenset[str]) -> int:
    return sum(bool(term & said) for term in asked)


def _stems(text: str) -> frozenset[str]:
    """Return the stems of the longer words, as Dutch and as English, and of the parts of compounds."""
    return frozenset(stem for word in _WORDS.findall(text) for language in ("nl", "en") for stem in stems(word, language))
