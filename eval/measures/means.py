"""A mean that knows of how many questions it is."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a measure over the `n` questions to which it applies; None when it applies to none."""

    value: float | None
    n: int

    @classmethod
    def of(cls, values: Iterable[float]) -> "Mean":
        """Average some values; the sum is exact, so their order does not matter."""
        from math import fsum

        kept = list(values)
        return cls(fsum(kept) / len(kept) if kept else None, len(kept))
