"""An ingest that is killed and a `bronvast eval` that is interrupted, then gone on with: is anything lost?

    python -m benchmarks.interruptions ingest [KILLS]
    python -m benchmarks.interruptions eval SET.jsonl --index DIR --work DIR --questions 10000 --at 2000:INT 5000:KILL 8000:INT

`ingest`: the index must equal that of a clean run. The passages of both, as `bronvast passages` prints them, are compared. Each kill
falls, evenly drawn, within the time that a clean run takes, so some fall in reading, some in embedding, some in writing.
`eval`: the questions of the set are asked again and again under ids of their own until there are so many; counts what was lost, what
memory it took, and whether answers repeat.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from benchmarks.served import bronvast
from eval.question_sets import read_questions, write_questions
from eval.run_files import read_run, without_times

RUN = ("import sys; from pathlib import Path; from index.update import update; from tests.index.small import FakeEncoder;"
        "update(Path(sys.argv[1]), [Path(sys.argv[2])], encoder=FakeEncoder())")
_PRINT = ("import sys; from pathlib import Path; from index.source_index import SourceIndex; from tests.index.small import FakeEncoder;"
          "from ui.source_commands import write_passages; write_passages(SourceIndex.open(Path(sys.argv[1]), encoder=FakeEncoder()))")
PROJECT = Path(__file__).resolve().parents[1]
EVERY = 1_000  # questions between two readings of the memory


def write_sources(folder: Path, *, files: int, paragraphs: int) -> None:
    """Write Markdown files of numbered sentences."""
    folder.mkdir()
    for number in range(files):
        body = "\n\n".join(f"Bestand {number}, alinea {part}. De dijk houdt het water van polder {number * part} tegen." for part in range(paragraphs))
        (folder / f"{number:04}.md").write_text(f"# Nota {number}\n\n{body}\n", encoding="utf-8")


def ingest(index: Path, sources: Path, *, kill_after: float | None = None) -> bool:
    """Run an ingest in a process of its own; say whether it ended before it was killed, `kill_after` seconds from its start."""
    process = subprocess.Popen([sys.executable, "-c", RUN, str(index), str(sources)], cwd=PROJECT)
    try:
        if process.wait(kill_after):
            raise RuntimeError(f"the ingest failed with status {process.returncode}")
        return True
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return False


def passages(index: Path) -> bytes:
    """Return what `bronvast passages` prints."""
    return subprocess.run([sys.executable, "-c", _PRINT, str(index)], cwd=PROJECT, capture_output=True, check=True).stdout


def kill_ingests(given: argparse.Namespace) -> int:
    """Print a line for each kill; status 1 where an index differs."""
    draws, differ, hit = random.Random(1), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_sources(place / "bronnen", files=60, paragraphs=12)
        started = time.perf_counter()
        ingest(place / "clean", place / "bronnen")
        seconds, clean = time.perf_counter() - started, passages(place / "clean")
        print(f"clean run {seconds:.1f} s, {clean.count(bytes([10]))} passages")
        for number in range(given.kills):
            index, moment = place / f"killed{number}", draws.uniform(0.1, 1.0) * seconds
            ended = ingest(index, place / "bronnen", kill_after=moment)
            left = (index / "manifest.json").read_text(encoding="utf-8").count('"sha256"') if (index / "manifest.json").exists() else 0
            ingest(index, place / "bronnen")
            same = passages(index) == clean
            hit, differ = hit + (not ended), differ + (not same)
            print(f"{number + 1:>3} {'ended before' if ended else 'killed'} at {moment:.2f} s, {left} of 60 documents kept; "
                  f"after the next run {'the same' if same else 'DIFFERENT'}", flush=True)
    print(f"{hit} killed, {differ} different")
    return 1 if differ else 0


def longer_set(source: Path, target: Path, questions: int) -> None:
    """Write a set of so many questions, each of `source` again and again with the round behind its id."""
    asked = read_questions(source).questions
    again = (replace(question, id=f"{question.id}#{turn}", pair="") for turn in count() for question in asked)
    write_questions(target, (question for question, _ in zip(again, range(questions), strict=False)))


def run_until(arguments: Sequence[str], partial: Path, stop: tuple[int, signal.Signals] | None, log: Path) -> dict[str, object]:
    """Start the command and end it by a signal after so many questions; without `stop` let it come to its end."""
    started, memory, step = time.monotonic(), {}, dict[str, int]()
    with log.open("ab") as errors, subprocess.Popen(bronvast(["eval", *arguments]), stdout=subprocess.DEVNULL, stderr=errors) as process:
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


def interrupt_eval(given: argparse.Namespace) -> int:
    """Run, interrupt, go on and report."""
    given.work.mkdir(parents=True, exist_ok=True)
    asked, run = given.work / "long.jsonl", given.work / "long-run.jsonl"
    longer_set(given.set, asked, given.questions)
    partial = run.with_name(run.name + ".partial")
    stops = [(int(number), signal.Signals[f"SIG{name}"]) for number, _, name in (one.partition(":") for one in given.at)]
    arguments = [str(asked), "--index", str(given.index), "--out", str(run)]
    for stop in (*stops, None):
        print(json.dumps(run_until(arguments, partial, stop, given.work / "long.log")), flush=True)
    print(json.dumps(repeats(run)), flush=True)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(required=True)
    ingests = ways.add_parser("ingest", help="kill ingests at random moments")
    ingests.set_defaults(run=kill_ingests)
    ingests.add_argument("kills", type=int, nargs="?", default=20)
    evals = ways.add_parser("eval", help="interrupt one long run")
    evals.set_defaults(run=interrupt_eval)
    evals.add_argument("set", type=Path)
    evals.add_argument("--index", type=Path, required=True)
    evals.add_argument("--work", type=Path, required=True)
    evals.add_argument("--questions", type=int, default=10_000)
    evals.add_argument("--at", nargs="*", default=["2000:INT", "5000:KILL", "8000:INT"], help="question:signal")
    given = parser.parse_args()
    return int(given.run(given))


if __name__ == "__main__":
    sys.exit(main())
