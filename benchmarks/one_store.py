"""Two web processes and an ingest on one Chroma server: is each answer that of a single process on the same manifest?

    python -m benchmarks.one_store --questions 1000

Starts `chroma run`, ingests the sample page and texts of its own through it, and starts two `bronvast serve` on the index. While
`bronvast ingest` and `bronvast remove` add and take away other documents, the questions are asked over HTTP, half of each process.
Each answer names the manifest that it was made on; every manifest is kept with its records. Afterwards one process opens each
and answers the same question: status, text, evidence, near misses and scope must be the same. Ends with 1 where one is not.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from benchmarks.served import Served, bronvast, environment, served, store_for
from index.bundled import bundled_encoder
from index.manifest import NAME, parse_manifest
from index.source_index import SourceIndex

_SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_NOTICED_S = 1.5  # a server looks once a second whether the index has changed
_SECTORS = ("tuinbouw", "schoonmaak", "horeca", "bouw", "vleesverwerking", "thuiszorg", "transport", "visserij")
_PLACES = ("Almelo", "Breda", "Cuijk", "Delft", "Emmen", "Gouda", "Hoorn", "Joure", "Kampen", "Leiden", "Meppel", "Norg", "Oss", "Putten")


@dataclass(slots=True)
class Outcome:
    """What the questions came to."""

    answers: int = 0
    unequal: int = 0
    unknown_manifest: int = 0
    came_back: Counter[str] = field(default_factory=Counter)
    by_process: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    manifests: int = 0
    ingests: int = 0

    @property
    def clean(self) -> bool:
        return not self.unequal and not self.unknown_manifest and set(self.came_back) == {"200"}


class Recorder:
    """Keeps every manifest that an index had, and the records that it named, as long as it watches."""

    def __init__(self, index: Path, archive: Path) -> None:
        self._index, self._archive, self._over = index, archive, threading.Event()
        (archive / "documents").mkdir(parents=True)

    @contextmanager
    def watching(self) -> Iterator[None]:
        thread = threading.Thread(target=self._watch)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _watch(self) -> None:
        stamp = 0
        while not self._over.is_set():
            now = (self._index / NAME).stat().st_mtime_ns
            if now != stamp:
                stamp = now
                self.keep()
            time.sleep(0.005)

    def keep(self) -> None:
        """Keep the manifest and records that are there now; records never change, so a link is a copy."""
        text = (self._index / NAME).read_text("utf-8")
        for path in (self._index / "documents").iterdir():
            kept = self._archive / "documents" / path.name
            if not kept.exists() and "partial" not in path.name:
                os.link(path, kept)
        (self._archive / f"{parse_manifest(text, where=self._index).hash}.json").write_text(text, "utf-8")

    def opened(self, manifest: str, folder: Path) -> Path | None:
        """An index folder as it was with this manifest; None for one that was not seen."""
        kept, place = self._archive / f"{manifest}.json", folder / manifest
        if not kept.exists():
            return None
        place.mkdir(parents=True)
        shutil.copy(kept, place / NAME)
        (place / "documents").symlink_to(self._archive / "documents")
        return place


def own_texts(folder: Path, numbers: Sequence[int]) -> Path:
    """Write documents that answer questions of their own, see `own_question`."""
    folder.mkdir(parents=True)
    for number in numbers:
        place, sector = _PLACES[number % len(_PLACES)], _SECTORS[number % len(_SECTORS)]
        (folder / f"melding-{number:03d}.md").write_text(
            f"# Meldingen uit {place}, deel {number}\n\nDe gemeente {place} kreeg {number + 3} meldingen van arbeidsuitbuiting in de {sector}.\n\n"
            f"Volgens inspecteurs werkten slachtoffers in de {sector} vaak langer dan {number % 9 + 8} uur per dag.\n\n"
            f"De gemeente {place} gaf hun mogelijk geen onderdak.\n", "utf-8")
    return folder


def own_question(number: int) -> str:
    """A question that the document of this number answers."""
    return f"Hoeveel meldingen van arbeidsuitbuiting kreeg de gemeente {_PLACES[number % len(_PLACES)]}?"


def questions(count: int) -> list[str]:
    """Sample questions and those on the own texts, in turn."""
    files = sorted((_SAMPLES / "questions").glob("*.jsonl"))
    written = [json.loads(line)["question"] for file in files for line in file.read_text("utf-8").splitlines()]
    return [own_question(turn) if turn % 3 == 0 else written[(turn * 7) % len(written)] for turn in range(count)]


def ingest_loop(index: Path, folder: Path, values: dict[str, str], over: threading.Event, outcome: Outcome, *, each: int) -> None:
    """Add documents and remove those of the time before, until it is over; a call that fails ends the run."""
    before: list[str] = []
    while not over.is_set():
        first = 20 + each * (outcome.ingests % 8)
        new = own_texts(folder / str(outcome.ingests), range(first, first + each))
        _run(bronvast(["ingest", str(new), "--index", str(index)]), values)
        if before:
            _run(bronvast(["remove", *before, "--index", str(index)]), values)
        before = [path.name for path in sorted(new.iterdir())]
        outcome.ingests += 1


def _run(command: list[str], values: dict[str, str]) -> None:
    done = subprocess.run(command, env=values, capture_output=True, text=True, timeout=1_800, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[3:]}: {done.stderr[-400:]}")


def ask(server: Served, asked: Sequence[str], index: Path, outcome: Outcome, *, portions: int) -> list[tuple[str, dict[str, object]]]:
    """Ask one after another, each portion after another change of the index; return each question with its answer."""
    found: list[tuple[str, dict[str, object]]] = []
    stamp, size = 0, max(1, len(asked) // portions)
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.tokens[0]}"}, timeout=120) as client:
        for number, question in enumerate(asked):
            until = time.monotonic() + 120
            while number % size == 0 and (index / NAME).stat().st_mtime_ns == stamp and time.monotonic() < until:
                time.sleep(0.05)
            time.sleep(_NOTICED_S if number and number % size == 0 else 0)
            stamp = (index / NAME).stat().st_mtime_ns if number % size == 0 else stamp
            answer = client.post("/api/ask", json={"question": question})
            outcome.came_back[str(answer.status_code)] += 1
            if answer.status_code == 200:
                found.append((question, answer.json()))
                outcome.by_process[server.url] += 1
    return found


def compare(found: Sequence[tuple[str, dict[str, object]]], recorder: Recorder, folder: Path, outcome: Outcome) -> None:
    """Let one process answer each question on the manifest of its answer, and count what differs."""
    encoder, versions = bundled_encoder(), dict.fromkeys(str(answer["index_hash"]) for _, answer in found)
    outcome.manifests = len(versions)
    for version in versions:
        place = recorder.opened(version, folder)
        mine = [(question, answer) for question, answer in found if answer["index_hash"] == version]
        if place is None:
            outcome.unknown_manifest += len(mine)
            continue
        single = Assistant(SourceIndex.open(place, encoder=encoder), encoder, AssistantSettings())
        for question, answer in mine:
            outcome.answers += 1
            outcome.statuses[str(answer["status"])] += 1
            alone = json.loads(json.dumps(single.ask(question).to_json()))
            differs = [name for name in alone if name != "timing_ms" and alone[name] != answer[name]]
            if differs:
                outcome.unequal += 1
                print(f"{version} {question}: {differs}", file=sys.stderr)


def run(folder: Path, count: int, *, samples: bool = True, documents: int = 14, each: int = 4, portions: int = 10) -> Outcome:
    """Do all of it in a folder."""
    index, state, outcome = folder / "index", folder / "state", Outcome()
    with store_for(folder, wanted=True) as store:
        assert store is not None
        settings: dict[str, object] = {"chroma_server": store.address, "requests_per_minute": 100_000}
        values = environment(state=state, **settings)
        first_sources = [str(own_texts(folder / "own", range(documents))), *([str(_SAMPLES / "bloemlezing-p14.pdf")] if samples else [])]
        _run(bronvast(["ingest", *first_sources, "--index", str(index)]), values)
        recorder, over = Recorder(index, folder / "archive"), threading.Event()
        asked = questions(count)
        with (recorder.watching(), ThreadPoolExecutor(3) as threads,
              served(index, state, users=1, **settings) as first, served(index, state, users=1, **settings) as second):
            changing = threads.submit(ingest_loop, index, folder / "changes", values, over, outcome, each=each)
            while not outcome.ingests and not changing.done():  # the first change is made before the first question
                time.sleep(0.05)
            asking = [threads.submit(ask, server, asked[half::2], index, outcome, portions=portions) for half, server in enumerate((first, second))]
            try:
                found = [one for future in asking for one in future.result()]
            finally:
                over.set()
            changing.result()
        compare(found, recorder, folder / "versions", outcome)
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--portions", type=int, default=10, help="before each the index has changed again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), given.questions, portions=given.portions)
    print(json.dumps({"answers": outcome.answers, "unequal": outcome.unequal, "unknown_manifest": outcome.unknown_manifest,
                      "came_back": dict(outcome.came_back), "by_process": list(outcome.by_process.values()), "statuses": dict(outcome.statuses),
                      "manifests": outcome.manifests, "ingests_beside": outcome.ingests}))
    return int(not outcome.clean)


if __name__ == "__main__":
    sys.exit(main())
