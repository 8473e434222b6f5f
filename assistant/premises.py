"""False premises: a question that takes for granted what the nearest sentence denies is not confirmed.

"Waarom is de wet gewijzigd?" presupposes a change; "De wet is niet gewijzigd" denies it. "Is de wet gewijzigd?"
presupposes nothing, and the same sentence answers it.
"""

import re

from index.words import stems

_PRESUPPOSES = re.compile(
    r"^(?:en |and )?(?:waarom|waardoor|hoezo|sinds wanneer|hoe komt het|wanneer (?:is|zijn|werd|werden)|hoeveel|hoe (?:vaak|lang|snel)"
    r"|met hoeveel|door wie|wie heeft|wat is de reden|why|since when|how come|when (?:was|were|did)|how (?:many|much|often|long|soon)"
    r"|by how much|by whom|who (?:decided|changed|introduced)|what is the reason)\b", re.I)
_NEGATION = re.compile(r"\b(?:niet|geen|nooit|noch|zonder|not|no|never|n't|neither|nor)\b", re.I)
_CLAUSE = re.compile(r"[,;:.]|\b(?:maar|doch|echter|but|however|terwijl|while|whereas)\b", re.I)


def denies(question: str, sentence: str, *, language: str) -> bool:
    """Say whether a sentence negates, in one clause, two content words (or the one) that the question takes for granted."""
    if not _PRESUPPOSES.search(question) or _NEGATION.search(question):
        return False
    asked = _stems(question, language)
    for clause in _CLAUSE.split(sentence):
        if _NEGATION.search(clause):
            shared = asked & _stems(clause, language)
            if len(shared) >= 2 or (shared and len(_stems(clause, language)) <= 4):
                return True
    return False


def _stems(text: str, language: str) -> set[str]:
    return {stem for word in re.findall(r"[^\W\d_]{4,}", text) for stem in stems(word, language)[:1]}
