"""A conversation that is opened again is whole, as far as the page shows it, and answered as it was asked: without the chips that were taken off."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from assistant.answers import Answer
from tests.ui.fakes import answer
from ui.accounts import LOCAL
from ui.asking import MOST_TURNS, Conversation
from ui.audit import Audit
from ui.desk import Desk
from ui.history import History
from ui.keeping import Keeping
from ui.limits import Pace, Room
from ui.monitoring import Measures
from ui.wishes import MOST_REOPENED, granted, reopened


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


def _conversation(desk: Desk, length: int) -> Conversation:
    conversation = Conversation()
    for number in range(length):
        conversation = _wished(desk, conversation, question=f"Vraag {number}?")
    return conversation


def test_what_is_at_hand_comes_back_whole_and_is_not_asked_again(tmp_path):
    assistant = Listening()
    desk = _desk(assistant, tmp_path, Keeping(history=History(tmp_path / "history", days=1)))
    conversation, asked = _conversation(desk, 14), len(assistant.asked)
    assert reopened(desk, LOCAL, conversation.id) == conversation and len(assistant.asked) == asked


@pytest.mark.parametrize("lost", ["server", "index"])
def test_only_some_are_asked_again_and_the_page_says_how_many_are_missing(tmp_path, lost: str):
    history, assistant = History(tmp_path / "history", days=1), Listening()
    desk = _desk(assistant, tmp_path, Keeping(history=history))
    conversation = _conversation(desk, 14)
    if lost == "server":
        desk = _desk(assistant, tmp_path, Keeping(history=history))
    assistant.index.hash, assistant.asked = "twee", []
    again = reopened(desk, LOCAL, conversation.id)
    assert again.questions == conversation.questions[-MOST_REOPENED:] and again.elsewhere == 4
    assert "4 vragen van dit gesprek staan hier niet" in again.html("nl") and "Bewaar de 10 vragen hierboven" in again.html("nl")
    assert reopened(desk, LOCAL, conversation.id).questions == conversation.questions, "the others in their place, the next time"


def test_what_scrolls_out_is_said_and_found_in_the_history(tmp_path):
    history = History(tmp_path / "history", days=1)
    desk = _desk(Listening(), tmp_path, Keeping(history=history))
    conversation = _conversation(desk, MOST_TURNS + 2)
    assert conversation.elsewhere == 2 and "2 questions of this conversation are not shown here" in conversation.html("en")
    assert reopened(desk, LOCAL, conversation.id) == conversation
    asked = history.conversation(LOCAL.name, conversation.id)
    for found in (asked[1], asked[20]):
        *_, last = granted(desk, None, json.dumps({"do": "reopen", "conversation": conversation.id, "question": found.id}), Conversation(), "nl")
        assert found.question in last.shown.conversation.questions and last.shown.conversation.elsewhere == 2


def test_a_question_that_is_in_no_history_keeps_its_place(tmp_path):
    desk = _desk(Listening(), tmp_path, Keeping(history=History(tmp_path / "history", days=1)))
    conversation = Conversation()
    for question in ("Een?", "Heeft mevrouw De Vries recht op opvang?", "Drie?"):
        conversation = _wished(desk, conversation, question=question)
    assert reopened(desk, LOCAL, conversation.id).questions == conversation.questions
