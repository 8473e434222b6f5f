"""The answers that users have before them, so that one can be exported or judged: in memory, the latest of each user."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import Answer
from assistant.generated import GeneratedText

_MOST = 60  # answers of one user; twice what the page shows of a conversation
_MOST_USERS = 500


@dataclass(frozen=True, slots=True)
class Shelved:
    """An answer with the earlier questions of its conversation, oldest first."""

    answer: Answer
    history: tuple[str, ...] = ()


class Shelf:
    """Keeps the latest answers of each user under names that only that user can use."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, OrderedDict[str, Shelved]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, user: str, answer: Answer, *, history: Sequence[str] = ()) -> str:
        """Keep an answer; return its name."""
        key = secrets.token_hex(8)
        with self._lock:
            mine = self._kept.pop(user, OrderedDict())
            self._kept[user] = mine
            mine[key] = Shelved(answer, tuple(history))
            while len(mine) > _MOST:
                mine.popitem(last=False)
            while len(self._kept) > _MOST_USERS:
                self._kept.popitem(last=False)
        return key

    def find(self, user: str, key: str) -> Answer | None:
        """Return the answer of that name, when it is this user's."""
        found = self.find_asked(user, key)
        return found.answer if found is not None else None

    def find_asked(self, user: str, key: str) -> Shelved | None:
        """Return the answer of that name and what was asked before it, when it is this user's."""
        with self._lock:
            return self._kept.get(user, OrderedDict()).get(key)

    def join(self, user: str, key: str, generated: GeneratedText) -> None:
        """Keep what a model wrote beside an answer that is still there."""
        with self._lock:
            mine = self._kept.get(user, OrderedDict())
            if key in mine:
                mine[key] = replace(mine[key], answer=replace(mine[key].answer, generated=generated))
