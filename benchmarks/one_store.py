"""Two web processes and an ingest on one Chroma server: is each answer that of a single process on the same manifest?

    python -m benchmarks.one_store --questions 1000

Starts `chroma run`, ingests the sample page and texts of its own through it, and starts two `bronvast serve` on the index. While
this process goes on to add, replace and remove documents as `bronvast ingest` and `remove` do, the questions are asked over HTTP, half of each process.
Each answer names the manifest that it was made on; every manifest is kept with its records. Afterwards one process opens each, and
answers the same questions: everything but the time must be the same. Prints a table. Ends with 1 where an answer differs or is refused.
"""

import argparse
import json
import os
import shutil
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
from typing import Any

import httpx

from assistant.settings import AssistantSettings
from benchmarks.served import Served, served, store_for
from index.bundled import bundled_encoder
from index.chroma_server import ChromaServer
from index.encoder import Encoder
from index.manifest import NAME, parse_manifest
from index.update import remove, update
from index.word_space import FILE
from ui.opening import open_assistant
from ui.settings import Settings

_SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_PAUSE_S = 2.0  # between two changes of the index
_PATIENCE_S = 300  # for a busy machine
_NOTICED_S = 1.5  # a server looks once a second whether the index has changed
_SECTORS = ("tuinbouw", "schoonmaak", "horeca", "bouw", "vleesverwerking", "thuiszorg", "transport", "visserij")
_PLACES = ("Almelo", "Breda", "Cuijk", "Delft", "Emmen", "Gouda", "Hoorn", "Joure", "Kampen", "Leiden", "Meppel", "Norg", "Oss", "Putten")


@dataclass(frozen=True, slots=True)
class Job:
    """What the ingest needs: the model, and the Chroma server that the web processes use too."""

    encoder: Encoder
    chroma: ChromaServer


@dataclass(slots=True)
class Asked:
    """What the questions to one process came to; `answers` holds each question with its answer."""

    answers: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    equal: int = 0
    unequal: int = 0
    unknown_manifest: int = 0

    @property
    def manifests(self) -> set[str]:
        return {str(answer["index_hash"]) for _, answer in self.answers}


@dataclass(slots=True)
class Outcome:
    """What the questions to both processes came to, and what was done to the documents meanwhile."""

    processes: tuple[Asked, Asked]
    changes: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        return not any(one.unequal or one.unknown_manifest or one.refused for one in self.processes)

    @property
    def answers(self) -> list[tuple[str, dict[str, object]]]:
        return [one for process in self.processes for one in process.answers]

    @property
    def manifests(self) -> set[str]:
        return {one for process in self.processes for one in process.manifests}

    @property
    def changed_answers(self) -> int:
        """How many questions had other quotations on another manifest: without them the comparison would show little."""
        quotations: dict[str, set[str]] = {}
        for question, answer in self.answers:
            quotations.setdefault(question, set()).add(json.dumps(answer["evidence"]))
        return sum(len(found) > 1 for found in quotations.values())


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

    def keep_words(self) -> None:
        """Keep the file of words as it is at the end: vectors of words that spare the single process their making."""
        shutil.copy(self._index / FILE, self._archive / FILE)

    def opened(self, manifest: str, folder: Path) -> Path | None:
        """An index folder as it was with this manifest; None for one that was not seen."""
        kept, place = self._archive / f"{manifest}.json", folder / manifest
        if not kept.exists():
            return None
        place.mkdir(parents=True)
        shutil.copy(kept, place / NAME)
        shutil.copy(self._archive / FILE, place / FILE)
        (place / "documents").symlink_to(self._archive / "documents")
        return place


