"""Cohen's kappa: how far two judges agree beyond chance (Cohen, A Coefficient of Agreement for Nominal Scales, 1960)."""

from collections import Counter
from collections.abc import Sequence


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return kappa of two judges' verdicts on the same answers: 1 full agreement, 0 as by chance; None without answers.

    Two judges who give one and the same verdict to everything agree fully: 1, where the formula has 0/0.
    """
    if not pairs:
        return None
    n = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    agreed = sum(one == other for one, other in pairs)
    chance = sum(first[verdict] * second[verdict] for verdict in first)  # times n squared
    return (agreed * n - chance) / (n * n - chance) if n * n != chance else 1.0
