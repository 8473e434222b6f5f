"""The gate: every request passes it, and without a user nothing lies behind it but the sign-in page and the probes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.errors import BronvastError
from ui.accounts import LOCAL, Account
from ui.gate_body import BodyTooLargeError, read_body, replay
from ui.gradio_gate import GradioGate
from ui.keys import COOKIE, Sessions, Tokens
from ui.monitoring import Measures, logged

SIGN_IN = "/sign-in"
OPEN_PATHS = frozenset({SIGN_IN, "/sign-in/outside", "/sign-in/outside/back", "/health", "/ready"})
# what programs call: a token, never a cookie, and so no page elsewhere can use a browser's session for them
PROGRAM_PATHS = ("/api/", "/mcp")
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
_LARGEST_BODY = 1_000_000  # bytes; a hundred earlier questions of the largest size are 200 kB
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Gradio builds its scripts and styles in the page and evaluates some: without 'unsafe-inline' and 'unsafe-eval' the page
# stays white. Everything else is of this server alone, so no source text can send or fetch anything.
POLICY = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
          "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
          "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'")
# with "no-referrer" a browser sends "Origin: null" with the form to sign in, and the gate would take it for another site
HEADERS = ((b"content-security-policy", POLICY.encode()), (b"x-content-type-options", b"nosniff"),
           (b"referrer-policy", b"same-origin"), (b"x-frame-options", b"DENY"),
           (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
           (b"cross-origin-opener-policy", b"same-origin"))


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens the gate where signing in is on."""

    sessions: Sessions
    tokens: Tokens


class Gate:
    """ASGI middleware. `keys` None: signing in is off, and only requests that name this machine are let in."""

    def __init__(self, app: ASGIApp, *, keys: Keys | None, gradio: GradioGate, measures: Measures) -> None:
        self._app, self._keys, self._gradio, self._measures = app, keys, gradio, measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks over websockets
            await send({"type": "websocket.close", "code": 1008})
            return
        guarded = logged(scope, send, self._measures)
        try:
            refused = self._refusal(scope)
        except (BronvastError, OSError):  # who asks is not let in, and hears no path
            refused = _no(503, "Who may sign in cannot be read on the server.")
        if refused is not None:
            await refused(scope, receive, _headed(guarded))
        elif self._gradio.concerns(scope["path"]):
            await self._gradio(self._app, scope, receive, _headed(guarded))
        else:
            await self._own(scope, receive, _headed(guarded))

    async def _own(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the server's own routes, whose bodies are small."""
        if scope["method"] in ("POST", "PUT", "PATCH", "DELETE"):
            try:
                receive = replay(await read_body(receive, largest=_LARGEST_BODY), receive)
            except BodyTooLargeError:
                await _no(413, "Too large.", {"Connection": "close"})(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        """The response to a request that is not let in; None, and the account in the scope, for one that is."""
        connection = HTTPConnection(scope)
        if self._keys is None and _host_name(connection.headers.get("host", "")) not in _LOCAL_HOSTS:
            return _no(403, "This server answers to localhost only.")
        if scope["method"] not in _SAFE_METHODS and not _same_origin(connection):
            return _no(403, "The request came from another site.")
        account = LOCAL if self._keys is None else self._account(connection, self._keys)
        scope.setdefault("state", {})["account"] = account
        if account is not None or scope["path"] in OPEN_PATHS:
            return None
        if scope["method"] == "GET" and "text/html" in connection.headers.get("accept", ""):
            return RedirectResponse(SIGN_IN, status_code=303, headers={"Cache-Control": "no-store"})
        return _no(401, "Sign in first.", {"WWW-Authenticate": "Bearer"})

    @staticmethod
    def _account(connection: HTTPConnection, keys: Keys) -> Account | None:
        kind, _, token = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return keys.tokens.account(token.strip())
        if connection.url.path.startswith(PROGRAM_PATHS):
            return None
        return keys.sessions.account(connection.cookies.get(COOKIE, ""))


def account_of(scope: Scope) -> Account | None:
    """Who asks, as the gate found it."""
    found = scope.get("state", {}).get("account")
    return found if isinstance(found, Account) else None


def _no(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": reason}, status, headers={"Cache-Control": "no-store", **(headers or {})})


def _host_name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _same_origin(connection: HTTPConnection) -> bool:
    """Whether a request that changes something came from our own page, or from a program (which sends no Origin)."""
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    return urlsplit(origin).netloc == connection.headers.get("host", "")


def _headed(send: Send) -> Send:
    """Add the headers that hold for every response, and leave out the permission for other sites that Gradio gives."""
    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", [])
                    if not name.lower().startswith(b"access-control-") and name.lower() not in _OWN]
            message = {**message, "headers": [*kept, *HEADERS]}
        await send(message)

    return headed


_OWN = frozenset(name for name, _ in HEADERS)
