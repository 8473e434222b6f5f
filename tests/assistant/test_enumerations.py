"""Questions that name several things are also asked for each alone; what belongs together stays together."""

from collections import Counter

import pytest

from assistant.bridge import bundled_bridge
from assistant.enumerations import each_alone
from assistant.understanding import Vocabulary, understand
from ingest.language import language_of


@pytest.mark.parametrize(("question", "parts"), [
    ("Welke signalen gaan over matrozen en Poolse koks?", ("Welke signalen gaan over matrozen", "Welke signalen gaan over Poolse koks")),
    ("Which signals are about sailors and Polish cooks?", ("Which signals are about sailors", "Which signals are about Polish cooks")),
    ("Welke signalen gaan over zowel de haven als de sluis?", ("Welke signalen gaan over de haven", "Welke signalen gaan over de sluis")),
    ("Welke signalen gaan over havens, sluizen en bruggen?",
     ("Welke signalen gaan over havens", "Welke signalen gaan over sluizen", "Welke signalen gaan over bruggen")),
    ("Wat weten we over fouten op de kade, de werf en bij duikers?",
     ("Wat weten we over fouten op de kade", "Wat weten we over fouten op de werf", "Wat weten we over fouten bij duikers")),
    ("Which trends are about pilots or people who repair ships?",
     ("Which trends are about pilots who repair ships", "Which trends are about people who repair ships")),
    ("What is noticed in and around harbours, fishing boats and locks?",
     ("What is noticed around harbours", "What is noticed around fishing boats", "What is noticed around locks")),
    ("signalen over vlaggen, wimpels of lichten die kapot zijn",
     ("signalen over vlaggen die kapot zijn", "signalen over wimpels die kapot zijn", "signalen over lichten die kapot zijn")),
    ("Welke signalen gaan over Polen en de haven?", ("Welke signalen gaan over Polen", "Welke signalen gaan over de haven")),
    ("Wat wordt gezegd over ziekte bij schippers en in de haven?", ("Wat wordt gezegd over ziekte bij schippers", "Wat wordt gezegd over ziekte in de haven")),
    ("What is known about theft in ports and about old locks?", ("What is known about theft in ports", "What is known about old locks")),
    ("Wat staat er over schippers en over mensen met een hond?", ("Wat staat er over schippers", "Wat staat er over mensen met een hond")),
    ("Welke signalen gaan over zee- en luchthavens?", ("Welke signalen gaan over zeehavens", "Welke signalen gaan over luchthavens")),
    ("What is said about Europe and about old locks?", ("What is said about Europe", "What is said about old locks")),
    ("Welke signalen gaan over Europa en het Noordzeegebied?", ("Welke signalen gaan over Europa", "Welke signalen gaan over het Noordzeegebied")),
    ("Give me everything on nets, ropes and similar things", ("Give me everything on nets", "Give me everything on ropes")),
])
def test_each_thing_that_is_named_is_asked_for_alone(question, parts):
    assert each_alone(question, language_of(question)) == parts


@pytest.mark.parametrize("question", [
    "Welke signalen gaan over samenwerking tussen havens en rederijen?",  # two that belong together
    "Which signals are about cooperation between harbours and shipping companies?", "Welke regels gelden bij havens en sluizen?",
    "Welke signalen gaan over netten en touwen in de haven?", "Welke signalen gaan over het nut en de veiligheid van sluizen?",
    "Welke signalen gaan over schippers en hun kinderen?", "Welke signalen gaan over de Wet havens en sluizen?",
    "Welke signalen gaan over Poolse en Roemeense schippers?", "signalen over volle of overbelaste havens",  # the first lacks its noun
    "Welke signalen gaan over havens?",
    "Noem havens, sluizen en bruggen",  # nothing says where the things begin
    "Welke signalen gaan over havens die dicht of vol zijn?",
    "Geef een overzicht over de kade waarbij de schipper een man of een jongen is, of allebei.",
    "Welke signalen gaan over schippers zonder vlag, anker of wimpel?", "Welke signalen gaan over netten, touwen en ankers uit Chili in Rietbeek?",
    "Welke signalen gaan over Chileense, Peruaanse en Boliviaanse schippers?", "signalen over houten, ijzeren of stalenboten uit 2023",
    "Welke signalen zijn er in 2022 en 2023 over Chilenen, Peruanen of Bolivianen?", "Geef alles over schippers onder de 12, 14 of 16 jaar",
    "Which trends apply to victims of trafficking?", "How are things going in the northern part of the harbour?",  # Dutch "of" is "or"
    "Give me all signals on the reception of skippers", "", "?", ",", "of", "Welke signalen gaan over de haven tot en met 2024?",
    "Welke signalen gaan over verborgen en openbare schade?", "Welke signalen gaan over volwassen en jonge schippers?",
    "Which signals are about overseas and domestic sailors?",
])
def test_what_is_one_thing_stays_one(question):
    assert each_alone(question, language_of(question)) == ()


def test_only_a_list_has_parts_and_each_has_its_own_terms():
    vocabulary = Vocabulary(Counter(), {}, (), ())

    def parts(question):
        return understand(question, history=[], vocabulary=vocabulary, bridge=bundled_bridge()).parts

    found = parts("Welke signalen gaan over havens, sluizen en bruggen?")
    assert [part.terms[-1].text for part in found] == ["havens", "sluizen", "bruggen"]
    assert parts("Waarom sluiten de havens, sluizen en bruggen?") == ()
