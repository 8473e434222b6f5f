"""How far an ingest is, on stderr: one line that changes on a terminal, else a line every few seconds."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.output import note

if TYPE_CHECKING:
    from index.ingest_report import Progress

_EVERY_S = {True: 0.2, False: 5.0}  # by whether a person watches the line change
_WIDTH = 118


def progress_line(progress: "Progress") -> str:
    """Files, pages, passages a second, time left, and the file that was just read."""
    left = progress.seconds_left
    rest = f"{left:.0f} s left" if left < 120 else f"{left / 60:.0f} min left"
    doc = "".join(one if one.isprintable() else " " for one in progress.doc)
    return (f"{progress.done}/{progress.files} files, {progress.pages} pages, {progress.passages} passages "
            f"({progress.passages_a_second:.0f}/s), {rest}: {doc}")


@dataclass(slots=True)
class IngestTeller:
    """Shows notices, and progress not too often; the last line is always shown."""

    terminal: bool = field(default_factory=lambda: sys.stderr.isatty())
    clock: Callable[[], float] = time.monotonic
    _next: float = 0.0

    def __call__(self, notice: "Progress | str") -> None:
        """Show a notice, or how far the run is."""
        if isinstance(notice, str):
            note(notice)
            return
        last = notice.done == notice.files
        if self.clock() < self._next and not last:
            return
        self._next = self.clock() + _EVERY_S[self.terminal]
        if self.terminal:
            line = progress_line(notice)[:_WIDTH].encode("utf-8", "backslashreplace").decode()
            sys.stderr.write(f"\r\x1b[K{line}" + "\n" * last)
            sys.stderr.flush()
        else:
            note(progress_line(notice))
