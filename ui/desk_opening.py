"""Opens what the server serves: the assistant over the index as it is now, opened again when an ingest has changed it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.errors import BronvastError
from ui.desk import Asks

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
        kept = self._kept
        if kept is not None and time.monotonic() - self._looked < _LOOK_EVERY_S:
            return kept[1]
        # the first question waits for the assistant; later ones go on with the old one while one of them opens the new
        if not self._lock.acquire(blocking=kept is None) and kept is not None:
            return kept[1]
        try:
            return self._opened()
        finally:
            self._lock.release()

    def renew(self) -> None:
        """Look now whether the index has changed, and wait until the assistant over it is open: for who has changed it."""
        with self._lock:
            self._opened()

    def _opened(self) -> Asks:
        self._looked = time.monotonic()
        now = self.stamp()
        if self._kept is None or self._kept[0] != now:
            self._kept = (now, self.make())
        return self._kept[1]

    def ready(self) -> bool:
        """Whether questions can be answered."""
        try:
            self()
        except BronvastError:
            return False
        return True
