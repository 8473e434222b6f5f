"""Breaks an ingest, an upload and a reader, and counts what was lost: kill -9, a full disk, a store that stops, a clock that jumps.

    python -m benchmarks.chaos --rounds 30          # the full disk needs the right to mount a tmpfs

Acknowledged is a document that the manifest names, or whose upload was answered. After each round, before anything is mended,
every acknowledged document must be in the index and hold its sentence, word for word, and whole answers (status, evidence,
near misses, scope) must be those of a clean index of the same documents; the sources are then ingested again, after which all
documents must be there and answer so, Chroma must hold each passage once, and the doctor find nothing. Vectors are made of the text
alone, so that no model is needed. Prints a table. Ends with 1 where a document is lost, an answer is wrong, or an error is not one line.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos_victim import HashEncoder, answers, questions, write_sources, wrong_documents
from benchmarks.served import environment, store_for
from index.chroma_server import ChromaServer
from index.doctor import examine
from index.manifest import read_manifest
from index.update import update

_FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")  # Debian's package libfaketime
_DOCUMENTS, _BEFORE = 60, 15
# what is broken, while what goes on
ROUNDS = (("kill", "ingest"), ("kill", "upload"), ("kill", "ask"), ("full disk", "ingest"), ("full disk", "upload"),
          ("store stops", "ingest"), ("store stops", "upload"), ("clock jump", "ingest"), ("clock jump", "upload"), ("clock jump", "ask"))


@dataclass(slots=True)
class Outcome:
    """What rounds came to: documents acknowledged, lost and found wrong, answers compared and other than those of a clean index,
    errors that are not one line, and the errors seen."""

    acknowledged: int = 0
    answers: int = 0
    unequal: int = 0
    lost: int = 0
    wrong: int = 0
    unclear: int = 0
    not_mended: int = 0
    rounds: int = 0
    said: Counter[str] = field(default_factory=Counter)


def run_round(fault: str, action: str, folder: Path, chance: random.Random, outcome: Outcome) -> None:
    """Break one process in a folder of its own, and count."""
    sources, index = folder / "sources", folder / "index"
    with _disk(folder, small=fault == "full disk"), store_for(folder, wanted=fault == "store stops") as store:
        write_sources(sources, _DOCUMENTS)
        first = write_sources(folder / "first", _BEFORE)
        chroma = store.address if store else ""
        update(index, [first], encoder=HashEncoder(), chroma=ChromaServer(chroma) if chroma else None)
        victim = _victim(fault, action, index, sources, chroma, chance)
        others = [_victim("", "ingest", index, sources, chroma, chance)] if action == "ask" else []
        if fault == "full disk":
            _fill(index.parent, leave=chance.randint(100_000, 1_500_000))
        else:
            _let_work(victim, chance.uniform(0.2, 3.0))
            if store:
                store.stop()
            elif fault == "kill" or action == "ask":
                for one in (*others, victim):
                    one.kill()
        said, errors = _end(victim)
        for one in others:
            one.kill()
            one.wait()
        _count(index, said, errors, outcome)
        _compare(index, sources, folder / "clean", chance, outcome)
        if store:
            store.start()
        (index.parent / "filler").unlink(missing_ok=True)
        _mended(index, sources, chroma, outcome)
        _compare(index, sources, folder / "clean again", chance, outcome)
    outcome.rounds += 1


def _victim(fault: str, action: str, index: Path, sources: Path, chroma: str, chance: random.Random) -> "subprocess.Popen[str]":
    """Start a process that will be broken, and wait until it has begun."""
    values = environment()
    if fault == "clock jump":
        values |= {"LD_PRELOAD": str(_FAKETIME), "FAKETIME": chance.choice(["+3650d", "-3650d", "-1h", "+1h x60"]), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.chaos_victim", action, str(index), str(sources), *([chroma] if chroma else [])],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=values)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _let_work(victim: "subprocess.Popen[str]", seconds: float) -> None:
    """Let a process work for so many seconds of processor time, so that a busy machine breaks it no earlier."""
    def worked() -> float:
        fields = Path(f"/proc/{victim.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    first, until = worked(), time.monotonic() + 120
    while victim.poll() is None and worked() - first < seconds and time.monotonic() < until:
        time.sleep(0.02)


def _end(victim: "subprocess.Popen[str]") -> tuple[str, str]:
    try:
        return victim.communicate(timeout=600)  # of wall time: a busy machine is not a hang
    except subprocess.TimeoutExpired:
        victim.kill()
        said, errors = victim.communicate()
        return said, errors + "Traceback: it hung"


def _count(index: Path, said: str, errors: str, outcome: Outcome) -> None:
    """Count what was acknowledged and is not there, before anything is mended."""
    manifest = read_manifest(index)
    assert manifest is not None
    named = {int(name[1:5]) for entry in manifest.entries for name in entry.names}
    acknowledged = named | set(range(_BEFORE)) | {int(line[6:]) for line in said.splitlines() if line.startswith("kept d")}
    lost, wrong = wrong_documents(index, sorted(acknowledged))
    outcome.acknowledged += len(acknowledged)
    outcome.lost += len(lost)
    outcome.wrong += len(wrong) + sum(line.startswith("wrong") for line in said.splitlines())
    lines = [line for line in errors.splitlines() if line.strip()]
    if "Traceback" in errors or any(line.startswith("bronvast: ") for line in lines) and len(lines) > 1:
        outcome.unclear += 1
        print(errors[-600:], file=sys.stderr)
    outcome.said.update(line[:70] for line in lines)


def _compare(index: Path, sources: Path, clean: Path, chance: random.Random, outcome: Outcome) -> None:
    """Ask the index as it is, and a clean one of the documents that it acknowledges; their answers must be the same."""
    manifest = read_manifest(index)
    assert manifest is not None
    names = sorted(name for entry in manifest.entries for name in entry.names)
    with tempfile.TemporaryDirectory() as apart:  # not on the disk that is full
        for name in names:
            (Path(apart) / "sources").mkdir(exist_ok=True)
            shutil.copy(sources / name, Path(apart) / "sources" / name)
        update(Path(apart) / clean.name, [Path(apart) / "sources"], encoder=HashEncoder())
        asked = questions([int(name[1:5]) for name in chance.sample(names, min(6, len(names)))] + [_DOCUMENTS + 7])
        for question, one, other in zip(asked, answers(index, asked), answers(Path(apart) / clean.name, asked), strict=True):
            outcome.answers += 1
            if one != other:
                outcome.unequal += 1
                print(f"{question}: {[name for name in one if one[name] != other[name]]}", file=sys.stderr)


def _mended(index: Path, sources: Path, chroma: str, outcome: Outcome) -> None:
    """Ingest again: then everything is there, and the doctor finds nothing."""
    server = ChromaServer(chroma) if chroma else None
    update(index, [sources], encoder=HashEncoder(), chroma=server)
    lost, wrong = wrong_documents(index, range(_DOCUMENTS))
    found = examine(index, encoder=HashEncoder(), chroma=server)
    if lost or wrong or found:
        outcome.not_mended += 1
        print(f"after mending: lost {lost} wrong {wrong} {[str(one) for one in found]}", file=sys.stderr)


@contextmanager
def _disk(folder: Path, *, small: bool) -> Iterator[None]:
    """A small tmpfs as the folder, for the length of the block."""
    if small:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        if small:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(folder: Path, *, leave: int) -> None:
    """Fill the disk until so many bytes are left."""
    room = shutil.disk_usage(folder).free - leave
    with (folder / "filler").open("wb") as file:
        file.write(b"x" * max(0, room))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", help="one fault: " + ", ".join(dict.fromkeys(fault for fault, _ in ROUNDS)))
    given = parser.parse_args()
    chance, outcomes = random.Random(given.seed), dict[str, Outcome]()
    rounds = [one for one in ROUNDS if given.only in (None, one[0]) and (one[0] != "clock jump" or _FAKETIME.exists())]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.rounds):
            fault, action = rounds[number % len(rounds)]
            place, outcome = Path(folder) / str(number), outcomes.setdefault(f"{fault} during {action}", Outcome())
            place.mkdir()
            run_round(fault, action, place, chance, outcome)
            print(f"{number + 1}/{given.rounds} {fault} during {action}: {outcome.lost} lost, {outcome.wrong + outcome.unequal} wrong",
                  file=sys.stderr, flush=True)
    print(table(outcomes))
    return int(any(one.lost or one.wrong or one.unequal or one.unclear or one.not_mended for one in outcomes.values()))


def table(outcomes: Mapping[str, Outcome]) -> str:
    """The rounds as a table of Markdown, and the lines that were said."""
    head = ("what", "rounds", "acknowledged", "lost", "answers compared", "wrong", "errors not one line", "not mended")
    counts = [(one.rounds, one.acknowledged, one.lost, one.answers, one.wrong + one.unequal, one.unclear, one.not_mended) for one in outcomes.values()]
    rows = [(name, *row) for name, row in zip((*outcomes, "all"), (*counts, tuple(map(sum, zip(*counts, strict=True)))), strict=True)]
    said = sum((one.said for one in outcomes.values()), Counter[str]())
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join([*lines, "", *(f"{count} times: {line}" for line, count in said.most_common())])


if __name__ == "__main__":
    sys.exit(main())
