"""Question sets: one JSON object a line, read whole or refused with every fault and its line."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.question_fields import FieldReader
from eval.questions import Anchor, Fault, Question, Signals
from ingest.errors import UsageError

MOST_SHOWN = 50


class QuestionSetError(UsageError):
    """A question set with faults; nothing of it is scored. `faults` has all of them, in the order of their lines."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        listed = "; ".join(f"line {fault.line}: {fault.reason}" for fault in self.faults[:MOST_SHOWN])
        more = f"; and {len(self.faults) - MOST_SHOWN} more" if len(self.faults) > MOST_SHOWN else ""
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__(f"{name} has {count}, nothing was scored: {listed}{more}")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a file, in its order; ids are distinct."""

    name: str
    questions: tuple[Question, ...]

    @property
    def hash(self) -> str:
        """Sixteen characters that change when any question does, and not with their order or the form of the file."""
        lines = sorted(json.dumps(question.to_json(), sort_keys=True, ensure_ascii=False) for question in self.questions)
        return hashlib.sha256("\n".join(lines).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def read_question_set(path: Path, *, signals: Path | None = None) -> QuestionSet:
    """Read a question set; `signals` is a JSONL file of quotations that the questions name by id.

    :raises QuestionSetError: with all faults at once, each with its line.
    :raises UsageError: when a file cannot be read at all.
    """
    known = read_signals(signals) if signals else {}
    return parsed_question_set(_lines(path), path.name, known)


def parsed_question_set(lines: Iterable[str], name: str, signals: Signals | None = None) -> QuestionSet:
    """Read the lines of a question set; blank lines are passed over. Raises QuestionSetError with all faults."""
    questions, faults, seen = [], [], dict[str, int]()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question, reasons = _read_line(line, number, signals or {})
        if question is not None and question.id:
            first = seen.setdefault(question.id, number)
            if first != number:
                reasons = [*reasons, f"id {question.id!r} is that of line {first}"]
        faults += [Fault(number, reason) for reason in reasons]
        if question is not None:
            questions.append(question)
    if not questions and not faults:
        faults.append(Fault(1, "there is no question"))
    if faults:
        raise QuestionSetError(name, faults)
    return QuestionSet(name, tuple(questions))


def read_signals(path: Path) -> dict[str, Anchor]:
    """Read a signals file: lines of {"id", "text"} and, where known, `doc`, `start` and `end`.

    :raises QuestionSetError: with all faults at once.
    """
    found, faults = dict[str, Anchor](), []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        value = _parsed(line)
        if not isinstance(value, dict) or not all(isinstance(value.get(name), str) and value[name] for name in ("id", "text")):
            faults.append(Fault(number, 'needs "id" and "text"'))
        else:
            found[value["id"]] = Anchor(value["text"], str(value.get("doc", "")), value.get("start"), value.get("end"))
    if faults:
        raise QuestionSetError(path.name, faults)
    return found


def write_question_set(path: Path, questions: Iterable[Question]) -> None:
    """Write questions as a question set, one line each."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(question.to_json(), ensure_ascii=False) + "\n" for question in questions)


def _read_line(line: str, number: int, signals: Signals) -> tuple[Question | None, list[str]]:
    value = _parsed(line)
    if isinstance(value, _Unparsed):
        return None, [f"not JSON: {value.reason}"]
    if not isinstance(value, dict):
        return None, ["not a JSON object"]
    reader = FieldReader(value, signals)
    question = reader.question(number)
    return question, reader.faults


@dataclass(frozen=True, slots=True)
class _Unparsed:
    reason: str


def _parsed(line: str) -> object:
    try:
        value: object = json.loads(line)
    except json.JSONDecodeError as error:
        return _Unparsed(f"{error.msg} at character {error.pos + 1}")
    except ValueError:  # a whole number of more digits than Python reads
        return _Unparsed("a number is too long")
    except RecursionError:
        return _Unparsed("nested too deeply")
    return value


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text") from None
