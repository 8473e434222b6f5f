"""The prompts: text files in Dutch and English, filled with data in one pass so that data cannot fill in further."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

from assistant.answers import Language

Task = Literal["introduction", "gloss", "choice", "followup", "wordings"]
_SLOT = re.compile(r"\{(question|data)\}")
_DIVIDER = "\n---\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: the fixed instruction, and the message that holds the data. `name` says which file, in which version."""

    name: str
    system: str
    user: str


def prompt(task: Task, language: Language, values: Mapping[str, str]) -> Prompt:
    """Return the prompt of a task with its data filled in."""
    text = _file(task, language)
    system, _, user = text.partition(_DIVIDER)
    filled = _SLOT.sub(lambda slot: values[slot[1]], user)
    return Prompt(f"{task}.{language}@{_version(text)}", system.strip(), filled.strip())


def prompt_versions() -> dict[str, str]:
    """Return the version of each prompt file by its name: a hash of its text."""
    return {f"{task}.{language}": _version(_file(task, language)) for task in get_args(Task) for language in get_args(Language)}


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=12)
def _file(task: Task, language: Language) -> str:
    return resources.files("assistant").joinpath("prompts", f"{task}.{language}.txt").read_text(encoding="utf-8")
