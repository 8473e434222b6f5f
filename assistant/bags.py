"""Which words stand in which texts, turned round: for each word the texts that hold it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bags:
    """`texts[starts[w]:starts[w + 1]]` are the texts that hold word w; there are `count` texts in all."""

    texts: I32
    starts: I64
    count: int

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]], *, words: int) -> "Bags":
        """Turn the words of each text (numbers below `words`) into the texts of each word."""
        flat = np.fromiter((word for one in lists for word in one), dtype=np.int32)
        owners = np.repeat(np.arange(len(lists), dtype=np.int32), np.array([len(one) for one in lists], dtype=np.int64))
        order = np.argsort(flat, kind="stable")
        return cls(owners[order], np.searchsorted(flat[order], np.arange(words + 1)).astype(np.int64), len(lists))

    def cover(self, weights: F32) -> F32:
        """Return the highest weight among the words of each text: float32, texts. `weights` has one for each word, none below 0.

        Only texts that hold a word with a weight are looked at: some thousands of a million.
        """
        best = np.zeros(self.count, dtype=np.float32)
        words = np.flatnonzero(weights > 0)
        words = words[np.argsort(weights[words], kind="stable")]
        lengths = self.starts[words + 1] - self.starts[words]
        before = np.cumsum(lengths) - lengths
        places = np.repeat(self.starts[words] - before, lengths) + np.arange(lengths.sum())
        best[self.texts[places]] = np.repeat(weights[words], lengths)  # of several, the last and so the highest stays
        return best
