"""`bronvast serve`: the web page, and the doors for programs."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import BronvastError, UsageError
from ui.command_line import IndexOption, JsonOption, SettingsOption, note
from ui.opening import check_there
from ui.settings import Settings, load

if TYPE_CHECKING:
    from ui.desk import DeskAssistant
    from ui.server import Server


_LOOK_EVERY_S = 1.0  # reading the manifest's time costs microseconds, but not for each of many questions at once
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass
class Fresh:
    """Keeps one assistant, and makes another when `stamp` says that the index has changed.

    Questions that are being answered keep the one that they began with.
    """

    make: Callable[[], DeskAssistant]
    stamp: Callable[[], object]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: tuple[object, DeskAssistant] | None = None
    _looked: float = float("-inf")
    _failed: BronvastError | None = None

    def __call__(self) -> DeskAssistant:
        """The assistant over the index as it is now."""
        kept = self._kept
        if kept is not None and time.monotonic() - self._looked < _LOOK_EVERY_S:
            return self._as_found(kept[1])
        # the first question waits for the assistant; later ones go on with the old one while one of them opens the new
        if not self._lock.acquire(blocking=kept is None) and kept is not None:
            return self._as_found(kept[1])
        try:
            return self._opened()
        finally:
            self._lock.release()

    def _as_found(self, kept: DeskAssistant) -> DeskAssistant:
        """Return the one that is kept; where the index could not be opened, raise why, so that questions do not answer and fail in turn."""
        if self._failed is not None:
            raise self._failed.with_traceback(None)
        return kept

    def renew(self) -> None:
        """Look now whether the index has changed, and wait until the assistant over it is open: for who has changed it."""
        with self._lock:
            self._opened()

    def _opened(self) -> DeskAssistant:
        self._looked = time.monotonic()
        try:
            now = self.stamp()
            if self._kept is None or self._kept[0] != now:
                self._kept = (now, self.make())
        except BronvastError as error:
            # an index that goes while the page is served is a failure of the server, not wrong use by who asks
            self._failed = BronvastError(str(error)) if isinstance(error, UsageError) and self._kept is not None else error
            raise self._failed from None
        self._failed = None
        return self._kept[1]

    def ready(self) -> bool:
        """Whether questions can be answered."""
        try:
            self()
        except BronvastError:
            return False
        return True


def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on.")] = None,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Serve the web page. Without users on this machine alone; with users wherever the settings say."""
    values = load(settings, index=index, host=host, port=port).values
    check_address(values, has_users=_has_users(values))
    check_there(values)
    check_port(values)
    os.environ["GRADIO_TEMP_DIR"] = str((values.state / "uploads").resolve())  # not in the system's folder, where nobody would sweep them
    import uvicorn

    from ui.monitoring import log_all

    log_all()
    server = opened_server(values)
    note(f"Bronvast: http://{values.host}:{values.port} (stop: Ctrl-C)")
    uvicorn.run(server.gate, host=values.host, port=values.port, log_config=None, access_log=False, server_header=False,
                timeout_graceful_shutdown=10)


def check_port(settings: Settings) -> None:
    """Say that the port is taken before seconds are spent on opening the index.

    :raises BronvastError: when nothing can listen there.
    """
    import socket

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            raise BronvastError(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; "
                                "choose another with --port") from None


def check_address(settings: Settings, *, has_users: bool) -> None:
    """Refuse to show the sources to a network that nobody has to sign in from.

    :raises UsageError: for an address other than loopback without users.
    """
    if settings.host not in LOOPBACK and not has_users:
        raise UsageError(f"without users the page is served to this machine alone: add one with `bronvast user add NAME`, "
                         f"or leave out --host {settings.host}")


def opened_server(settings: Settings) -> Server:
    """The server of these settings, with the index opened.

    :raises UsageError: when there is no index, or another model made it.
    """
    from ui.accounts import Accounts
    from ui.audit import Audit
    from ui.bench_room import BenchRoom
    from ui.desk import Desk
    from ui.gate import Keys
    from ui.keeping import open_keeping
    from ui.keys import Guesses, Sessions, Tokens
    from ui.limits import Pace, Room
    from ui.monitoring import Measures
    from ui.opening import index_stamp, open_beside, open_encoder, warm_assistant
    from ui.page import build_page
    from ui.server import build_server
    from ui.sign_in import ADDRESS_FACTOR, SignIn
    from ui.source_changes import SourceChanges
    from ui.state_files import secret_of

    secret, accounts = secret_of(settings.state), Accounts(settings.state / "users.json")
    audit = Audit(settings.state / "audit.jsonl", secret=secret, days=settings.audit_days, keeps_text=settings.audit_text)
    signing_on = len(accounts) > 0
    encoder = open_encoder(settings)
    encoder.read_through()
    fresh = Fresh(lambda: warm_assistant(settings, encoder), lambda: index_stamp(settings))
    fresh()
    keeping = open_keeping(settings, accounts.stamp)
    changes = SourceChanges(settings, encoder, fresh.renew)
    desk = Desk(fresh, Pace(settings.requests_per_minute), Room(settings.concurrent_questions, settings.waiting_questions),
                audit, Measures(), settings.answering.longest_question, accounts.find if signing_on else None, keeping, open_beside(settings))
    room = BenchRoom(desk, settings.state, settings.answering, encoder.name)
    room.keep_interrupted()
    if not signing_on:
        return build_server(settings, desk, page=lambda: build_page(desk, changes, room), signing=None, keys=None, ready=fresh.ready)
    sessions = Sessions(accounts, secret=secret, hours=settings.session_hours, ended=settings.state / "ended.json")
    signing = SignIn(accounts, sessions, by_name=Guesses(attempts=settings.sign_in_attempts, wait_s=settings.sign_in_wait_s),
                     by_address=Guesses(attempts=settings.sign_in_attempts * ADDRESS_FACTOR, wait_s=settings.sign_in_wait_s),
                     audit=audit, secure=settings.public_url.startswith("https://"), secret=secret,
                     outside=bool(settings.oidc_issuer))
    keys = Keys(sessions, Tokens(settings.state / "tokens.json", accounts))
    return build_server(settings, desk, page=lambda: build_page(desk, changes, room), signing=signing, keys=keys, ready=fresh.ready)


def _has_users(settings: Settings) -> bool:
    from ui.accounts import Accounts

    return len(Accounts(settings.state / "users.json")) > 0
