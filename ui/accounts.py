"""Who may sign in: names, argon2 hashes, roles and audiences, in one file that only its owner can read."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from ingest.errors import UsageError
from ui.state_files import changing, read_json, write_json_file

Role = Literal["lezer", "partner", "evaluator", "beheerder"]
ROLES: tuple[Role, ...] = get_args(Role)
SHORTEST_PASSWORD = 12  # NIST SP 800-63B asks for at least 8; 12 where there is no second factor
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


@dataclass(frozen=True, slots=True)
class Account:
    """A user. `audiences` None stands for every document; a partner always has a set, which may be empty."""

    name: str
    role: Role
    audiences: frozenset[str] | None = None

    @property
    def manages(self) -> bool:
        """Whether the user may change documents and read the metrics."""
        return self.role == "beheerder"

    @property
    def evaluates(self) -> bool:
        """Whether the user may see the evaluation."""
        return self.role in ("evaluator", "beheerder")


# who asks when signing in is off: the one user of this machine
LOCAL = Account("local", "beheerder")


@dataclass(frozen=True, slots=True)
class _Stored:
    account: Account
    password: str  # the argon2id hash; empty for an account that signs in elsewhere
    stamp: str  # of this account alone, and of its password


class Accounts:
    """The users file. Read anew for every question of it, so that a removed user is out at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __len__(self) -> int:
        return len(self._read())

    def all(self) -> list[Account]:
        """Every account, by name."""
        return [stored.account for _, stored in sorted(self._read().items())]

    def find(self, name: str) -> Account | None:
        """The account of that name."""
        stored = self._read().get(name)
        return stored.account if stored else None

    def outside(self, name: str) -> Account | None:
        """The account of that name if it signs in with the provider: one with a password here cannot be taken over."""
        stored = self._read().get(name)
        return stored.account if stored and not stored.password else None

    def stamp(self, name: str) -> str:
        """Something that no other account has, of the same name neither, and that a new password changes: so that both end the old sessions."""
        stored = self._read().get(name)
        return stored.stamp if stored else ""

    def check(self, name: str, password: str) -> Account | None:
        """Return the account when the password is right. An unknown name takes as long as a known one."""
        stored = self._read().get(name)
        hashed = stored.password if stored and stored.password else _nobody()
        try:
            _hasher().verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return None
        return stored.account if stored and stored.password else None

    def add(self, account: Account, password: str | None) -> None:
        """Add a user; without a password it is one who signs in with the OpenID Connect provider.

        :raises UsageError: for a name that is taken or odd, a short password, a partner without audiences.
        """
        if not _NAME.fullmatch(account.name) or account.name == LOCAL.name:
            raise UsageError(f"the name {account.name!r} cannot be used: small letters, digits and . _ @ - only")
        if account.role == "partner" and account.audiences is None:
            raise UsageError("a partner needs at least one --audience: without it nobody would know what to show")
        hashed = "" if password is None else hash_password(password)
        with changing(self._path):
            stored = self._read()
            if account.name in stored:
                raise UsageError(f"there is a user {account.name} already")
            self._write(stored | {account.name: _Stored(account, hashed, _new_stamp())})

    def set_password(self, name: str, password: str) -> None:
        """Give a user a new password, which ends the sessions that are open.

        :raises UsageError: when there is no such user.
        """
        hashed = hash_password(password)
        with changing(self._path):
            stored = self._read()
            if name not in stored:
                raise UsageError(f"there is no user {name}")
            self._write(stored | {name: replace(stored[name], password=hashed, stamp=_new_stamp())})

    def remove(self, name: str) -> None:
        """Remove a user, whose sessions and tokens no longer count from then on.

        :raises UsageError: when there is no such user.
        """
        with changing(self._path):
            stored = self._read()
            if name not in stored:
                raise UsageError(f"there is no user {name}")
            self._write({other: value for other, value in stored.items() if other != name})

    def _read(self) -> dict[str, _Stored]:
        return {name: _stored(name, value) for name, value in read_json(self._path).items()}

    def _write(self, stored: Mapping[str, _Stored]) -> None:
        write_json_file(self._path, {name: {
            "role": one.account.role, "password": one.password, "stamp": one.stamp,
            "audiences": None if one.account.audiences is None else sorted(one.account.audiences)}
            for name, one in sorted(stored.items())})


def hash_password(password: str) -> str:
    """The argon2id hash with the parameters of RFC 9106 for little memory.

    :raises UsageError: when the password is too short.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(f"the password needs at least {SHORTEST_PASSWORD} characters")
    return _hasher().hash(password)


def _stored(name: str, value: object) -> _Stored:
    """The account of one entry; an entry that is not as it was written is an error, never a guess at rights."""
    if not isinstance(value, Mapping) or value.get("role") not in ROLES or not isinstance(value.get("password"), str):
        raise UsageError(f"the users file has a wrong entry for {name}: remove the user and add it again")
    stamp = value.get("stamp", value["password"][-12:])  # files of before had none, and their sessions the end of the hash
    if not isinstance(stamp, str):
        raise UsageError(f"the users file has a wrong stamp for {name}: remove the user and add it again")
    audiences = value.get("audiences")
    if audiences is None and value["role"] != "partner":
        return _Stored(Account(name, value["role"]), value["password"], stamp)
    if not isinstance(audiences, list) or not all(isinstance(one, str) for one in audiences):
        raise UsageError(f"the users file has wrong audiences for {name}: remove the user and add it again")
    return _Stored(Account(name, value["role"], frozenset(audiences)), value["password"], stamp)


def _new_stamp() -> str:
    return secrets.token_urlsafe(9)


def _hasher() -> PasswordHasher:
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


_NOBODY: list[str] = []


def _nobody() -> str:
    """A hash that no password fits, made once, so that unknown names cost the same time."""
    if not _NOBODY:
        _NOBODY.append(_hasher().hash("nobody has this password"))
    return _NOBODY[0]
