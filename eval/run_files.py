"""A run in a file: what was run, a line for each question, and the means; times stand apart under `time`.

Two runs of the same questions, settings and index have the same lines but for `time`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from eval.question_sets import json_line
from eval.scoring import Scored
from ingest.errors import UsageError

FORMAT = 1
Verdict = Literal["right", "incomplete", "refused", "false_answer", "failed"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class RunHeader:
    """What a run is of: the questions, the settings, the index and the model by hash or name, and the versions.

    `language_model` has the name, limits and prompt versions of what wrote beside the answers; empty where nothing did.
    """

    set_name: str
    set_hash: str
    questions: int
    settings_hash: str
    index_hash: str
    model: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    language_model: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The header as the first line of a run has it."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "RunHeader":
        """Read a header back. Raises KeyError where a field is absent."""
        return cls(value["set_name"], value["set_hash"], value["questions"], value["settings_hash"], value["index_hash"], value["model"],
                   value["settings"], value["versions"], value.get("language_model", {}))


@dataclass(frozen=True, slots=True)
class RunLine:
    """One question of a run: the question and the answer as JSON (None when it failed), and the scores."""

    question: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    scored: Scored

    def to_text(self) -> str:
        """The line, with its newline; the time stands apart."""
        answer = None if self.answer is None else {name: value for name, value in self.answer.items() if name != "timing_ms"}
        times: dict[str, object] = {"total_ms": self.scored.time_ms}
        if answer is not None and "generated" in answer:
            answer["generated"] = {name: value for name, value in answer["generated"].items() if name != "seconds"}
            times["generated_s"] = (self.answer or {})["generated"].get("seconds")
        return json_line({"question": self.question, "answer": answer, "scores": self.scored.to_json(), "time": times})


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A run that was read: its header and scores in the order of the set; `complete` when it has every question and the means."""

    path: Path
    header: RunHeader
    scored: tuple[Scored, ...]
    complete: bool
    whole_bytes: int
    started: str = ""

    def lines(self) -> Iterator[RunLine]:
        """Read the questions and answers again, one at a time, so that a long run is never in memory."""
        for value, _ in _values(self.path):
            if "scores" in value:
                yield _line(value)


def verdict_of(line: RunLine) -> Verdict:
    """Return the verdict on an answer: `incomplete` has less than what is required, or more than what may be quoted."""
    scored, values = line.scored, line.scored.values
    if scored.error:
        return "failed"
    if not line.question["answerable"]:
        return "false_answer" if values.get("false_answers", 0.0) else "right"
    if scored.status != "answered":
        return "refused"
    return "incomplete" if min(values.get("recall", 1.0), values.get("precision", 1.0), values.get("verbatim", 1.0)) < 1 else "right"


def header_text(header: RunHeader, started: str) -> str:
    """Return the first line of a run."""
    return json_line({"run": header.to_json(), "time": {"started": started}})


def summary_text(summary: Mapping[str, object], times: Mapping[str, object]) -> str:
    """Return the last line of a run."""
    return json_line({"summary": summary, "time": times})


def read_run(path: Path) -> SavedRun:
    """Read a run; a last line that was cut off by an interruption is passed over. Raises UsageError for another file."""
    header, scored, complete, end, started = None, list[Scored](), False, 0, ""
    try:
        for value, end in _values(path):  # noqa: B007 - where the last whole line ends
            if header is None:
                header, started = _header(value, path), str(value["time"]["started"])
            elif "scores" in value:
                scored.append(_line(value).scored)
            complete = "summary" in value
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path} is damaged: {error}") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    if header is None:
        raise UsageError(f"{path} is not a run: `bronvast eval` writes one")
    twice = [id for id, count in Counter(one.id for one in scored).items() if count > 1]
    if twice:
        raise UsageError(f"{path} is damaged: question {twice[0]} stands there twice")
    return SavedRun(path, header, tuple(scored), complete and len(scored) == header.questions, end, started)


def started_of(path: Path) -> str:
    """Return when a run that `read_run` reads was started, from its first line alone."""
    return next((str(value["time"]["started"]) for value, _ in _values(path)), "")


def without_times(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a run without what may differ between two runs of the same."""
    return [{name: part for name, part in value.items() if name != "time"} for value, _ in _values(path)]


def _header(value: Mapping[str, Any], path: Path) -> RunHeader:
    if not isinstance(value.get("run"), dict):
        raise UsageError(f"{path} is not a run: `bronvast eval` writes one")
    if value["run"].get("format") != FORMAT:
        raise UsageError(f"{path} was written by another version: run the questions again")
    return RunHeader.from_json(value["run"])


def _line(value: Mapping[str, Any]) -> RunLine:
    return RunLine(value["question"], value["answer"], Scored.from_json(value["scores"], value["time"]["total_ms"]))


def _values(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield each whole line and the offset of its end; stop at one that was cut off."""
    end = 0
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            try:
                value = json.loads(line)
            except ValueError:
                if end:
                    raise
                value = {}
            end += len(line)
            yield (value if isinstance(value, dict) else {}), end
