"""Adapters: what training changed in the layers of the bundled model, kept beside it as two narrow matrices for each weight (LoRA: Hu et al. 2021)."""

from collections.abc import Mapping
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from index.bundled import BundledEncoder
from index.encoder import safe_text
from index.packed_model import PackedModel

F32 = NDArray[np.float32]

QUESTION_TOKENS = 64  # what is longer is cut
_END = 2


def read_adapter(name: str) -> dict[str, F32]:
    """Read an adapter that is shipped with the package: float32."""
    with resources.files("index").joinpath(name).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return {part: kept[part].astype(np.float32) for part in kept.files}


def adapted(encoder: BundledEncoder, adapter: Mapping[str, F32], *, in_bytes: bool = False) -> PackedModel:
    """Return the encoder's model with the adapter added to the weights of its layers; word vectors are shared."""

    def changed(name: str, weight: F32) -> F32:
        """Add the product of the two narrow matrices; biases and norms are the adapter's own."""
        return weight + adapter[f"layer.{name}.b"] @ adapter[f"layer.{name}.a"] if weight.ndim > 1 else adapter[f"layer.{name}"]

    return PackedModel(encoder.weights, changed, in_bytes=in_bytes)


def question_ids(encoder: BundledEncoder, question: str) -> list[int]:
    """Return the tokens of a question, at most QUESTION_TOKENS."""
    ids = list(encoder.tokenizer.encode(safe_text(f"query: {question}")).ids)
    return [*ids[:QUESTION_TOKENS - 1], _END] if len(ids) > QUESTION_TOKENS else ids
