"""Separable verbs are put together again, and nothing else is."""

import pytest

from index.separable_verbs import is_form, separable_verbs


@pytest.mark.parametrize(("sentence", "verb"), [
    ("De politie biedt het slachtoffer bedenktijd aan.", "aanbieden"),
    ("De gemeente vangt jongeren zonder ouders op.", "opvangen"),
    ("Het bureau werkt met de inspectie samen.", "samenwerken"),
    ("De rechter legt een boete op, ook bij een eerste overtreding.", "opleggen"),
    ("Waarom neemt het aantal meldingen in de haven af?", "afnemen"),
])
def test_particle_and_verb_become_the_infinitive(sentence, verb):
    assert separable_verbs(sentence) == [verb]


@pytest.mark.parametrize("sentence", ["De melding gaat over huisvesting in Utrecht.", "Zij wonen aan de rand van de stad.", "Alles is op.", ""])
def test_a_preposition_is_no_particle(sentence):
    assert separable_verbs(sentence) == []


def test_a_particle_finds_its_verb_in_its_own_clause_only():
    assert separable_verbs("De inspectie werkt hard. Met wie, is niet bekend, samen.") == []


def test_finite_forms_are_recognised():
    assert is_form("biedt", "bieden")
    assert is_form("wijst", "wijzen")
    assert not is_form("politie", "bieden")
