"""How long a run will still take, by the questions that it has asked so far."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Pace:
    """Estimates what is left of a run from its first question on: the first, which loads things, does not count, nor does an earlier run."""

    clock: Callable[[], float] = time.monotonic
    _started: float = 0.0
    _first: int | None = None

    def left(self, done: int, total: int) -> float | None:
        """Return the seconds that the remaining questions will take at the pace so far; None until ten have been asked after the first."""
        if self._first is None:
            self._first, self._started = done, self.clock()
        asked = done - self._first
        return (self.clock() - self._started) / asked * (total - done) if asked >= 10 else None
