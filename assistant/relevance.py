"""How relevant a sentence is to a question: the cosine of their vectors, each behind a projection, learned from questions and their answers.

The embedding model puts a question near texts that share its subject; the projections weigh the directions in which an answer
resembles its question (supervised metric learning: Bai et al. 2009), in either language. The vectors of an index stay as they are;
the question's comes from `index/question_encoder.py`.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

PROJECTIONS = "relevance.npz"
PROJECTED_AT_ONCE = 8192  # vectors, which bounds the memory
_SHORTEST = 1e-6  # a vector that is the mean itself has no direction


@dataclass(frozen=True, slots=True)
class Projection:
    """A linear map with what is added to it: `matrix` is axes x dimensions, `shift` axes."""

    matrix: F32
    shift: F32


@dataclass(frozen=True, slots=True)
class Relevance:
    """The projections of questions and of passages, onto the same axes."""

    questions: Projection
    passages: Projection

    def lengths(self, vectors: F32) -> F32:
        """Return the length of each passage vector (n x dimensions) behind its projection: float32, n."""
        found = np.empty(len(vectors), dtype=np.float32)
        for start in range(0, len(vectors), PROJECTED_AT_ONCE):
            part = slice(start, start + PROJECTED_AT_ONCE)
            found[part] = np.linalg.norm(vectors[part] @ self.passages.matrix.T + self.passages.shift, axis=1)
        return np.maximum(found, _SHORTEST)

    def direction(self, question: F32) -> F32:
        """Return the vector with which the product of a passage vector is their `scores` but for what does not depend on both: dimensions."""
        return np.asarray(self._along(question) @ self.passages.matrix, dtype=np.float32)

    def scores(self, question: F32, products: F32, lengths: F32) -> F32:
        """Return the cosine of a question (dimensions) with each passage vector, -1 to 1: float32, n.

        `products` are those of the vectors with the question's `direction`, `lengths` are theirs.
        """
        return np.asarray((products + self._along(question) @ self.passages.shift) / lengths, dtype=np.float32)

    def _along(self, question: F32) -> F32:
        """Project a question: axes, of length 1."""
        along = self.questions.matrix @ question + self.questions.shift
        return np.asarray(along / max(float(np.linalg.norm(along)), _SHORTEST), dtype=np.float32)


@lru_cache(maxsize=1)
def bundled_relevance() -> Relevance:
    """Read the projections for the bundled models, made by `benchmarks/train_questions.py`."""
    with resources.files("assistant").joinpath(PROJECTIONS).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return Relevance(*(Projection(kept[role].astype(np.float32), kept[f"{role}_shift"]) for role in ("questions", "passages")))
