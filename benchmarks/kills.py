"""Ingest killed at random moments and run again: the index must equal that of a clean run.

    python -m benchmarks.kills [KILLS]

The passages of both, as `bronvast passages` prints them, are compared, and the rows of the store are counted by the doctor's check.
Each kill falls, evenly drawn, within the time that a clean run takes, so some fall in reading, some in embedding, some in writing.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUN = ("import sys; from pathlib import Path; from index.update import update; from tests.index.small import FakeEncoder;"
        "update(Path(sys.argv[1]), [Path(sys.argv[2])], encoder=FakeEncoder())")
_PRINT = ("import sys; from pathlib import Path; from index.source_index import SourceIndex; from tests.index.small import FakeEncoder;"
          "from ui.source_command import write_passages; write_passages(SourceIndex.open(Path(sys.argv[1]), encoder=FakeEncoder()))")
PROJECT = Path(__file__).resolve().parents[1]


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


def main() -> int:
    """Print a line for each kill; status 1 where an index differs."""
    kills, draws, differ, hit = int(sys.argv[1]) if len(sys.argv) > 1 else 20, random.Random(1), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_sources(place / "bronnen", files=60, paragraphs=12)
        started = time.perf_counter()
        ingest(place / "clean", place / "bronnen")
        seconds, clean = time.perf_counter() - started, passages(place / "clean")
        print(f"clean run {seconds:.1f} s, {clean.count(bytes([10]))} passages")
        for number in range(kills):
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


if __name__ == "__main__":
    sys.exit(main())
