"""What opens the gate: sessions in signed cookies for people, with limits on guessing, and bearer tokens for programs."""

import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from ingest.errors import UsageError
from ui.accounts import Account, Accounts
from ui.state_files import changing, read_json, write_json_file

COOKIE = "bronvast_session"
_DAY = 86_400
TOKEN_PREFIX = "bv_"  # so that a token that leaks into a repository can be found by scanners


class Sessions:
    """Issues and checks the cookies. Nothing about a session is kept but the ids of those that were ended."""

    def __init__(self, accounts: Accounts, *, secret: bytes, hours: float, ended: Path,
                 clock: Callable[[], float] = time.time) -> None:
        from itsdangerous import URLSafeSerializer

        self._accounts, self._ended, self._clock = accounts, ended, clock
        self.seconds = int(hours * 3600)
        self._signer = URLSafeSerializer(secret, salt="bronvast session")

    def issue(self, account: Account) -> str:
        """The value of a new cookie."""
        return str(self._signer.dumps({"name": account.name, "stamp": self._accounts.stamp(account.name),
                                       "id": secrets.token_urlsafe(9), "until": self._clock() + self.seconds}))

    def account(self, cookie: str) -> Account | None:
        """Who the cookie speaks for; None when it is forged, old, ended, or from before a new password."""
        said = self._said(cookie)
        if said is None or said["id"] in read_json(self._ended):
            return None
        account = self._accounts.find(str(said["name"]))
        return account if account and said["stamp"] == self._accounts.stamp(account.name) else None

    def end(self, cookie: str) -> None:
        """Sign out: the cookie counts no more, wherever it was copied to."""
        said = self._said(cookie)
        if said is None:
            return
        with changing(self._ended):
            kept = {one: until for one, until in read_json(self._ended).items() if until > self._clock()}
            write_json_file(self._ended, kept | {str(said["id"]): said["until"]})

    def _said(self, cookie: str) -> dict[str, object] | None:
        from itsdangerous import BadSignature

        try:
            said = self._signer.loads(cookie)
        except BadSignature:
            return None
        if not isinstance(said, dict) or float(said["until"]) < self._clock():
            return None
        return said


class Guesses:
    """Counts wrong passwords by name and by address, and makes whoever guesses wait.

    Kept in the memory of one process: several web processes allow that many times as many guesses.
    """

    def __init__(self, *, attempts: int, wait_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._attempts, self._wait_s, self._clock = attempts, wait_s, clock
        self._wrong: dict[str, list[float]] = {}

    def wait(self, *keys: str) -> float:
        """Seconds that these keys still have to wait; 0 when they may try."""
        now = self._clock()
        recent = {key: [at for at in self._wrong.get(key, []) if now - at < self._wait_s] for key in keys}
        return max((times[-1] + self._wait_s - now for times in recent.values() if len(times) >= self._attempts),
                   default=0.0)

    def wrong(self, *keys: str) -> None:
        """Count a wrong guess against each key."""
        now = self._clock()
        self._wrong = {key: times for key, times in self._wrong.items() if now - times[-1] < self._wait_s}
        for key in keys:
            self._wrong[key] = [*self._wrong.get(key, [])[1 - self._attempts:], now] if self._attempts > 1 else [now]

    def taken_back(self, key: str) -> None:
        """Take off the last wrong guess: it was right after all."""
        kept = self._wrong.get(key, [])[:-1]
        if kept:
            self._wrong[key] = kept
        else:
            self._wrong.pop(key, None)

    def right(self, *keys: str) -> None:
        """Forget the wrong guesses after a right one."""
        for key in keys:
            self._wrong.pop(key, None)


class Tokens:
    """The tokens file: the hash of each token with the user that it speaks for."""

    def __init__(self, path: Path, accounts: Accounts) -> None:
        self._path, self._accounts = path, accounts

    def issue(self, name: str, *, days: int) -> str:
        """Make a token for a user and return it; it cannot be shown again.

        :raises UsageError: when there is no such user.
        """
        if self._accounts.find(name) is None:
            raise UsageError(f"there is no user {name}")
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        with changing(self._path):
            now = time.time()
            kept = {key: value for key, value in read_json(self._path).items() if value["until"] > now}
            write_json_file(self._path, kept | {_key(token): {"user": name, "until": now + days * _DAY}})
        return token

    def revoke(self, name: str) -> int:
        """Withdraw every token of a user; return how many there were."""
        with changing(self._path):
            stored = read_json(self._path)
            kept = {key: value for key, value in stored.items() if value["user"] != name}
            write_json_file(self._path, kept)
        return len(stored) - len(kept)

    def account(self, token: str) -> Account | None:
        """The account that the token speaks for, as that account is now."""
        stored = read_json(self._path).get(_key(token))
        if stored is None or stored["until"] < time.time():
            return None
        return self._accounts.find(stored["user"])


def _key(token: str) -> str:
    """A token has 256 random bits, so a fast hash is enough; and looking up a hash leaks nothing by its time."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
