"""What a question asks for, and whether a sentence holds it."""

import pytest

from assistant.answer_types import asked_for, holds


@pytest.mark.parametrize(("question", "kind"), [
    ("Hoeveel schepen zijn er?", "number"), ("How many times were they fined?", "frequency"), ("Wat kost een vergunning?", "money"),
    ("Hoe lang duurt de cursus?", "period"), ("Hoe heet de directeur?", "name"), ("Who is the director of the harbour?", "person"),
    ("Wie is verantwoordelijk voor de haven?", None), ("Welke haven wordt het meest gebruikt?", "most"),
    ("Wat is de definitie van een haven?", "definition"), ("Waarom sluit de haven?", "reason"), ("Vanaf wanneer mag men varen?", None),
    ("Kunt u mij de namen van de havens geven?", "name"), ("Who is now the harbour master?", "person"), ("aantal schepen haven", "number"),
    ("In welke sectoren werken zij?", "sector"), ("Which source and transit countries are named?", "place"), ("Which measures do countries take?", None),
    ("Which hotline can skippers ring?", "contact"), ("How many calls did the hotline get?", "number"), ("Mag de haven de namen van schippers delen?", None),
    ("Which private sector parties take part?", None), ("Wie bepaalt hoe lang een ronde duurt?", None), ("Hoe snel moet het OM beslissen?", "period"),
    ("Waar ligt de nadruk op?", None), ("Which three municipalities have no harbour?", "place"), ("Welke vier provincies doen mee?", "place"),
    ("Which 12 countries sail here?", "place"), ("Welke twintig landen varen hier?", "place"), ("How expensive is a berth?", "money"),
    ("Welke kosten worden vergoed?", None), ("Which costs are paid back?", None), ("Welk bedrag wordt vergoed?", "money"),
    ("Waar ligt de haven?", "place"),
    ("Who decides when the port closes?", None), ("Hoeveel moeite moet de haven doen?", None), ("Op hoeveel begeleiding kan een schipper rekenen?", None),
    ("Hoeveel zorgen zijn er?", "number"), ("Hoeveel zorg-instellingen zijn er?", "number"),
    ("Who can apply and how long is the permit valid?", "period"), ("Wie krijgt hoeveel bedenktijd?", "number"), ("What makes countries vulnerable?", None)])
def test_what_is_asked_for(question, kind):
    assert asked_for(question) == kind


@pytest.mark.parametrize(("sentence", "kind", "held"), [
    ("Er liggen 14 schepen.", "number", True), ("In 2023 lagen er schepen.", "number", False), ("Artikel 5 geldt.", "number", False),
    ("Een vergunning kost 450 euros.", "money", True), ("Zij meldt zich om de veertien dagen.", "frequency", True),
    ("Zij oefenen eens per twee jaar.", "period", False), ("Zij oefenen twee jaar.", "period", True), ("They train every two years.", "period", False),
    ("Zij werken in de glastuinbouw.", "sector", True), ("Slachtoffers werken vaak 's nachts.", "sector", False),
    ("De ouders zijn bezorgd.", "sector", False), ("They work in the agricultural sector.", "sector", True), ("They work in this sector.", "sector", False),
    ("Zij zijn meermaals beboet.", "frequency", True), ("Zij zijn beboet.", "frequency", False),
    ("Vooral de westelijke haven is in gebruik.", "most", True), ("De haven is in gebruik.", "most", False),
    ("Onder een haven wordt verstaan een ligplaats.", "definition", True),
    ("slepen: het voorttrekken van een schip;", "definition", True), ("Een loods is een gids voor schepen.", "definition", True),
    ("Wie met een schip vaart, is de haven geld schuldig.", "definition", False), ("Schepen varen in de nacht: dat is gevaarlijk.", "definition", False),
    ("Schepen varen uit.", "definition", False)])
def test_whether_a_sentence_holds_it(sentence, kind, held):
    assert holds(sentence, kind) is held


def test_a_name_of_the_question_is_no_answer_to_it():
    assert not holds("The Harbour Board meets in the Town Hall.", "name", question="Who is the chair of the Harbour Board in the Town Hall?")
    assert holds("The Harbour Board is led by Jane Smith.", "name", question="Who is the chair of the Harbour Board?")


@pytest.mark.parametrize(("text", "asks"), [
    ("Vreemdelingenrechtelijke verblijfsvergunningaanvragen worden behandeld", None), ("_" * 40 + " naam", None), ("a" * 2000, None),
    (", ".join(["a-" * 40] * 20) + ", b c?", None), ("hoeveel " + "a" * 1900 + " zijn er?", "number")])
def test_no_text_is_read_for_ever(text, asks):
    assert (holds(text, "definition"), asked_for(text)) == (False, asks)
