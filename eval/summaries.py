"""The means of a run: over all questions, by language and by kind, each with its number of questions; and requirements on them.

A requirement is `f1>=0.9`, or of one language or kind `f1:nl>=0.9`.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.measures.calibration import Bin, expected_calibration_error, reliability
from eval.measures.means import Asked, Mean, language_gap, percentile
from eval.measures.risk_coverage import RiskAt, area, risk_coverage
from eval.scoring import MEASURES, Scored
from ingest.errors import UsageError

TIMES = ("time_p50_ms", "time_p95_ms")
NAMES = (*MEASURES, "risk_area", "calibration_error", "language_gap", "unfit_quotations", *TIMES)
_SLICED = frozenset(MEASURES)
_FORM = re.compile(r"\s*([\w@]+)(?::\s*([^<>=]*[^<>=\s]))?\s*(>=|<=|==|>|<)\s*(-?[\d.]+(?:e-?\d+)?)\s*")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "==": operator.eq}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run comes to. `means` has each measure over all questions; `slices` the same by language and by kind."""

    questions: int
    means: Mapping[str, Mean]
    slices: Mapping[str, Mapping[str, Mean]]
    curve: tuple[RiskAt, ...]
    bins: tuple[Bin, ...]
    times: Mapping[str, Mean]

    def value(self, name: str, part: str = "") -> Mean:
        """Return a measure by name, of one language or kind where `part` is given. Raises KeyError for an unknown one."""
        if name in self.times:
            return self.times[name]
        return self.slices[part][name] if part else self.means[name]

    def to_json(self) -> dict[str, object]:
        """The means as plain values, without times."""
        return {"questions": self.questions, "means": _json(self.means), "slices": {name: _json(part) for name, part in self.slices.items()}}


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


def summarise(scored: Sequence[Scored]) -> Summary:
    """Work out the means of a run; the order of the questions does not matter."""
    curve, bins = _curve(scored), reliability(pair for one in scored for pair in one.judged)
    calibrated = expected_calibration_error(bins)
    means = {**_means(scored), "risk_area": Mean(area(curve), len(curve)),
             "calibration_error": Mean(calibrated, sum(one.n for one in bins)),
             "language_gap": language_gap(Asked(one.pair, one.language, one.values["f1"]) for one in scored if "f1" in one.values),
             "unfit_quotations": Mean(float(sum(len(one.unfit) for one in scored)), len(scored))}
    times = [one.time_ms for one in scored if one.time_ms is not None]
    return Summary(len(scored), means, _slices(scored), curve, bins,
                   dict(zip(TIMES, (Mean(percentile(times, share), len(times)) for share in (0.5, 0.95)), strict=True)))


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


def _curve(scored: Sequence[Scored]) -> tuple[RiskAt, ...]:
    return risk_coverage((one.confidence, one.right) for one in scored)


def _means(scored: Sequence[Scored]) -> dict[str, Mean]:
    return {name: Mean.of(one.values[name] for one in scored if name in one.values) for name in MEASURES}


def _slices(scored: Sequence[Scored]) -> dict[str, dict[str, Mean]]:
    ways: tuple[Callable[[Scored], str], ...] = (lambda one: one.language, lambda one: one.kind)
    names = [name for way in ways for name in sorted({way(one) for one in scored})]
    return {name: _means([one for one in scored if name in (one.language, one.kind)]) for name in names}


def _json(means: Mapping[str, Mean]) -> dict[str, object]:
    return {name: {"value": None if mean.value is None else round(mean.value, 6), "n": mean.n} for name, mean in means.items()}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _shown(value: float, limit: float) -> str:
    """Show as many digits as it takes to tell the value from the limit."""
    return next((text for digits in (3, 6, 9) if float(text := f"{value:.{digits}f}") != limit), f"{value!r}")
