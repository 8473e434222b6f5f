"""Risk against coverage: how often the first quotation is wrong when only the most confident questions are answered.

El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification, JMLR 2010; the area as in Geifman et al.,
Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers, ICLR 2019.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum


@dataclass(frozen=True, slots=True)
class RiskAt:
    """Of the share `coverage` of questions answered first, the share `risk` is answered wrongly; `confidence` is the lowest."""

    coverage: float
    risk: float
    confidence: float


def risk_coverage(answers: Iterable[tuple[float, bool]]) -> tuple[RiskAt, ...]:
    """Return the curve of (confidence, right) pairs, one point for each question, the most confident first.

    Questions of equal confidence cannot be told apart, so they share their errors evenly: the order given does not matter.
    """
    ordered = sorted(answers, key=lambda one: -one[0])
    points: list[RiskAt] = []
    wrong = 0.0
    for confidence, group in groupby(ordered, key=lambda one: one[0]):
        equals = list(group)
        errors = sum(not right for _, right in equals) / len(equals)
        for _ in equals:
            wrong += errors
            done = len(points) + 1
            points.append(RiskAt(done / len(ordered), wrong / done, confidence))
    return tuple(points)


def area(curve: Sequence[RiskAt]) -> float | None:
    """Return the area under the curve: the mean risk over all coverages (0 is best), None without questions."""
    return fsum(point.risk for point in curve) / len(curve) if curve else None
