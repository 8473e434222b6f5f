"""Asking on the page: the conversation, the steps while a question is answered, then the answer; as values and as HTML, free of Gradio."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from html import escape
from queue import Empty, SimpleQueue

from assistant.answers import Answer, Language, Step
from ingest.documents import Document
from ingest.errors import BronvastError
from ui.accounts import Account
from ui.cards import answer_html, asked_html, export_html
from ui.desk import Desk, seen
from ui.privacy import PersonalData, personal_data
from ui.reasons import failure_html
from ui.strings import PAGE

MOST_TURNS = 30  # of one conversation on the page; older ones scroll out
Filters = tuple[tuple[str, str], ...]
BEAT_S = 0.25  # how often a question that is waited for can be stopped


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with the HTML of its answer, the name of the answer on the shelf, and whether it quotes."""

    question: str
    html: str
    key: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns on the page, oldest first; `id` tells it apart on the shelf and in the history, `elsewhere` counts its questions that are not on the page."""

    turns: tuple[Turn, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    elsewhere: int = 0

    @property
    def questions(self) -> list[str]:
        """What was asked, oldest first."""
        return [turn.question for turn in self.turns]

    def html(self, language: Language, notice: str = "") -> str:
        """Return all turns, a notice, and the way to keep more than one answer in a file; the script reads the name of the conversation there."""
        say = PAGE[language]
        keys = [turn.key for turn in self.turns]
        label = say["export_shown"].format(count=len(keys)) if self.elsewhere else say["export_all"]
        whole = export_html(keys, language, label=label, kind="after whole", quoted=any(turn.quoted for turn in self.turns)) if len(keys) > 1 else ""
        missing = say["elsewhere_one" if self.elsewhere == 1 else "elsewhere_many"].format(count=self.elsewhere)
        missing = f'<p class="notice elsewhere">{missing}</p>' if self.elsewhere else ""
        name = self.id if self.turns else ""
        return f'<div data-conversation="{escape(name)}">{missing}{"".join(turn.html for turn in self.turns)}{notice}{whole}</div>'

    def after(self, turn: Turn) -> "Conversation":
        """Return the conversation with one turn more; of more than `MOST_TURNS` the oldest scrolls out."""
        turns = (*self.turns, turn)
        return replace(self, turns=turns[-MOST_TURNS:], elsewhere=self.elsewhere + len(turns[:-MOST_TURNS]))


def waiting_html(question: str, steps: Sequence[Step], language: Language) -> str:
    """Return the question with its steps; none yet while it is being read."""
    say = PAGE[language]
    lines = [say["step_understanding"]]
    if steps:
        lines[0] = say["step_understood"].format(text=steps[0].reading.text)
        lines += [say[f"step_{step.stage}"].format(count=step.count) for step in steps]
    shown = "".join(f'<li class="{"now" if number == len(lines) else "done"}"><bdi>{escape(line)}</bdi></li>' for number, line in enumerate(lines, 1))
    return (f'<section class="turn waiting" lang="{language}">{asked_html(question[:2000], language)}<ol class="steps">{shown}</ol>'
            f'<button type="button" class="plain late" data-press="stop-asking">{say["stop"]}</button></section>')


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as the page asks it. `filters` None leaves those of the question; `alone` leaves out what was asked before."""

    question: str
    filters: Filters | None = None
    literal: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the conversation, its HTML, the question that is worked on, and what stays in the box (None: as it was)."""

    conversation: Conversation
    html: str | None = None
    waiting: str | None = ""
    box: str | None = None


def ask(desk: Desk, name: str | None, wanted: Wanted, conversation: Conversation, language: Language) -> Iterator[Shown]:
    """Answer a question, step by step; a failure is a notice, and the question stays in the box."""
    yield Shown(conversation, waiting=waiting_html(wanted.question, (), language), box="")
    steps: SimpleQueue[Step | None] = SimpleQueue()
    history = _before(wanted, conversation)
    apart = ThreadPoolExecutor(1)
    try:
        account = desk.account(name)
        answering = apart.submit(desk.ask, account, wanted.question, history=history, filters=wanted.filters, literal=wanted.literal, told=steps.put)
        answering.add_done_callback(lambda _: steps.put(None))
        done: tuple[Step, ...] = ()
        for step in _coming(steps):
            done = (*done, *step)
            yield Shown(conversation, waiting=waiting_html(wanted.question, done, language) if step else None)
        answer = answering.result()
    except BronvastError as error:
        notice = f'<section class="turn"><p class="notice" role="alert">{failure_html(language, error)}</p></section>'
        yield Shown(conversation, conversation.html(language, notice), box=wanted.question)
        return
    finally:
        apart.shutdown(wait=False)
    after = _answered(desk, account, wanted, conversation, answer, language)
    yield Shown(after, after.html(language))


def _coming(steps: "SimpleQueue[Step | None]") -> Iterator[tuple[Step, ...]]:
    """Give each step as it comes until None ends them; nothing, now and then, so that who listens can be stopped meanwhile."""
    while True:
        try:
            step = steps.get(timeout=BEAT_S)
        except Empty:
            yield ()
            continue
        if step is None:
            return
        yield (step,)


def answered_again(desk: Desk, account: Account, wanted: Wanted, conversation: Conversation, *, asked: str = "", at: float | None = None) -> Conversation:
    """Answer a question of the history, `asked` there and `at` that time, once more; it is not kept a second time.

    :raises BronvastError: as `Desk.ask`.
    """
    history = _before(wanted, conversation)
    answer = desk.ask(account, wanted.question, history=history, filters=wanted.filters, literal=wanted.literal)
    return conversation.after(shelved_turn(desk, account, wanted, conversation, answer, asked=asked, at=at))


def _before(wanted: Wanted, conversation: Conversation) -> tuple[str, ...]:
    """Return the earlier questions that a question is asked after."""
    return () if wanted.alone else tuple(conversation.questions)


def shelved_turn(desk: Desk, account: Account, wanted: Wanted, conversation: Conversation, answer: Answer, *, asked: str = "", at: float | None = None) -> Turn:
    """Put an answer on the shelf, with the id of its question in the history and when it was first asked (None: now), and return its turn."""
    key = desk.keeping.shelf.put(account.name, answer, history=_before(wanted, conversation), conversation=conversation.id, literal=wanted.literal,
                                 filters=wanted.filters, asked=asked, at=at)
    html = answer_html(answer, seen(desk, account), key=key, literal=wanted.literal, alone=wanted.alone, written_beside=desk.beside is not None)
    return Turn(wanted.question, html, key, bool(answer.evidence))


def _answered(desk: Desk, account: Account, wanted: Wanted, conversation: Conversation, answer: Answer, language: Language) -> Conversation:
    """Return the conversation with the answer, whose question goes into the user's history unless it holds personal data."""
    warning, asked = _warning(wanted.question, seen(desk, account).values(), language), ""
    if not warning and desk.keeping.history is not None:
        asked = desk.keeping.history.add(account.name, conversation.id, wanted.question, status=answer.status, filters=wanted.filters,
                                         literal=wanted.literal, alone=wanted.alone)
    turn = shelved_turn(desk, account, wanted, conversation, answer, asked=asked)
    return conversation.after(replace(turn, html=warning + turn.html))


def personal_in(text: str, documents: Iterable[Document]) -> tuple[PersonalData, ...]:
    """Return what looks like personal data; words of these documents are no names of persons."""
    known = [document.text.casefold() for document in documents]
    return personal_data(text, known=lambda word: any(word in one for one in known))


def _warning(text: str, documents: Iterable[Document], language: Language) -> str:
    """Return what is said of a question that holds personal data, else the empty string."""
    found = personal_in(text, documents)
    what = ", ".join(dict.fromkeys(PAGE[language][one.kind] for one in found))
    return f'<p class="notice">{escape(PAGE[language]["personal"].format(what=what))}</p>' if found else ""
