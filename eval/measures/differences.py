"""Whether a paired difference is real: a bootstrap interval and a randomisation test.

Efron and Tibshirani, An Introduction to the Bootstrap, 1993; Smucker, Allan and Carterette, A Comparison of Statistical
Significance Tests for Information Retrieval Evaluation, CIKM 2007. Both draw with a fixed seed, so that the same two
runs always compare the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
DRAWS = 10_000
SEED = 1
_AT_ONCE = 1_000_000  # numbers drawn at a time: 8 MB


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference over `n` questions, its 95% interval, and the chance of one as large if the runs were equal."""

    mean: float
    low: float
    high: float
    p: float
    n: int


def paired_difference(differences: Sequence[float]) -> Difference | None:
    """Return the difference of some pairs (second less first); None without pairs. The order of pairs does not matter."""
    values: F64 = np.sort(np.array([round(one, 9) for one in differences], dtype=np.float64))
    if not len(values):
        return None
    low, high = _interval(values)
    return Difference(float(values.mean()), low, high, _chance(values), len(values))


def _interval(values: F64) -> tuple[float, float]:
    """Bootstrap the mean. Questions with an equal difference are drawn together: how often each value comes is multinomial."""
    distinct, counts = np.unique(values, return_counts=True)
    random = np.random.default_rng(SEED)
    means = [random.multinomial(len(values), counts / len(values), size=size) @ distinct / len(values)
             for size in _portions(len(distinct))]
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return float(low), float(high)


def _chance(values: F64) -> float:
    """Exchange the two runs of each question at random: the share of exchanges with a difference at least as large."""
    distinct, counts = np.unique(np.abs(values[values != 0]), return_counts=True)
    if not len(distinct):
        return 1.0
    random = np.random.default_rng(SEED)
    seen = abs(float(values.sum())) - 1e-9
    reached = sum(int(np.count_nonzero(np.abs((2 * random.binomial(counts, 0.5, size=(size, len(counts))) - counts) @ distinct) >= seen))
                  for size in _portions(len(distinct)))
    return (reached + 1) / (DRAWS + 1)


def _portions(width: int) -> list[int]:
    """Split the draws so that never more than a few megabytes are drawn at a time."""
    size = max(1, min(DRAWS, _AT_ONCE // width))
    return [size] * (DRAWS // size) + ([DRAWS % size] if DRAWS % size else [])
