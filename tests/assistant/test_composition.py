"""What is said around the quotations: what else was searched for, and what the sources are about."""

from types import SimpleNamespace

import pytest

from assistant.bridge import bundled_bridge
from assistant.composition import about, compose_abstention, widened
from assistant.understanding import Vocabulary, understand
from index.words import stems
from ingest.documents import Document


def _widened(question: str, *sources: str) -> dict[str, tuple[str, ...]]:
    read = understand(question, history=[], vocabulary=Vocabulary.of(SimpleNamespace(passages=(), documents=())), bridge=bundled_bridge())
    return dict(widened(read, {stem for text in sources for language in ("nl", "en") for stem in stems(text, language)}))


@pytest.mark.parametrize(("question", "shown"), [
    ("Welke trends gelden voor Oekraïense vluchtelingen?", {"Oekraïense vluchtelingen": ("Oekraïense ontheemden",)}),
    ("Which trends apply to Ukrainian refugees?", {"Ukrainian refugees": ("refugees from Ukraine", "war refugee")})])
def test_what_else_was_searched_for_is_named_properly_in_the_language_of_the_question(question: str, shown):
    assert _widened(question, "Grote focus op preventie bij Oekraïense ontheemden.") == shown


def test_a_word_that_the_sources_do_not_hold_widens_nothing():
    assert _widened("Wat is de hoofdstad van Frankrijk?", "De opvang zit vol.") == {}
    assert _widened("Wat zeggen de bronnen over sextortion?", "Sextortion neemt toe.") == {}, "the same word is no widening"


def test_a_translation_without_a_name_in_the_language_of_the_question_is_shown_as_it_was_searched_for():
    assert _widened("What is the capital?", "De hoofdstad heeft opvang.") == {"capital": ("hoofdstad",)}


def _view(*titles: str, sections: tuple[str, ...] = ()) -> SimpleNamespace:
    return SimpleNamespace(documents=[Document(f"{one}.txt", "00", one, "") for one in titles], passages=[SimpleNamespace(section=one) for one in sections])


def test_of_many_documents_five_titles_are_named_and_the_others_counted():
    subjects = about(_view(*(f"Nota {number} " + "over de opvang van slachtoffers van mensenhandel in de regio" for number in range(17))))
    said = compose_abstention("nl", "not_found", subjects, reason="")
    assert said.startswith("De bronnen zeggen hier niets over. De bronnen gaan over: Nota 0 over de opvang") and said.endswith(" en 12 andere.")
    assert said.count("Nota") == 5 and len(said) < 400
    assert compose_abstention("en", "not_found", subjects, reason="").endswith(" and 12 more.")


def test_of_a_single_document_the_outermost_headings_that_tell_its_parts_apart_are_named():
    assert about(_view("Bloemlezing", sections=("1 Trends > 1.6 Delen > a", "1 Trends > 1.6 Delen > b", "1 Trends > 1.7 Internationaal", ""))) == (
        "1.6 Delen", "1.7 Internationaal")
    assert about(_view("Nota", sections=("Inleiding",))) == ("Inleiding",) and about(_view("Nota")) == ("Nota",) and about(_view()) == ()
    said = compose_abstention("nl", "related", ("1.6 Delen", "1.7 Internationaal"), reason="")
    assert said.endswith("De bronnen gaan over: 1.6 Delen; 1.7 Internationaal.")
    assert compose_abstention("en", "related", ("1.6 Delen", "1.7 Inter…"), reason="").endswith("1.6 Delen; 1.7 Inter…")
