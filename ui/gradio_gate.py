"""What of Gradio's own endpoints is open, and to whom: only those that the page uses, and only with one's own session.

Gradio guards its endpoints by the session hash alone, which whoever knows it can use; several need no sign-in at all.
Here each session, event and file belongs to the user who made it or was told of it, and all other endpoints are closed. Only uploads
are files: no path or address outside their folder is given, or taken from what a browser sends.
"""

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, unquote

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.gate_body import BodyTooLargeError, limited, read_body, replay
from ui.limits import Pace
from ui.uploads import Upload, Uploads

_MOST_NAMES = 50_000  # names remembered; the longest unused go first, and their holders have to load the page again
_PATH = re.compile(rb'"path":\s*"((?:[^"\\]|\\.)*)"')  # of a value, never of a text: there the quotes are escaped
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
    """Remembers the first holder of a session or event, and everyone who was told of a file among the uploads."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
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
        self._give(user, [f"event:{found.decode()}" for found in _EVENT.findall(body)])
        self.gave(user, _files(body))

    def gave(self, user: str, paths: Iterable[str]) -> None:
        """Note that the user may have these files."""
        self._give(user, [f"file:{path}" for path in self._uploads.within(paths)])

    def _give(self, user: str, names: Iterable[str]) -> None:
        with self._lock:
            for name in names:
                self._keep(name, self._holders.pop(name, frozenset()) | {user})

    def _keep(self, name: str, holders: frozenset[str]) -> None:
        self._holders[name] = holders
        while len(self._holders) > _MOST_NAMES:
            self._holders.popitem(last=False)


def _files(body: bytes) -> Iterator[str]:
    for quoted in _PATH.findall(body):
        try:
            yield str(json.loads(b'"' + quoted + b'"'))
        except ValueError:
            continue


def _named(said: object) -> Iterator[object]:
    """Every file that a body names, at any depth: its path, and the path within its address."""
    left = [said]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += one.values()
            yield from (one[key] for key in ("path", "url") if one.get(key) not in (None, ""))
        elif isinstance(one, list):
            left += one


class GradioGate:
    """Passes a request on to the page when the user may make it."""

    def __init__(self, uploads: Uploads, pace: Pace, *, own_paths: tuple[str, ...]) -> None:
        self._tickets, self._uploads, self._pace, self._own = Tickets(uploads), uploads, pace, own_paths

    def concerns(self, path: str) -> bool:
        """Whether Gradio would answer this path: everything that is not one of the server's own."""
        return not any(path == own or path.startswith(own + "/") for own in self._own)

    async def __call__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, by Gradio where it is allowed."""
        user, path = scope["state"]["account"].name, scope["path"]
        upload = None
        try:
            if path in (_JOIN, _SERVER, _CANCEL, _RESET, _RESET + "/"):
                body = await read_body(receive, largest=_LARGEST_JSON)
                allowed, receive = self._owns_body(body, path, user), replay(body, receive)
            else:
                allowed = self._allows(scope, path, user)
                receive = limited(receive, self._uploads.largest if path == _UPLOAD else _LARGEST_JSON)
            if not allowed:
                await JSONResponse({"error": "Not found"}, 404)(scope, receive, send)
            elif path in (_JOIN, _UPLOAD) and (wait := self._pace.take(user)):
                await JSONResponse({"detail": "busy"}, 429, {"Retry-After": str(int(wait) + 1)})(scope, receive, send)
            else:
                if path == _UPLOAD:
                    length = Headers(scope=scope).get("content-length", "")
                    upload = self._uploads.begin(user, int(length) if length.isdecimal() else None)
                await app(_uncompressed(scope) if path in _TELLING else scope, receive, self._listening(path, user, send, upload))
        except BodyTooLargeError:
            await JSONResponse({"error": "Too large"}, 413, {"Connection": "close"})(scope, receive, send)

    def _allows(self, scope: Scope, path: str, user: str) -> bool:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if path == _DATA:
            return self._tickets.claim("session:" + query.get("session_hash", [""])[0], user)
        if path.startswith(_BEAT):
            return self._tickets.claim("session:" + path.removeprefix(_BEAT), user)
        if path in (_UPLOAD, _PROGRESS):
            account = scope["state"]["account"]
            if not (account.manages or account.evaluates):  # nobody else has a place on the page to upload
                return False
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
        if not all(isinstance(one, str) and self._has_file(one, user) for one in _named(said)):
            return False
        return isinstance(session, str) and self._tickets.claim("session:" + session, user)

    def _has_file(self, named: str, user: str) -> bool:
        """Whether a user may have the file that a body names, by its path or by an address that ends in it."""
        path = named.partition(_FILE)[2] or named
        return any(self._tickets.holds("file:" + one, user) for one in (path, unquote(path)))

    def _listening(self, path: str, user: str, send: Send, upload: Upload | None) -> Send:
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
                    self._heard(user, b"".join(kept), upload)
            await send(message)

        return listening

    def _heard(self, user: str, body: bytes, upload: Upload | None) -> None:
        if upload is None:
            self._tickets.told(user, body)
        else:
            upload.stored(body)
            self._tickets.gave(user, upload.paths or ())


def _uncompressed(scope: Scope) -> Scope:
    """Ask for the response as it is, so that it can be read here."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}
