import json

import pytest

from ingest.errors import UsageError
from tests.ui.fakes import FakeAssistant
from ui.ask_command import answer_batch, read_batch


def test_a_batch_gives_one_answer_a_line_in_order_with_its_id_and_history(capfdbinary):
    lines = ['{"id": "a", "question": "Eén?", "history": ["Nul?"]}', "", '{"id": "b", "question": "Twee?"}']
    assistant = FakeAssistant()
    assert answer_batch(assistant, list(read_batch(lines, "q.jsonl"))) == 0
    answers = [json.loads(line) for line in capfdbinary.readouterr().out.decode().splitlines()]
    assert [(one["id"], one["question"]) for one in answers] == [("a", "Eén?"), ("b", "Twee?")]
    assert assistant.asked[0]["history"] == ("Nul?",)


def test_a_question_that_cannot_be_asked_keeps_its_line_and_the_others_are_answered(capfd):
    lines = ['{"id": "a", "question": " "}', '{"id": "b", "question": "Twee?"}']
    assert answer_batch(FakeAssistant(), list(read_batch(lines, "q.jsonl"))) == 2
    said = capfd.readouterr()
    first, second = [json.loads(line) for line in said.out.splitlines()]
    assert first == {"id": "a", "error": "The question is empty."}
    assert second["status"] == "answered"
    assert said.err == "bronvast: line 1: The question is empty.\n"


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', '{"question": 3}', '{"question": "x", "history": "y"}',
                                  '{"question": "x", "history": [1]}'])
def test_a_wrong_line_is_named(line):
    with pytest.raises(UsageError, match=r"q\.jsonl, line 2"):
        list(read_batch(['{"question": "goed"}', line], "q.jsonl"))


def test_a_lone_surrogate_in_an_answer_is_still_json(capfdbinary):
    assistant = FakeAssistant()
    answer_batch(assistant, list(read_batch([r'{"question": "wat \ud800?"}'], "q")))
    assert json.loads(capfdbinary.readouterr().out)["question"] == "wat \ud800?"
