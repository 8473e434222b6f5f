"""Opens what the server serves: the assistant over the index as it is now, opened again when an ingest has changed it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.errors import BronvastError
from ui.ask_command import Asks

_LOOK_EVERY_S = 1.0  # reading the manifest's time costs microseconds, but not for each of many questions at once


@dataclass
class Fresh:
    """Keeps one assistant, and makes another when `stamp` says that the index has changed.

    Questions that are being answered keep the one that they began with.
    """

    make: Callable[[], Asks]
    stamp: Callable[[], object]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: tuple[object, Asks] | None = None
    _looked: float = float("-inf")

    def __call__(self) -> Asks:
        """The assistant over the index as it is now."""
        with self._lock:
            kept = self._kept
            if kept is not None and time.monotonic() - self._looked < _LOOK_EVERY_S:
                return kept[1]
            self._looked = time.monotonic()
            now = self.stamp()
            if kept is None or kept[0] != now:
                kept = self._kept = (now, self.make())
            return kept[1]

    def ready(self) -> bool:
        """Whether questions can be answered."""
        try:
            self()
        except BronvastError:
            return False
        return True
