"""BM25 over all passages, exact: scores every passage and never leaves one out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009, the usual values


class LexicalIndex:
    """The postings of each stem. The score is Lucene's BM25, which is never negative (Kamphuis et al. 2020)."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Index texts that are already stemmed."""
        self._count = len(texts)
        lengths = np.array([len(text) for text in texts], dtype=np.float32)
        mean = float(lengths.mean()) if self._count else 0.0
        self._norms = K1 * (1 - B + B * lengths / max(mean, 1.0))
        postings: dict[str, tuple[list[int], list[int]]] = {}
        for number, text in enumerate(texts):
            for stem, times in Counter(text).items():
                rows, counts = postings.setdefault(stem, ([], []))
                rows.append(number)
                counts.append(times)
        self._postings = {stem: (np.array(rows, dtype=np.int64), np.array(counts, dtype=np.float32))
                          for stem, (rows, counts) in postings.items()}

    def idf(self, stem: str) -> float:
        """Return how telling a stem is: log(1 + (N - n + .5) / (n + .5)), highest for a stem that no passage has."""
        holding = len(self._postings[stem][0]) if stem in self._postings else 0
        return log(1 + (self._count - holding + 0.5) / (holding + 0.5))

    def scores(self, weighted: Mapping[str, float]) -> F32:
        """Return the score of every passage for stems with their weights: float32, passages."""
        total = np.zeros(self._count, dtype=np.float32)
        for stem, weight in weighted.items():
            if stem in self._postings:
                rows, counts = self._postings[stem]
                total[rows] += weight * self.idf(stem) * counts / (counts + self._norms[rows])
        return total
