"""A run: every question of a set asked, scored and written at once, so that an interruption loses nothing."""

import os
import platform
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from assistant.answers import Asks
from assistant.settings import AssistantSettings
from assistant.writing.asking.prompts import prompt_versions
from assistant.writing.writer import Writer
from eval.comparison import differences
from eval.question_sets import QuestionSet
from eval.questions import Question, pair_names
from eval.run_files import RunHeader, RunLine, SavedRun, header_text, read_run, summary_text
from eval.scoring import Scored, Scorer
from eval.summaries import Summary, summarise
from ingest.documents import Document
from ingest.errors import BronvastError, UsageError

# What a question can raise in the libraries below the assistant. It is one failed question, with its reason in the run.
FAILURES = (BronvastError, ValueError, TypeError, RuntimeError, LookupError, ArithmeticError, AttributeError, MemoryError)

PACKAGES = ("bronvast", "sentence-transformers", "torch", "onnxruntime", "numpy", "llama-index-core", "chromadb", "ir-measures")

Progress = Callable[[int, int, Scored], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is needed to run a set: the assistant, the documents that it answers from, and the header of the run."""

    subject: Asks
    documents: Sequence[Document]
    header: RunHeader


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was carried out: its file, its means, and whether it was stopped before the end."""

    path: Path
    summary: Summary
    stopped: bool = False
    scored: tuple[Scored, ...] = field(default=(), repr=False)


def header_of(questions: QuestionSet, *, index_hash: str, model: str, settings: AssistantSettings, writer: Writer | None = None) -> RunHeader:
    """Return the header of a run of these questions, with or without a writer beside the answers."""
    return RunHeader(questions.name, questions.hash, len(questions.questions), settings.hash, index_hash, model, asdict(settings), versions(),
                     {} if writer is None else {"model": writer.name, **asdict(writer.limits), "prompts": prompt_versions()})


def versions() -> dict[str, str]:
    """Return the versions of what decides an answer, by package."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@dataclass(slots=True)
class Pace:
    """Estimates what is left of a run from its first question on: the first, which loads things, does not count, nor does an earlier run."""

    clock: Callable[[], float] = time.monotonic
    _started: float = 0.0
    _first: int | None = None

    def left(self, done: int, total: int) -> float | None:
        """Return the seconds that the remaining questions will take at the pace so far; None until ten have been asked after the first."""
        if self._first is None:
            self._first, self._started = done, self.clock()
        asked = done - self._first
        return (self.clock() - self._started) / asked * (total - done) if asked >= 10 else None


def run_set(questions: QuestionSet, bench: Bench, path: Path, *, progress: Progress = lambda done, total, scored: None,
            stop: Callable[[], bool] = lambda: False, fresh: bool = False, told: Callable[[str], None] = lambda remark: None) -> Run:
    """Ask and score every question and write the run to `path`.

    The lines go to `path` with `.partial` behind it, which becomes `path` when the run is complete. A partial file of the
    same questions, settings, index and versions is gone on with, unless `fresh`; another one is set aside, and `told` hears
    what differs. `progress` hears of every question, `stop` is asked before each. Answers are never in memory together;
    scores are. Raises UsageError while another run writes to `path`.
    """
    check_writable(path)
    partial, scorer = partial_of(path), Scorer(bench.documents, pairs=pair_names(questions.questions))
    with _alone(path):
        earlier = None if fresh else _earlier(path, bench.header, told)
        scored = list(earlier.scored) if earlier else []
        known = {one.id for one in scored}
        started, stopped = time.perf_counter(), False
        with _opened(partial, earlier) as file:
            if earlier is None:
                _write(file, header_text(bench.header, datetime.now(UTC).isoformat(timespec="seconds")))
            for question in questions.questions:
                if question.id in known:
                    continue
                if stop():
                    stopped = True
                    break
                line = answered(question, bench.subject, scorer)
                _write(file, line.to_text())
                scored.append(line.scored)
                progress(len(scored), len(questions.questions), line.scored)
            summary = summarise(scored)
            if not stopped:
                times = {name: mean.value for name, mean in summary.times.items()}
                _write(file, summary_text(summary.to_json(), {**times, "seconds": round(time.perf_counter() - started, 1)}))
                os.fsync(file.fileno())
        if not stopped:
            partial.replace(path)
    return Run(partial if stopped else path, summary, stopped, tuple(scored))


def answered(question: Question, subject: Asks, scorer: Scorer) -> RunLine:
    """Ask and score one question; one that cannot be answered is a line too, with the reason and the worst scores."""
    try:
        answer = subject.ask(question.question, history=question.history, id=question.id, filters=question.filters)
        ranked = subject.ranked(question.question, history=question.history, filters=question.filters) if question.answerable else ()
    except FAILURES as error:
        reason = str(error) if isinstance(error, BronvastError) else f"{type(error).__name__}: {error}"
        return RunLine(question.to_json(), None, scorer.failed(question, reason))
    generated = {} if answer.generated is None else {"generated": answer.generated.record()}
    return RunLine(question.to_json(), {**answer.to_json(), **generated}, scorer.score(question, answer, ranked))


def partial_of(path: Path) -> Path:
    """Return where a run is written until it is complete."""
    return path.with_name(path.name + ".partial")


def check_writable(path: Path) -> None:
    """Refuse to replace a file that is not a run, before any question is asked. Raises UsageError."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file for the run")
    if path.exists() and path.stat().st_size:
        read_run(path)
    path.parent.mkdir(parents=True, exist_ok=True)


def keep_interrupted(path: Path) -> Path | None:
    """Give what an interrupted run wrote the name of a run that was stopped and return it; None while it is written to, or without a question."""
    try:
        with _alone(path):
            return _set_aside(path) if read_run(partial_of(path)).scored else None
    except (UsageError, OSError):
        return None


def _alone(path: Path) -> AbstractContextManager[object]:
    """Return the right to write a run to `path`, across processes. Raises UsageError while another run has it."""
    try:
        return FileLock(f"{partial_of(path)}.lock").acquire(timeout=0)
    except Timeout:
        raise UsageError(f"another run writes to {path}: wait until it has ended, or name another file") from None


def _earlier(path: Path, header: RunHeader, told: Callable[[str], None]) -> SavedRun | None:
    """Return the partial run that can be gone on with; one that cannot is set aside, unless it has no question yet."""
    partial = partial_of(path)
    if not partial.exists() or not partial.stat().st_size:
        return None
    try:
        earlier = read_run(partial)
    except UsageError as error:
        told(f"{error}; it is kept as {_set_aside(path)}")
        return None
    if earlier.header == header and not earlier.complete:
        return earlier
    if earlier.scored:
        differs = differences(earlier.header, header)
        changed = "; ".join(f"{name}: {before} -> {now}" for name, (before, now) in differs.items()) or "it has its means"
        told(f"an interrupted run of {len(earlier.scored)} questions cannot be gone on with ({changed}); it is kept as {_set_aside(path)}")
    return None


def _set_aside(path: Path) -> Path:
    """Give a partial run a name of its own, that of a run, and return it."""
    names = (path.with_name(f"{path.stem}-stopped-{number}{path.suffix}") for number in count(1))
    kept = next(one for one in names if not one.exists())
    partial_of(path).replace(kept)
    return kept


def _opened(partial: Path, earlier: SavedRun | None) -> IO[bytes]:
    """Open the file for its next line: a line that was cut off goes."""
    if earlier is None:
        return partial.open("wb")
    os.truncate(partial, earlier.whole_bytes)
    return partial.open("ab")


def _write(file: IO[bytes], text: str) -> None:
    file.write(text.encode())
    file.flush()
