"""The answers that users have before them, so that one can be exported or judged: in memory, the latest of each user."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Answer
from assistant.generated import GeneratedText

_MOST = 60  # answers of one user; twice what the page shows of a conversation
_MOST_USERS = 500


@dataclass(frozen=True, slots=True)
class Shelved:
    """An answer with the earlier questions of its conversation, oldest first, and the words that were meant as typed."""

    answer: Answer
    history: tuple[str, ...] = ()
    conversation: str = ""
    literal: tuple[str, ...] = ()


class Shelf:
    """Keeps the latest answers of each user under names that only that user can use."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, OrderedDict[str, Shelved]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, user: str, answer: Answer, *, history: Sequence[str] = (), conversation: str = "", literal: Sequence[str] = ()) -> str:
        """Keep an answer; return its name."""
        key = secrets.token_hex(8)
        with self._lock:
            mine = self._kept.pop(user, OrderedDict())
            self._kept[user] = mine
            mine[key] = Shelved(answer, tuple(history), conversation, tuple(literal))
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

    def conversation(self, user: str, conversation: str) -> list[tuple[str, Shelved]]:
        """Return the answers of one conversation of this user with their names, oldest first."""
        with self._lock:
            return [(key, one) for key, one in self._kept.get(user, OrderedDict()).items() if one.conversation == conversation]

    def drop(self, user: str, key: str) -> None:
        """Take an answer from the shelf."""
        with self._lock:
            self._kept.get(user, OrderedDict()).pop(key, None)

    def part(self, user: str, conversations: Collection[str]) -> None:
        """Let the answers of these conversations be found by their own names only."""
        with self._lock:
            mine = self._kept.get(user, OrderedDict())
            mine.update({key: replace(one, conversation="") for key, one in mine.items() if one.conversation in conversations})

    def join(self, user: str, key: str, generated: GeneratedText) -> None:
        """Keep what a model wrote beside an answer that is still there."""
        with self._lock:
            mine = self._kept.get(user, OrderedDict())
            if key in mine:
                mine[key] = replace(mine[key], answer=replace(mine[key].answer, generated=generated))
