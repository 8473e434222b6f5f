"""The embedding model: texts in, vectors of length 1 out."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import UsageError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers import PreTrainedModel

F32 = NDArray[np.float32]
_UNSAFE = re.compile("[\x00\ud800-\udfff]")  # NUL cuts a text silently, a lone surrogate raises
LONGEST = 8_000  # characters; more than 512 tokens of any Dutch text, which is where the model stops reading
_BATCH = 32
PAGE = 4096  # bytes
_SMALLEST = 1e-12  # a vector of zeros has no direction


class Encoder(Protocol):
    """What the index needs of a model. `queries` and `passages` return float32, texts x dimensions, rows of length 1."""

    @property
    def name(self) -> str:
        """The model's name, which an index remembers."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def __hash__(self) -> int:
        """What is made with a model is kept with it."""

    def queries(self, texts: Sequence[str]) -> F32:
        """Embed questions or words of questions."""

    def passages(self, texts: Sequence[str]) -> F32:
        """Embed texts that are searched."""


def safe_text(text: str) -> str:
    """Return a text without the characters on which tokenizers stumble."""
    return _UNSAFE.sub(" ", text)


def of_length_one(vectors: F32) -> F32:
    """Return vectors (the last axis) scaled to length 1; a zero vector stays zero."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _SMALLEST), dtype=np.float32)


class SentenceEncoder:
    """Any sentence-transformers model, by name or folder; loaded with the first text, which raises UsageError where it cannot be loaded."""

    def __init__(self, model: str, *, name: str | None = None) -> None:
        self._path = model
        self._name = name or model
        self._model: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        """The model's name, which an index remembers."""
        return self._name

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._loaded().get_embedding_dimension() or 0)

    def queries(self, texts: Sequence[str]) -> F32:
        """Embed questions or words of questions: float32, texts x dimensions, rows of length 1."""
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str]) -> F32:
        """Embed texts that are searched: float32, texts x dimensions, rows of length 1."""
        return self._encode(texts, "document")

    def read_through(self) -> None:
        """Read every weight once. They are mapped from their file, so each new word would otherwise add a piece of it to the memory."""
        for weights in self._loaded().parameters():
            weights.detach().view(-1)[::PAGE // weights.element_size()].sum()

    def transformer(self) -> "PreTrainedModel":
        """Return the model under the pooling, for who reads on with its weights; they must not be changed."""
        from transformers import PreTrainedModel

        model = self._loaded()[0].auto_model
        if not isinstance(model, PreTrainedModel):
            raise TypeError(f"{self._name} has no transformer under its pooling")
        return model

    @property
    def folder(self) -> str:
        """The name or folder that the model is loaded from."""
        return self._path

    def _encode(self, texts: Sequence[str], prompt: str) -> F32:
        model = self._loaded()
        safe = [safe_text(text)[:LONGEST] for text in texts]
        if not safe:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        named = prompt if prompt in model.prompts else None
        vectors = model.encode(safe, prompt_name=named, batch_size=_BATCH, normalize_embeddings=True,
                               show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            from safetensors import SafetensorError
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            try:
                self._model = SentenceTransformer(self._path, device="cpu")
            except (OSError, ValueError, ImportError, SafetensorError) as error:
                raise UsageError(f"embedding_model: {self._path} cannot be loaded: name a folder on this machine that holds a whole "
                                 "sentence-transformers model") from error
        return self._model
