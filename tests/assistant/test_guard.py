"""The guard on eighty paragraphs: what qualifies a sentence is quoted with it, and what does not is left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.guard import MOST_LISTED, Span, of_one_list, whole, whole_unit, with_items, with_siblings
from ingest.blocks import Block, Draft
from ingest.documents import Document, Passage
from ingest.passages import assemble

CASES = [line for line in Path(__file__).with_name("guard_cases.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


MISSED = "*The school offers lessons. | +Lessons are cancelled in a storm."  # takes back without a word of negation


@pytest.mark.parametrize("case", [pytest.param(case, marks=pytest.mark.xfail(case == MISSED, reason="no negation", strict=True)) for case in CASES])
def test_nothing_that_qualifies_is_left_outside(case):
    marked = case.split(" | ")
    text, spans = "", []
    for one in marked:
        text += " " * bool(text)
        spans.append((len(text), len(text) + len(one) - 1))
        text += one[1:]
    (found,) = (span for span, one in zip(spans, marked, strict=True) if one[0] == "*")
    span = whole(*found, sentences=tuple(spans), text=text)
    quoted = text[span.start:span.end]
    for one in marked:
        assert (one[1:] in quoted) == (one[0] != "-"), quoted


def test_widening_again_changes_nothing():
    said = ["De reder zou liegen.", "Dit is onzeker.", "Dit geldt niet voor zijn zoon.", "Hij zou ook liegen.", "Dat ontkent hij."]
    text, spans = " ".join(said), []
    for one in said:
        start = spans[-1][1] + 1 if spans else 0
        spans.append((start, start + len(one)))
    for start, end in spans:
        once = whole(start, end, sentences=tuple(spans), text=text)
        assert whole(once.start, once.end, sentences=tuple(spans), text=text) == once


def _document(*blocks, kinds):
    """Blocks of text as passages of one document, each a list item introduced by the first block or running text."""
    text, passages = "\n".join(blocks), []
    for block, kind in zip(blocks, kinds, strict=True):
        start = text.index(block)
        introduced = (0, len(blocks[0])) if kind == "item" else None
        passages.append(Passage(f"p{start}", "a.md", "0", "A", "", None, kind, start, start + len(block), block, context_span=introduced))
    return Document("a.md", "0", "A", text), passages


@pytest.mark.parametrize(("blocks", "kinds", "until"), [
    (("Het rapport bevat:", "cijfers;", "adviezen.", "Het is openbaar."), ("sentences", "item", "item", "sentences"), "adviezen."),
    (("Each Party shall:", "identify the child;", "trace its family.", "This applies to all."), ("sentences",) * 4, "trace its family."),
    (("Het rapport bevat cijfers.", "Cijfers;", "adviezen."), ("sentences", "item", "item"), "cijfers."),
    (("Zie ook:", "De bijlage.", "Het slot."), ("sentences",) * 3, "Zie ook:"),
    (("Het bevat:", "woord " * (MOST_LISTED + 1)), ("sentences", "item"), "Het bevat:")])
def test_an_introduction_goes_on_to_the_last_item_of_its_list(blocks, kinds, until):
    document, passages = _document(*blocks, kinds=kinds)
    span = with_items(Span(passages[0].start, passages[0].end), passages[1:], document)
    assert document.text[span.start:span.end].endswith(until)


@pytest.mark.parametrize(("blocks", "quoted"), [
    (("Het rapport bevat:", "cijfers;", "adviezen.", "kaarten."), "Het rapport bevat:\ncijfers;\nadviezen.\nkaarten."),
    (("Het rapport bevat:", "cijfers;"), "cijfers;"), (("Het bevat:", "cijfers;", "woord " * (MOST_LISTED + 1)), "cijfers;")])
def test_an_item_goes_with_its_list(blocks, quoted):
    document, passages = _document(*blocks, kinds=("sentences", *("item" for _ in blocks[1:])))
    span = with_siblings(Span(passages[1].start, passages[1].end), passages[1:], document)
    assert document.text[span.start:span.end] == quoted


@pytest.mark.parametrize(("after", "quoted"), [("Dit geldt niet voor loodsen.", True), ("De loods betaalt.", False)])
def test_a_list_ends_with_its_last_clause_and_what_takes_it_back(after, quoted):
    document, (first, item, last) = _document("Het recht vervalt door:", "verkoop;", f"verloop van tijd. {after}", kinds=("sentences", "item", "item"))
    last = replace(last, sentences=((last.start, last.start + 17), (last.start + 18, last.end)))
    for span in (with_items(Span(first.start, first.end), [item, last], document), with_siblings(Span(item.start, item.end), [item, last], document)):
        quotation = document.text[span.start:span.end]
        assert "verloop van tijd." in quotation and quotation.endswith(after) is quoted


def test_an_item_of_a_list_in_a_list_has_the_denial_of_its_own_and_both_are_one_list():
    items = (("meldt elk ongeval;", 1), ("staat niet toe:", 1), ("varen zonder licht;", 2), ("sluit om tien uur.", 1))
    blocks = (Block("paragraph", "De haven:"), *(Block("item", text, level=level) for text, level in items))
    document = assemble(Draft(blocks), doc="a.md", sha256="0", metadata={})
    first, *found = document.passages
    span = whole_unit(Span(found[2].start, found[2].end), found[2], found[3], document)
    assert document.text[span.start:span.end].split("\n") == ["De haven:", "", "meldt elk ongeval;", "staat niet toe:", "varen zonder licht;"]
    assert all(of_one_list(one, other) for one in found for other in found)
    assert with_items(Span(first.start, first.end), found, document) == Span(0, len(document.text))
