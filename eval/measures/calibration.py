"""Expected calibration error: how far the scores of quotations are from how often they are right.

Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotations whose scores lie in (low, high]: their number, mean score, and the share that is right."""

    low: float
    high: float
    n: int
    score: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> tuple[Bin, ...]:
    """Sort (score, right) pairs into bins of equal width; empty bins are left out. A score of 0 goes into the first."""
    if bins < 1:
        raise ValueError(f"needs at least one bin, not {bins}")
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for score, right in judged:
        if not 0 <= score <= 1:
            raise ValueError(f"a score of {score} is no probability")
        number = next(place for place in range(bins) if score <= (place + 1) / bins)
        sorted_in.setdefault(number, []).append((score, right))
    return tuple(Bin(number / bins, (number + 1) / bins, len(pairs), fsum(score for score, _ in pairs) / len(pairs),
                     sum(right for _, right in pairs) / len(pairs)) for number, pairs in sorted(sorted_in.items()))


def expected_calibration_error(found: Iterable[Bin]) -> float | None:
    """Return the mean distance of score and share of right quotations, weighted by the bins; None without quotations."""
    filled = list(found)
    total = sum(one.n for one in filled)
    return fsum(one.n * abs(one.score - one.right) for one in filled) / total if total else None
