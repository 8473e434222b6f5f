"""`bronvast questions`: checks a question set and writes it in another form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UsageError
from ingest.given_text import given_text
from ui.command_line import IndexOption, JsonOption, SettingsOption, note, write_json, write_text
from ui.settings import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.question_sets import QuestionSet
    from ingest.documents import Document

QRELS = ".qrels"


def questions(
    source: Annotated[Path | None, typer.Argument(metavar="QUESTIONS", help="Question set: JSONL, CSV or XLSX.")] = None,
    signals: Annotated[Path | None, typer.Option("--signals", metavar="FILE", help="JSONL of quotations that the questions name by id.")] = None,
    qrels: Annotated[Path | None, typer.Option(
        "--qrels", metavar="FILE", help="TREC qrels over the passages of the index: they say what is required, not the set.")] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the set as .jsonl, .csv, .xlsx or .qrels.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a line and end.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Check a question set, every fault with its line, and write it in another form."""
    if schema:
        from eval.question_fields import question_schema

        write_json(question_schema())
        return
    if source is None:
        raise UsageError("name a question set, or ask for --schema")

    def documents() -> Sequence[Document]:
        from ui.opening import open_index

        return open_index(load(settings, index=index).values).documents

    if to is not None and any(one is not None and one.resolve() == to.resolve() for one in (signals, qrels)):
        raise UsageError(f"{to} is the signals or the qrels: name another file for the set")
    asked = read_or_list_faults(source, signals=signals, topics=qrels is not None)
    if qrels is not None:
        asked = _judged(asked, qrels, documents)
    if to is not None:
        _write(asked, to, documents)
    kinds = dict(Counter(one.kind for one in asked.questions))
    told = {"questions": len(asked.questions), "answerable": sum(one.answerable for one in asked.questions), "kinds": kinds, "hash": asked.hash,
            "passed_over": dict(asked.passed_over), "to": str(to) if to else None}
    if json:
        write_json(told)
    else:
        write_text(f"{asked.name}: {told['questions']} questions, {told['answerable']} with an answer, no faults" + (f"; written to {to}" if to else "") + "\n")


def read_or_list_faults(path: Path, *, signals: Path | None = None, topics: bool = False) -> QuestionSet:
    """Read a question set and say what was passed over. Each fault is a line on stderr; then UsageError."""
    from eval.question_sets import read_questions

    asked = _listing_faults(lambda: read_questions(path, signals=signals, topics=topics))
    for name, count in asked.passed_over.items():
        note(f"bronvast: field {name!r} is unknown and was passed over ({count} questions)")
    return asked


def _listing_faults(read: Callable[[], QuestionSet]) -> QuestionSet:
    from eval.question_sets import QuestionSetError

    try:
        return read()
    except QuestionSetError as error:
        for fault in error.faults:
            note(f"{error.name}, line {fault.line}: {fault.reason}")
        raise UsageError(f"{error.name} has {len(error.faults)} fault{'' if len(error.faults) == 1 else 's'}; nothing was done") from None


def _judged(asked: QuestionSet, qrels: Path, documents: Callable[[], Sequence[Document]]) -> QuestionSet:
    """Return the questions with what the qrels require."""
    from eval.qrels import with_qrels

    lines = given_text(qrels).splitlines()
    return _listing_faults(lambda: with_qrels(asked, lines, documents(), qrels.name))


def _write(asked: QuestionSet, to: Path, documents: Callable[[], Sequence[Document]]) -> None:
    from eval.qrels import qrels_of
    from eval.question_sets import SUFFIXES, write_questions

    suffix = to.suffix.casefold()
    if suffix == QRELS:
        text = "".join(qrels_of(asked.questions, documents()))
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8")
    elif suffix in SUFFIXES:
        write_questions(to, asked.questions)
    else:
        raise UsageError(f"{to}: a question set is written as {', '.join((*SUFFIXES, QRELS))}")
