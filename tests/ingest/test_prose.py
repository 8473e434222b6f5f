"""Lists run into one line become blocks, whose words keep their places."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.prose import introductions_parted, paragraph_blocks, split_block
from tests.ingest.test_passages import assembled, with_words


@pytest.mark.parametrize(("text", "blocks"), [
    ("Doelen zijn: * een; * twee; en * drie. Daarna meer.",
     ["p Doelen zijn:", "i een;", "i twee; en", "i drie.", "p Daarna meer."]),
    ("1. Het bureau helpt. 2. Het bureau is vrij.", ["p Het bureau helpt.", "p Het bureau is vrij."]),
    ("Nodig zijn: * een pas; en/of * een kaart.", ["p Nodig zijn:", "i een pas; en/of", "i een kaart."]),
    ("De eis is: a) dwang; b) geweld.", ["p De eis is:", "i dwang;", "i geweld."]),
    ("Een zin – met een inlas – en een vervolg.", ["p Een zin – met een inlas – en een vervolg."]),
    ("Het gaat om 3 * 4 = 12.", ["p Het gaat om 3 * 4 = 12."]),
    ("Zie art. 5. ### 3.3", ["p Zie art. 5.", "h 3.3"])])
def test_a_paragraph_is_split_at_the_list_that_was_run_into_it(text: str, blocks: list[str]) -> None:
    assert [f"{block.kind[0]} {block.text}" for block in paragraph_blocks(text)] == blocks


@pytest.mark.parametrize(("items", "blocks"), [
    (("vluchten; of", "werk zoeken. Zij melden zich. De termijn eindigt als:", "zij vertrekken."),
     ["i vluchten; of", "i werk zoeken. Zij melden zich.", "p De termijn eindigt als:", "i zij vertrekken."]),
    (("de volgende gegevens:", "naam;", "adres."), ["i de volgende gegevens:", "i naam;", "i adres."]),
    (("De gemeente meldt dit. Zij noemt daarbij:", "naam."), ["i De gemeente meldt dit. Zij noemt daarbij:", "i naam."]),
    (("geen pas heeft. De gemeente vraagt dan om:", "een foto;", "lek is."),
     ["i geen pas heeft. De gemeente vraagt dan om:", "i een foto;", "i lek is."]),
    (("vluchten; of", "werk zoeken. Dit geldt niet als:", "zij vertrekken."), ["i vluchten; of", "i werk zoeken. Dit geldt niet als:", "i zij vertrekken."]),
    (("werk zoeken. De termijn eindigt als:",), ["i werk zoeken. De termijn eindigt als:"])])
def test_an_item_that_runs_on_into_another_introduction_is_parted_from_it(items: tuple[str, ...], blocks: list[str]) -> None:
    parted = introductions_parted([Block("item", item) for item in items])
    assert [f"{block.kind[0]} {block.text}" for block in parted] == blocks


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


def test_long_lists_in_one_paragraph_take_no_more_than_seconds() -> None:
    began = time.process_time()
    for text in ("De eis is: " + "* dwang; " * 20_000, "1. Een lid. " * 20_000, "| a | b | |---|---| " * 5_000):
        assert assembled(Block("paragraph", text.strip())).passages
    assert time.process_time() - began < 10
