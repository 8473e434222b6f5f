"""Limits: how often one user may ask, and how many questions are worked on at once. Beyond them: wait, never hang."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import anyio

from ingest.errors import BronvastError

_MOST_USERS = 10_000  # buckets kept; the longest unused go first, so that made-up names cannot fill the memory


class BusyError(BronvastError):
    """Too many questions for now; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: float, reason: str) -> None:
        self.retry_after = max(1, math.ceil(retry_after))
        super().__init__(f"{reason} Probeer het over {self.retry_after} s opnieuw. / "
                         f"Try again in {self.retry_after} s.")


@dataclass
class Pace:
    """A token bucket for each user: a minute's worth at once, then as fast as the minute allows."""

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    _buckets: "OrderedDict[str, tuple[float, float]]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, user: str) -> float:
        """Take one turn and return 0, or return the seconds to wait for one."""
        with self._lock:
            now = self.clock()
            left, since = self._buckets.pop(user, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - since) * self.per_minute / 60)
            allowed = left >= 1
            self._buckets[user] = (left - 1 if allowed else left, now)
            while len(self._buckets) > _MOST_USERS:
                self._buckets.popitem(last=False)
            return 0.0 if allowed else (1 - left) * 60 / self.per_minute


@dataclass
class Room:
    """Places to work and places to wait. Whoever finds no place to wait, or waits too long, is sent away."""

    places: int
    waiting: int
    longest_wait_s: float = 20.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _inside: int = 0

    def __post_init__(self) -> None:
        self._free = threading.BoundedSemaphore(self.places)
        # threads of their own: in those of the server questions would queue where nobody counts them (40 of Starlette's
        # were enough to let 200 users wait 9 s instead of sending 130 away)
        self.threads = anyio.CapacityLimiter(self.places)
        self._turns = anyio.CapacityLimiter(self.places)

    @property
    def inside(self) -> int:
        """How many work or wait now."""
        return self._inside

    @contextmanager
    def queue(self) -> Iterator[None]:
        """Hold a place to wait.

        :raises BusyError: at once when all are taken.
        """
        with self._lock:
            if self._inside >= self.places + self.waiting:
                raise BusyError(2, _BUSY)
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Hold one of as many turns as there are places to work, for who waits on the event loop and takes a thread then.

        :raises BusyError: after `longest_wait_s`.
        """
        try:
            with anyio.fail_after(self.longest_wait_s):
                await self._turns.acquire()
        except TimeoutError:
            raise BusyError(5, _BUSY) from None
        try:
            yield
        finally:
            self._turns.release()

    @contextmanager
    def work(self) -> Iterator[None]:
        """Hold a place to work; for whoever holds a place to wait.

        :raises BusyError: after `longest_wait_s`.
        """
        if not self._free.acquire(timeout=self.longest_wait_s):
            raise BusyError(5, _BUSY)
        try:
            yield
        finally:
            self._free.release()


_BUSY = "Het is te druk. / Too busy."
