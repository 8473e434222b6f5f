"""How sure a share is, and whether a paired difference is real: Wilson's interval, a bootstrap interval and a randomisation test.

Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 1927;
Efron and Tibshirani, An Introduction to the Bootstrap, 1993; Smucker, Allan and Carterette, A Comparison of Statistical
Significance Tests for Information Retrieval Evaluation, CIKM 2007. The last two draw with a fixed seed, so that the same two
runs always compare the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
DRAWS = 10_000
SEED = 1
_95 = 1.959964  # the normal distribution's
_AT_ONCE = 1_000_000  # numbers drawn at a time: 8 MB


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference over `n` questions, its 95% interval, and the chance of one as large if the runs were equal."""

    mean: float
    low: float
    high: float
    p: float
    n: int


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of a share of `n` questions. Raises ValueError without a question."""
    if not 0 <= successes <= n or n < 1:
        raise ValueError(f"{successes} of {n} is no share")
    share, z = successes / n, _95 * _95
    middle, half = share + z / (2 * n), _95 * sqrt(share * (1 - share) / n + z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z / n)), min(1.0, (middle + half) / (1 + z / n))


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
