"""Means and percentiles over questions, and the language gap: what English questions score less than the same questions in Dutch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, fsum


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a measure over the `n` questions to which it applies; None when it applies to none."""

    value: float | None
    n: int

    @classmethod
    def of(cls, values: Iterable[float]) -> "Mean":
        """Average some values; the sum is exact, so their order does not matter."""
        kept = list(values)
        return cls(fsum(kept) / len(kept) if kept else None, len(kept))


@dataclass(frozen=True, slots=True)
class Asked:
    """A value of one question, with its language and the name of its pair (empty: none)."""

    pair: str
    language: str
    value: float


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the nearest-rank percentile (`share` of 0 to 1): the smallest value with that share at or below it."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share of {share} is not between 0 and 1")
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)) - 1, 0)] if ordered else None


def language_gap(values: Iterable[Asked]) -> Mean:
    """Return the mean over pairs of English less Dutch; `n` is the number of pairs.

    A pair with several questions in one language counts with their mean; one without both languages does not count.
    """
    pairs: dict[str, dict[str, list[float]]] = {}
    for one in values:
        if one.pair:
            pairs.setdefault(one.pair, {}).setdefault(one.language, []).append(one.value)
    return Mean.of(_mean(both["en"]) - _mean(both["nl"]) for both in pairs.values() if both.keys() >= {"nl", "en"})


def _mean(values: list[float]) -> float:
    return Mean.of(values).value or 0.0
