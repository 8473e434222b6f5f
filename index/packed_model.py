"""A BERT model over texts laid end to end: only the attention is computed for padding, and each text attends to itself alone.

ONNX Runtime computes the layers: a question takes less than half of the time that torch takes for it; docs/decisions/019 has the measurement.
"""

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.graphs import graph_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

F32 = NDArray[np.float32]
Changed = Callable[[str, F32], F32]

_LAYER = "encoder.layer."
_NORM = "embeddings.LayerNorm"
_HIDDEN = np.float32(-1e9)  # what padding gets before the softmax
_ATTENDED = tuple(f"attention.self.{name}" for name in ("query", "key", "value"))
_LATER = ("attention.output.dense", "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")

# One layer: attention, then the two products with GELU between, each added to what came in and normalised (Devlin et al. 2019). `rows` are the
# tokens of each text (texts x longest), `slots` the places of the tokens in them laid end to end.
_ONE_LAYER = """
<domain: "bronvast", opset_import: ["" : 20]>
layer (hidden, rows, padding, slots, attend_w, attend_b, join_w, join_b, norm1_w, norm1_b, widen_w, widen_b, narrow_w, narrow_b, norm2_w, norm2_b)
  => (out) {{
  projected = Gemm <transB=1> (hidden, attend_w, attend_b)
  texts = Gather (projected, rows)
  queries, keys, values = Split <axis=2, num_outputs=3> (texts)
  heads = Constant <value_ints=[0, 0, {heads}, {each}]> ()
  queries_parted = Reshape (queries, heads)
  keys_parted = Reshape (keys, heads)
  values_parted = Reshape (values, heads)
  queries_by_head = Transpose <perm=[0, 2, 1, 3]> (queries_parted)
  keys_by_head = Transpose <perm=[0, 2, 3, 1]> (keys_parted)
  values_by_head = Transpose <perm=[0, 2, 1, 3]> (values_parted)
  products = MatMul (queries_by_head, keys_by_head)
  root = Constant <value_float={root}> ()
  scaled = Div (products, root)
  masked = Add (scaled, padding)
  weights = Softmax <axis=-1> (masked)
  mixed = MatMul (weights, values_by_head)
  by_token = Transpose <perm=[0, 2, 1, 3]> (mixed)
  flat = Constant <value_ints=[-1, {size}]> ()
  heads_joined = Reshape (by_token, flat)
  attended = Gather (heads_joined, slots)
  joined = Gemm <transB=1> (attended, join_w, join_b)
  after_attention = Add (hidden, joined)
  normed = LayerNormalization <axis=-1, epsilon={epsilon}> (after_attention, norm1_w, norm1_b)
  wide = Gemm <transB=1> (normed, widen_w, widen_b)
  active = Gelu (wide)
  narrow = Gemm <transB=1> (active, narrow_w, narrow_b)
  after_products = Add (normed, narrow)
  out = LayerNormalization <axis=-1, epsilon={epsilon}> (after_products, norm2_w, norm2_b)
}}
"""


@dataclass(frozen=True, slots=True)
class BertWeights:
    """The tensors of a BERT model by their names in transformers, and of its config the number of heads and the epsilon of the norms."""

    tensors: Mapping[str, F32]
    heads: int
    epsilon: float


class PackedModel:
    """The embeddings and layers of a model, which it shares but for the weights that are `changed` (by name in a layer, "0.output.dense.bias")."""

    def __init__(self, weights: BertWeights, changed: Changed = lambda _, weight: weight) -> None:
        self._weights, self._changed = weights, changed
        self._words, self._places, types = (weights.tensors[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type"))
        self._type = types[0]

    def last_hidden(self, texts: Sequence[Sequence[int]], added: F32 | None = None) -> list[F32]:
        """Return the last layer of each text, given as ids: float32, tokens x dimensions. `added` goes to the word vectors, all tokens x dimensions."""
        lengths = [len(ids) for ids in texts]
        tokens = self._words[[one for ids in texts for one in ids]] + self._type
        tokens += self._places[np.concatenate([np.arange(length) for length in lengths])]
        if added is not None:
            tokens += added
        ends = np.cumsum(lengths)
        within = np.arange(max(lengths)) < np.array(lengths)[:, None]
        rows = np.where(within, np.arange(max(lengths)) + (ends - lengths)[:, None], 0).astype(np.int64)
        padding = np.where(within, np.float32(0), _HIDDEN)[:, None, None, :]
        fed = {"tokens": tokens, "rows": rows, "padding": padding, "slots": np.flatnonzero(within).astype(np.int64)}
        (hidden,) = self._layers.run(["hidden"], fed)
        return np.split(hidden, ends[:-1])

    @cached_property
    def _layers(self) -> "InferenceSession":
        """Prepare the layers when the first text comes."""
        tensors = self._weights.tensors
        count = 1 + max(int(name.removeprefix(_LAYER).split(".", 1)[0]) for name in tensors if name.startswith(_LAYER))
        layers = [self._layer_weights(number) for number in range(count)]
        calls = [f"  h{number + 1} = bronvast.layer (h{number}, rows, padding, slots, {', '.join(own)})\n" for number, own in enumerate(layers)]
        given = {"norm_weight": tensors[f"{_NORM}.weight"], "norm_bias": tensors[f"{_NORM}.bias"], **dict(ChainMap(*layers))}
        size, heads, epsilon = len(self._type), self._weights.heads, self._weights.epsilon
        network = f"""<ir_version: 10, opset_import: ["" : 20, "bronvast" : 1]>
network (float[T, {size}] tokens, int64[B, L] rows, float[B, 1, 1, L] padding, int64[T] slots) => (float[T, {size}] hidden) {{
  h0 = LayerNormalization <axis=-1, epsilon={epsilon}> (tokens, norm_weight, norm_bias)
{"".join(calls)}
  hidden = Identity (h{count})
}}"""
        layer = _ONE_LAYER.format(heads=heads, each=size // heads, size=size, root=float(np.sqrt(size / heads)), epsilon=epsilon)
        return graph_session(network + layer, given)

    def _layer_weights(self, number: int) -> dict[str, F32]:
        """Return the weights of a layer in the order in which it is given them, those of queries, keys and values as one."""
        def weight(part: str) -> F32:
            return self._changed(f"{number}.{part}", self._weights.tensors[f"{_LAYER}{number}.{part}"])

        attended = {f"attend_{number}_{kind}": np.concatenate([weight(f"{part}.{kind}") for part in _ATTENDED]) for kind in ("weight", "bias")}
        later = {f"{part}_{number}_{kind}".replace(".", "_"): weight(f"{part}.{kind}") for part in _LATER for kind in ("weight", "bias")}
        return attended | later
