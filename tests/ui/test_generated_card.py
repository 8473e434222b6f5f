"""What a model wrote is shown apart from the quotations, in words, and as text alone."""

import io
import json
import re
from dataclasses import replace
from html import unescape

import pytest
from rich.console import Console

from assistant.generated import GeneratedSentence, GeneratedText, Gloss, Notice, Rejection
from tests.ui.fakes import answer, evidence
from tests.ui.test_cards import HOSTILE, read
from ui.generated_card import generated_html, gloss_html, gloss_slot_html, slot_html
from ui.generated_strings import GENERATED, NOTICES, REASONS
from ui.terminal import show_generated

TEXT = GeneratedText("model-x", (GeneratedSentence("De zee stijgt.", (1, 3)),), (Gloss(2, "The wind falls."),), ("Wat stijgt er?",),
                     (("name", 1), ("number", 2)), pointed=(1,))


def test_words_say_what_was_generated_and_on_which_quotations_it_rests():
    shown = read(generated_html(answer(), TEXT)).text
    assert "Geschreven door een taalmodel (model-x)" in shown and "Deze zinnen zijn geen citaten" in shown
    assert "De zee stijgt. (rust op citaat 1, 3)" in shown
    assert "3 teksten van het taalmodel zijn weggelaten" in shown and "getal 2×" in shown


def test_a_translation_is_marked_as_one_and_stands_at_its_own_quotation():
    assert gloss_html(answer(language="en"), TEXT, 1) == ""
    assert "Translation of quotation 2 by the language model, not from the source: The wind falls." in read(gloss_html(answer(language="en"), TEXT, 2)).text


def test_a_proposed_question_is_a_button_that_asks_it():
    buttons = [attributes for tag, attributes in read(generated_html(answer(status="not_found", evidence=()), TEXT)).elements if tag == "button"]
    assert [json.loads(one["data-wish"])["question"] for one in buttons] == ["Wat stijgt er?"]


def test_near_misses_that_are_pointed_to_are_said_not_to_be_an_answer():
    shown = read(generated_html(answer(status="related", evidence=(), near=(evidence(1),)), replace(TEXT, sentences=()))).text
    assert "nummer 1 aan; een antwoord is het niet" in shown


def test_nothing_generated_shows_nothing():
    assert generated_html(answer(), GeneratedText("m")) == ""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("notice", [one for one in Notice.__args__ if one and one != "not_asked"])
def test_each_notice_is_said_and_that_the_answer_is_complete(notice, language):
    shown = unescape(read(generated_html(answer(language=language), GeneratedText("m", notice=notice))).text)
    assert NOTICES[language][notice] in shown and ("volledig" in shown or "complete" in shown)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_reason_has_words(language):
    assert set(REASONS[language]) == set(Rejection.__args__) and set(GENERATED["nl"]) == set(GENERATED["en"])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_model_writes_or_is_called_is_text(hostile):
    text = GeneratedText(hostile, (GeneratedSentence(hostile, (1,)),), (Gloss(1, hostile),), (hostile,))
    for html in (generated_html(answer(), text), gloss_html(answer(), text, 1), slot_html(answer(), hostile), gloss_slot_html(hostile, 1)):
        found = read(html)
        assert {tag for tag, _ in found.elements} <= {"h3", "p", "ul", "li", "bdi", "span", "button", "aside", "div"}
        assert not any(name.startswith("on") or name in ("src", "href", "action") for _, attributes in found.elements for name in attributes)
    assert hostile in read(generated_html(answer(), text)).text


def test_the_place_for_generated_text_says_that_the_answer_is_there():
    assert "het antwoord zelf staat er al en is volledig" in read(slot_html(answer(), "k")).text
    assert slot_html(answer(status="out_of_scope", evidence=()), "k") == ""


def _printed(*parts, one=None):
    out = io.StringIO()
    show_generated(iter(parts), one or answer(), Console(file=out, highlight=False, width=200))
    return out.getvalue()


def test_the_terminal_prints_each_part_once_under_its_heading():
    first = replace(TEXT, glosses=(), suggestions=(), dropped=(), pointed=())
    shown = _printed(first, first, TEXT)
    assert shown.count("Geschreven door een taalmodel (model-x)") == shown.count("De zee stijgt. [1] [3]") == 1
    assert "Vertaling door het taalmodel van citaat 2, niet uit de bron" in shown and "3 teksten" in shown


def test_the_terminal_says_why_there_is_nothing():
    assert re.sub(r"\s+", " ", _printed(GeneratedText("m", notice="timeout"))).strip() == (
        "Het taalmodel was niet op tijd klaar. Het antwoord zelf is zonder taalmodel gemaakt en volledig.")


def test_generated_text_cannot_control_the_terminal():
    assert "\x1b" not in _printed(GeneratedText("m\x1b[31m", (GeneratedSentence("De zee \x1b[2J stijgt.", (1,)),)))
