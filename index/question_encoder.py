"""The bundled question encoder: the bundled embedding model with an adapter that brings a question nearer to the sentences that answer it.

Only questions pass through it, so the vectors of an index stay those of the bundled model (query-side fine-tuning: Lee et al. 2021). It was
trained by `benchmarks/train_questions.py`.
"""

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.adapter import adapted, question_ids, read_adapter
from index.bundled import BundledEncoder
from index.encoder import Encoder, of_length_one
from index.packed_model import PackedModel

F32 = NDArray[np.float32]

ADAPTER = "question_encoder.npz"


def question_encoder_for(encoder: Encoder) -> "QuestionEncoder | None":
    """The bundled question encoder, which goes with the bundled encoder; None with another one, whose layers it does not fit."""
    return _question_encoder_of(encoder) if isinstance(encoder, BundledEncoder) else None


@lru_cache(maxsize=1)
def _question_encoder_of(encoder: BundledEncoder) -> "QuestionEncoder":
    return QuestionEncoder(encoder)


class QuestionEncoder:
    """Embeds questions; shares the word vectors of the encoder that it is given."""

    def __init__(self, encoder: BundledEncoder) -> None:
        self._encoder = encoder

    def vector(self, question: str) -> F32:
        """Embed one question: float32, dimensions, of length 1."""
        (hidden,) = self._model.last_hidden([question_ids(self._encoder, question)])
        return of_length_one(hidden.mean(0))

    @cached_property
    def _model(self) -> PackedModel:
        return adapted(self._encoder, read_adapter(ADAPTER))
