"""Replies over HTTP that end when nobody waits any more. Imported late: it brings the client.

A timeout of the client is one of each read; a server that sends a byte now and then never reaches it.
"""

import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx

from assistant.writing.asking.failures import ModelFailedError


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a reply ends: at `deadline` (of `time.monotonic`), after `most_bytes`, or when it is `stopped`."""

    deadline: float
    most_bytes: int
    stopped: Callable[[], bool]


class BoundedTransport(httpx.HTTPTransport):
    """A transport without proxy whose replies stay within bounds; reading on raises ModelFailedError."""

    def __init__(self, bounds: Bounds, *, verify: ssl.SSLContext | bool) -> None:
        super().__init__(verify=verify, trust_env=False)
        self._bounds = bounds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and bound what comes back."""
        response = super().handle_request(request)
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Bounded(response.stream, self._bounds)
        return response


class _Bounded(httpx.SyncByteStream):
    def __init__(self, whole: httpx.SyncByteStream, bounds: Bounds) -> None:
        self._whole, self._bounds = whole, bounds

    def __iter__(self) -> Iterator[bytes]:
        received = 0
        for piece in self._whole:
            received += len(piece)
            if self._bounds.stopped() or time.monotonic() > self._bounds.deadline:
                raise ModelFailedError("timeout", "the model did not answer within its budget of seconds")
            if received > self._bounds.most_bytes:
                raise ModelFailedError("cut", "the model went on beyond its budget of tokens")
            yield piece

    def close(self) -> None:
        self._whole.close()
