"""The desk: the one place where page, API and MCP ask, so that rights, limits, counts and audit hold for all three."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import anyio
import anyio.to_thread

from assistant import answers
from ingest.errors import BronvastError, UsageError
from ui.accounts import LOCAL, Account
from ui.audit import Audit
from ui.keeping import Keeping
from ui.limits import BusyError, Pace, Room
from ui.monitoring import Measures

if TYPE_CHECKING:
    from assistant.answers import Answer, Step
    from index.source_index import SourceIndex
    from ingest.documents import Document
    from ui.beside import Beside


Door = Literal["page", "api", "mcp"]
_MOST_HISTORY = 20  # earlier questions that are taken along; a conversation's subject lies in the last few


class DeskAssistant(answers.Asks, Protocol):
    """What the desk asks: it is also told which words are as typed and who hears of each step, and has an index."""

    @property
    def index(self) -> SourceIndex:
        """The index that answers come from."""
        ...

    def ask(self, question: str, *, history: Sequence[str] = (), id: str = "",
            audiences: frozenset[str] | None = None, filters: Sequence[tuple[str, str]] | None = None,
            literal: Sequence[str] = ..., told: Callable[[Step], None] = ...) -> Answer:
        """Answer one question, after the earlier ones in `history`; `literal` words are as typed, `told` hears of each step."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Asks the assistant for a user: only what that user may see, as often and as long as the limits allow.

    `assistant` returns the assistant over the index as it is now. `accounts` finds a user by name; where signing in
    is off it is None and there is one user, `LOCAL`. `beside` writes with a language model, where one is set.
    """

    assistant: Callable[[], DeskAssistant]
    pace: Pace
    room: Room
    audit: Audit
    measures: Measures
    longest_question: int
    find_account: Callable[[str], Account | None] | None = None
    keeping: Keeping = field(default_factory=Keeping)
    beside: Beside | None = None

    def account(self, name: str | None) -> Account:
        """The user of that name, as the page knows it from `gradio.Request.username`.

        :raises BronvastError: when there is no such user any more.
        """
        if self.find_account is None:
            return LOCAL
        account = self.find_account(name) if name else None
        if account is None:
            raise BronvastError("Meld u opnieuw aan. / Sign in again.")
        return account

    def ask(self, account: Account, question: str, *, history: Sequence[str] = (), filters: Sequence[tuple[str, str]] | None = None,
            literal: Sequence[str] = (), told: Callable[[Step], None] = lambda _: None) -> Answer:
        """Answer one question of the page for this user; `literal` words are as typed, `told` hears of each step.

        :raises BusyError: when a limit is reached; it says how long to wait.
        :raises UsageError: when the question is empty or too long.
        """
        with self._admitted(account, question):
            return self._answered(Asked(account, question, tuple(history), filters=filters, literal=tuple(literal), told=told))

    async def ask_soon(self, account: Account, question: str, *, history: Sequence[str] = (), id: str = "",
                       filters: Sequence[tuple[str, str]] | None = None, audiences: frozenset[str] | None = None,
                       door: Door = "api") -> Answer:
        """Answer as `ask` does, for who asks from the event loop: the waiting is done there and not in a thread.

        `audiences` can narrow what the user may see, never widen it.
        """
        with self._admitted(account, question):
            asked = Asked(account, question, tuple(history), id=id, filters=filters, audiences=audiences, door=door)
            async with self.room.turn():
                return await anyio.to_thread.run_sync(self._answered, asked, limiter=self.room.threads)

    @contextmanager
    def _admitted(self, account: Account, question: str) -> Iterator[None]:
        """Hold a place to wait, for a question that may be asked now."""
        if len(question) > 4 * self.longest_question:  # the assistant judges the cleaned text; this bounds the cleaning
            raise UsageError(f"Stel de vraag in ten hoogste {self.longest_question} tekens. / "
                             f"Ask in at most {self.longest_question} characters.")
        try:
            wait = self.pace.take(account.name)
            if wait:
                raise BusyError(wait, "U stelt te veel vragen achter elkaar. / Too many questions in a row.")
            with self.room.queue():
                self.measures.inside.set(self.room.inside)
                yield
        except BusyError:
            self.measures.busy.inc()
            raise
        finally:
            self.measures.inside.set(self.room.inside)

    def _answered(self, asked: Asked) -> Answer:
        started = time.perf_counter()
        earlier = [one[:self.longest_question] for one in asked.history[-_MOST_HISTORY:]]
        with self.room.work():
            answer = self.assistant().ask(asked.question, history=earlier, id=asked.id, filters=asked.filters, literal=asked.literal,
                                          audiences=narrowed(asked.account, asked.audiences), told=asked.told)
        self.measures.seconds.observe(time.perf_counter() - started)
        self.measures.questions.labels(asked.door, answer.status).inc()
        self.audit.write(asked.account.name, "asked", what=asked.door, question=asked.question)
        return answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with who asks it, through which door."""

    account: Account
    question: str
    history: tuple[str, ...]
    id: str = ""
    filters: Sequence[tuple[str, str]] | None = None
    audiences: frozenset[str] | None = None
    literal: tuple[str, ...] = ()
    told: Callable[[Step], None] = lambda _: None
    door: Door = "page"


def narrowed(account: Account, audiences: frozenset[str] | None) -> frozenset[str] | None:
    """The audiences that count: those of the account, and of these only the ones asked for."""
    if account.audiences is None:
        return audiences
    return account.audiences if audiences is None else account.audiences & audiences


def seen(desk: Desk, account: Account) -> dict[str, Document]:
    """Return the documents that this user may see, by name."""
    return {document.doc: document for document in desk.assistant().index.view(narrowed(account, None)).documents}


def still_seen(answer: Answer, documents: dict[str, Document]) -> bool:
    """Say whether every place that an answer quotes lies in a document that the user may see, and that is still the same."""
    quoted = [place for one in (*answer.evidence, *answer.near) for place in (one.place, *one.also)]
    return all(place.doc in documents and documents[place.doc].sha256 == place.doc_sha256 for place in quoted)
