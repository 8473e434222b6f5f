"""`bronvast eval` scores a question set, writes a run and says what falls short of a requirement; `bronvast compare` puts two runs side by side."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UsageError
from ui.command_line import IndexOption, JsonOption, SettingsOption, note, write_json
from ui.judgements import JUDGED_BY_MODEL
from ui.opening import wanted_writer
from ui.questions_command import read_or_list_faults
from ui.settings import Settings, load

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from assistant.writing.asking.endpoint import Endpoint
    from assistant.writing.writer import Writer
    from eval.question_sets import QuestionSet
    from eval.runs import Bench, Progress, Run
    from eval.scoring import Scored
    from eval.summaries import Requirement
    from index.encoder import Encoder


FELL_SHORT, INTERRUPTED = 3, 130


def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS", help="Question set: JSONL, CSV or XLSX.")],
    signals: Annotated[Path | None, typer.Option(
        "--signals", metavar="FILE", help="JSONL of quotations that the questions name by id.")] = None,
    require: Annotated[list[str] | None, typer.Option(
        "--require", metavar="LIMIT", help='As "f1>=0.9" or "f1:nl>=0.9"; exit status 3 when one falls short; repeatable.')] = None,
    vary: Annotated[list[str] | None, typer.Option(
        "--vary", metavar="NAME=V,V", help="A run for each value of a setting, as fusion.lexical=0,0.3,0.6; repeatable.")] = None,
    out: Annotated[Path | None, typer.Option(
        "--out", metavar="FILE", help="File of the run; without it runs/ in the folder of state.")] = None,
    report: Annotated[Path | None, typer.Option("--report", metavar="FILE", help="Write a report: one HTML file.")] = None,
    english: Annotated[bool, typer.Option("--english/--dutch", help="Language of the report; default: Dutch.")] = False,
    model: Annotated[bool, typer.Option("--model/--no-model", help="With the language model of the settings beside each answer.")] = False,
    judge: Annotated[bool, typer.Option(
        "--judge", help="Let the language model of the settings judge the answers too: a file of its own beside the run, in no measure.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start again where an earlier run was interrupted.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Score a question set against the index and write a run."""
    from eval.ablation import parse_variations
    from eval.summaries import parse_requirements

    values = load(settings, index=index).values
    judging = _judging(values) if judge else None
    limits = parse_requirements(require or [])
    grid = parse_variations(vary or [], values.answering)
    asked = read_or_list_faults(questions, signals=signals)
    target = out or values.state / "runs" / f"{_name(asked.name)}.jsonl"
    if report is not None:
        others = [questions, *([signals] if signals else []), *(target_of(target, one.label) for one in grid)]
        _check_report([target_of(report, one.label) for one in grid], others)
    stage = Stage(values, asked, fresh=fresh, writer=wanted_writer(values) if model else None)
    runs = [(one.label, stage.run(target_of(target, one.label), one.settings)) for one in grid]
    for label, run in runs:
        if report is not None:
            _report(run, target_of(report, label), english=english)
        if judging is not None:
            _judge(run, judging)
    if json:
        write_json(as_json(runs, limits, grid=bool(vary)))
    else:
        from ui.eval_terminal import show_runs

        show_runs([(label, run.summary, run.path) for label, run in runs])
    _end(runs, limits)


@dataclass(slots=True)
class Stage:
    """Opens the assistant for each run; the model is loaded once."""

    settings: Settings
    asked: QuestionSet
    fresh: bool = False
    encoder: Encoder | None = None
    writer: Writer | None = None

    def run(self, path: Path, answering: AssistantSettings) -> Run:
        """Run the set with these settings of the assistant. A run that is interrupted is kept, to be gone on with."""
        from eval.runs import check_writable, partial_of, run_set

        check_writable(path)
        bench = self._bench(answering)
        _warn(self.asked, bench)
        try:
            run = run_set(self.asked, bench, path, progress=progress_notes(), fresh=self.fresh, told=lambda remark: note(f"bronvast: {remark}"))
        except KeyboardInterrupt:
            note(f"bronvast: stopped; the same command goes on with {partial_of(path)}")
            raise
        return run

    def _bench(self, answering: AssistantSettings) -> Bench:
        from assistant.writing.assisted import Assisted
        from eval.runs import Bench, header_of
        from ui.opening import check_there, open_assistant, open_encoder

        check_there(self.settings)
        self.encoder = self.encoder or open_encoder(self.settings)
        assistant = open_assistant(self.settings.model_copy(update={"answering": answering}), self.encoder)
        header = header_of(self.asked, index_hash=assistant.index.hash, model=self.encoder.name, settings=answering, writer=self.writer)
        subject = assistant if self.writer is None else Assisted(assistant, self.writer)
        return Bench(subject, assistant.index.documents, header)


def target_of(path: Path, label: str) -> Path:
    """Return the file of one variation: its values behind the name."""
    return path.with_name(f"{path.stem}-{_name(label)}{path.suffix}") if label else path


