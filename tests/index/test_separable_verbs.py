"""Separable verbs are put together again, and nothing else is."""

import pytest

from index.separable_verbs import is_form, joined_with_te, separable_verbs


@pytest.mark.parametrize(("sentence", "verb"), [
    ("De politie biedt het slachtoffer bedenktijd aan.", "aanbieden"),
    ("De gemeente vangt jongeren zonder ouders op.", "opvangen"),
    ("Het bureau werkt met de inspectie samen.", "samenwerken"),
    ("De rechter legt een boete op, ook bij een eerste overtreding.", "opleggen"),
    ("Waarom neemt het aantal meldingen in de haven af?", "afnemen"),
    ("Er is vraag om in te zoomen op de lading.", "inzoomen"),
    ("Het is lastig daders op te sporen in de haven.", "opsporen"),
])
def test_particle_and_verb_become_the_infinitive(sentence, verb):
    assert separable_verbs(sentence) == [verb]


@pytest.mark.parametrize("sentence", ["De melding gaat over huisvesting in Utrecht.", "Zij wonen aan de rand van de stad.", "Alles is op.", "",
                                      "Zij komen om te kopen.", "Door te werken verdienen zij geld.", "Zij begint aan te wensen dagen te denken.",
                                      "De inspectie overlegt met het OM.", "Zij hebben het overal, over het hele land."])
def test_a_preposition_is_no_particle(sentence):
    assert separable_verbs(sentence) == []


def test_a_particle_finds_its_verb_in_its_own_clause_only():
    assert separable_verbs("De inspectie werkt hard. Met wie, is niet bekend, samen.") == []


def test_an_infinitive_that_te_parts_becomes_one_word():
    assert joined_with_te("een plek om in te slapen") == "een plek om in te slapen"  # "inslapen" is much rarer
    assert joined_with_te("Wie helpt om daders op te sporen en om te kopen?") == "Wie helpt om daders opsporen en om te kopen?"


def test_finite_forms_are_recognised():
    assert is_form("biedt", "bieden")
    assert is_form("wijst", "wijzen")
    assert not is_form("politie", "bieden")
