"""What evaluators do on the page: run a question set, look at its answers, judge them, compare runs, make questions.

Runs lie in `runs/`, question sets in `questions/` and judgements in `judgements.jsonl` of the folder of state.
"""

import hashlib
import json
import queue
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import BronvastError, UsageError
from ui.accounts import Account
from ui.desk import Desk
from ui.evaluation_strings import BENCH
from ui.judgements import JUDGED_BY_MODEL, JUDGEMENTS, Agreement, Judged, agreements_of, said_of
from ui.question_folder import add_set, sets_in
from ui.source_changes import MADE_SET
from ui.state_files import append_line, changing

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from eval.comparison import Comparison
    from eval.question_sets import QuestionSet
    from eval.run_files import RunLine, SavedRun

_OF_THE_PAGE = re.compile(r"-\d{8}-\d{6}\.jsonl\.partial$")  # a run is named by the time at which it was started


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: questions done and in all; once it has ended its `path`, whether it was `stopped`, and how many quotations are in no source."""

    done: int
    total: int
    path: Path | None = None
    stopped: bool = False
    unfit: int = 0


@dataclass(slots=True)
class BenchRoom:
    """The bench of one server. One run at a time; `desk` gives the assistant as it is now."""

    desk: Desk
    folder: Path
    answering: "AssistantSettings"
    model: str
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _running: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)

    @staticmethod
    def admits(account: Account) -> bool:
        """Whether a user may use the bench: an evaluator who sees every document, for runs quote from all."""
        return account.evaluates and account.audiences is None

    def sets(self) -> list[str]:
        """Return the names of the question sets."""
        return sets_in(self.folder / "questions")

    def add_set(self, file: Path) -> str:
        """Keep a question set and return its name, another than the file's where that is taken. Raises QuestionSetError, UsageError."""
        with _by_name(file.parent):
            return add_set(self.folder / "questions", file)

    def runs(self) -> list[str]:
        """Return the names of the runs, the newest first."""
        folder = self.folder / "runs"
        found = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.is_dir() else []
        return [path.name for path in found if not path.name.endswith(JUDGED_BY_MODEL)]

    def keep_interrupted(self) -> None:
        """Show what is left of runs that ended with an earlier server as runs that were stopped; those of the terminal it goes on with itself."""
        from eval.runs import keep_interrupted

        for partial in sorted((self.folder / "runs").glob("*.jsonl.partial")):
            if _OF_THE_PAGE.search(partial.name):
                keep_interrupted(partial.with_suffix(""))

    def run(self, name: str) -> Iterator[Step]:
        """Run a question set, a step for each question; `stop` ends it after the question that it is at. Raises UsageError."""
        from eval.question_sets import read_questions

        if name not in self.sets():
            raise UsageError("Choose a question set first.")
        with _by_name(self.folder / "questions"):
            asked = read_questions(self.folder / "questions" / name)
        if not self._running.acquire(blocking=False):
            raise UsageError("Another run is going on; wait for it or stop it.")
        self._stop.clear()
        steps: queue.Queue[Step | BaseException] = queue.Queue()
        target = self.folder / "runs" / f"{Path(name).stem}-{self.clock():%Y%m%d-%H%M%S}.jsonl"
        thread = threading.Thread(target=self._carry_out, args=(asked, target, steps), daemon=True)
        thread.start()
        while True:
            step = steps.get()
            if isinstance(step, BaseException):
                raise step
            yield step
            if step.path is not None:
                return

    def stop(self) -> None:
        """Ask the run that is going on to end."""
        self._stop.set()

    def _carry_out(self, asked: "QuestionSet", target: Path, steps: "queue.Queue[Step | BaseException]") -> None:
        from eval.runs import Bench, header_of, run_set

        try:
            assistant = self.desk.assistant()
            header = header_of(asked, index_hash=assistant.index.hash, model=self.model, settings=self.answering)
            with _by_name(target.parent):
                run = run_set(asked, Bench(assistant, assistant.index.documents, header), target, stop=self._stop.is_set,
                              progress=lambda done, total, _: steps.put(Step(done, total)))
            path = run.path
            if run.stopped:
                path = target.with_name(f"{target.stem}-stopped.jsonl")
                run.path.replace(path)
            steps.put(Step(len(run.scored), len(asked.questions), path, run.stopped, sum(len(one.unfit) for one in run.scored)))
        except Exception as error:  # noqa: BLE001  (handed to the one who waits for the run)
            steps.put(error if isinstance(error, BronvastError) else UsageError(f"The run failed: {error}"))
        finally:
            self._running.release()

    def lines(self, run: str, *, language: str = "", kind: str = "", verdict: str = "") -> list["RunLine"]:
        """Return the questions of a run that pass the filters, the misses first; an empty filter passes all."""
        wanted = {"language": language, "kind": kind}
        from eval.run_files import verdict_of

        kept = [line for line in self._lines(run) if all(not value or line.question[name] == value for name, value in wanted.items())
                and (not verdict or verdict_of(line) == verdict)]
        return sorted(kept, key=lambda line: verdict_of(line) == "right")

    def _lines(self, run: str) -> Iterator["RunLine"]:
        yield from self._read_run(run).lines()

    def _read_run(self, run: str) -> "SavedRun":
        from eval.run_files import read_run

        path = self._path(run)
        with _by_name(path.parent):
            return read_run(path)

    def _path(self, run: str) -> Path:
        if run not in self.runs():
            raise UsageError("Choose a run first.")
        return self.folder / "runs" / run

    def compare(self, first: str, second: str) -> "Comparison":
        """Compare two runs of the same questions. Raises UsageError where the sets differ, or one did not come to its end."""
        from eval.comparison import compare

        runs = [self._read_run(first), self._read_run(second)]
        for run in runs:
            if not run.complete:
                raise _refused("unfinished", name=run.path.name)
        if runs[0].header.set_hash != runs[1].header.set_hash:
            raise _refused("other_set", first=first, second=second)
        return compare(*runs)

    def judge(self, account: Account, run: str, question: str, judgement: str, note: str = "") -> None:
        """Keep one person's judgement of one answer; a later one of the same person takes its place. Raises UsageError."""
        self._keep(account, run, question, judgement, note, settled=False)

    def settle(self, account: Account, run: str, question: str, judgement: str, note: str = "") -> None:
        """Keep what people agreed on after they judged an answer differently. Raises UsageError before two have judged it, this user among them."""
        judges = {one.judge for one in self.judged(run) if one.question == question}
        if account.name not in judges or len(judges) < 2:
            raise UsageError("An answer is settled after two people judged it, you among them.")
        self._keep(account, run, question, judgement, note, settled=True)

    def _keep(self, account: Account, run: str, question: str, judgement: str, note: str, *, settled: bool) -> None:
        if judgement not in JUDGEMENTS:
            raise UsageError("Choose a judgement first.")
        if all(line.question["id"] != question for line in self._lines(run)):
            raise UsageError("Choose a question first.")
        said = {"run": run, "started": self._started(run), "question": question, "judge": account.name, "judgement": judgement,
                "note": " ".join(note.split())[:1000], "at": self.clock().isoformat(timespec="seconds"), **({"settled": True} if settled else {})}
        path = self.folder / "judgements.jsonl"
        with changing(path):
            _append(path, said)

    def _started(self, run: str) -> str:
        from eval.run_files import started_of

        return started_of(self._path(run))

    def judged(self, run: str) -> list[Judged]:
        """Return the last judgement of each person on each answer of a run."""
        return list({(one.question, one.judge): one for one in self._said(run)}.values())

    def settled(self, run: str) -> dict[str, Judged]:
        """Return what was settled last, by question."""
        return {one.question: one for one in self._said(run, settled=True)}

    def _said(self, run: str, *, settled: bool = False) -> Iterator[Judged]:
        return said_of(_read(self.folder / "judgements.jsonl"), run, self._started(run), settled=settled)

    def seen_by(self, account: Account, run: str, question: str) -> list[Judged]:
        """Return the judgements of an answer that a person may see: all, once that person has judged it too."""
        found = [one for one in self.judged(run) if one.question == question]
        return found if any(one.judge == account.name for one in found) else []

    def agreements(self, account: Account, run: str) -> list[Agreement]:
        """Return the agreement of each two persons; how others judged an answer is shown to who has judged it too."""
        return agreements_of(self._said(run), self.settled(run), account.name)

    def feedback(self) -> list[dict[str, Any]]:
        """Return what readers said of answers, the newest first."""
        kept = self.desk.keeping.feedback
        return list(kept.lines())[::-1] if kept is not None else []

    def answered(self, account: Account) -> list[dict[str, Any]]:
        """Return the answers of which a question can be made: those with feedback, then those to the user's own questions.

        A question of which some words were not kept, its own or of what was asked before it, is left out. `key` holds none of them.
        """
        kept = (one for one in (*self.feedback(), *self._own(account)) if all((one["question"], *one.get("history", ()))))
        return [{**one, "key": hashlib.sha256(f"{one['at']} {one['question']}".encode("utf-8", "replace")).hexdigest()[:16]} for one in kept]

    def _own(self, account: Account) -> list[dict[str, Any]]:
        """Return the user's own questions, each with those before it in its conversation, the newest first."""
        from ingest.language import language_of

        history = self.desk.keeping.history
        earlier: dict[str, list[str]] = {}
        found = []
        for one in reversed(history.all(account.name) if history is not None else []):
            before = earlier.setdefault(one.conversation, [])
            found.append({"at": datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds"), "question": one.question,
                          "language": language_of(one.question), "history": before.copy(), "filters": one.filters})
            before.append(one.question)
        return found[::-1]

    def answer_of(self, account: Account, key: str) -> dict[str, Any]:
        """Return the answer with this `key`. Raises UsageError when it is there no more."""
        found = next((one for one in self.answered(account) if one["key"] == key), None)
        if found is None:
            raise UsageError("This answer is no longer kept; choose another.")
        return found

    def quotations(self, answered: Mapping[str, Any]) -> list[str]:
        """Return what an answer quoted, as the sources have it now: changed places are left out, an own question is asked again."""
        assistant = self.desk.assistant()
        if "evidence" not in answered:
            return [one.quote for one in assistant.ask(answered["question"], history=answered["history"], filters=answered["filters"]).evidence]
        texts = {document.doc: document for document in assistant.index.documents}
        return [texts[one["doc"]].text[one["start"]:one["end"]] for one in answered["evidence"] if one["doc"] in texts
                and any(passage.passage_id == one["passage_id"] for passage in texts[one["doc"]].passages)]

    def make_question(self, feedback: Mapping[str, Any], required: list[str]) -> str:
        """Add a question with its history and filters to the set of made questions; without required quotations it is one that has no answer."""
        path = self.folder / "questions" / MADE_SET
        filters = {} if feedback.get("filters") is None else {"filters": feedback["filters"]}
        asked = {"language": feedback["language"], "kind": "fact", "question": feedback["question"], "history": feedback.get("history", []),
                 "answerable": bool(required), "must": [[{"quote": one}] for one in required], "may": [], **filters}
        with changing(path):
            _append(path, {"id": f"f{_highest(path) + 1:04d}", **asked})
        return MADE_SET


@contextmanager
def _by_name(folder: Path) -> Iterator[None]:
    """Name the files of a folder by their names alone in what goes wrong: where they lie on the server says nothing on the page."""
    try:
        yield
    except UsageError as error:
        if f"{folder}/" not in str(error):
            raise
        raise UsageError(str(error).replace(f"{folder}/", "")) from error


def _refused(reason: str, **names: str) -> UsageError:
    """Return a refusal that the page says in its own words, in either language."""
    return UsageError(" / ".join(BENCH[language][reason].format(**names) for language in ("nl", "en")))


def _highest(path: Path) -> int:
    """Return the highest number of a made question, 0 without one; fewer lines than that are left where a document was removed."""
    return max((int(found[1]) for one in _read(path) if (found := re.fullmatch(r"f(\d+)", str(one["id"])))), default=0)


def _append(path: Path, value: Mapping[str, object]) -> None:
    append_line(path, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _read(path: Path) -> Iterator[dict[str, Any]]:
    for raw in path.read_bytes().splitlines() if path.exists() else ():
        try:
            value = json.loads(raw)
        except ValueError:  # a line that was cut off
            continue
        if isinstance(value, dict):
            yield value
