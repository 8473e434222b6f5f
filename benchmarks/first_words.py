"""Time until the answer is there, with a language model on and without one: `python -m benchmarks.first_words SOURCE... [--rounds N]`.

Starts `bronvast serve` twice over one index, once with the small model of `benchmarks.small_model`, and asks both the same questions in turn
over POST /api/ask/stream. The first line of the reply is the whole plain answer. Prints medians and their ratio: while the model is idle at
the start of each question, and while it is still writing beside an earlier answer (there the cores are shared with the model on this machine).
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import httpx

from assistant.writing.asking.endpoint import Endpoint
from benchmarks.small_model import small_model_server
from index.bundled import bundled_encoder
from index.update import update

QUESTIONS = ("Welke trends gelden voor Oekraïense vluchtelingen?", "Which trends apply to Ukrainian refugees?", "Wat staat er over informatiedeling?",
             "What is said about privacy?", "Hoe vraag ik een parkeervergunning aan?")


@contextmanager
def serving(index: Path, folder: Path, endpoint: Endpoint | None) -> Iterator[str]:
    """The server as a process of its own, on a free port; gone when the block is left."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"BRONVAST_PORT": str(port), "BRONVAST_STATE": str(folder), "BRONVAST_REQUESTS_PER_MINUTE": "100000"}
    if endpoint is not None:
        settings |= {"BRONVAST_LLM_ENDPOINT": endpoint.address, "BRONVAST_LLM_MODEL": endpoint.model,
                     "BRONVAST_LLM_TOKENS": "100", "BRONVAST_LLM_SECONDS": "60"}
    process = subprocess.Popen([sys.executable, "-c", "from ui.command import main; main()", "serve", "--index", str(index)],
                               env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"the server ended with status {process.returncode}")
        try:
            if httpx.get(f"{address}/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("the server was not ready within two minutes")


def first_line_ms(client: httpx.Client, question: str, *, to_the_end: bool) -> float:
    """Return the milliseconds until the first line; go on reading until the model has done, or leave it writing."""
    started = time.perf_counter()
    with client.stream("POST", "/api/ask/stream", json={"question": question}) as reply:
        reply.raise_for_status()
        lines = reply.iter_lines()
        assert json.loads(next(lines))["status"]
        took = 1000 * (time.perf_counter() - started)
        if to_the_end:
            for _ in lines:
                pass
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        update(folder / "index", given.sources, encoder=bundled_encoder())
        addresses = {"without": stack.enter_context(serving(folder / "index", folder / "a", None)),
                     "with": stack.enter_context(serving(folder / "index", folder / "b", stack.enter_context(small_model_server())))}
        clients = {way: stack.enter_context(httpx.Client(base_url=address, timeout=120, trust_env=False)) for way, address in addresses.items()}
        for to_the_end, when in ((True, "model idle when asked"), (False, "model still writing beside the last answer")):
            times: dict[str, list[float]] = {"without": [], "with": []}
            for question in QUESTIONS * given.rounds:
                for way, client in clients.items():
                    times[way].append(first_line_ms(client, question, to_the_end=to_the_end))
            without, beside = median(times["without"]), median(times["with"])
            print(f"{when}: without {without:.0f} ms, with {beside:.0f} ms, ratio {beside / without:.2f} ({len(times['with'])} questions each)", flush=True)


if __name__ == "__main__":
    main()
