"""Which word a question asks the meaning of, and which sentences define it."""

import pytest

from assistant.bridge import bundled_bridge
from assistant.definitions import asked_word, defines
from assistant.term_match import labels_of_term
from assistant.understanding import terms_of


@pytest.mark.parametrize(("question", "word"), [
    ("Wat is een schijnrelatie volgens de IND?", "een schijnrelatie"), ("What is a sham relationship according to the IND?", "a sham relationship"),
    ("Wat verstaat de IND onder mantelzorg?", "mantelzorg"), ("Wat wordt onder een ligplaats verstaan?", "een ligplaats"),
    ("Who counts as a child under the Council of Europe convention?", "a child"), ("What does the act mean by mooring?", "mooring"),
    ("What does the IND understand by informal care (mantelzorg)?", "mantelzorg"), ("Hoe wordt een ligplaats gedefinieerd?", "een ligplaats"),
    ("What is the definition of a mooring?", "a mooring"), ("Wat houdt de bedenktijd precies in?", "de bedenktijd"), ("Hoe lang duurt het?", "")])
def test_the_word_is_what_the_question_asks_the_meaning_of(question, word):
    assert asked_word(question) == word


def _defined(question, language, sentence, spoken):
    return defines(sentence, [labels_of_term(one) for one in terms_of(asked_word(question), language, bundled_bridge())], spoken)


@pytest.mark.parametrize(("question", "language", "sentence", "spoken"), [
    ("Who counts as a child under the convention?", "en", "„Kind”: iedere persoon jonger dan twintig jaar;", "nl"),
    ("Who counts as a child under the convention?", "en", "b. “Child” shall mean any person under twenty;", "en"),
    ("What is a sham relationship?", "en", "Een schijnrelatie is een relatie die alleen op papier bestaat.", "nl"),
    ("Wat verstaat de wet onder mantelzorg?", "nl", "De wet verstaat onder mantelzorg de zorg van naasten.", "nl"),
    ("Wat is een buitenlands kind?", "nl", "Onder buitenlands kind wordt verstaan een kind dat elders is geboren.", "nl"),
    ("Wat wordt verstaan onder een vaarplan?", "nl", "Onder een vaarplan versta ik een overzicht van de reis.", "nl"),
    ("What is a sailing plan?", "en", "By a sailing plan we mean an overview of the voyage.", "en"),
    ("Wat is de B9-procedure?", "nl", "De B9-procedure is een regeling voor schippers.", "nl"),
    ("Wat is passenhuur?", "nl", "Passen worden vaker verhuurd aan mensen zonder vaarbewijs (passenhuur).", "nl"),
    ("Wat is mensenhandel?", "nl", "“Trafficking in human beings” shall mean the recruitment of persons.", "en")])
def test_a_sentence_defines_the_word_in_either_language(question, language, sentence, spoken):
    assert _defined(question, language, sentence, spoken)


@pytest.mark.parametrize("sentence", [
    "Mantelzorg komt veel voor.", "De mantelzorg moet een deel van de zorg zijn.", "Dat betekent dat mantelzorg telt.",
    "De gemeente betaalt de mantelzorg.", "Mantelzorgers zijn een groep.", "De wet verstaat onder zorg ook mantelzorg.",
    "De zorg groeit (mantelzorg blijft achter).", "Er waren 900 zaken (mantelzorg) in 2020.",
    "Wetboek, artikel 273f (mantelzorg).",
    "Met de mantelzorg gaat het goed; zo versta ik de minister.",
    "Zij woont in Rietbeek (mantelzorg).", "Onder mantelzorgers zegt de gemeente dat zij verstaan wat dat is.", ""])
def test_a_sentence_about_the_word_does_not_define_it(sentence):
    assert not _defined("Wat is mantelzorg?", "nl", sentence, "nl")


def test_words_that_are_parted_in_the_question_are_no_one_name():
    assert not _defined("Wat is de rol van gemeenten?", "nl", "De rol is een andere voor gemeenten.", "nl")
    assert not defines("Een haven is een plaats.", (), "nl")
