"""The answers that users have before them, so that one can be exported or judged: in memory, the latest of each user."""

import secrets
import threading
from collections import OrderedDict

from assistant.answers import Answer

_MOST = 60  # answers of one user; twice what the page shows of a conversation
_MOST_USERS = 500


class Shelf:
    """Keeps the latest answers of each user under names that only that user can use."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, OrderedDict[str, Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, user: str, answer: Answer) -> str:
        """Keep an answer; return its name."""
        key = secrets.token_hex(8)
        with self._lock:
            mine = self._kept.pop(user, OrderedDict())
            self._kept[user] = mine
            mine[key] = answer
            while len(mine) > _MOST:
                mine.popitem(last=False)
            while len(self._kept) > _MOST_USERS:
                self._kept.popitem(last=False)
        return key

    def find(self, user: str, key: str) -> Answer | None:
        """Return the answer of that name, when it is this user's."""
        with self._lock:
            return self._kept.get(user, OrderedDict()).get(key)
