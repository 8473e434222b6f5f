"""Requirements on a run: `f1>=0.9`, or of one language or kind `f1:nl>=0.9`."""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.scoring import MEASURES
from eval.summaries import TIMES, Summary
from ingest.errors import UsageError

NAMES = (*MEASURES, "risk_area", "calibration_error", "language_gap", "unfit_quotations", *TIMES)
_SLICED = frozenset(MEASURES)
_FORM = re.compile(r"\s*([\w@]+)(?::([\w-]+))?\s*(>=|<=|==|>|<)\s*(-?[\d.]+(?:e-?\d+)?)\s*")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "==": operator.eq}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A measure, of all questions or one language or kind, and the limit that it must keep."""

    name: str
    part: str
    sign: str
    limit: float

    def __str__(self) -> str:
        return f"{self.name}{':' + self.part if self.part else ''}{self.sign}{self.limit:g}"

    def shortfall(self, summary: Summary) -> str | None:
        """Return what falls short, or None when the run keeps the limit. Without a question to measure it on, it does not."""
        if self.part and self.part not in summary.slices:
            return f"{self}: the run has no question of {self.part}"
        found = summary.value(self.name, self.part)
        if found.value is None:
            return f"{self}: no question to measure it on"
        if _COMPARE[self.sign](round(found.value, 9), self.limit):  # a mean of .8 and .4 is .6000000000000001
            return None
        return f"{self}: is {_shown(found.value, self.limit)} (n={found.n})"


def parse_requirements(given: Sequence[str]) -> tuple[Requirement, ...]:
    """Read requirements. Raises UsageError that names every wrong one."""
    wrong, found = [], []
    for text in given:
        match = _FORM.fullmatch(text)
        if match is None or not _is_number(match[4]):
            wrong.append(f"{text!r} is not like 'f1>=0.9' or 'f1:nl>=0.9'")
        elif match[1] not in NAMES:
            wrong.append(f"{text!r}: there is no measure {match[1]!r}, there are {', '.join(NAMES)}")
        elif match[2] and match[1] not in _SLICED:
            wrong.append(f"{text!r}: {match[1]} is measured over all questions only")
        else:
            found.append(Requirement(match[1], match[2] or "", match[3], float(match[4])))
    if wrong:
        raise UsageError("wrong requirements: " + "; ".join(wrong))
    return tuple(found)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _shown(value: float, limit: float) -> str:
    """Show as many digits as it takes to tell the value from the limit."""
    return next((text for digits in (3, 6, 9) if float(text := f"{value:.{digits}f}") != limit), f"{value!r}")
