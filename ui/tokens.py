"""Bearer tokens for programs: shown once, kept as hashes, each of one user and with an end."""

import hashlib
import secrets
import time
from pathlib import Path

from ingest.errors import UsageError
from ui.accounts import Account, Accounts
from ui.state_files import changing, read_json, write_json_file

_DAY = 86_400
PREFIX = "bv_"  # so that a token that leaks into a repository can be found by scanners


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
        token = PREFIX + secrets.token_urlsafe(32)
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
