"""Lists run into one line become blocks, whose words keep their places; doubt stays with its sentence."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assembly import assemble
from ingest.blocks import Block, Box, Draft, PageInfo, WordBox
from ingest.documents import Document
from ingest.prose import paragraph_blocks
from ingest.splitting import split_block


def with_words(text: str, doubtful: tuple[tuple[int, int], ...] = ()) -> Block:
    places = [match.span() for match in re.finditer(r"\S+", text)]
    words = tuple(WordBox(first, last, Box(2, first, 10, last, 20)) for first, last in places)
    return Block("paragraph", text, page=2, words=words, doubtful=doubtful)


def assembled(*blocks: Block, paged: bool = True) -> Document:
    pages = (PageInfo(1, "iii"), PageInfo(2, "14"))
    return assemble(Draft(blocks, pages=pages, paged=paged), doc="a.pdf", sha256="0" * 64, metadata={})


@pytest.mark.parametrize(("text", "blocks"), [
    ("Doelen zijn: * een; * twee; en * drie. Daarna meer.",
     ["p Doelen zijn:", "i een;", "i twee; en", "i drie.", "p Daarna meer."]),
    ("1. Het bureau helpt. 2. Het bureau is vrij.", ["p Het bureau helpt.", "p Het bureau is vrij."]),
    ("De eis is: a) dwang; b) geweld.", ["p De eis is:", "i dwang;", "i geweld."]),
    ("Een zin – met een inlas – en een vervolg.", ["p Een zin – met een inlas – en een vervolg."]),
    ("Het gaat om 3 * 4 = 12.", ["p Het gaat om 3 * 4 = 12."]),
    ("Zie art. 5. ### 3.3", ["p Zie art. 5.", "h 3.3"])])
def test_a_paragraph_is_split_at_the_list_that_was_run_into_it(text: str, blocks: list[str]) -> None:
    assert [f"{block.kind[0]} {block.text}" for block in paragraph_blocks(text)] == blocks


TOKENS = "De IND beslist: * een; * twee; en a) b) 1. 2. dwang. Of | ### kop"


@given(st.lists(st.sampled_from(TOKENS.split()), min_size=1, max_size=30))
def test_every_word_keeps_its_box_through_splitting_and_assembly(tokens: list[str]) -> None:
    block = with_words(" ".join(tokens))
    for piece in split_block(block):
        for word in piece.words:
            assert piece.text[word.start:word.end] == block.text[int(word.box.x0):int(word.box.x1)]
    document = assembled(block)
    for word in document.words:
        assert document.text[word.start:word.end] == block.text[int(word.box.x0):int(word.box.x1)]
    assert all(document.text[one.start:one.end] == one.text and one.boxes and one.page == 14 for one in document.passages)


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


def test_sections_are_paths_of_headings() -> None:
    document = assembled(Block("heading", "1", level=1), Block("heading", "Doel", level=2), Block("paragraph", "A."),
                         Block("heading", "Deel", level=3), Block("paragraph", "B."), Block("heading", "2 Slot", level=2))
    assert [section.name for section in document.sections] == ["1 Doel", "1 Doel > Deel", "2 Slot"]
    assert [passage.section for passage in document.passages] == ["1 Doel", "1 Doel > Deel"]


def test_long_lists_in_one_paragraph_take_no_more_than_seconds() -> None:
    began = time.process_time()
    for text in ("De eis is: " + "* dwang; " * 20_000, "1. Een lid. " * 20_000, "| a | b | |---|---| " * 5_000):
        assert assembled(Block("paragraph", text.strip())).passages
    assert time.process_time() - began < 10
