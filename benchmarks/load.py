"""Many users at once against the real server on loopback: answers, refusals, times and memory.

    python -m benchmarks.load INDEX QUESTIONS.jsonl --users 50 --seconds 60
    python -m benchmarks.load INDEX QUESTIONS.jsonl --users 200 --seconds 60
    python -m benchmarks.load INDEX QUESTIONS.jsonl --users 20 --seconds 600      # is the memory flat?

Every user has an account and a token and asks the next question as soon as an answer is there; a user who is refused with 429
waits as long as the answer says. The server's memory is a line a minute on stderr. Ends with 1 where anything else than an answer
or a 429 came back, or, with --no-refusals, where a 429 did. Server and users share the machine's cores.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.served import Served, served


@dataclass(slots=True)
class Seen:
    """What came back: times of answers in seconds, how many of each kind, and the server's memory over time in MB."""

    times: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)


async def user(server: Served, number: int, questions: Sequence[str], until: float, seen: Seen) -> None:
    """Ask until the time is over."""
    headers = {"Authorization": f"Bearer {server.tokens[number]}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
        turn = number
        while time.monotonic() < until:
            started = time.monotonic()
            try:
                answer = await client.post("/api/ask", json={"question": questions[turn % len(questions)], "id": str(turn)})
            except httpx.HTTPError as error:
                seen.kinds[type(error).__name__] += 1
                continue
            if answer.status_code == 429:
                seen.kinds["429"] += 1
                await asyncio.sleep(float(answer.headers.get("retry-after", "nan")))
                continue
            whole = answer.status_code == 200 and answer.json()["id"] == str(turn) and "status" in answer.json()
            seen.kinds["answer" if whole else f"status {answer.status_code}"] += 1
            seen.times.append(time.monotonic() - started)
            turn += 1


async def load(server: Served, questions: Sequence[str], users: int, seconds: float) -> Seen:
    """Let all users ask at once."""
    seen, until = Seen(), time.monotonic() + seconds
    waiting = [asyncio.create_task(user(server, number, questions, until, seen)) for number in range(users)]
    started, minutes = time.monotonic(), 0
    while any(not one.done() for one in waiting):
        seen.memory.append(server.memory_mb)
        if time.monotonic() - started >= 60 * minutes:
            print(f"minute {minutes}: {seen.memory[-1]} MB, of these its own {server.own_memory_mb} MB, {dict(seen.kinds)}", file=sys.stderr, flush=True)
            minutes += 1
        await asyncio.sleep(max(1.0, seconds / 600))
    await asyncio.gather(*waiting)
    return seen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, help="JSON lines with `question`")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--no-refusals", action="store_true")
    given = parser.parse_args()
    questions = [json.loads(line)["question"] for line in given.questions.read_text("utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as state, served(given.index, Path(state), users=given.users) as server:
        seen = asyncio.run(load(server, questions, given.users, given.seconds))
    cuts = statistics.quantiles(seen.times, n=20) if len(seen.times) > 1 else [float("nan")] * 19
    middle = seen.memory[len(seen.memory) // 4:] or [0.0]
    print(json.dumps({"users": given.users, "seconds": given.seconds, "came_back": dict(seen.kinds),
                      "answers_per_s": round(seen.kinds["answer"] / given.seconds, 1), "p50_s": round(cuts[9], 2), "p95_s": round(cuts[18], 2),
                      "memory_mb": {"start": seen.memory[0], "after_a_quarter": middle[0], "end": seen.memory[-1], "most": max(seen.memory)}}))
    wrong = set(seen.kinds) - {"answer", "429"} or (given.no_refusals and seen.kinds["429"])
    return int(bool(wrong) or not seen.kinds["answer"])


if __name__ == "__main__":
    sys.exit(main())
