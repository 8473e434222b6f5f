"""The question sets of the bench: files in one folder, of which none takes the place of another."""

import re
import shutil
from itertools import chain, count
from pathlib import Path

from ingest.errors import UsageError
from ui.state_files import changing


def sets_in(folder: Path) -> list[str]:
    """Return the names of the question sets."""
    from eval.question_sets import SUFFIXES

    return sorted(path.name for path in folder.iterdir() if path.suffix.casefold() in SUFFIXES) if folder.is_dir() else []


def add_set(folder: Path, file: Path) -> str:
    """Keep a copy of a question set and return its name, with a number behind it where another set has that name.

    Raises QuestionSetError with every fault, UsageError for another kind of file.
    """
    from eval.question_sets import SUFFIXES, read_questions

    if file.suffix.casefold() not in SUFFIXES:
        raise UsageError(f"{file.name}: a question set is a file in {', '.join(SUFFIXES)}")
    read_questions(file)
    wanted = folder / re.sub(r"[^\w=.+-]+", "_", file.name)
    with changing(wanted):
        numbered = (wanted.with_stem(f"{wanted.stem}-{number}") for number in count(2))
        target = next(path for path in chain([wanted], numbered) if not path.exists() or path.read_bytes() == file.read_bytes())
        shutil.copyfile(file, target)
    return target.name
