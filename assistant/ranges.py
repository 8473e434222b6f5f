"""Ranges: a question for what holds from six to twelve months is answered by the row of a table for that range, not by its neighbours.

A range stands in a row as "6 maanden–12 maanden", ">12 maanden" or "18 jaar en ouder"; a question names one ("van 6 tot 12 maanden"), a bound
("hooguit zes maanden", "longer than a year") or a value ("na acht maanden").
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.number_words import number_of

_UNITS = {  # by the beginning of a word: the unit that it is counted in, and how many of these it is
    "dag": ("dag", 1), "day": ("dag", 1), "week": ("dag", 7), "weken": ("dag", 7), "maand": ("dag", 30.4), "month": ("dag", 30.4), "jaar": ("dag", 365),
    "jaren": ("dag", 365), "year": ("dag", 365), "uur": ("uur", 1), "uren": ("uur", 1), "hour": ("uur", 1), "euro": ("euro", 1), "%": ("%", 1),
    "procent": ("%", 1), "per cent": ("%", 1), "percent": ("%", 1), "punt": ("punt", 1), "point": ("punt", 1)}
_NEIGHBOUR = 0.3  # what the row of another range is worth; chosen, not measured
_ONE = {"een": "1", "één": "1", "one": "1", "a": "1", "an": "1"}  # before a unit
_UNIT = r"(?:" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")\w{0,3}"


def _value(name: str) -> str:
    """Return the pattern of a number with or without its unit, as the groups NAME and NAME_unit."""
    return rf"(?P<{name}>\d[\d.]*(?:,\d+)?|[^\W\d_]{{1,14}})(?: ?(?P<{name}_unit>{_UNIT}))?(?!\w)"


_BETWEEN = re.compile(rf"(?<![\w,.]){_value('low')} ?(?:[-–—]|t/m|tot(?: en met)?|en|to|and) ?{_value('high')}", re.I)
_OVER = re.compile(
    r"(?:[>≥] ?|\b(?:meer|langer|ouder|hoger|groter|more|longer|older|higher|greater) (?:dan|than) "
    rf"|\b(?:over|boven|above|vanaf|minstens|ten minste|at least) ){_value('one')}"
    rf"|(?<![\w,.])(?P<more>\d[\d.]*(?:,\d+)?|[^\W\d_]{{1,14}}) ?(?P<more_unit>{_UNIT}) (?:en|of|and|or) "
    r"(?:meer|langer|ouder|hoger|more|longer|older|over)\b", re.I)
_UNDER = re.compile(
    r"(?:[<≤] ?|\b(?:minder|korter|jonger|lager|less|fewer|shorter|younger|lower) (?:dan|than) "
    rf"|\b(?:onder|under|below|hooguit|hoogstens|ten hoogste|maximaal|niet meer dan|at most|no more than|up to) ){_value('one')}", re.I)
_EXACT = re.compile(rf"(?<![\w,.]){_value('one')}", re.I)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, in days, hours, euros, percents or points (`unit`)."""

    low: float
    high: float
    unit: str

    def overlap(self, other: "Range") -> float:
        """Return which share of both together they have in common, 0 to 1; a range without an end goes on for as long again as it begins."""
        first, last = (Range(one.low, one.high if math.isfinite(one.high) else 2 * one.low + 1, one.unit) for one in (self, other))
        if first.unit != last.unit:
            return 0.0
        if last.low == last.high:
            return float(first.low <= last.low <= first.high)
        both = max(first.high, last.high) - min(first.low, last.low)
        return max(0.0, min(first.high, last.high) - max(first.low, last.low)) / both


def share_of_neighbours(question: str, rows: Sequence[str]) -> list[float]:
    """Return for each row what its probability is worth: 1, or less where another of them is for the range that the question names."""
    asked = range_asked(question)
    if asked is None:
        return [1.0] * len(rows)
    ranges = [range_of_row(row) for row in rows]
    overlaps = [one.overlap(asked) if one and one.unit == asked.unit else None for one in ranges]
    most = max((one for one in overlaps if one is not None), default=0.0)
    return [_NEIGHBOUR if one is not None and one < most else 1.0 for one in overlaps]


def range_of_row(row: str) -> Range | None:
    """Return the range that the first cell of a row gives ("6 maanden–12 maanden | 24 maanden–36 maanden"), or None where it is none."""
    cell = row.partition("|")[0].strip()
    return _between(cell) or _over(cell) or _under(cell)


def range_asked(question: str) -> Range | None:
    """Return the range, bound or value that a question names, or None."""
    return _between(question) or _under(question) or _over(question) or _exact(question)


def _between(text: str) -> Range | None:
    for found in _BETWEEN.finditer(text):
        unit = found["high_unit"] or found["low_unit"]
        low, high = _counted(found["low"], found["low_unit"] or unit), _counted(found["high"], unit)
        if low and high and low[1] == high[1] and low[0] < high[0]:
            return Range(low[0], high[0], low[1])
    return None


def _over(text: str) -> Range | None:
    for found in _OVER.finditer(text):
        if value := _counted(found["one"] or found["more"], found["one_unit"] or found["more_unit"]):
            return Range(value[0], math.inf, value[1])
    return None


def _under(text: str) -> Range | None:
    for found in _UNDER.finditer(text):
        if value := _counted(found["one"], found["one_unit"]):
            return Range(0.0, value[0], value[1])
    return None


def _exact(text: str) -> Range | None:
    for found in _EXACT.finditer(text):
        if value := _counted(found["one"], found["one_unit"]):
            return Range(value[0], value[0], value[1])
    return None


def _counted(number: str, unit: str | None) -> tuple[float, str] | None:
    """Return a number in its unit, or None where either is none."""
    digits = number.replace(".", "").replace(",", ".") if number[:1].isdigit() else _ONE.get(number.casefold(), number_of(number))
    named = next((name for name in sorted(_UNITS, key=len, reverse=True) if (unit or "").casefold().startswith(name)), "")
    if not digits or not named:
        return None
    try:
        return float(digits) * _UNITS[named][1], _UNITS[named][0]
    except ValueError:
        return None
