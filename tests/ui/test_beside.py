"""What a model writes joins an answer that was given already: over the API, on the page, for its own user only, and never twice."""

import json
import threading

import pytest

from assistant.generated import GeneratedSentence, GeneratedText
from tests.ui.fakes import answer
from tests.ui.serving import Running, running
from ui.beside import Beside

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
