"""How sure a share is (Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 1927)."""

from math import sqrt

_95 = 1.959964


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of a share of `n` questions. Raises ValueError without a question."""
    if not 0 <= successes <= n or n < 1:
        raise ValueError(f"{successes} of {n} is no share")
    share, z = successes / n, _95 * _95
    middle, half = share + z / (2 * n), _95 * sqrt(share * (1 - share) / n + z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z / n)), min(1.0, (middle + half) / (1 + z / n))
