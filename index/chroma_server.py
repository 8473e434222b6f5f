"""A Chroma server that several processes share: its address and token, and a bounded patience when it is away."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from ingest.errors import BronvastError, UsageError

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
_DEFAULT_PORT = 8_000
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 2.0
ANSWER_WITHIN_S = 60.0  # one request; a server that takes longer counts as gone


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """`address` is `host:port`, or an http or https URL; `wait_s` is how long a server that is away is waited for."""

    address: str
    token: str = field(default="", repr=False)
    wait_s: float = 30.0

    @property
    def url(self) -> str:
        """Scheme, host and port; raises UsageError for an address that has none."""
        written = self.address if "://" in self.address else f"http://{self.address}"
        try:
            parts = urlsplit(written)
            port = parts.port or (443 if parts.scheme == "https" else _DEFAULT_PORT)
        except ValueError:
            parts, port = urlsplit(""), 0
        if not parts.hostname or parts.scheme not in ("http", "https") or parts.path.strip("/"):
            raise UsageError(f"chroma_server must be host:port or http(s)://host:port, not {self.address!r}")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return f"{parts.scheme}://{host}:{port}"

    @property
    def headers(self) -> dict[str, str]:
        """What is sent with each request: the token, for Chroma Cloud and for a proxy that checks it."""
        return {"Authorization": f"Bearer {self.token}", "X-Chroma-Token": self.token} if self.token else {}


def patiently(call: Callable[[], T], server: ChromaServer) -> T:
    """Return what a call to the server gives; while the server is away, try again until `server.wait_s` have passed.

    The call must be one that may be made twice. Raises BronvastError when the server stays away.
    """
    from httpx import TransportError

    deadline, pause = time.monotonic() + server.wait_s, _FIRST_PAUSE_S
    while True:
        try:
            return call()
        except TransportError as error:
            if time.monotonic() + pause > deadline:
                raise BronvastError(f"The Chroma server at {server.url} has not answered for {server.wait_s:g} s: start it with "
                                    "`chroma run`, then run the command again; what was acknowledged is safe") from error
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_S)


def check_server(server: ChromaServer) -> None:
    """Wait until the server answers; raises BronvastError when it stays away, refuses the token, or is no Chroma server."""
    import httpx

    url = f"{server.url}/api/v2/heartbeat"
    response = patiently(lambda: refuse_in_a_line(httpx.get(url, headers=server.headers, timeout=10, trust_env=False), server), server)
    if "heartbeat" not in response.text:
        raise BronvastError(f"What answers at {server.url} is not a Chroma server: check chroma_server in the settings")


def refuse_in_a_line(response: "httpx.Response", server: ChromaServer) -> "httpx.Response":
    """Pass a response on; one that refuses the token, or comes from a proxy whose server is away, becomes an error."""
    import httpx

    status = response.status_code
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise BronvastError(f"The Chroma server at {server.url} refuses the token: check chroma_token in the settings")
    if status in (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS):
        raise httpx.RemoteProtocolError(f"status {status}")
    return response
