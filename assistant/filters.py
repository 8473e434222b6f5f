"""Conditions that a question states in words: "in paragraaf 1.7", "onder Informatiedeling", "in de Aanwijzing".

A filter is only read where the sources have such a section or document. It is shown, and can be taken off.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.words import fold


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition: `field` is section or document, `value` the name that it must be, `said` the words of the question."""

    field: str
    value: str
    said: str


_NUMBERED = re.compile(r"\b(?:in|onder|uit|van|under|from)\s+(?:de\s+|het\s+|the\s+)?(?:paragraaf|par\.|sectie|hoofdstuk|onderdeel|section|chapter|paragraph)\s+(?P<name>\d+(?:\.\d+)*)", re.I)
_NAMED = re.compile(r"\b(?:onder|in|uit|volgens|under|in|from|according to)\s+(?:(?:de|het|the)\s+)?"
                    r"(?:(?:paragraaf|sectie|hoofdstuk|kop|kopje|thema|section|chapter|heading|theme|document)\s+)?[\"“‘']?(?P<name>[A-ZÀ-Þ][\w-]*(?:\s+[\w-]+){0,5})", re.U)


def find_filters(question: str, *, sections: Iterable[str], documents: Iterable[tuple[str, str]]) -> tuple[tuple[Filter, ...], str]:
    """Return the conditions of a question, and the question without their words."""
    names = list(sections)
    for match in _NUMBERED.finditer(question):
        wanted = match["name"]
        fitting = [name for name in names if any(part.split(" ")[0].rstrip(".") == wanted for part in name.split(" > "))]
        if fitting:
            return (Filter("section", fitting[0], match[0]),), question.replace(match[0], " ")
    for match in _NAMED.finditer(question):
        found = _section(match, names) or _document(match, documents)
        if found:
            return (found,), question.replace(found.said, " ")
    return (), question


def _section(match: re.Match[str], names: Iterable[str]) -> Filter | None:
    """Return the section whose heading, less its number, is what was named, word for word."""
    for words in _shorter(match["name"]):
        for name in names:
            for part in name.split(" > "):
                if fold(re.sub(r"^[\d.]+\s+", "", part)) == fold(words):
                    return Filter("section", name, match[0][:match[0].index(match["name"])] + words)
    return None


def _document(match: re.Match[str], documents: Iterable[tuple[str, str]]) -> Filter | None:
    """Return the one document whose title starts with what was named."""
    for words in _shorter(match["name"]):
        if len(words) < 5:
            continue
        fitting = [doc for doc, title in documents if fold(title).startswith(fold(words)) or fold(words) == fold(doc.rpartition(".")[0])]
        if len(fitting) == 1:
            return Filter("document", fitting[0], match[0][:match[0].index(match["name"])] + words)
    return None


def _shorter(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[:count]) for count in range(len(words), 0, -1)]
