"""What the page keeps beside the sources: answers at hand, history, feedback, and where the original files lie."""

from dataclasses import dataclass, field

from ui.feedback import Feedback
from ui.history import History
from ui.originals import Originals
from ui.settings import Settings
from ui.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Keeping:
    """The parts that the page writes to; without a folder only the answers at hand, in memory."""

    shelf: Shelf = field(default_factory=Shelf)
    history: History | None = None
    feedback: Feedback | None = None
    originals: Originals | None = None


def open_keeping(settings: Settings) -> Keeping:
    """Return what is kept in the state folder of these settings; history that is past its time is swept out."""
    history = History(settings.state / "history", days=settings.history_days)
    history.sweep()
    return Keeping(history=history, feedback=Feedback(settings.state / "feedback.jsonl", days=settings.audit_days),
                   originals=Originals(settings.state / "originals.json"))
