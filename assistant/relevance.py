"""How relevant a sentence is to a question: the cosine of their vectors behind one projection, learned from questions and their answers.

The embedding model puts a question near texts that share its subject; the projection weighs the directions in which an answer
resembles its question (supervised metric learning: Bai et al. 2009), in either language. The vectors of an index stay as they are.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

PROJECTION = "relevance.npz"
_CHUNK = 8192     # vectors projected at a time, which bounds the memory
_SHORTEST = 1e-6  # a vector that is the mean itself has no direction


@dataclass(frozen=True, slots=True)
class Relevance:
    """`projection` is axes x dimensions; `question` and `passage` are what is added to each by its role (axes)."""

    projection: F32
    question: F32
    passage: F32

    def lengths(self, vectors: F32) -> F32:
        """Return the length of each passage vector (n x dimensions) behind the projection: float32, n."""
        found = np.empty(len(vectors), dtype=np.float32)
        for start in range(0, len(vectors), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = np.linalg.norm(vectors[part] @ self.projection.T + self.passage, axis=1)
        return np.maximum(found, _SHORTEST)

    def scores(self, question: F32, vectors: F32, lengths: F32) -> F32:
        """Return the cosine of a question (dimensions) with each passage vector, -1 to 1: float32, n. `lengths` are theirs."""
        along = self.projection @ question + self.question
        along /= max(float(np.linalg.norm(along)), _SHORTEST)
        return np.asarray((vectors @ (along @ self.projection) + along @ self.passage) / lengths, dtype=np.float32)


@lru_cache(maxsize=1)
def bundled_relevance() -> Relevance:
    """Read the projection for the bundled model, made by `benchmarks/fit_relevance.py`."""
    with resources.files("assistant").joinpath(PROJECTION).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return Relevance(*(kept[name].astype(np.float32) for name in ("projection", "question", "passage")))
