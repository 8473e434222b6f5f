"""A long `bronvast eval` that is interrupted and gone on with: what is lost, what memory it takes, whether answers repeat.

    python -m benchmarks.interrupted_run SET.jsonl --index DIR --work DIR --questions 10000 --at 2000:INT 5000:KILL 8000:INT

The questions of the set are asked again and again under ids of their own until there are so many.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from eval.question_sets import read_questions, write_questions
from eval.run_files import read_run, without_times

COMMAND = (sys.executable, "-c", "from ui.command import main; main()", "eval")
EVERY = 1_000  # questions between two readings of the memory


def longer_set(source: Path, target: Path, questions: int) -> None:
    """Write a set of so many questions, each of `source` again and again with the round behind its id."""
    asked = read_questions(source).questions
    again = (replace(question, id=f"{question.id}#{turn}", pair="") for turn in count() for question in asked)
    write_questions(target, (question for question, _ in zip(again, range(questions), strict=False)))


def run_until(arguments: Sequence[str], partial: Path, stop: tuple[int, signal.Signals] | None, log: Path) -> dict[str, object]:
    """Start the command and end it by a signal after so many questions; without `stop` let it come to its end."""
    started, memory, step = time.monotonic(), {}, dict[str, int]()
    with log.open("ab") as errors, subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=errors) as process:
        reading, last = _questions(partial) + 20, 0
        while process.poll() is None:
            done = _questions(partial)
            last = _peak_mb(process.pid) or last
            if done >= reading:
                memory[str(done)], reading = last, (done // EVERY + 1) * EVERY
            if stop is not None and done >= stop[0]:
                before = _whole(partial)
                os.kill(process.pid, stop[1])
                process.wait()
                after = partial.read_bytes()
                step = {"lines_before": before.count(b"\n"), "lines_after": after.count(b"\n"), "kept": int(after.startswith(before))}
                break
            time.sleep(0.5)
    return {"signal": stop[1].name if stop else None, **step, "status": process.returncode, "peak_mb_at_question": memory, "peak_mb_at_end": last,
            "seconds": round(time.monotonic() - started)}


def repeats(run: Path) -> dict[str, int]:
    """Count the questions of a complete run, those asked twice or left out, and those whose answer differs from its first round."""
    first, seen, differing = dict[str, object](), set[str](), 0
    for value in without_times(run):
        if "scores" in value:
            said, base = value["scores"]["id"], str(value["scores"]["id"]).split("#")[0]
            seen.add(said)
            told = json.loads(json.dumps(value).replace(json.dumps(said), '"id"'))
            differing += first.setdefault(base, told) != told
    saved = read_run(run)
    return {"complete": int(saved.complete), "questions": len(saved.scored), "distinct": len(seen), "of": saved.header.questions,
            "answers_that_differ": differing}


def _questions(partial: Path) -> int:
    return max(_whole(partial).count(b"\n") - 1, 0) if partial.exists() else 0


def _whole(partial: Path) -> bytes:
    content = partial.read_bytes()
    return content[:content.rfind(b"\n") + 1]


def _peak_mb(process: int) -> int:
    """Return the most memory that a process has had so far (VmHWM of Linux); 0 when it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def main() -> None:
    """Run, interrupt, go on and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--at", nargs="*", default=["2000:INT", "5000:KILL", "8000:INT"], help="question:signal")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    asked, run = given.work / "long.jsonl", given.work / "long-run.jsonl"
    longer_set(given.set, asked, given.questions)
    partial = run.with_name(run.name + ".partial")
    stops = [(int(number), signal.Signals[f"SIG{name}"]) for number, _, name in (one.partition(":") for one in given.at)]
    arguments = [str(asked), "--index", str(given.index), "--out", str(run)]
    for stop in (*stops, None):
        print(json.dumps(run_until(arguments, partial, stop, given.work / "long.log")), flush=True)
    print(json.dumps(repeats(run)), flush=True)


if __name__ == "__main__":
    main()
