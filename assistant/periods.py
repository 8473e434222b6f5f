"""Conditions on time, in the words of a question: "sinds 2023", "vóór 2023", "in 2022", "tussen 2022 en 2023", "vorig jaar"."""

import re
from collections.abc import Iterator

_YEAR = r"(?:19|20|21)\d\d\b"
_TO = r"(?:en|and|of|or|tot en met|tot|t/m|to|until|through|[-–])"
_YEARS = rf"{_YEAR}(?:,\s*{_YEAR})*\s*{_TO}\s*{_YEAR}"
_PART = (r"(?:(?:begin|medio|midden|eind|het jaar|de jaren|de periode|early|mid|late|the (?:year|years|period)|the (?:start|beginning|end) of"
         r"|(?:\d{1,2}\s+)?(?:jan|feb|maart|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*)\s+)?")
_AT = (r"\b(?:sinds|vanaf|na|tot en met|tot|t/m|vóór|voor|in|uit|van|over|tussen|gedurende|tijdens"
       r"|since|from|after|until|till|before|up to|by|for|between|during)")
_RELATIVE = (r"\b(?:(?:sinds|in|van|uit|over|gedurende|since|from|during|over)\s+)?(?:(?:de|het|the)\s+)?"
             r"(?:vorige?|afgelopen|laatste|dit|komende?|volgende?|last|past|this|next|previous)\s+(?:\w+\s+)?(?:jaar|jaren|maand|maanden|years?|months?)\b")

YEAR = re.compile(rf"\b{_YEAR}")
WHEN = rf"(?:{_AT}\s+{_PART}(?:{_YEARS}|{_YEAR})(?:\s+onwards?\b)?|{_RELATIVE})"  # as part of patterns that take no notice of the case

_SINCE = re.compile(rf"\b(?P<word>sinds|vanaf|na|since|from|after)\s+(?P<part>(?:(?:begin|eind|het jaar|the year)\s+)?)(?P<year>{_YEAR})"
                    r"(?:\s+(?:onwards?\b|on(?=\W*$)))?", re.I)
_UNTIL = re.compile(rf"\b(?P<word>tot(?: en met)?|vóór|voor|until|before|up to)\s+(?P<year>{_YEAR})", re.I)
_FROM_TO = re.compile(rf"\b(?:tussen|between|van|vanaf|sinds|from|since|in|uit|gedurende|during)\s+(?P<years>{_YEARS})", re.I)
_LATER = r"(?:onwards?\b|on(?=\W*$)|(?:tot|t/m|until|till|to)\s+(?:nu|heden|vandaag|now|today|the present)\b|(?:en|of|and|or)\s+later\b)"
_FROM_ON = re.compile(rf"\b(?:in|uit|van|vanaf|sinds|from|since)\s+(?P<year>{_YEAR})\s+{_LATER}", re.I)
_WITHIN = re.compile(rf"\b(?:in|gedurende|during|(?P<of>uit|van|from))\s+(?:(?:het jaar|the year)\s+)?(?P<years>{_YEAR})"
                     rf"(?!\s+(?:{_LATER}|(?:en|of|and|or)\s+(?:eerder|earlier)\b))", re.I)
_DENIED = re.compile(r"\b(?:niet|not|behalve|except|excluding)(?:\s+(?:die|those|that))?\s+$", re.I)
_A_THING = re.compile(r"\b(?:de|het|een|deze|dit|the|an?|this)\s+(?!(?:signalen|trends|signals)\b)[\w-]+\s+$", re.I)  # "de wet uit 2022" has a year of its own


def periods(question: str, *, of_signals: bool) -> Iterator[tuple[str, str, str]]:
    """Yield what a question says of dates, as ("since" or "until", the first or last day as year-month-day, the words that say it).

    A time in which something is ("in 2022", "tussen 2022 en 2023") is one only of signals, `of_signals`: a running text tells of many.
    "Voor 2023" may be "for 2023", so that only "vóór 2023" leaves that year out.
    """
    if on := _FROM_ON.search(question) if of_signals else None:
        yield "since", f"{on['year']}-01-01", on[0]
        return
    if within := _dated(question) if of_signals else None:
        years = YEAR.findall(within["years"])
        yield "since", f"{min(years)}-01-01", within[0]
        yield "until", f"{max(years)}-12-31", within[0]
        return
    since = _SINCE.search(question)
    if since and not (since["word"].casefold() == "from" and _A_THING.search(question[:since.start()])):
        later = since["word"].casefold() in ("na", "after") and not since["part"].casefold().startswith("begin")
        yield "since", f"{int(since['year']) + later}-01-01", since[0]
    if until := _UNTIL.search(question):
        earlier = until["word"].casefold() in ("vóór", "before")
        yield "until", f"{int(until['year']) - earlier}-12-31", until[0]


def _dated(question: str) -> re.Match[str] | None:
    """Return the years, or the one year, that signals are said to be of; nothing where it is denied, or several are named apart."""
    if joined := _FROM_TO.search(question):
        return None if _DENIED.search(question[:joined.start()]) else joined
    found = [one for one in _WITHIN.finditer(question) if not (one["of"] and _A_THING.search(question[:one.start()]))]
    return found[0] if len(found) == 1 and not _DENIED.search(question[:found[0].start()]) else None
