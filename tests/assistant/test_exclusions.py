"""What a question leaves out is not quoted."""

import pytest

from assistant.exclusions import left_out
from ingest.language import language_of
from tests.real import real_assistant

REGISTER = """signaal;regio
Poolse matrozen slapen in hun stuurhut.;Kromwater
Poolse koks krijgen geen loonstrook.;Kromwater
Chileense lichters krijgen geen loonstrook.;Kromwater
Chileense lichters slapen in hun lichter.;Kromwater
Roemeense dekknechten werken zonder vrije dag.;Duinoord
Roemeense lassers wonen met te veel mensen in een huis.;Duinoord
De havenpolitie controleert vaker op valse papieren.;Duinoord
"""


@pytest.mark.parametrize(("question", "terms", "without", "rest"), [
    ("Welke signalen gaan niet over Polen?", ["Polen"], (("Polen",),), "Welke signalen gaan ?"),
    ("Which trends are not about Poles or the harbour police?", ["Poles", "harbour police"], (("Poles",), ("harbour police",)), "Which trends are ?"),
    ("Apart from Poles, who lacks a day off?", ["Poles", "lacks", "day off"], (("Poles",),), "who lacks a day off?"),
    ("Wie zijn er, naast Polen, kwetsbaar?", ["Polen", "kwetsbaar"], (("Polen",),), "Wie zijn er kwetsbaar?"),
    ("Welke signalen noemen de havenpolitie niet?", ["havenpolitie"], (("havenpolitie",),), "Welke signalen noemen de ?"),
    ("Welke trends zijn er, behalve die over Polen?", ["Polen"], (("Polen",),), "Welke trends zijn er ?"),
    ("Welke signalen over koks zijn er, behalve die uit Kromwater?", ["koks", "Kromwater"], (("Kromwater",),), "Welke signalen over koks zijn er ?"),
    ("Welke matrozen beschikken niet over papieren?", ["matrozen", "papieren"], (), "Welke matrozen beschikken niet over papieren?"),
    ("Wie woont er naast de kade?", ["woont", "kade"], (), "Wie woont er naast de kade?"),
    ("Welke signalen gaan niet over Poolse koks en loodsen?", ["Poolse", "koks", "loodsen"], (("Poolse", "koks"), ("loodsen",)), "Welke signalen gaan ?"),
    ("Apart from Polish sailors who lacks a day off?", ["Polish", "sailors", "lacks"], (("Polish", "sailors"),), "who lacks a day off?"),
    ("Welke groepen zijn naast Polen kwetsbaar?", ["groepen", "Polen", "kwetsbaar"], (("Polen",),), "Welke groepen zijn kwetsbaar?"),
    ("Wie slapen er niet in hun stuurhut?", ["stuurhut"], (), "Wie slapen er niet in hun stuurhut?"),
    ("Wat ligt er naast?", ["ligt"], (), "Wat ligt er naast?")])
def test_what_is_left_out_is_told_from_what_is_asked(question, terms, without, rest):
    assert left_out(question, terms, language_of(question)) == (without, rest)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return real_assistant(tmp_path_factory.mktemp("exclusions"), {"register.csv": REGISTER})


@pytest.mark.parametrize("question", ["Welke signalen gaan niet over Polen?", "Which signals are not about Poles?",
                                      "Welke signalen zijn er behalve over Polen?", "Noem alle signalen behalve die over Polen.",
                                      "List all signals except those about Poles.",
                                      "Which signals are not about Polish sailors or Polish cooks?"])
def test_all_other_signals_are_listed(assistant, question):
    assert [one.quote.split()[0] for one in assistant.ask(question).evidence] == ["Chileense", "Chileense", "Roemeense", "Roemeense", "De"]


def test_all_but_what_is_no_name(assistant):
    answer = assistant.ask("Noem alle signalen behalve die over de havenpolitie.")
    assert [one.quote.split()[0] for one in answer.evidence] == ["Poolse", "Poolse", "Chileense", "Chileense", "Roemeense", "Roemeense"]


def test_what_is_left_out_is_no_near_miss_either(assistant):
    answer = assistant.ask("Welke groepen werken er, naast Polen, zonder vrije dag?")
    assert answer.status == "answered" and all("Poolse" not in one.quote for one in (*answer.evidence, *answer.near))


@pytest.mark.parametrize("question", ["Welke signalen zijn er over Poolse matrozen en koks?", "Which signals are there about Polish sailors and cooks?",
                                      "Welke signalen gaan over Roemeense dekknechten en lassers?", "Welke trends gelden voor Chileense lichters?",
                                      "Welke signalen zijn er over Chileense lichters?"])
def test_a_negation_in_one_signal_denies_no_list(assistant, question):
    answer = assistant.ask(question)
    assert answer.status == "answered" and len(answer.evidence) >= 2


@pytest.mark.parametrize("question", ["Welke signalen gaan over matrozen en Roemeense lassers?", "Which signals are about sailors and Romanian welders?"])
def test_a_word_and_a_longer_name_are_two_things(assistant, question):
    assert {one.quote.split()[1] for one in assistant.ask(question).evidence} >= {"matrozen", "lassers"}


def test_what_was_left_out_is_told_and_is_asked_for_once_that_is_taken_off(assistant):
    question = "Welke signalen gaan niet over Polen?"
    answer = assistant.ask(question)
    assert answer.understood.left_out == ("Polen",)
    again = assistant.ask(question, literal=answer.understood.left_out)
    assert again.understood.left_out == () and {"Poolse matrozen slapen in hun stuurhut."} < {one.quote for one in again.evidence}


def test_rows_and_items_are_counted_by_quoting_them_as_signals_are(assistant):
    answer = assistant.ask("Hoeveel signalen gaan over Polen?")
    assert answer.understood.kind == "list" and [one.quote.split()[0] for one in answer.evidence] == ["Poolse", "Poolse"]
