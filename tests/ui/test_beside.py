"""What a model writes joins an answer that was given already: how it is shown, over the API, on the page, for its own user only, never twice."""

import io
import json
import re
import threading
from dataclasses import replace
from html import unescape

import pytest
from rich.console import Console

from assistant.generated import GeneratedSentence, GeneratedText, Gloss, Notice, Rejection
from tests.ui.fakes import answer, evidence
from tests.ui.serving import Running, running
from tests.ui.test_cards import HOSTILE, read
from ui.beside import Beside, generated_html, gloss_html, gloss_slot_html, slot_html
from ui.strings import GENERATED, NOTICES, REASONS
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


PARTS = (GeneratedText("model-x"), GeneratedText("model-x", (GeneratedSentence("De <b>zee</b> stijgt.", (1,)),)))


class FakeWriter:
    name = "model-x"

    def __init__(self):
        self.histories = []

    def stream(self, answer, *, history=()):
        self.histories.append(tuple(history))
        yield from PARTS


@pytest.fixture
def writer():
    return FakeWriter()


@pytest.fixture
def beside(writer, tmp_path):
    """A server that writes beside its answers, one at a time."""
    with running(tmp_path, beside=Beside(writer, at_once=1)) as one:
        yield one


def lines(said):
    assert said.status_code == 200, said.text
    return [json.loads(line) for line in said.text.splitlines()]


def test_the_stream_has_the_whole_answer_first_and_then_what_is_written(beside: Running, writer):
    with beside.bearer("anna") as program:
        first, *others = lines(program.post("/api/ask/stream", json={"question": "Wat?", "history": ["Eerder?"]}))
    assert first["status"] == "answered" and first["evidence"] and "generated" not in first
    assert [one["writing"] for one in others] == [True, True, False]
    assert others[-1]["generated"]["sentences"][0]["text"] == PARTS[1].sentences[0].text and writer.histories == [("Eerder?",)]


def test_the_answer_is_there_before_the_model_has_said_anything(tmp_path):
    asked, said = threading.Event(), threading.Event()

    class Silent(FakeWriter):
        def stream(self, answer, *, history=()):
            asked.set()
            assert said.wait(20)
            yield from PARTS

    with running(tmp_path, beside=Beside(Silent(), at_once=1)) as one, one.bearer("anna") as program, \
            program.stream("POST", "/api/ask/stream", json={"question": "Wat?"}) as reply:
        lines_read = reply.iter_lines()
        assert json.loads(next(lines_read))["status"] == "answered" and not said.is_set()
        said.set()
        assert len(list(lines_read)) == 3 and asked.is_set()


def test_without_a_model_the_stream_is_the_answer_alone(served: Running):
    with served.bearer("anna") as program:
        assert len(lines(program.post("/api/ask/stream", json={"question": "Wat?"}))) == 1
    with served.client() as nobody:
        assert nobody.post("/api/ask/stream", json={"question": "Wat?"}).status_code == 401


def test_the_page_gets_it_escaped_for_the_user_who_asked_and_it_is_kept(beside: Running, writer):
    key = beside.desk.keeping.shelf.put("anna", answer(), history=["Eerder?"])
    with beside.client("anna") as anna:
        found = lines(anna.get("/page/generated", params={"answer": key}))
        again = lines(anna.get("/page/generated", params={"answer": key}))
    assert "De &lt;b&gt;zee&lt;/b&gt; stijgt." in found[-1]["html"] and not found[-1]["writing"]
    assert again == found[-1:] and len(writer.histories) == 1
    assert beside.desk.keeping.shelf.find("anna", key).generated == PARTS[-1]
    with beside.client("bert") as other:
        assert other.get("/page/generated", params={"answer": key}).status_code == 404


def test_who_comes_when_all_writers_are_busy_is_told_so_and_may_come_again(beside: Running, writer):
    asked = answer()
    first = beside.desk.beside.stream(asked, ())
    next(first)
    assert [one.notice for one in beside.desk.beside.stream(asked, ())] == ["busy"]
    list(first)
    assert [one.notice for one in beside.desk.beside.stream(asked, ())] == ["", ""]
