"""What the page keeps beside the sources: answers at hand, history, and feedback."""

import json
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.answers import Answer
from assistant.generated import GeneratedText
from ui.history import History
from ui.settings import Settings
from ui.state_files import append_line, changing, lines_since, write_bytes
from ui.uploads import KEPT_S

_MOST_ANSWERS = 60  # answers of one user; twice what the page shows of a conversation
_MOST_USERS = 500
Verdict = Literal["up", "down"]
REASONS = frozenset({"missing", "wrong_quote", "not_about", "should_answer", "unclear"})
LONGEST_NOTE = 1_000  # characters
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Shelved:
    """An answer with the earlier questions of its conversation, oldest first, the words that were meant as typed, and the filters set by hand.

    `asked` is the id of its question in the history ("" where that keeps none), `at` when it was first asked, in seconds since 1970.
    """

    answer: Answer
    history: tuple[str, ...] = ()
    conversation: str = ""
    literal: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] | None = None
    asked: str = ""
    at: float = 0.0


class Shelf:
    """Keeps the latest answers of each user under names that only that user can use.

    `stamp` tells an account apart from one of the same name that was removed: what that one was answered is not for the next.
    """

    def __init__(self, stamp: Callable[[str], str] = lambda name: "") -> None:
        self._stamp = stamp
        self._kept: OrderedDict[tuple[str, str], OrderedDict[str, Shelved]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, user: str, answer: Answer, *, history: Sequence[str] = (), conversation: str = "", literal: Sequence[str] = (),
            filters: tuple[tuple[str, str], ...] | None = None, asked: str = "", at: float | None = None) -> str:
        """Keep an answer to what was asked now, or first `at` another time; return its name."""
        key, owner = secrets.token_hex(8), self._owner(user)
        with self._lock:
            mine = self._kept.pop(owner, OrderedDict())
            self._kept[owner] = mine
            mine[key] = Shelved(answer, tuple(history), conversation, tuple(literal), filters, asked, time.time() if at is None else at)
            while len(mine) > _MOST_ANSWERS:
                mine.popitem(last=False)
            while len(self._kept) > _MOST_USERS:
                self._kept.popitem(last=False)
        return key

    def find(self, user: str, key: str) -> Answer | None:
        """Return the answer of that name, when it is this user's."""
        found = self.find_asked(user, key)
        return found.answer if found is not None else None

    def find_asked(self, user: str, key: str) -> Shelved | None:
        """Return the answer of that name and what was asked before it, when it is this user's."""
        owner = self._owner(user)
        with self._lock:
            return self._kept.get(owner, OrderedDict()).get(key)

    def conversation(self, user: str, conversation: str) -> list[tuple[str, Shelved]]:
        """Return the answers of one conversation of this user with their names, oldest first."""
        owner = self._owner(user)
        with self._lock:
            return [(key, one) for key, one in self._kept.get(owner, OrderedDict()).items() if one.conversation == conversation]

    def drop(self, user: str, key: str) -> None:
        """Take an answer from the shelf."""
        owner = self._owner(user)
        with self._lock:
            self._kept.get(owner, OrderedDict()).pop(key, None)

    def part(self, user: str, conversations: Collection[str]) -> None:
        """Let the answers of these conversations be found by their own names only."""
        owner = self._owner(user)
        with self._lock:
            mine = self._kept.get(owner, OrderedDict())
            mine.update({key: replace(one, conversation="") for key, one in mine.items() if one.conversation in conversations})

    def join(self, user: str, key: str, generated: GeneratedText) -> None:
        """Keep what a model wrote beside an answer that is still there."""
        owner = self._owner(user)
        with self._lock:
            mine = self._kept.get(owner, OrderedDict())
            if key in mine:
                mine[key] = replace(mine[key], answer=replace(mine[key].answer, generated=generated))

    def _owner(self, user: str) -> tuple[str, str]:
        return user, self._stamp(user)


class Feedback:
    """A file of judgements: question with its history and filters, verdict, reasons, note, and the places that were quoted. Kept for `days`."""

    def __init__(self, path: Path, *, days: int, clock: Callable[[], float] = time.time) -> None:
        self._path, self._days, self._clock = path, days, clock

    def add(self, answer: Answer, verdict: Verdict, *, reasons: Sequence[str] = (), note: str = "", history: Sequence[str] = (),
            filters: Sequence[tuple[str, str]] | None = None, key: str = "") -> None:
        """Keep a judgement of an answer, with what was asked before it and the filters set by hand; reasons that nobody offered are left out.

        It takes the place of an earlier judgement of the answer of that `key`.
        """
        line = {"at": datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"), "verdict": verdict,
                "reasons": sorted(set(reasons) & REASONS), "note": " ".join(note.split())[:LONGEST_NOTE], "question": answer.question,
                "history": list(history), "filters": filters, "answer": key,
                "language": answer.language, "status": answer.status, "index_hash": answer.index_hash, "settings_hash": answer.settings_hash,
                "evidence": [{"doc": one.place.doc, "start": one.place.start, "end": one.place.end, "passage_id": one.passage_id}
                             for one in answer.evidence]}
        with changing(self._path):
            self._prune(without=key)
            append_line(self._path, json.dumps(line).encode())

    def sweep(self) -> None:
        """Take out what is past its time."""
        with changing(self._path):
            self._prune()

    def _prune(self, *, without: str = "") -> None:
        kept = [one for one in self.lines() if not without or one.get("answer") != without]
        if self._path.exists() and len(kept) < self._path.read_bytes().count(b"\n"):
            write_bytes(self._path, b"".join(json.dumps(one).encode() + b"\n" for one in kept))

    def lines(self) -> Iterator[dict[str, Any]]:
        """Return the judgements that may still be kept, the oldest first."""
        oldest = datetime.fromtimestamp(self._clock() - self._days * _DAY, UTC).isoformat(timespec="seconds")
        yield from lines_since(self._path, oldest)


@dataclass(frozen=True, slots=True)
class Keeping:
    """The parts that the page writes to; without a folder only the answers at hand, in memory."""

    shelf: Shelf = field(default_factory=Shelf)
    history: History | None = None
    feedback: Feedback | None = None
    uploads: Path | None = None

    def sweep(self) -> None:
        """Delete what is past its time: questions of the history, judgements, and uploads that nobody put into the index."""
        if self.history is not None:
            self.history.sweep()
        if self.feedback is not None:
            self.feedback.sweep()
        for path in self.uploads.iterdir() if self.uploads is not None and self.uploads.is_dir() else ():
            if path.stat().st_mtime < time.time() - KEPT_S:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:  # of an upload that was broken off
                    path.unlink(missing_ok=True)


def open_keeping(settings: Settings, stamp: Callable[[str], str] = lambda name: "") -> Keeping:
    """Return what is kept in the state folder of these settings; what is past its time is swept out. `stamp` as `Shelf` has it."""
    keeping = Keeping(Shelf(stamp), history=History(settings.state / "history", days=settings.history_days),
                      feedback=Feedback(settings.state / "feedback.jsonl", days=settings.audit_days),
                      uploads=settings.state / "uploads")
    keeping.sweep()
    return keeping
