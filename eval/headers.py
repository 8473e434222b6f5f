"""The header of a run: which questions, index, model, settings and versions it is of."""

import platform
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version

from assistant.settings import AssistantSettings
from assistant.writing.asking.prompts import prompt_versions
from assistant.writing.writer import Writer
from eval.question_sets import QuestionSet
from eval.run_files import RunHeader

PACKAGES = ("bronvast", "sentence-transformers", "torch", "numpy", "llama-index-core", "chromadb", "ir-measures")


def header_of(questions: QuestionSet, *, index_hash: str, model: str, settings: AssistantSettings, writer: Writer | None = None) -> RunHeader:
    """Return the header of a run of these questions, with or without a writer beside the answers."""
    return RunHeader(questions.name, questions.hash, len(questions.questions), settings.hash, index_hash, model, asdict(settings), versions(),
                     {} if writer is None else {"model": writer.name, **asdict(writer.limits), "prompts": prompt_versions()})


def versions() -> dict[str, str]:
    """Return the versions of what decides an answer, by package."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
