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

from index.graphs import Weight, graph_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

F32 = NDArray[np.float32]
Changed = Callable[[str, F32], F32]

_LARGEST_BYTE = 63  # of a weight: two products with bytes of a text fit into 16 bits, so that every processor finds the same sums
_LAYER = "encoder.layer."
_NORM = "embeddings.LayerNorm"
_TINY = np.float32(1e-30)  # instead of nothing, by which nothing can be divided
_HIDDEN = np.float32(-1e9)  # what padding gets before the softmax
_ATTENDED = tuple(f"attention.self.{name}" for name in ("query", "key", "value"))
_LATER = ("attention.output.dense", "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")

# One layer: attention, then the two products with GELU between, each added to what came in and normalised (Devlin et al. 2019). `rows` are the
# tokens of each text (texts x longest), `slots` the places of the tokens in them laid end to end.
_ONE_LAYER = """
<domain: "bronvast", opset_import: ["" : 20, "bronvast" : 1]>
layer (hidden, rows, padding, slots, {attend}, {join}, norm1_w, norm1_b, {widen}, {narrow}, norm2_w, norm2_b) => (out) {{
  projected = bronvast.product (hidden, {attend})
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
  joined = bronvast.product (attended, {join})
  after_attention = Add (hidden, joined)
  normed = LayerNormalization <axis=-1, epsilon={epsilon}> (after_attention, norm1_w, norm1_b)
  wide = bronvast.product (normed, {widen})
  active = Gelu (wide)
  narrow = bronvast.product (active, {narrow})
  after_products = Add (normed, narrow)
  out = LayerNormalization <axis=-1, epsilon={epsilon}> (after_products, norm2_w, norm2_b)
}}
"""

_PRODUCT = """
<domain: "bronvast", opset_import: ["" : 20]>
product (rows, weight, bias) => (out) {
  out = Gemm <transB=1> (rows, weight, bias)
}
"""

# The same in bytes: each row, and each column of the weight, as whole numbers with a scale of its own (Dettmers et al. 2022).
_BYTE_PRODUCT = """
<domain: "bronvast", opset_import: ["" : 20, "com.microsoft" : 1]>
product (rows, weight, scale, bias) => (out) {
  sizes = Abs (rows)
  last_axis = Constant <value_ints=[1]> ()
  longest = ReduceMax (sizes, last_axis)
  tiny = Constant <value = float {1e-30}> ()
  length = Max (longest, tiny)
  even = Div (rows, length)
  step = Constant <value = float {0.007874016}> ()
  middle = Constant <value = uint8 {128}> ()
  bytes = QuantizeLinear (even, step, middle)
  sums = com.microsoft.MatMulIntegerToFloat (bytes, weight, step, scale, middle)
  resized = Mul (sums, length)
  out = Add (resized, bias)
}
"""


@dataclass(frozen=True, slots=True)
class BertWeights:
    """The tensors of a BERT model by their names in transformers, and of its config the number of heads and the epsilon of the norms."""

    tensors: Mapping[str, F32]
    heads: int
    epsilon: float


class PackedModel:
    """The embeddings and layers of a model, which it shares but for the weights that are `changed` (by name in a layer, "0.output.dense.bias").

    `in_bytes` it computes the products of the layers with whole numbers: in a third of the time, some two percent of each product off.
    """

    def __init__(self, weights: BertWeights, changed: Changed = lambda _, weight: weight, *, in_bytes: bool = False) -> None:
        self._weights, self._changed, self._in_bytes = weights, changed, in_bytes
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
        network = f"""<ir_version: 10, opset_import: ["" : 20, "bronvast" : 1, "com.microsoft" : 1]>
network (float[T, {size}] tokens, int64[B, L] rows, float[B, 1, 1, L] padding, int64[T] slots) => (float[T, {size}] hidden) {{
  h0 = LayerNormalization <axis=-1, epsilon={epsilon}> (tokens, norm_weight, norm_bias)
{"".join(calls)}
  hidden = Identity (h{count})
}}"""
        parts = ("w", "s", "b") if self._in_bytes else ("w", "b")
        factors = {name: ", ".join(f"{name}_{part}" for part in parts) for name in ("attend", "join", "widen", "narrow")}
        layer = _ONE_LAYER.format(heads=heads, each=size // heads, size=size, root=float(np.sqrt(size / heads)), epsilon=epsilon, **factors)
        return graph_session(network + layer + (_BYTE_PRODUCT if self._in_bytes else _PRODUCT), given)

    def _layer_weights(self, number: int) -> dict[str, Weight]:
        """Return the weights of a layer in the order in which it is given them, those of queries, keys and values as one."""
        def weight(part: str) -> F32:
            return self._changed(f"{number}.{part}", self._weights.tensors[f"{_LAYER}{number}.{part}"])

        attended = {f"attend_{number}_{kind}": np.concatenate([weight(f"{part}.{kind}") for part in _ATTENDED]) for kind in ("weight", "bias")}
        later = {f"{part}_{number}_{kind}".replace(".", "_"): weight(f"{part}.{kind}") for part in _LATER for kind in ("weight", "bias")}
        whole = attended | later
        return {name: part for key, one in whole.items() for name, part in (in_whole_numbers(key, one) if self._in_bytes else {key: one}).items()}


def in_whole_numbers(name: str, weight: F32) -> dict[str, Weight]:
    """Return a weight (out x in) as bytes (in x out) and the scale of each of its columns; a bias or norm as it is."""
    if weight.ndim == 1:
        return {name: weight}
    scale = np.maximum(np.abs(weight).max(1), _TINY) / np.float32(_LARGEST_BYTE)
    return {name: np.rint(weight / scale[:, None]).T.astype(np.int8), f"{name}_scale": scale}
