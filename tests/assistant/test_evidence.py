"""Quotations that lie within each other become one, and nothing of their places is lost; when the next sentence comes along."""

from dataclasses import replace

import pytest

from assistant.answers import Evidence, Place
from assistant.composition import compose_answer
from assistant.continuations import _ARTICLE, _ASKS_MEANING
from assistant.evidence import merged, same_words


def said(quote, doc, start, score):
    return Evidence(0, quote, Place(doc, "", doc, "", 1, start, start + len(quote), ()), score, f"{doc}-{start}", why="", context="")


def test_a_quotation_within_another_gives_it_its_score():
    wide, inner = said("Een boot. Een haven.", "d", 0, 0.3), said("Een haven.", "d", 10, 0.8)
    for order in ((wide, inner), (inner, wide)):
        assert [(one.quote, one.score) for one in merged(order)] == [("Een boot. Een haven.", 0.8)]


def test_what_stands_in_another_document_too_keeps_its_places():
    inner, elsewhere, wide = said("Een haven.", "d", 10, 0.8), said("Een haven.", "e", 0, 0.5), said("Een boot. Een haven.", "d", 0, 0.3)
    places = {place.doc for one in merged((inner, elsewhere, wide)) for place in (one.place, *one.also)}
    assert places == {"d", "e"}


def test_what_lies_within_another_place_of_a_quotation_is_no_quotation_of_its_own():
    first, again = said("Een boot. Een haven.", "d", 0, 0.8), said("Een boot. Een haven.", "e", 0, 0.8)
    assert [one.quote for one in merged((first, again, said("Een haven.", "e", 10, 0.5)))] == ["Een boot. Een haven."]


def test_the_documents_of_other_places_are_counted():
    first, again = said("Een haven.", "d", 0, 0.8), said("Een haven.", "e", 0, 0.8)
    assert "2 documents" in compose_answer("en", merged((first, again)), signals=False)


def test_the_same_quotation_keeps_its_highest_score():
    assert [one.score for one in merged((said("Een haven.", "d", 0, 0.3), said("Een haven.", "d", 0, 0.8)))] == [0.8]


def test_places_of_one_quotation_have_exactly_its_words_and_its_context():
    first = said("Een haven (2025).", "d", 0, 0.3)
    alike = (first, said("Een haven, 2025.", "e", 0, 0.3), replace(first, place=replace(first.place, doc="f"), context="jaar | plaats"))
    assert [(one.quote, one.also) for one in merged(alike)] == [(one.quote, ()) for one in alike]


@pytest.mark.parametrize(("question", "asks"), [
    ("Wat houdt de meldplicht in?", True), ("Wat betekent dat?", True), ("What does it mean?", True), ("What is meant by a pilot?", True),
    ("Wie houdt toezicht in Rietbeek?", False), ("Welke inhoudelijke eisen gelden er?", False)])
def test_a_question_asks_what_something_means(question, asks):
    assert bool(_ASKS_MEANING.search(question)) is asks


def test_an_article_is_no_pronoun():
    assert _ARTICLE.match("Het kabinet besluit.") and not _ARTICLE.match("Het betreft loodsen.") and not _ARTICLE.match("Dit bedraagt veertig euro.")


@pytest.mark.parametrize(("one", "other", "same"), [
    ("De loods\nvaart uit.", "de loods vaart uit", True), ("B8-procedure; artikel 3.", "B8 procedure, artikel 3", True), ("< 5 graden", "> 5 graden", False),
    ("1,5 meter", "15 meter", False), ("-5 graden", "5 graden", False), ("Mag dat?", "Mag dat.", False), ("2", "#2", True)])
def test_what_says_the_same(one, other, same):
    assert (same_words(one) == same_words(other)) is same
