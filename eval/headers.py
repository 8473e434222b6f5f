"""The header of a run: which questions, index, model, settings and versions it is of."""

import platform
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version

from assistant.settings import AssistantSettings
from eval.question_sets import QuestionSet
from eval.run_files import RunHeader

PACKAGES = ("bronvast", "sentence-transformers", "torch", "numpy", "llama-index-core", "chromadb", "ir-measures")


def header_of(questions: QuestionSet, *, index_hash: str, model: str, settings: AssistantSettings) -> RunHeader:
    """Return the header of a run of these questions."""
    return RunHeader(questions.name, questions.hash, len(questions.questions), settings.hash, index_hash, model, asdict(settings), versions())


def versions() -> dict[str, str]:
    """Return the versions of what decides an answer, by package."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
