"""A conversation that is opened again is answered as it was asked: without the chips that were taken off."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from assistant.answers import Answer
from tests.ui.fakes import answer
from ui.accounts import LOCAL
from ui.asking import Conversation
from ui.audit import Audit
from ui.desk import Desk
from ui.history import History
from ui.keeping import Keeping
from ui.limits import Pace, Room
from ui.monitoring import Measures
from ui.wishes import granted, reopened


@dataclass
class Sources:
    """An index without documents, that can change."""

    hash: str = "een"

    def hash_for(self, _audiences):
        return self.hash

    def view(self, _audiences):
        return SimpleNamespace(documents=())


@dataclass
class Listening:
    """Quotes nothing, and notes of each question what it was asked after and which words were meant as typed; `index` as it is now."""

    index: "Sources" = field(default_factory=lambda: Sources())
    asked: list[tuple[str, tuple[str, ...], tuple[str, ...], object]] = field(default_factory=list)

    def ask(self, question, *, history=(), id="", audiences=None, filters=None, literal=(), told=None) -> Answer:
        self.asked.append((question, tuple(history), tuple(literal), filters))
        return answer(question, evidence=(), index_hash=self.index.hash)


def _desk(assistant: Listening, folder, keeping: Keeping) -> Desk:
    return Desk(lambda: assistant, Pace(1000), Room(2, 2), Audit(folder / "audit.jsonl", secret=b"s" * 32, days=1), Measures(), 2000, keeping=keeping)


def _wished(desk: Desk, conversation: Conversation, **wish: object) -> Conversation:
    *_, last = granted(desk, None, json.dumps({"do": "ask", **wish}), conversation, "nl")
    return last.shown.conversation


@pytest.mark.parametrize("lost", ["server", "index"])
def test_words_taken_off_and_a_question_asked_alone_are_asked_so_again(tmp_path, lost: str):
    history, assistant = History(tmp_path / "history", days=1), Listening()
    desk = _desk(assistant, tmp_path, Keeping(history=history))
    conversation = _wished(desk, Conversation(), question="Wat stijgt in Drente?", literal=["Drente"])
    conversation = _wished(desk, conversation, question="En in Hoorn?", literal=["En in Hoorn?"], alone=True)
    conversation = _wished(desk, conversation, question="En in Edam?")
    before, assistant.asked = assistant.asked, []
    if lost == "server":
        desk = _desk(assistant, tmp_path, Keeping(history=history))
    else:
        assistant.index.hash = "twee"
    again = reopened(desk, LOCAL, conversation.id)
    assert [one[:3] for one in assistant.asked] == [one[:3] for one in before] and again.questions == conversation.questions
    assert before[1][1] == () and before[2][1] == ("Wat stijgt in Drente?", "En in Hoorn?")
