"""Who holds which session, event and file of Gradio, whose own endpoints give them to anyone who knows the name."""

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable
from urllib.parse import unquote

_MOST = 50_000  # names remembered; the longest unused go first, and their holders have to load the page again
_PATHS = re.compile(rb'"path":\s*"((?:[^"\\]|\\.)*)"|/file=([^"\'\\\s)<>]+)')
_EVENT = re.compile(rb'"event_id":\s*"([0-9a-f]+)"')


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
        while len(self._holders) > _MOST:
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