def own_texts(folder: Path, numbers: Sequence[int], *, more: int = 0) -> Path:
    """Write documents that answer questions of their own, see `own_question`; `more` makes other text of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        place, sector = _PLACES[number % len(_PLACES)], _SECTORS[number % len(_SECTORS)]
        (folder / f"melding-{number:03d}.md").write_text(
            f"# Meldingen uit {place}, deel {number}\n\nDe gemeente {place} kreeg {number + more + 3} meldingen van arbeidsuitbuiting in de {sector}.\n\n"
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


def ingest_loop(index: Path, folder: Path, job: Job, over: threading.Event, outcome: Outcome, *, each: int, first: int) -> None:
    """Add documents, replace some of the `first` ones and remove those of the time before, until it is over; a failure ends the run."""
    before: list[str] = []
    while not over.wait(_PAUSE_S if before else 0):
        turn = outcome.changes["ingests"]
        number = first + 10 + each * (turn % 8)
        new = own_texts(folder / str(turn), range(number, number + each))
        names = [path.name for path in sorted(new.iterdir())]
        own_texts(new, [(each * turn + one) % first for one in range(each // 2)], more=turn + 1)
        done = update(index, [new], encoder=job.encoder, chroma=job.chroma)
        if done.failed:
            raise RuntimeError(str(done.failed))
        outcome.changes.update(added=len(done.added), replaced=len(done.replaced), removed=len(before))
        if before:
            remove(index, before, chroma=job.chroma)
        before = names
        outcome.changes["ingests"] += 1


def ask(server: Served, asked: Sequence[str], index: Path, outcome: Asked, *, portions: int) -> None:
    """Ask one after another, each portion after another change of the index."""
    stamp, size = 0, max(1, len(asked) // portions)
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.tokens[0]}"}, timeout=_PATIENCE_S) as client:
        for number, question in enumerate(asked):
            until = time.monotonic() + _PATIENCE_S
            while number % size == 0 and (index / NAME).stat().st_mtime_ns == stamp and time.monotonic() < until:
                time.sleep(0.05)
            time.sleep(_NOTICED_S if number and number % size == 0 else 0)
            stamp = (index / NAME).stat().st_mtime_ns if number % size == 0 else stamp
            answer = client.post("/api/ask", json={"question": question})
            if answer.status_code == 200:
                outcome.answers.append((question, answer.json()))
            else:
                outcome.refused[str(answer.status_code)] += 1


def compare(outcome: Outcome, recorder: Recorder, folder: Path, encoder: Encoder, *, answering: AssistantSettings) -> None:
    """Let one process answer each question on the manifest of its answer, and count what differs."""
    for version in sorted(outcome.manifests):
        place = recorder.opened(version, folder)
        single = open_assistant(Settings(index=place, answering=answering), encoder) if place else None
        for process in outcome.processes:
            for question, answer in process.answers:
                if answer["index_hash"] != version:
                    continue
                if single is None:
                    process.unknown_manifest += 1
                    continue
                alone = json.loads(json.dumps(single.ask(question).to_json()))
                differs = [name for name in {**alone, **answer} if name != "timing_ms" and alone.get(name) != answer.get(name)]
                process.equal, process.unequal = process.equal + (not differs), process.unequal + bool(differs)
                if differs:
                    print(f"{version} {question}: {differs}", file=sys.stderr)


def table(outcome: Outcome) -> str:
    """What the questions came to, as a table of Markdown."""
    head = ("process", "manifests", "questions", "equal", "different", "manifest not kept", "refused")
    rows = [(str(number), len(one.manifests), len(one.answers) + one.refused.total(), one.equal, one.unequal, one.unknown_manifest,
             one.refused.total()) for number, one in enumerate(outcome.processes, 1)]
    rows.append(("both", len(outcome.manifests), *(sum(row[place] for row in rows) for place in range(2, len(head)))))  # type: ignore[misc, arg-type]
    changes, statuses = outcome.changes, Counter(str(answer["status"]) for _, answer in outcome.answers)
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join([*lines, "", f"Beside: {changes['ingests']} ingests, documents added {changes['added']}, replaced {changes['replaced']}, "
                      f"removed {changes['removed']}. Questions with other quotations on another manifest: {outcome.changed_answers}. "
                      f"Answers: {', '.join(f'{count} {status}' for status, count in statuses.most_common())}."])


def run(folder: Path, count: int, *, samples: bool = True, documents: int = 14, each: int = 4, portions: int = 12,
        answering: AssistantSettings | None = None) -> Outcome:
    """Do all of it in a folder."""
    answering = answering or AssistantSettings()
    index, state, outcome = folder / "index", folder / "state", Outcome((Asked(), Asked()))
    with store_for(folder, wanted=True) as store:
        assert store is not None
        settings: dict[str, Any] = {"chroma_server": store.address, "requests_per_minute": 100_000, "answering__most_read": answering.most_read}
        job = Job(bundled_encoder(), ChromaServer(store.address, wait_s=_PATIENCE_S))
        update(index, [own_texts(folder / "own", range(documents)), *([_SAMPLES / "bloemlezing-p14.pdf"] if samples else [])],
               encoder=job.encoder, chroma=job.chroma)
        recorder, over = Recorder(index, folder / "archive"), threading.Event()
        asked = questions(count)
        with (recorder.watching(), ThreadPoolExecutor(3) as threads,
              served(index, state, users=1, **settings) as first, served(index, state, users=1, **settings) as second):
            changing = threads.submit(ingest_loop, index, folder / "changes", job, over, outcome, each=each, first=documents)
            while not outcome.changes["ingests"] and not changing.done():  # the first change is made before the first question
                time.sleep(0.05)
            asking = [threads.submit(ask, server, asked[half::2], index, outcome.processes[half], portions=portions)
                      for half, server in enumerate((first, second))]
            try:
                for future in asking:
                    future.result()
            finally:
                over.set()
            changing.result()
        recorder.keep_words()
        compare(outcome, recorder, folder / "versions", job.encoder, answering=answering)
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--portions", type=int, default=12, help="before each the index has changed again")
    parser.add_argument("--most-read", type=int, default=AssistantSettings().most_read, help="candidates that the reader reads")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), given.questions, portions=given.portions, answering=AssistantSettings(most_read=given.most_read))
    print(table(outcome))
    return int(not outcome.clean)


if __name__ == "__main__":
    sys.exit(main())
