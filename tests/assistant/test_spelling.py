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
    ("When do smugglers pay exploiters?", "en", "When do smugglers pay exploiters?"),
    ("Welke grensen gelden?", "nl", "Welke grenzen gelden?"),
    ("Wat geldt voor Syrische schippers?", "nl", "Wat geldt voor Syrische schippers?"),
])
def test_only_typing_errors_are_mended(question, language, fixed):
    text, changes = corrected(question, WORDS, {}, language=language)
    assert text == fixed
    assert bool(changes) == (question != fixed)


def test_a_word_that_the_term_bridge_has_is_no_typing_error():
    question = "Who waits for an appeal in cassation?"
    assert corrected(question, Counter({"cessation": 2}), {}, language="en")[0] == "Who waits for an appeal in cessation?"
    assert corrected(question, Counter({"cessation": 2}), {}, language="en", known={"cassation"}.__contains__) == (question, ())
