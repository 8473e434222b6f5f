"""Cross-encoders: models that read a question and a text together and say how far the text answers the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import safe_text
from ingest.errors import UsageError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder as CrossEncoderModel

F32 = NDArray[np.float32]

HEADING_CHARACTERS, BEFORE_CHARACTERS = 80, 220             # of the context; what is longer is cut


@dataclass(frozen=True, slots=True)
class ReadText:
    """A sentence or signal with what helps to understand it: the heading above it and the sentence before it; whether it is a `signal`."""

    text: str
    heading: str = ""
    before: str = ""
    signal: bool = False

    @property
    def context(self) -> str:
        """The heading and the sentence before, shortened: the beginning of the one, the end of the other."""
        return " ".join(part for part in (self.heading[:HEADING_CHARACTERS], self.before[-BEFORE_CHARACTERS:]) if part)


class CrossEncoder(Protocol):
    """What the assistant needs of such a model."""

    def scores(self, question: str, texts: Sequence[ReadText]) -> F32:
        """Return how far each text answers the question: float32, texts; higher is better."""


class NamedCrossEncoder:
    """Any sentence-transformers CrossEncoder, by name or folder; loaded with the first question."""

    def __init__(self, model: str) -> None:
        self._path = model
        self._model: CrossEncoderModel | None = None

    def scores(self, question: str, texts: Sequence[ReadText]) -> F32:
        """Return the model's scores: float32, texts; their scale is the model's own. Raises UsageError when it cannot be loaded."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = [(safe_text(question), safe_text(one.text)) for one in texts]
        return np.asarray(self._loaded().predict(pairs, show_progress_bar=False), dtype=np.float32).reshape(len(texts), -1)[:, -1]

    def _loaded(self) -> "CrossEncoderModel":
        if self._model is None:
            from sentence_transformers import CrossEncoder as Model

            try:
                self._model = Model(self._path, device="cpu")
            except (OSError, ValueError) as error:
                raise UsageError(f"the reranker {self._path} cannot be loaded: name the folder of a sentence-transformers CrossEncoder, or none") from error
        return self._model
