"""Blocks become a document cut into passages: sections, pages and places are kept; doubt stays with its sentence."""

import re

import pytest

from ingest.blocks import Block, Box, Draft, PageInfo, WordBox
from ingest.documents import Document
from ingest.passages import assemble


def with_words(text: str, doubtful: tuple[tuple[int, int], ...] = ()) -> Block:
    places = [match.span() for match in re.finditer(r"\S+", text)]
    words = tuple(WordBox(first, last, Box(2, first, 10, last, 20)) for first, last in places)
    return Block("paragraph", text, page=2, words=words, doubtful=doubtful)


def assembled(*blocks: Block, paged: bool = True) -> Document:
    pages = (PageInfo(1, "iii"), PageInfo(2, "14"))
    return assemble(Draft(blocks, pages=pages, paged=paged), doc="a.pdf", sha256="0" * 64, metadata={})


def test_only_the_sentences_that_hold_doubtful_words_are_not_quotable() -> None:
    text = "Een goede zin. Deze twijfelt hier. Weer een goede zin."
    place = text.index("twijfelt")
    passages = assembled(with_words(text, ((place, place + 8),))).passages
    assert [(passage.text, passage.quotable) for passage in passages] == [
        ("Een goede zin.", True), ("Deze twijfelt hier.", False), ("Weer een goede zin.", True)]


def test_prose_is_cut_at_sentences_below_120_words_and_never_across_blocks() -> None:
    document = assembled(with_words("Dit is een zin van acht gewone woorden. " * 40), with_words("Kort."), paged=False)
    assert [len(passage.text.split()) for passage in document.passages] == [120, 120, 80, 1]
    assert {passage.page for passage in document.passages} == {None}


def test_a_signal_stays_one_passage_with_all_its_sentences() -> None:
    passage, = assembled(Block("signal", "Een zin. Nog een zin. " * 60)).passages
    assert passage.kind == "signal" and len(passage.sentences) == 120


@pytest.mark.parametrize(("text", "sentences"), [
    ("Warme overdracht. Een gesprek van drie mensen. Niet per brief.", ["Warme overdracht. Een gesprek van drie mensen.", "Niet per brief."]),
    ("Slachtoffer. Ieder van wie dat blijkt.", ["Slachtoffer. Ieder van wie dat blijkt."]),
    ("Honden mogen niet. De kantine sluit.", ["Honden mogen niet.", "De kantine sluit."]),
    ("Niemand zwemt. De boot vaart.", ["Niemand zwemt.", "De boot vaart."]),
    ("Dat mag niet. De boot vaart.", ["Dat mag niet.", "De boot vaart."]),
    ("De boot vaart om drie uur. Hij is vol.", ["De boot vaart om drie uur.", "Hij is vol."]), ("Warme overdracht.", ["Warme overdracht."])])
def test_what_only_names_the_subject_goes_with_the_sentence_behind_it(text, sentences):
    passage, = assembled(with_words(text)).passages
    assert [passage.text[first - passage.start:last - passage.start] for first, last in passage.sentences] == sentences


def test_a_page_label_that_is_no_plain_number_gives_the_physical_page() -> None:
    draft = Draft((Block("paragraph", "Een zin.", page=1), Block("paragraph", "Nog een.", page=2)), pages=(PageInfo(1, "①"), PageInfo(2, "2²")), paged=True)
    assert [one.page for one in assemble(draft, doc="a.pdf", sha256="0" * 64, metadata={}).passages] == [1, 2]


def test_sections_are_paths_of_headings() -> None:
    document = assembled(Block("heading", "1", level=1), Block("heading", "Doel", level=2), Block("paragraph", "A."),
                         Block("heading", "Deel", level=3), Block("paragraph", "B."), Block("heading", "2 Slot", level=2))
    assert [section.path for section in document.sections] == [("1 Doel",), ("1 Doel", "Deel"), ("2 Slot",)]
    assert [passage.section for passage in document.passages] == ["1 Doel", "1 Doel > Deel"]
