"""What of Gradio's own endpoints is open, and to whom: only those that the page uses, and only with one's own session.

Gradio guards its endpoints by the session hash alone, which whoever knows it can use; several need no sign-in at all.
Here each session, event and file belongs to the user who made it or was told of it, and all other endpoints are closed.
"""

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable
from urllib.parse import parse_qs, unquote

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.gate_body import BodyTooLargeError, limited, read_body, replay
from ui.limits import Pace

_MOST_NAMES = 50_000  # names remembered; the longest unused go first, and their holders have to load the page again
_PATHS = re.compile(rb'"path":\s*"((?:[^"\\]|\\.)*)"|/file=([^"\'\\\s)<>]+)')
_EVENT = re.compile(rb'"event_id":\s*"([0-9a-f]+)"')
API = "/gradio_api"
# what the page's own script asks for without a session
_PLAIN = re.compile(r"(?:/|/config/?|/theme\.css|/robots\.txt|/manifest\.json|/favicon\.ico|/pwa_icon(?:/\d+)?"
                    r"|/(?:assets|static|svelte)/.+|/gradio_api/(?:info/?|theme\.css|startup-events|app_id/?|user/?))")
_JOIN, _DATA, _SERVER = f"{API}/queue/join", f"{API}/queue/data", f"{API}/component_server"
_UPLOAD, _PROGRESS = f"{API}/upload", f"{API}/upload_progress"
_CANCEL, _RESET, _BEAT, _FILE = f"{API}/cancel", f"{API}/reset", f"{API}/heartbeat/", f"{API}/file="
_TELLING = frozenset({"/", "/config", "/config/", _DATA, _JOIN, _SERVER, _UPLOAD})
_LARGEST_JSON = 8_000_000  # bytes; a conversation of a hundred answers with its cards is about 2 MB


class Tickets:
    """Remembers the first holder of a session or event, and everyone who was told of a file."""

    def __init__(self) -> None:
        self._holders: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._lock = threading.Lock()

    def claim(self, name: str, user: str) -> bool:
        """Take the name for this user if it is free; return whether the user holds it."""
        with self._lock:
            holders = self._holders.pop(name, frozenset({user}))
            self._keep(name, holders)
            return user in holders

    def holds(self, name: str, user: str) -> bool:
        """Whether the user holds the name."""
        with self._lock:
            return user in self._holders.get(name, frozenset())

    def told(self, user: str, body: bytes) -> None:
        """Note the files and events that this piece of a response tells the user of."""
        names = [f"event:{found.decode()}" for found in _EVENT.findall(body)]
        names += [f"file:{path}" for path in _files(body)]
        with self._lock:
            for name in names:
                self._keep(name, self._holders.pop(name, frozenset()) | {user})

    def uploaded(self, user: str, body: bytes) -> None:
        """Note the files that an upload was stored as: the response is a list of paths."""
        try:
            paths = json.loads(body)
        except ValueError:
            return
        with self._lock:
            for path in paths if isinstance(paths, list) else []:
                name = f"file:{path}"
                self._keep(name, self._holders.pop(name, frozenset()) | {user})

    def _keep(self, name: str, holders: frozenset[str]) -> None:
        self._holders[name] = holders
        while len(self._holders) > _MOST_NAMES:
            self._holders.popitem(last=False)


def _files(body: bytes) -> Iterable[str]:
    for quoted, linked in _PATHS.findall(body):
        if quoted:
            try:
                yield str(json.loads(b'"' + quoted + b'"'))
            except ValueError:
                continue
        else:
            yield unquote(linked.decode("utf-8", "replace"))


class GradioGate:
    """Passes a request on to the page when the user may make it."""

    def __init__(self, tickets: Tickets, pace: Pace, *, largest_upload: int, own_paths: tuple[str, ...]) -> None:
        self._tickets, self._pace, self._largest_upload, self._own = tickets, pace, largest_upload, own_paths

    def concerns(self, path: str) -> bool:
        """Whether Gradio would answer this path: everything that is not one of the server's own."""
        return not any(path == own or path.startswith(own + "/") for own in self._own)

    async def __call__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, by Gradio where it is allowed."""
        user = scope["state"]["account"].name
        path = scope["path"]
        try:
            if path in (_JOIN, _SERVER, _CANCEL, _RESET, _RESET + "/"):
                body = await read_body(receive, largest=_LARGEST_JSON)
                allowed, receive = self._owns_body(body, path, user), replay(body, receive)
            else:
                allowed = self._allows(scope, path, user)
                receive = limited(receive, self._largest_upload if path == _UPLOAD else _LARGEST_JSON)
            if not allowed:
                await JSONResponse({"error": "Not found"}, 404)(scope, receive, send)
            elif path == _JOIN and (wait := self._pace.take(user)):
                await JSONResponse({"detail": "busy"}, 429, {"Retry-After": str(int(wait) + 1)})(scope, receive, send)
            else:
                await app(_uncompressed(scope) if path in _TELLING else scope, receive, self._listening(path, user, send))
        except BodyTooLargeError:
            await JSONResponse({"error": "Too large"}, 413, {"Connection": "close"})(scope, receive, send)

    def _allows(self, scope: Scope, path: str, user: str) -> bool:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if path == _DATA:
            return self._tickets.claim("session:" + query.get("session_hash", [""])[0], user)
        if path.startswith(_BEAT):
            return self._tickets.claim("session:" + path.removeprefix(_BEAT), user)
        if path in (_UPLOAD, _PROGRESS):
            return self._tickets.claim("upload:" + query.get("upload_id", [user])[0], user)
        if path.startswith(_FILE):
            return self._tickets.holds("file:" + path.removeprefix(_FILE), user)
        return scope["method"] in ("GET", "HEAD") and _PLAIN.fullmatch(path) is not None and "deep_link" not in query

    def _owns_body(self, body: bytes, path: str, user: str) -> bool:
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            return False
        if not isinstance(said, dict):
            return False
        session, event = said.get("session_hash"), said.get("event_id")
        if path in (_RESET, _RESET + "/", _CANCEL) and not (
                isinstance(event, str) and self._tickets.holds("event:" + event, user)):
            return False
        if path in (_RESET, _RESET + "/"):
            return True
        return isinstance(session, str) and self._tickets.claim("session:" + session, user)

    def _listening(self, path: str, user: str, send: Send) -> Send:
        if path not in _TELLING:
            return send
        kept: list[bytes] = []

        async def listening(message: Message) -> None:
            if message["type"] == "http.response.start" and path == _JOIN and message["status"] == 503:
                message = {**message, "status": 429, "headers": [*message["headers"], (b"retry-after", b"5")]}
            elif message["type"] == "http.response.body":
                # a response of one piece can be cut anywhere, an event stream is cut between its events
                kept[:] = [message.get("body", b"")] if path == _DATA else [*kept, message.get("body", b"")]
                if path == _DATA or not message.get("more_body"):
                    (self._tickets.uploaded if path == _UPLOAD else self._tickets.told)(user, b"".join(kept))
            await send(message)

        return listening


def _uncompressed(scope: Scope) -> Scope:
    """Ask for the response as it is, so that it can be read here."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}
