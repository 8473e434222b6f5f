"""Abbreviations are read from the sources, and either form finds the other."""

import pytest

from assistant.abbreviations import alternatives_of, asked_short_form, explains, find_abbreviations
from assistant.bridge import bundled_bridge
from assistant.understanding import terms_of


@pytest.mark.parametrize(("text", "short", "long"), [
    ("Jongeren met een Licht Verstandelijke Beperking (LVB) tellen mee.", "LVB", "Licht Verstandelijke Beperking"),
    ("Dat staat in de Algemene verordening gegevensbescherming (AVG).", "AVG", "Algemene verordening gegevensbescherming"),
    ("Het Regionaal Informatie- en Havencentrum (RIHC) helpt.", "RIHC", "Regionaal Informatie- en Havencentrum"),
    ("Het Expertisecentrum Meldingen en Meren (EMM) helpt.", "EMM", "Expertisecentrum Meldingen en Meren"),
    ("De Raden voor het Havenwezen (RvHs) beslissen.", "RvH", "Raden voor het Havenwezen"),
    ("De Wet toelating van loodsen (Wtl) geldt.", "Wtl", "Wet toelating van loodsen"),
    ("Vraag een persoonsgebonden vaarbewijs (pgv) aan.", "pgv", "persoonsgebonden vaarbewijs"),
    ("Er zijn schippers zonder personeel (szp'ers).", "szp", "schippers zonder personeel"),
    ("Het Noordelijk Havencentrum (hierna: het NHC) helpt.", "NHC", "Noordelijk Havencentrum"),
    ("NHC (het Noordelijk Havencentrum) helpt.", "NHC", "Noordelijk Havencentrum"),
    ("The Group of experts on action against smuggling in inland shipping (hereinafter referred to as “GRASS”), shall meet.", "GRASS",
     "Group of experts on action against smuggling in inland shipping"),
    ("De Groep van deskundigen inzake actie tegen dijken (hierna te noemen „GRATD”) komt.", "GRATD", "Groep van deskundigen inzake actie tegen dijken"),
    ("De haven kiest een snel en open melden werkwijze (SOM-werkwijze).", "SOM", "snel en open melden"),
])
def test_a_long_form_stands_before_its_bracket(text, short, long):
    assert find_abbreviations([text]) == {short: long}


@pytest.mark.parametrize("text", ["De haven (zie bijlage) sluit.", "Dijken en sluizen (deels) zijn oud.",
                                  "De raad van de haven (Rotterdam) beslist.", "Schippers en vissers (ABC) melden zich.", "Het jaar (2023) telt.",
                                  "De snel en open melden werkwijze (SOM-straat) wint.", ""])
def test_what_does_not_spell_it_out_is_no_long_form(text):
    assert find_abbreviations([text]) == {}


def test_either_form_of_a_question_finds_the_other():
    known = alternatives_of({"NHC": "Noordelijk Havencentrum"})
    (short,) = terms_of("Wat is het NHC?", "nl", bundled_bridge(), known)
    (long,) = terms_of("Wat is het noordelijk havencentrum?", "nl", bundled_bridge(), known)
    assert short.alternatives[0].stems == long.stems
    assert long.alternatives[0].stems == short.stems


@pytest.mark.parametrize(("question", "short"), [
    ("What does NHC stand for?", "NHC"), ("pgv - what is that short for?", "pgv"), ("Waar staat de afkorting nhc voor?", "NHC"), ("Wat betekent NHC?", "NHC"),
    ("Wat is het NHC?", "NHC"), ("what does nhc mean?", "NHC"), ("Wat doet het NHC?", ""), ("Waar staat het NHC?", ""),
    ("Waar staat de loods van het NHC voor?", ""),
    ("Must it be paid in full to the NHC?", ""), ("What does the abbreviation XYZ of the NHC stand for?", ""), ("What is om?", ""),
    ("What does ABC stand for?", ""),
    ("What is NHC and what does it do?", "NHC"), ("Wat is het NHC en wat doet het?", "NHC"),
    ("Wat is het NHC van plan?", ""), ("", ""),
])
def test_a_question_for_the_long_form_is_told_from_others(question, short):
    assert asked_short_form(question, ["NHC", "pgv", "OM"]) == short


def test_a_text_explains_only_the_form_that_it_writes_out():
    assert explains("Het Noordelijk Havencentrum (NHC) helpt.", "NHC")
    assert not explains("Het NHC helpt het Westelijk Havencentrum (WHC).", "NHC")
