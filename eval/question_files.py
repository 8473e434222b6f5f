"""Question sets by the ending of their file: JSONL, CSV or XLSX."""

from collections.abc import Iterable
from pathlib import Path

from eval.question_rows import entries_of, rows_of
from eval.question_sets import QuestionSet, question_set, read_question_set, read_signals, write_question_set
from eval.questions import Question
from eval.table_files import read_csv, read_xlsx, write_csv, write_xlsx
from ingest.errors import UsageError

TABLES = {".csv": read_csv, ".xlsx": read_xlsx}
SUFFIXES = (".jsonl", *TABLES)


def read_questions(path: Path, *, signals: Path | None = None, topics: bool = False) -> QuestionSet:
    """Read a question set; `signals` is a JSONL file of quotations that the questions of a JSONL file name by id.

    `topics`: what is required is said elsewhere (qrels).

    :raises QuestionSetError: with all faults at once, each with its line or row.
    :raises UsageError: for a file that cannot be read.
    """
    read = TABLES.get(path.suffix.casefold())
    if read is None:
        return read_question_set(path, signals=signals, topics=topics)
    return question_set(entries_of(read(path)), path.name, read_signals(signals) if signals else {}, topics=topics)


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
        write_question_set(path, questions)
