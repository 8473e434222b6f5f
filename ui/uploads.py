"""What lies in the folder of uploads, and how much of it each user has put there."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ui.gate_body import BodyTooLargeError

KEPT_S = 86_400  # an upload that was stopped, or whose browser went away, stays a day
_MOST = 10  # times the largest upload, of one user at once; what was added to the index lies there no more


@dataclass(slots=True)
class Upload:
    """One upload: its bytes, and the files that it was stored as; None as long as it has not ended, or when it was broken off."""

    size: int
    began: float
    paths: tuple[str, ...] | None = None

    def stored(self, body: bytes) -> None:
        """Note what the response names: a list of paths; anything else is no upload."""
        try:
            paths = json.loads(body)
        except ValueError:
            return
        if isinstance(paths, list):
            self.paths = tuple(str(path) for path in paths)

    def lies_there(self, now: float) -> bool:
        """Whether it takes room; what was broken off does until it is swept."""
        return now - self.began < KEPT_S if self.paths is None else any(Path(path).exists() for path in self.paths)


@dataclass(slots=True)
class Uploads:
    """The uploads in one folder; `largest` is in bytes."""

    folder: Path
    largest: int
    clock: Callable[[], float] = time.time
    _of: dict[str, list[Upload]] = field(default_factory=dict)

    def begin(self, user: str, size: int | None) -> Upload:
        """Take room for an upload of `size` bytes, None where it does not say.

        :raises BodyTooLargeError: when it is too large, or with it the user would have too much lying there.
        """
        now = self.clock()
        mine = [one for one in self._of.get(user, ()) if one.lies_there(now)]
        new = Upload(self.largest if size is None else size, now)
        if new.size > self.largest or new.size + sum(one.size for one in mine) > _MOST * self.largest:
            raise BodyTooLargeError
        self._of[user] = [*mine, new]
        return new

    def within(self, paths: Iterable[str]) -> list[str]:
        """Return those of the paths that lie in the folder: no address, nothing relative, nothing by way of a link."""
        folder = self.folder.resolve()
        return [path for path in paths if "\0" not in path and Path(path).is_absolute() and folder in Path(path).resolve().parents]
