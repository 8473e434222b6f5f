"""What users say of answers: a line of JSON for each judgement, for the evaluators, without who said it."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.answers import Answer
from ui.state_files import OWNER_ONLY, changing, write_bytes

Verdict = Literal["up", "down"]
REASONS = frozenset({"missing", "wrong_quote", "not_about", "should_answer", "unclear"})
LONGEST_NOTE = 1_000  # characters
_DAY = 86_400


class Feedback:
    """A file of judgements: question, verdict, reasons, note, and the places that were quoted. Kept for `days`."""

    def __init__(self, path: Path, *, days: int, clock: Callable[[], float] = time.time) -> None:
        self._path, self._days, self._clock = path, days, clock

    def add(self, answer: Answer, verdict: Verdict, *, reasons: Sequence[str] = (), note: str = "") -> None:
        """Keep a judgement of an answer; reasons that nobody offered are left out."""
        line = {"at": datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"), "verdict": verdict,
                "reasons": sorted(set(reasons) & REASONS), "note": " ".join(note.split())[:LONGEST_NOTE], "question": answer.question,
                "language": answer.language, "status": answer.status, "index_hash": answer.index_hash, "settings_hash": answer.settings_hash,
                "evidence": [{"doc": one.place.doc, "start": one.place.start, "end": one.place.end, "passage_id": one.passage_id}
                             for one in answer.evidence]}
        with changing(self._path):
            self._prune()
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
            with os.fdopen(descriptor, "ab") as file:
                file.write(json.dumps(line).encode() + b"\n")

    def sweep(self) -> None:
        """Take out what is past its time."""
        with changing(self._path):
            self._prune()

    def _prune(self) -> None:
        kept = list(self.lines())
        if self._path.exists() and len(kept) < self._path.read_bytes().count(b"\n"):
            write_bytes(self._path, b"".join(json.dumps(one).encode() + b"\n" for one in kept))

    def lines(self) -> Iterator[dict[str, Any]]:
        """Return the judgements that may still be kept, the oldest first."""
        oldest = datetime.fromtimestamp(self._clock() - self._days * _DAY, UTC).isoformat(timespec="seconds")
        for raw in self._path.read_bytes().splitlines() if self._path.exists() else ():
            try:
                line = json.loads(raw)
            except ValueError:
                continue
            if line["at"] >= oldest:
                yield line
