"""Question sets in JSONL, CSV or XLSX, read whole or refused with every fault and its line."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.question_fields import FieldReader, offsets_fault
from eval.question_tables import entries_of, read_csv, read_xlsx, rows_of, write_csv, write_xlsx
from eval.questions import Anchor, Entry, Fault, Question, Signals
from ingest.errors import UsageError
from ingest.given_text import given_text

TABLES = {".csv": read_csv, ".xlsx": read_xlsx}
SUFFIXES = (".jsonl", *TABLES)
MOST_SHOWN = 50


class QuestionSetError(UsageError):
    """A question set with faults; nothing of it is scored. `faults` has all of them, in the order of their lines."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.name, self.faults = name, tuple(faults)
        listed = "; ".join(f"line {fault.line}: {fault.reason}" for fault in self.faults[:MOST_SHOWN])
        more = f"; and {len(self.faults) - MOST_SHOWN} more" if len(self.faults) > MOST_SHOWN else ""
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__(f"{name} has {count}, nothing was scored: {listed}{more}")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a file, in its order; ids are distinct. `passed_over` has the names that nobody knows, with their number of lines."""

    name: str
    questions: tuple[Question, ...]
    passed_over: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def hash(self) -> str:
        """Sixteen characters that change when any question does, and not with their order or the form of the file."""
        lines = sorted(json.dumps(question.to_json(), sort_keys=True, ensure_ascii=False) for question in self.questions)
        return hashlib.sha256("\n".join(lines).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def question_set(entries: Iterable[Entry], name: str, signals: Signals | None = None, *, topics: bool = False) -> QuestionSet:
    """Check the entries of a file; of `topics` what is required is said elsewhere. Raises QuestionSetError with all faults, in the order of their lines."""
    questions, faults, seen, passed = [], list[Fault](), dict[str, int](), Counter[str]()
    for entry in entries:
        faults += entry.faults
        if entry.value is None:
            continue
        reader = FieldReader(entry.value, signals or {}, topics)
        question = reader.question(entry.line)
        passed.update(reader.passed_over)
        faults += [Fault(entry.line, reason) for reason in reader.faults]
        if question.id and seen.setdefault(question.id, entry.line) != entry.line:
            faults.append(Fault(entry.line, f"id {question.id!r} is that of line {seen[question.id]}"))
        questions.append(question)
    if not questions and not faults:
        faults.append(Fault(1, "there is no question"))
    if faults:
        raise QuestionSetError(name, sorted(faults, key=lambda fault: fault.line))
    return QuestionSet(name, tuple(questions), passed)


def read_questions(path: Path, *, signals: Path | None = None, topics: bool = False) -> QuestionSet:
    """Read a question set by the ending of its file; `signals` is a JSONL file of quotations that the questions of a JSONL file name by id.

    `topics`: what is required is said elsewhere (qrels).

    :raises QuestionSetError: with all faults at once, each with its line or row.
    :raises UsageError: for a file that cannot be read.
    """
    read = TABLES.get(path.suffix.casefold())
    entries = json_entries(_lines(path)) if read is None else entries_of(read(path))
    return question_set(entries, path.name, read_signals(signals) if signals else {}, topics=topics)


def read_signals(path: Path) -> dict[str, Anchor]:
    """Read a signals file: lines of {"id", "text"} and, where known, `doc`, `start` and `end`.

    :raises QuestionSetError: with all faults at once.
    """
    found, faults = dict[str, Anchor](), list[Fault]()
    for entry in json_entries(_lines(path)):
        faults += entry.faults
        value = entry.value
        if value is None:
            continue
        if not all(isinstance(value.get(name), str) and value[name].strip() for name in ("id", "text")):
            faults.append(Fault(entry.line, 'a signal needs "id" and "text"'))
        elif value["id"] in found:
            faults.append(Fault(entry.line, f"signal {value['id']!r} stands there twice"))
        elif wrong := offsets_fault(value.get("start"), value.get("end")):
            faults.append(Fault(entry.line, f"signal {value['id']!r} {wrong}"))
        elif not isinstance(value.get("doc"), (str, type(None))):
            faults.append(Fault(entry.line, f"signal {value['id']!r}: `doc` must be the name of a document"))
        else:
            found[value["id"]] = Anchor(value["text"], str(value.get("doc") or ""), value.get("start"), value.get("end"))
    if faults:
        raise QuestionSetError(path.name, faults)
    return found


def write_questions(path: Path, questions: Iterable[Question]) -> None:
    """Write a question set. Raises UsageError for another ending, and for what the form cannot hold."""
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise UsageError(f"{path}: a question set is written as {', '.join(SUFFIXES)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".csv":
        write_csv(path, rows_of(questions))
    elif suffix == ".xlsx":
        write_xlsx(path, rows_of(questions))
    else:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json_line(question.to_json() | ({} if question.note is None else {"note": question.note})) for question in questions)


def json_line(value: Mapping[str, object]) -> str:
    """Return a value as a line of JSON, with its newline."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8
        text = json.dumps(value)
    return text + "\n"


def json_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the objects of JSON lines; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value = _parsed(line)
        if isinstance(value, dict):
            yield Entry(number, value)
            continue
        reason = f"not JSON: {value.reason}" if isinstance(value, _Unparsed) else "not a JSON object"
        yield Entry(number, None, (Fault(number, reason),))


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
    text = given_text(path)
    if text.lstrip().startswith("[") and isinstance(_parsed(text), list):
        raise UsageError(f"{path} is one JSON list: write each question as an object on a line of its own (JSONL)")
    return text.split("\n")
