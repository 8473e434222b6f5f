"""Warns when a question looks as if it holds personal data, before it is sent or kept."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

PersonalKind = Literal["bsn", "v_number", "phone", "email", "name"]

_DIGITS = re.compile(r"(?<![\w.,])\d(?:[ .-]?\d){7,9}(?![\w]|[.,]\d)")
_V_NUMBER = re.compile(r"\bV[- ]?(?:nummer|nr\.?|number|no\.?)?\s*:?\s*(\d[\d. ]{8,12}\d)\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)\d{2}[ -]?\(?0?\)?|0)[1-9](?:[ -]?\d){7,8}(?!\w)")
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")

_PARTICLE = r"(?i:(?:van|von|de|den|der|het|'t|ter|ten|te|el|al|bin|ibn|ben|da|di|du|la|le|dos|O'|Mc)[ -]?)*"
_SURNAME = rf"{_PARTICLE}[A-ZÀ-Þ][\w'’-]+"
_ADDRESSED = re.compile(  # "mevrouw Jansen", "dhr. de Vries", "Mr Smith", "genaamd Ali"
    rf"\b(?i:de heer|mevrouw|meneer|mevr\.?|mw\.?|dhr\.?|mrs\.?|mr\.?|ms\.?|miss|genaamd|geheten|called|named)\s+{_SURNAME}")
_INITIALS = re.compile(rf"\b(?:[A-Z]\.\s?){{1,4}}{_SURNAME}")  # "J.P. van Dijk"
_FULL = re.compile(rf"(?<![\w.-])([A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)\s+({_SURNAME})(?![\w-])")  # "Fatima el Idrissi"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A piece of the question, `question[start:end]`, that looks like personal data of this kind."""

    kind: PersonalKind
    start: int
    end: int


def personal_data(question: str, *, known: Callable[[str], bool] = lambda word: False) -> tuple[PersonalData, ...]:
    """Find what looks like a BSN, V-number, telephone number, address for mail or name of a person.

    `known` says whether the sources use a word, small letters: "Koninklijke Marechaussee" is not a person when both
    words stand in the sources. A warning only: it misses single names and may take an unknown body for a person.
    """
    found: list[PersonalData] = []
    for one in (*_numbers(question), *_names(question, known)):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def is_bsn(digits: str) -> bool:
    """Whether eight or nine digits pass the eleven test of the citizen service number."""
    padded = digits.zfill(9)
    weighed = sum(int(digit) * weight for digit, weight in zip(padded, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighed % 11 == 0 and int(padded) > 0


def _numbers(question: str) -> Iterator[PersonalData]:
    for match in _V_NUMBER.finditer(question):
        if len(re.sub(r"\D", "", match[1])) == 10:
            yield PersonalData("v_number", *match.span(1))
    for match in _PHONE.finditer(question):
        yield PersonalData("phone", *match.span())
    for match in _DIGITS.finditer(question):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) in (8, 9) and is_bsn(digits):
            yield PersonalData("bsn", *match.span())
        elif len(digits) == 10:
            yield PersonalData("v_number", *match.span())
    for match in _EMAIL.finditer(question):
        yield PersonalData("email", *match.span())


def _names(question: str, known: Callable[[str], bool]) -> Iterator[PersonalData]:
    for pattern in (_ADDRESSED, _INITIALS):
        for match in pattern.finditer(question):
            yield PersonalData("name", *match.span())
    at = 0
    while (full := _FULL.search(question, at)) is not None:
        first, last = full[1], full[2].split()[-1]
        before = question[:full.start()].rstrip()
        if (not before or before[-1] in ".?!:") and _is_word(first):  # "Welke Nederlandse": the capital is the sentence's
            at = full.end(1)
            continue
        at = full.end()
        if not (known(first.lower()) and known(last.lower())):
            yield PersonalData("name", *full.span())


_EVERYDAY = 4.3  # Zipf: words that open questions lie above it ("hoeveel" 5.2); "jan" and "john" do too and are missed


def _is_word(word: str) -> bool:
    from wordfreq import zipf_frequency

    return max(zipf_frequency(word.lower(), "nl"), zipf_frequency(word.lower(), "en")) >= _EVERYDAY
