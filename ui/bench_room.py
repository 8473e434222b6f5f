"""What evaluators do on the page: run a question set, look at its answers, judge them, compare runs, make questions.

Runs lie in `runs/`, question sets in `questions/` and judgements in `judgements.jsonl` of the folder of state.
"""

import json
import queue
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from ingest.errors import BronvastError, UsageError
from ui.accounts import Account
from ui.desk import Desk
from ui.source_changes import MADE_SET
from ui.state_files import changing

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from eval.comparison import Comparison
    from eval.run_files import RunLine

Judgement = Literal["right", "incomplete", "wrong_quotation", "should_have_abstained"]
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: questions done and in all; `path` once it has ended, `stopped` when that was before its end."""

    done: int
    total: int
    path: Path | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The last judgement of one person on one answer."""

    question: str
    judge: str
    judgement: str
    note: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two persons agree on the answers that both judged, by what each said before seeing the other's judgement.

    `kappa` is Cohen's (None without a common answer). `disagreements` has question, first, second and what was settled ("" while it
    is open), open ones first; `hidden` counts those that the viewer has yet to judge.
    """

    judges: tuple[str, str]
    both: int
    kappa: float | None
    disagreements: tuple[tuple[str, str, str, str], ...]
    hidden: int = 0


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
        from eval.question_sets import SUFFIXES

        folder = self.folder / "questions"
        return sorted(path.name for path in folder.iterdir() if path.suffix.casefold() in SUFFIXES) if folder.is_dir() else []

    def add_set(self, file: Path) -> str:
        """Keep a question set and return its name. Raises QuestionSetError with every fault, UsageError for another kind of file."""
        from eval.question_sets import SUFFIXES, read_questions

        if file.suffix.casefold() not in SUFFIXES:
            raise UsageError(f"{file.name}: a question set is a file in {', '.join(SUFFIXES)}")
        read_questions(file)
        target = self.folder / "questions" / re.sub(r"[^\w=.+-]+", "_", file.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        return target.name

    def runs(self) -> list[str]:
        """Return the names of the runs, the newest first."""
        folder = self.folder / "runs"
        found = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.is_dir() else []
        return [path.name for path in found]

    def run(self, name: str) -> Iterator[Step]:
        """Run a question set, a step for each question; `stop` ends it after the question that it is at. Raises UsageError."""
        from eval.question_sets import read_questions

        if name not in self.sets():
            raise UsageError("Choose a question set first.")
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

    def _carry_out(self, asked: Any, target: Path, steps: "queue.Queue[Step | BaseException]") -> None:  # noqa: ANN401  (a QuestionSet)
        from eval.runs import Bench, header_of, run_set

        try:
            assistant: Any = self.desk.assistant()
            header = header_of(asked, index_hash=assistant.index.hash, model=self.model, settings=self.answering)
            run = run_set(asked, Bench(assistant, assistant.index.documents, header), target, stop=self._stop.is_set,
                          progress=lambda done, total, _: steps.put(Step(done, total)))
            path = run.path
            if run.stopped:
                path = target.with_name(f"{target.stem}-stopped.jsonl")
                run.path.replace(path)
            steps.put(Step(len(run.scored), len(asked.questions), path, run.stopped))
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
        from eval.run_files import read_run

        yield from read_run(self._path(run)).lines()

    def _path(self, run: str) -> Path:
        if run not in self.runs():
            raise UsageError("Choose a run first.")
        return self.folder / "runs" / run

    def compare(self, first: str, second: str) -> "Comparison":
        """Compare two runs of the same questions. Raises UsageError where the sets differ."""
        from eval.comparison import compare
        from eval.run_files import read_run

        before, after = read_run(self._path(first)), read_run(self._path(second))
        if before.header.set_hash != after.header.set_hash:
            raise UsageError(f"{first} and {second} are runs of different question sets: choose two of the same set")
        return compare(before, after)

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
        said = {"run": run, "question": question, "judge": account.name, "judgement": judgement, "note": " ".join(note.split())[:1000],
                "at": self.clock().isoformat(timespec="seconds"), **({"settled": True} if settled else {})}
        self._append(self.folder / "judgements.jsonl", said)

    def judged(self, run: str) -> list[Judged]:
        """Return the last judgement of each person on each answer of a run."""
        return list({(one.question, one.judge): one for one in self._said(run)}.values())

    def settled(self, run: str) -> dict[str, Judged]:
        """Return what was settled last, by question."""
        return {one.question: one for one in self._said(run, settled=True)}

    def _said(self, run: str, *, settled: bool = False) -> Iterator[Judged]:
        for line in _read(self.folder / "judgements.jsonl"):
            if line["run"] == run and bool(line.get("settled")) is settled:
                yield Judged(line["question"], line["judge"], line["judgement"], line["note"])

    def seen_by(self, account: Account, run: str, question: str) -> list[Judged]:
        """Return the judgements of an answer that a person may see: all, once that person has judged it too."""
        found = [one for one in self.judged(run) if one.question == question]
        return found if any(one.judge == account.name for one in found) else []

    def agreements(self, account: Account, run: str) -> list[Agreement]:
        """Return the agreement of each two persons; how others judged an answer is shown to who has judged it too."""
        from eval.measures.agreement import cohens_kappa

        alone, settled = _independent(self._said(run)), self.settled(run)
        names, found = sorted(alone), []
        for place, first in enumerate(names):
            for second in names[place + 1:]:
                both = sorted(alone[first].keys() & alone[second].keys())
                pairs = [(alone[first][one], alone[second][one]) for one in both]
                differ = [(one, *pair, settled[one].judgement if one in settled else "") for one, pair in zip(both, pairs, strict=True) if pair[0] != pair[1]]
                shown = sorted((one for one in differ if one[0] in alone.get(account.name, ())), key=lambda one: bool(one[3]))
                found.append(Agreement((first, second), len(both), cohens_kappa(pairs), tuple(shown), len(differ) - len(shown)))
        return found

    def feedback(self) -> list[dict[str, Any]]:
        """Return what readers said of answers, the newest first."""
        kept = self.desk.keeping.feedback
        return list(kept.lines())[::-1] if kept is not None else []

    def answered(self, account: Account) -> list[dict[str, Any]]:
        """Return the answers of which a question can be made: those with feedback, then those to the user's own questions."""
        from ingest.language import language_of

        history = self.desk.keeping.history
        own = history.all(account.name) if history is not None else []
        asked = [{"at": datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds"), "question": one.question,
                  "language": language_of(one.question)} for one in own]
        return [{**one, "key": f"{one['at']} {one['question']}"} for one in (*self.feedback(), *asked) if one["question"]]

    def answer_of(self, account: Account, key: str) -> dict[str, Any]:
        """Return the answer with this `key`. Raises UsageError when it is there no more."""
        found = next((one for one in self.answered(account) if one["key"] == key), None)
        if found is None:
            raise UsageError("This answer is no longer kept; choose another.")
        return found

    def quotations(self, answered: Mapping[str, Any]) -> list[str]:
        """Return what an answer quoted, as the sources have it now: changed places are left out, an own question is asked again."""
        assistant: Any = self.desk.assistant()
        if "evidence" not in answered:
            return [one.quote for one in assistant.ask(answered["question"]).evidence]
        texts = {document.doc: document for document in assistant.index.documents}
        return [texts[one["doc"]].text[one["start"]:one["end"]] for one in answered["evidence"] if one["doc"] in texts
                and any(passage.passage_id == one["passage_id"] for passage in texts[one["doc"]].passages)]

    def make_question(self, feedback: Mapping[str, Any], required: list[str]) -> str:
        """Add the question of a feedback to the set of made questions; without required quotations it is one that has no answer."""
        path = self.folder / "questions" / MADE_SET
        number = sum(1 for _ in _read(path)) + 1
        self._append(path, {"id": f"f{number:04d}", "language": feedback["language"], "kind": "fact", "question": feedback["question"],
                            "answerable": bool(required), "must": [[{"quote": one}] for one in required], "may": []})
        return MADE_SET

    @staticmethod
    def _append(path: Path, value: Mapping[str, object]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with changing(path), path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(value, ensure_ascii=False) + "\n")


def _independent(said: Iterator[Judged]) -> dict[str, dict[str, str]]:
    """Return by person and question the last judgement that was given before another's on the same answer could be seen.

    Others' judgements show after one's own, so a person is independent until both that person and another have judged.
    """
    found: dict[str, dict[str, str]] = {}
    judges: dict[str, set[str]] = {}
    for one in said:
        seen = judges.setdefault(one.question, set())
        if one.judge in seen and len(seen) > 1:
            continue
        seen.add(one.judge)
        found.setdefault(one.judge, {})[one.question] = one.judgement
    return found


def _read(path: Path) -> Iterator[dict[str, Any]]:
    for raw in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if raw.strip():
            yield json.loads(raw)
