"""The desk: the one place where page, API and MCP ask, so that rights, limits, counts and audit hold for all three."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.errors import BronvastError, UsageError
from ui.accounts import LOCAL, Account
from ui.ask_command import Asks
from ui.audit import Audit
from ui.limits import BusyError, Pace, Room
from ui.measures import Measures

if TYPE_CHECKING:
    from assistant.answers import Answer

Door = Literal["page", "api", "mcp"]
_MOST_HISTORY = 20  # earlier questions that are taken along; a conversation's subject lies in the last few


@dataclass(frozen=True, slots=True)
class Desk:
    """Asks the assistant for a user: only what that user may see, as often and as long as the limits allow.

    `assistant` returns the assistant over the index as it is now. `accounts` finds a user by name; where signing in
    is off it is None and there is one user, `LOCAL`.
    """

    assistant: Callable[[], Asks]
    pace: Pace
    room: Room
    audit: Audit
    measures: Measures
    longest_question: int
    find_account: Callable[[str], Account | None] | None = None

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

    def ask(self, account: Account, question: str, *, history: Sequence[str] = (), id: str = "",  # noqa: A002
            filters: Sequence[tuple[str, str]] | None = None, audiences: frozenset[str] | None = None,
            door: Door = "page") -> Answer:
        """Answer one question for this user. `audiences` can narrow what the user may see, never widen it.

        :raises BusyError: when a limit is reached; it says how long to wait.
        :raises UsageError: when the question is empty or too long.
        """
        if len(question) > 4 * self.longest_question:  # the assistant judges the cleaned text; this bounds the cleaning
            raise UsageError(f"Stel de vraag in ten hoogste {self.longest_question} tekens. / "
                             f"Ask in at most {self.longest_question} characters.")
        earlier = [one[:self.longest_question] for one in history[-_MOST_HISTORY:]]
        started = time.perf_counter()
        try:
            wait = self.pace.take(account.name)
            if wait:
                raise BusyError(wait, "U stelt te veel vragen achter elkaar. / Too many questions in a row.")
            with self.room.enter():
                self.measures.inside.set(self.room.inside)
                answer = self.assistant().ask(question, history=earlier, id=id, filters=filters,
                                              audiences=narrowed(account, audiences))
        except BusyError:
            self.measures.busy.inc()
            raise
        finally:
            self.measures.inside.set(self.room.inside)
        self.measures.seconds.observe(time.perf_counter() - started)
        self.measures.questions.labels(door, answer.status).inc()
        self.audit.write(account.name, "asked", what=door, question=question)
        return answer


def narrowed(account: Account, audiences: frozenset[str] | None) -> frozenset[str] | None:
    """The audiences that count: those of the account, and of these only the ones asked for."""
    if account.audiences is None:
        return audiences
    return account.audiences if audiences is None else account.audiences & audiences
