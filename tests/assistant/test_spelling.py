"""Typing errors are mended towards the words of the sources, then the usual words of the language; names and known words stay."""

from collections import Counter

import pytest

from assistant.spelling import corrected

WORDS = Counter({"zeesluis": 3, "vletterlieden": 2, "bedenktijd": 1})


@pytest.mark.parametrize(("question", "language", "fixed"), [
    ("Wie bedient de zeesliuis?", "nl", "Wie bedient de zeesluis?"),
    ("Wat doen vleterlieden?", "nl", "Wat doen vletterlieden?"),
    ("when does the guidline enter into froce", "en", "when does the guideline enter into force"),
    ("Welke gevolgen heeft de regelgeivng?", "nl", "Welke gevolgen heeft de regelgeving?"),
    ("Wat zegt Rietbeeck over loon?", "nl", "Wat zegt Rietbeeck over loon?"),
    ("Wat geldt voor havenzorgcoördinatoren?", "nl", "Wat geldt voor havenzorgcoördinatoren?"),
    ("Wat geldt voor Syrische schippers?", "nl", "Wat geldt voor Syrische schippers?"),
])
def test_only_typing_errors_are_mended(question, language, fixed):
    text, changes = corrected(question, WORDS, {}, language=language)
    assert text == fixed
    assert bool(changes) == (question != fixed)
