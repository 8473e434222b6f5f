"""What the page keeps beside the sources: answers at hand, history, feedback, and where the original files lie."""

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from ui.feedback import Feedback
from ui.history import History
from ui.originals import Originals
from ui.settings import Settings
from ui.shelf import Shelf

_UPLOADS_KEPT_S = 86_400  # an upload that was stopped, or whose browser went away, stays a day


@dataclass(frozen=True, slots=True)
class Keeping:
    """The parts that the page writes to; without a folder only the answers at hand, in memory."""

    shelf: Shelf = field(default_factory=Shelf)
    history: History | None = None
    feedback: Feedback | None = None
    originals: Originals | None = None
    uploads: Path | None = None

    def sweep(self) -> None:
        """Delete what is past its time: questions of the history, judgements, and uploads that nobody put into the index."""
        if self.history is not None:
            self.history.sweep()
        if self.feedback is not None:
            self.feedback.sweep()
        for path in self.uploads.iterdir() if self.uploads is not None and self.uploads.is_dir() else ():
            if path.stat().st_mtime < time.time() - _UPLOADS_KEPT_S:
                shutil.rmtree(path, ignore_errors=True)


def open_keeping(settings: Settings) -> Keeping:
    """Return what is kept in the state folder of these settings; what is past its time is swept out."""
    keeping = Keeping(history=History(settings.state / "history", days=settings.history_days),
                      feedback=Feedback(settings.state / "feedback.jsonl", days=settings.audit_days),
                      originals=Originals(settings.state / "originals.json"), uploads=settings.state / "uploads")
    keeping.sweep()
    return keeping
