"""The audit log: who asked, opened, exported or changed what, and when; of a question only a keyed hash."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ui.state_files import append_line, changing, lines_since, write_bytes

Deed = Literal["asked", "opened", "exported", "changed", "signed in", "signed out", "refused"]
_DAY = 86_400


class Audit:
    """One line of JSON for each deed. Lines older than `days` leave the file at most a day later."""

    def __init__(self, path: Path, *, secret: bytes, days: int, keeps_text: bool = False,
                 clock: Callable[[], float] = time.time) -> None:
        self._path, self._secret, self._days, self._keeps_text, self._clock = path, secret, days, keeps_text, clock
        self._lock, self._pruned = threading.Lock(), float("-inf")

    def write(self, user: str, deed: Deed, *, what: str = "", question: str = "") -> None:
        """Add a line. `what` names a document or an action; a question's text is kept only if that is switched on."""
        line: dict[str, str] = {"at": datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"),
                                "user": user, "deed": deed}
        if what:
            line["what"] = what
        if question:
            line["question_hash"] = self.hash(question)
            if self._keeps_text:
                line["question"] = question
        with self._lock, changing(self._path):
            self._prune_once_a_day()
            append_line(self._path, json.dumps(line).encode())

    def sweep(self) -> None:
        """Take out what is past its time, also where nobody does anything."""
        with self._lock, changing(self._path):
            self._prune_once_a_day()

    def hash(self, question: str) -> str:
        """A hash with this installation's key: the same question can be recognised, but not guessed from a list."""
        return hmac.new(self._secret, question.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]

    def lines(self) -> Iterator[dict[str, str]]:
        """Every line that may still be kept, oldest first; a line cut off by a crash is passed over."""
        oldest = datetime.fromtimestamp(self._clock() - self._days * _DAY, UTC).isoformat(timespec="seconds")
        yield from lines_since(self._path, oldest)

    def _prune_once_a_day(self) -> None:
        now = self._clock()
        if now - self._pruned < _DAY:
            return
        self._pruned = now
        if self._path.exists():
            write_bytes(self._path, b"".join(json.dumps(line).encode() + b"\n" for line in self.lines()))
