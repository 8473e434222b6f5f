"""A user's own history: the questions asked, searchable, deletable, gone after a set time.

Only questions are kept. Opening one asks it again, so that the answer is made of what the sources hold and the user may
see now, and nothing quoted stays behind when a document is removed.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path

from babel.dates import format_datetime

from assistant.answers import Language
from ui.state_files import append_line, changing, write_bytes
from ui.strings import PAGE

_DAY = 86_400
_LOCALES: Mapping[Language, str] = {"nl": "nl_NL", "en": "en_GB"}
_WHEN = "EEEE d MMMM y, HH:mm"
_MOST_SHOWN = 200  # conversations shown; searching finds the others


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a conversation, when it was asked (seconds since 1970), the filters that were set by hand, the words that were meant as typed,
    and whether it was asked without those before it.
    """

    id: str
    conversation: str
    at: float
    question: str
    status: str
    filters: tuple[tuple[str, str], ...] | None = None
    literal: tuple[str, ...] = ()
    alone: bool = False


class History:
    """One file of JSON lines for each user, named by a hash of the name. With `days` 0 nothing is ever written."""

    def __init__(self, folder: Path, *, days: int, clock: Callable[[], float] = time.time) -> None:
        self._folder, self.days, self._clock = folder, days, clock

    def add(self, user: str, conversation: str, question: str, *, status: str, filters: Sequence[tuple[str, str]] | None = None,
            literal: Sequence[str] = (), alone: bool = False) -> str:
        """Keep a question of this user and return its id, "" where nothing is kept; what is past its time leaves the file."""
        if not self.days:
            return ""
        path = self._file(user)
        one = Asked(secrets.token_hex(6), conversation, self._clock(), question, status, tuple(filters) if filters is not None else None,
                    tuple(literal), alone)
        with changing(path):
            kept = self._read(path)
            if len(kept) < _lines(path):
                self._write(path, kept)
            append_line(path, _line(one))
        return one.id

    def all(self, user: str, *, containing: str = "") -> list[Asked]:
        """Return the user's questions that hold these words (any case), the newest first."""
        words = containing.casefold().split()
        return [one for one in reversed(self._read(self._file(user))) if all(word in one.question.casefold() for word in words)]

    def conversation(self, user: str, conversation: str) -> list[Asked]:
        """Return the questions of one conversation of this user, the oldest first."""
        return [one for one in self._read(self._file(user)) if one.conversation == conversation]

    def forget(self, user: str, ids: Iterable[str] | None = None) -> int:
        """Delete questions of this user, all without `ids`; return how many. Their bytes leave the folder."""
        path, gone = self._file(user), None if ids is None else set(ids)
        with changing(path):
            before = self._read(path)
            kept = [one for one in before if gone is not None and one.id not in gone]
            if kept:
                self._write(path, kept)
            else:
                path.unlink(missing_ok=True)
        return len(before) - len(kept)

    def sweep(self) -> None:
        """Delete what is past its time, of users too who do not come back."""
        for path in self._folder.glob("*.jsonl") if self._folder.is_dir() else ():
            with changing(path):
                kept = self._read(path) if self.days else []
                if not kept:
                    path.unlink(missing_ok=True)
                elif len(kept) < _lines(path):
                    self._write(path, kept)

    def _file(self, user: str) -> Path:
        return self._folder / f"{hashlib.sha256(user.encode()).hexdigest()[:32]}.jsonl"

    def _read(self, path: Path) -> list[Asked]:
        """Return what may still be kept; a line that a crash cut off, or that is no question, is passed over."""
        oldest, found = self._clock() - self.days * _DAY, []
        for raw in path.read_bytes().splitlines() if path.exists() else ():
            try:
                value = json.loads(raw)
                filters, literal = value.pop("filters", None), tuple(value.pop("literal", ()))
                one = Asked(**value, filters=None if filters is None else tuple((field, said) for field, said in filters), literal=literal)
                if one.at >= oldest:
                    found.append(one)
            except (ValueError, TypeError, AttributeError):
                continue
        return found

    @staticmethod
    def _write(path: Path, kept: Iterable[Asked]) -> None:
        write_bytes(path, b"".join(_line(one) + b"\n" for one in kept))


def _line(one: Asked) -> bytes:
    return json.dumps(asdict(one)).encode()


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def history_html(history: History | None, user: str, search: str | None, language: Language) -> str:
    """Return the conversations of this user that hold the words searched for."""
    say = PAGE[language]
    if history is None:
        return f"<p>{say['no_history']}</p>"
    words = search or ""  # None where the browser has not drawn the box yet
    found = history.all(user, containing=words)
    if not found:
        return f"<p>{say['nothing_found' if words.strip() else 'no_history']}</p>"
    groups = [list(group) for _, group in groupby(sorted(found, key=lambda one: one.conversation), key=lambda one: one.conversation)]
    groups.sort(key=lambda group: max(one.at for one in group), reverse=True)
    all_gone = (f'<details class="forget"><summary>{say["forget_all"]}</summary><p>{say["forget_sure"]}</p>'
                f'<button type="button" class="danger" data-wish="{_wish("forget", ids="all")}">{say["forget_yes"]}</button></details>')
    kept_for = f'<p class="place">{say["kept_for"].format(days=history.days)}</p>'
    return kept_for + "".join(_conversation(group, language, found=bool(words.strip())) for group in groups[:_MOST_SHOWN]) + all_gone


def _conversation(group: list[Asked], language: Language, *, found: bool) -> str:
    """Return a conversation, or of one that was searched for the questions that were found; it opens at the first of these."""
    say, ordered = PAGE[language], sorted(group, key=lambda one: one.at)
    when = format_datetime(datetime.fromtimestamp(ordered[0].at).astimezone(), _WHEN, locale=_LOCALES[language])
    questions = "".join(f'<li><bdi>{escape(one.question)}</bdi> <span class="place">{say.get(one.status, "")}</span></li>'
                        for one in ordered)
    first = escape(" ".join(ordered[0].question.split()))
    opening = _wish("reopen", conversation=ordered[0].conversation, **{"question": ordered[0].id} if found else {})
    return (f'<article class="card document"><p class="place">{when}</p><ul class="asked-before">{questions}</ul><div class="actions">'
            f'<button type="button" class="plain" data-wish="{opening}"'
            f' aria-label="{say["reopen"]}: {first}">{say["reopen"]}</button>'
            f'<button type="button" class="plain" data-wish="{_wish("forget", ids=[one.id for one in ordered])}"'
            f' aria-label="{say["forget"]}: {first}">{say["forget"]}</button></div></article>')


def _wish(do: str, **said: object) -> str:
    return escape(json.dumps({"do": do, **said}))