def progress_notes(clock: Callable[[], float] = time.monotonic, *, seconds: float = 15) -> Progress:
    """Return what says on stderr how far a run is: a line for each tenth, one every some seconds, and each question that failed."""
    from eval.runs import Pace

    failed, said_at, begun, pace = 0, clock(), False, Pace(clock)

    def said(done: int, total: int, scored: Scored) -> None:
        nonlocal failed, said_at, begun
        left = pace.left(done, total)
        if not begun and done > 1:
            note(f"bronvast: goes on after the {done - 1} questions of an interrupted run")
        begun = True
        if scored.status == "failed":
            failed += 1
            note(f"bronvast: question {scored.id} failed: {scored.error}")
        if done == total or done % max(total // 10, 1) == 0 or clock() - said_at >= seconds:
            said_at = clock()
            note(f"{done} of {total} questions" + (f", {failed} failed" if failed else "") + _left(left, done < total))

    return said


def _left(seconds: float | None, unfinished: bool) -> str:
    if seconds is None or not unfinished:
        return ""
    return f", about {seconds:.0f} s left" if seconds < 90 else f", about {seconds / 60:.0f} min left"


def as_json(runs: Sequence[tuple[str, Run]], limits: Sequence[Requirement], *, grid: bool) -> dict[str, object]:
    """Return what the command says with --json: one run, or all of a grid under `variations`."""
    if grid:
        return {"variations": [{"values": label, **_run_json(run, limits)} for label, run in runs]}
    return _run_json(runs[0][1], limits)


def shortfalls(run: Run, limits: Sequence[Requirement]) -> list[str]:
    """Return what falls short of the requirements."""
    return [short for one in limits if (short := one.shortfall(run.summary)) is not None]


def _run_json(run: Run, limits: Sequence[Requirement]) -> dict[str, object]:
    times = {name: mean.value for name, mean in run.summary.times.items()}
    return {"run": str(run.path), **run.summary.to_json(), "time": times, "short": shortfalls(run, limits)}


def _end(runs: Sequence[tuple[str, Run]], limits: Sequence[Requirement]) -> None:
    """Name what fell short, and leave with status 3 where something did."""
    short = [f"{label + ': ' if label else ''}{one}" for label, run in runs for one in shortfalls(run, limits)]
    for one in short:
        note(f"bronvast: falls short: {one}")
    if short:
        raise typer.Exit(FELL_SHORT)


def _warn(asked: QuestionSet, bench: Bench) -> None:
    from eval.anchors import Texts, unfit_anchors

    for fault in unfit_anchors(asked.questions, Texts(bench.documents)):
        note(f"bronvast: line {fault.line}: {fault.reason}; it stays required")


def _judging(values: Settings) -> Endpoint:
    from ui.opening import open_endpoint

    endpoint = open_endpoint(values)
    if endpoint is None:
        raise UsageError("--judge needs a language model: set llm_endpoint and llm_model")
    return endpoint


def _judge(run: Run, endpoint: Endpoint) -> None:
    """Write what the model says of each answer to a file beside the run, and say what it comes to."""
    from eval.model_judge import judge, told
    from eval.run_files import read_run
    from ui.command_line import json_bytes

    path, said = run.path.with_name(run.path.stem + JUDGED_BY_MODEL), []
    with path.open("wb") as file:
        for one in judge(read_run(run.path).lines(), endpoint):
            said.append(one)
            file.write(json_bytes(one.to_json()) + b"\n")
    summary = ", ".join(f"{name} {value}" for name, value in told(said, endpoint.name).items())
    note(f"bronvast: judged by a language model, in no measure: {summary}; {path}")


def _check_report(paths: Sequence[Path], others: Sequence[Path]) -> None:
    """Refuse to write a report over what is evaluated or what the run writes, or to a folder. Raises UsageError."""
    taken = {one.resolve() for one in others}
    for path in paths:
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name a file for the report")
        if path.resolve() in taken:
            raise UsageError(f"{path} is the question set, the signals or the run: name another file for the report")


def _report(run: Run, path: Path, *, english: bool) -> None:
    from ui.run_report import write_report

    write_report(run.path, path, "en" if english else "nl")


def _name(text: str) -> str:
    stem = text.rsplit(".", 1)[0] if text.endswith((".jsonl", ".csv", ".xlsx")) else text
    return re.sub(r"[^\w=.+-]+", "_", stem).strip("_") or "run"


def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN", help="The earlier run.")],
    second: Annotated[Path, typer.Argument(metavar="RUN", help="The later run.")],
    different_sets: Annotated[bool, typer.Option(
        "--different-sets", help="Compare runs of different question sets, by the ids that both have.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Compare two runs of a question set: measures with intervals, and each question that changed."""
    from eval.comparison import compare as compared
    from eval.run_files import read_run

    found = compared(read_run(first), read_run(second), different_sets=different_sets)
    if json:
        write_json(found.to_json())
    else:
        from ui.eval_terminal import show_comparison

        show_comparison(found)
