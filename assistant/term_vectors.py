"""The vectors of the terms of questions, kept: the same words are asked about again, and to embed them takes longer than to embed the question."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder

F32 = NDArray[np.float32]

_KEPT = 5_000  # terms, in 8 MB of vectors of 384; then all are forgotten


@lru_cache(maxsize=1)
def term_vectors_of(encoder: Encoder) -> "TermVectors":
    """Keep the last: the same terms are asked of every index and audience."""
    return TermVectors(encoder)


class TermVectors:
    """Embeds questions with their terms, and each term once; the bundled model makes the same vector whatever is embedded with it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: dict[str, F32] = {}

    def beside(self, question: str, terms: Sequence[str]) -> F32:
        """Embed a question, which is not kept, and its terms: float32, 1 + terms x dimensions."""
        found = {term: vector for term in terms if (vector := self._kept.get(term)) is not None}
        new = [term for term in dict.fromkeys(terms) if term not in found]
        asked, *made = self._encoder.queries([question, *new])
        found |= {term: vector.copy() for term, vector in zip(new, made, strict=True)}  # a view would keep the question's too
        self._kept = found if len(self._kept) + len(new) > _KEPT else self._kept | found
        return np.stack([asked, *(found[term] for term in terms)])
