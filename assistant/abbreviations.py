"""Abbreviations that the sources explain themselves: "Licht Verstandelijk Beperkten (LVB)" makes LVB and its long form one term.

The long form is found as Schwartz and Hearst do (A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical
Text, 2003): the letters of the short form, from last to first, in the words before the bracket; the first one opens a word.
"""

import re
from collections.abc import Iterable, Mapping

from assistant.bridge import Alternative, Translations
from assistant.function_words import is_content
from index.words import whole_stems

_EXPLAINED = re.compile(r"(?P<before>(?:[^\W_][\w’'-]*[ ,]+){1,8})\((?P<short>[A-Z][\w&-]*[A-Z][\w&-]*?)(?:['’]?s)?\)")
_LONGEST = 10  # letters of a short form


def find_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Return what texts explain: each short form with its long form, the first explanation kept."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _EXPLAINED.finditer(text) if "(" in text else ():
            long = _long_form(match["short"], match["before"].strip(" ,"))
            if long and len(match["short"]) <= _LONGEST:
                found.setdefault(match["short"], long)
    return found


def alternatives_of(abbreviations: Mapping[str, str]) -> Translations:
    """Return by language and stems what each form, short or long, may also be called; either language may be that of the question."""
    found: dict[tuple[str, tuple[str, ...]], tuple[Alternative, ...]] = {}
    for short, long in abbreviations.items():
        for language in ("nl", "en"):
            stems, spelled = whole_stems(short, language), whole_stems(long, language)
            found[language, stems] = (Alternative(long, spelled, 1.0, "abbreviation", language),)
            found[language, spelled] = (Alternative(short, stems, 1.0, "abbreviation", language),)
    return found


def _long_form(short: str, before: str) -> str:
    """Return the end of `before` that the letters of a short form stand for, or nothing."""
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    place = len(before)
    for number in range(len(letters) - 1, -1, -1):
        place = before.casefold().rfind(letters[number], 0, place)
        while number == 0 and place >= 0 and not _opens_a_term(before, place):
            place = before.casefold().rfind(letters[0], 0, place)
        if place < 0:
            return ""
    long = before[place:]
    return long if len(long) > len(short) and len(long.split()) <= 2 * len(letters) else ""


def _opens_a_term(text: str, place: int) -> bool:
    """Say whether a word begins here that tells something: "en Mensensmokkel" is not what EMM stands for."""
    return not text[place - 1:place].isalnum() and is_content(text[place:].split()[0].strip(","), "nl")
