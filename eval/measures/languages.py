"""The language gap: what English questions score less than the same questions in Dutch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eval.measures.means import Mean


@dataclass(frozen=True, slots=True)
class Asked:
    """A value of one question, with its language and the name of its pair (empty: none)."""

    pair: str
    language: str
    value: float


def language_gap(values: Iterable[Asked]) -> Mean:
    """Return the mean over pairs of English less Dutch; `n` is the number of pairs.

    A pair with several questions in one language counts with their mean; one without both languages does not count.
    """
    pairs: dict[str, dict[str, list[float]]] = {}
    for one in values:
        if one.pair:
            pairs.setdefault(one.pair, {}).setdefault(one.language, []).append(one.value)
    return Mean.of(_mean(both["en"]) - _mean(both["nl"]) for both in pairs.values() if _has_both(both))


def _has_both(values: Mapping[str, list[float]]) -> bool:
    return "nl" in values and "en" in values


def _mean(values: list[float]) -> float:
    return Mean.of(values).value or 0.0
