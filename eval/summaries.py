"""The means of a run: over all questions, by language and by kind, each with its number of questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.measures.calibration import Bin, expected_calibration_error, reliability
from eval.measures.languages import Asked, language_gap
from eval.measures.means import Mean
from eval.measures.risk_coverage import RiskAt, area, risk_coverage
from eval.measures.timing import percentile
from eval.scoring import MEASURES, Scored

TIMES = ("time_p50_ms", "time_p95_ms")


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
