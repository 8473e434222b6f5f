"""Runs a server in a thread on a free port of loopback, with users, tokens and a small page of Gradio."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn

from tests.ui.fakes import NO_SOURCES, answer, evidence
from ui.accounts import Account, Accounts
from ui.audit import Audit
from ui.desk import Desk
from ui.gate import Keys
from ui.keys import Guesses, Sessions, Tokens
from ui.limits import Pace, Room
from ui.monitoring import Measures
from ui.server import Server, build_server
from ui.settings import Settings
from ui.sign_in import SignIn

PASSWORD = "een lang wachtwoord"
SECRET_WORDS = ("Geheimdossier", "Zeester")  # in what a partner may not see


@dataclass
class RightsAssistant:
    """Answers with a secret quotation to whoever may see everything, else with an open one."""

    seen: list[frozenset[str] | None] = field(default_factory=list)
    hold: threading.Event | None = None
    index: object = None

    def ask(self, question, *, history=(), id="", audiences=None, filters=None, literal=(), told=None):
        self.seen.append(audiences)
        if self.hold is not None:
            self.hold.wait(20)
        quote = " ".join(SECRET_WORDS) if audiences is None else "Openbare zin."
        return answer(question, id=id, evidence=(evidence(quote=quote),))


@dataclass
class Running:
    url: str
    server: Server
    desk: Desk
    accounts: Accounts
    tokens: Tokens
    assistant: RightsAssistant
    state: Path

    @contextmanager
    def client(self, name: str | None = None) -> Iterator[httpx.Client]:
        """A browser, signed in as this user."""
        with httpx.Client(base_url=self.url, timeout=20) as client:
            if name is not None:
                done = client.post("/sign-in", data={"name": name, "password": PASSWORD})
                assert done.status_code == 303, done.text
            yield client

    def bearer(self, name: str) -> httpx.Client:
        """A program with a token of this user."""
        token = self.tokens.issue(name, days=1)
        return httpx.Client(base_url=self.url, timeout=20, limits=httpx.Limits(max_connections=None),
                            headers={"Authorization": f"Bearer {token}"})


def small_page(desk: Desk, files: Path):
    """A page that asks, shows who asks, and gives a file."""
    import gradio as gr

    def ask(question: str, request: gr.Request) -> str:
        return desk.ask(desk.account(request.username), question).evidence[0].quote

    def make_file(request: gr.Request) -> str:
        path = files / f"{request.username}.txt"
        path.write_text(f"{SECRET_WORDS[0]} van {request.username}")
        return str(path)

    with gr.Blocks() as page:
        question, said, made = gr.Textbox(), gr.Textbox(), gr.File()
        gr.Button("Vraag").click(ask, question, said, api_name="ask")
        gr.Button("Bestand").click(make_file, None, made, api_name="file")
        gr.UploadButton("Oploaden")
    return page


@contextmanager
def running(folder: Path, *, signing_in: bool = True, page: bool = True, hold: threading.Event | None = None,
            build_page=None, index: object = NO_SOURCES, beside=None, **changes: object) -> Iterator[Running]:
    settings = Settings(state=folder / "state", **changes)
    accounts = Accounts(settings.state / "users.json")
    if signing_in:
        for account in (Account("anna", "lezer"), Account("bert", "lezer"), Account("pim", "partner", frozenset({"partners"})),
                        Account("bea", "beheerder")):
            accounts.add(account, PASSWORD)
    assistant = RightsAssistant(hold=hold, index=index)
    audit = Audit(settings.state / "audit.jsonl", secret=b"s" * 32, days=30)
    desk = Desk(lambda: assistant, Pace(settings.requests_per_minute),
                Room(settings.concurrent_questions, settings.waiting_questions, longest_wait_s=5), audit, Measures(),
                settings.answering.longest_question, accounts.find if signing_in else None, beside=beside)
    sessions = Sessions(accounts, secret=b"s" * 32, hours=1, ended=settings.state / "ended.json")
    tokens = Tokens(settings.state / "tokens.json", accounts)
    signing = SignIn(accounts, sessions, by_name=Guesses(attempts=settings.sign_in_attempts, wait_s=60),
                     by_address=Guesses(attempts=50, wait_s=60), audit=audit, secure=False, secret=b"s" * 32,
                     outside=bool(settings.oidc_issuer))
    make = (lambda: build_page(desk)) if build_page else (lambda: small_page(desk, folder))
    server = build_server(settings, desk, page=make if page else None,
                          signing=signing if signing_in else None, keys=Keys(sessions, tokens) if signing_in else None)
    with listening(server.gate) as url:
        yield Running(url, server, desk, accounts, tokens, assistant, settings.state)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def listening(app) -> Iterator[str]:
    """Serve an ASGI application on a free port."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False,
                                           timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
