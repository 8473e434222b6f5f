"""Bytes that atheris makes, as a settings file, a question set and a batch: each is taken or refused by an error of ours.

    pip install atheris            # not among the dependencies; has wheels for Linux
    python -m benchmarks.fuzz --seconds 120

Each reader is fuzzed for so many seconds in a process of its own, led by which lines of ours the bytes reach, from a few good files.
Prints a table. Ends with 1 where another exception came out; the bytes that did it are kept in the folder that is named.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

_SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "questions" / "bloemlezing.jsonl"
_SETTINGS = b"""index = "a"\nport = 7860\nsession_hours = 8\n[answering]\nlongest_question = 2000\nmost_near = 3\n[answering.fusion]\ndense = 1.0\n"""
TARGETS = {"settings": ".toml", "questions as lines": ".jsonl", "questions as a table": ".csv", "questions as a workbook": ".xlsx", "batch": ".txt"}


def reader(target: str) -> Callable[[Path], object]:
    """What reads a file of this kind."""
    if target == "settings":
        from ui.settings import load

        return load
    if target == "batch":
        from ui.ask_command import read_batch

        return lambda path: list(read_batch(path.read_text("utf-8", "replace").split("\n"), path.name))
    from eval.question_sets import read_questions

    return read_questions


def seeds(target: str, folder: Path) -> None:
    """Write good files to begin with."""
    folder.mkdir()
    lines = _SAMPLES.read_text("utf-8").splitlines()[:3]
    if target in ("settings", "batch"):
        (folder / "one").write_bytes(_SETTINGS if target == "settings" else b'{"id": "a", "question": "Wie?", "history": ["Wat?"]}\n')
        return
    from eval.question_sets import read_questions, write_questions

    (folder / "one").write_text("\n".join(lines), "utf-8")
    (folder / "read.jsonl").write_text("\n".join(lines), "utf-8")
    write_questions(folder / f"two{TARGETS[target]}", read_questions(folder / "read.jsonl").questions)


def fuzz(target: str, seconds: int, folder: Path) -> None:
    """Fuzz one reader in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["ui", "eval", "ingest"]):
        from ingest.errors import BronvastError

        read = reader(target)
    seeds(target, folder / "seeds")
    path = folder / f"made{TARGETS[target]}"

    def once(made: bytes) -> None:
        path.write_bytes(made)
        try:
            read(path)
        except BronvastError as error:
            if len(str(error)) > 20_000:
                raise AssertionError("a message that nobody can read") from error

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-print_final_stats=1", "-max_len=20000", f"-artifact_prefix={folder}/found-",
                   str(folder / "seeds")], once)
    atheris.Fuzz()


def run(target: str, seconds: int, folder: Path) -> tuple[int, int, str]:
    """Fuzz in a process of its own; return how many files were made, how many lines and branches they reached, and what came out."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.fuzz", "--only", target, "--seconds", str(seconds), "--folder", str(folder)],
                          capture_output=True, text=True, errors="replace", check=False)
    made = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    reached = re.findall(r"\bcov: (\d+)", done.stderr)
    raised = re.search(r"Uncaught Python exception[^\n]*\n(.+)", done.stderr)
    if done.returncode and not raised:
        print(done.stderr[-2_000:], file=sys.stderr)
    what = raised.group(1) if raised else f"ended with {done.returncode}" if done.returncode else ""
    return int(made.group(1)) if made else 0, int(reached[-1]) if reached else 0, what


def table(rows: Sequence[tuple[str, int, int, str]]) -> str:
    """The targets as a table of Markdown."""
    shown = [("read as", "files made", "places of ours reached", "other exceptions"), ("---",) * 4, *((*row[:3], row[3] or "none") for row in rows)]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in shown)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--only", choices=list(TARGETS), help="fuzz one in this process")
    parser.add_argument("--folder", type=Path, help="where what was found is kept; a new one otherwise")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="bronvast-fuzz-"))
    if given.only:
        fuzz(given.only, given.seconds, folder)
        return 0
    rows = []
    for target in TARGETS:
        place = folder / TARGETS[target][1:]
        place.mkdir()
        rows.append((target, *run(target, given.seconds, place)))
        print(rows[-1], file=sys.stderr, flush=True)
    print(table(rows), f"\nFound files: {folder}" if any(row[3] for row in rows) else "")
    return int(any(row[3] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
