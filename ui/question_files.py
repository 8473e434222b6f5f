"""Question sets by the ending of their file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.question_sets import QuestionSet


def read_questions(path: Path, *, signals: Path | None = None) -> QuestionSet:
    """Read a question set. Raises QuestionSetError with every fault, UsageError for a file that cannot be read."""
    from eval.question_sets import read_question_set

    return read_question_set(path, signals=signals)
