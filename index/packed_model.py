"""A BERT model over texts laid end to end: nothing is computed for padding, and each text attends to itself alone.

Six candidates of different lengths take .68 of the time of a padded batch of them; docs/decisions/008 has the measurement.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

    Changed = Callable[[str, torch.Tensor], torch.Tensor]
    Product = Callable[[torch.Tensor, torch.Tensor], "FloatProduct | ByteProduct"]

_LAYER = "encoder.layer."
_LARGEST_BYTE = 127
_SMALLEST = 1e-8  # a row of zeros has no scale


class FloatProduct:
    """A product with weights in float32, and a bias."""

    def __init__(self, weight: "torch.Tensor", bias: "torch.Tensor") -> None:
        self._weight, self._bias = weight, bias

    def __call__(self, tokens: "torch.Tensor") -> "torch.Tensor":
        """Return float32, tokens x outputs."""
        from torch.nn.functional import linear

        return linear(tokens, self._weight, self._bias)


class ByteProduct:
    """The same with each token and each row of the weights rounded to whole numbers up to 127 (vector-wise: Dettmers et al. 2022).

    The sums are whole numbers, so they are the same with any number of threads.
    """

    def __init__(self, weight: "torch.Tensor", bias: "torch.Tensor") -> None:
        self._scale, rounded = _rounded(weight)
        self._weight, self._bias = rounded.t().contiguous(), bias

    def __call__(self, tokens: "torch.Tensor") -> "torch.Tensor":
        """Return float32, tokens x outputs."""
        import torch

        scale, rounded = _rounded(tokens)
        return torch._int_mm(rounded, self._weight).to(torch.float32).mul_(scale).mul_(self._scale.T).add_(self._bias)


def _rounded(rows: "torch.Tensor") -> "tuple[torch.Tensor, torch.Tensor]":
    """Return the scale of each row and the rows in bytes: float32, rows x 1; int8, rows x columns."""
    import torch

    scale = rows.abs().amax(1, keepdim=True).clamp_(min=_SMALLEST).div_(_LARGEST_BYTE)
    return scale, rows.div(scale).round_().to(torch.int8)


@lru_cache(maxsize=1)
def quickest_product() -> "type[ByteProduct] | type[FloatProduct]":
    """Return the product in bytes where the processor has an instruction for it, and its sums are exact; else that in float32."""
    import torch

    has: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    if not any(has.get(name) for name in ("avx512_vnni", "avx_vnni", "amx_int8")):
        return FloatProduct
    full = torch.full((32, 1536), _LARGEST_BYTE, dtype=torch.int8)
    return ByteProduct if bool((torch._int_mm(full, full.t().contiguous()) == 1536 * _LARGEST_BYTE**2).all()) else FloatProduct


@dataclass(frozen=True, slots=True)
class BertWeights:
    """The tensors of a BERT model by their names in transformers, and of its config the number of heads and the epsilon of the norms."""

    tensors: "Mapping[str, torch.Tensor]"
    heads: int
    epsilon: float


class PackedModel:
    """The embeddings and layers of a model, which it shares but for the weights that are `changed` (by name in a layer, "0.output.dense.bias")."""

    def __init__(self, weights: BertWeights, changed: "Changed" = lambda _, weight: weight, product: "Product" = FloatProduct) -> None:
        tensors, self._epsilon = weights.tensors, weights.epsilon
        self._words, self._places, self._type = (tensors[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type"))
        self._norm = tensors["embeddings.LayerNorm.weight"], tensors["embeddings.LayerNorm.bias"]
        layers: dict[int, dict[str, torch.Tensor]] = {}
        for name, weight in tensors.items():
            if name.startswith(_LAYER):
                number, part = name.removeprefix(_LAYER).split(".", 1)
                layers.setdefault(int(number), {})[part] = changed(f"{number}.{part}", weight)
        self._layers = [PackedLayer(layers[number], product, heads=weights.heads, epsilon=weights.epsilon) for number in sorted(layers)]

    def last_hidden(self, texts: Sequence[Sequence[int]], added: "torch.Tensor | None" = None) -> "tuple[torch.Tensor, ...]":
        """Return the last layer of each text, given as ids: float32, tokens x dimensions. `added` goes to the word vectors, all tokens x dimensions."""
        import torch
        from torch.nn.functional import layer_norm

        lengths = [len(ids) for ids in texts]
        words = self._words[torch.tensor([one for ids in texts for one in ids])]
        places = self._places[torch.cat([torch.arange(length) for length in lengths])]
        hidden = (words if added is None else words + added) + self._type[0] + places
        hidden = layer_norm(hidden, hidden.shape[-1:], *self._norm, self._epsilon)
        for layer in self._layers:
            hidden = layer(hidden, lengths)
        return tuple(torch.split(hidden, lengths))


class PackedLayer:
    """One layer: attention, then the two products with GELU between, each added to what came in and normalised (Devlin et al. 2019)."""

    def __init__(self, weights: "Mapping[str, torch.Tensor]", product: "Product", *, heads: int, epsilon: float) -> None:
        import torch

        def named(name: str) -> "tuple[torch.Tensor, torch.Tensor]":
            return weights[f"{name}.weight"], weights[f"{name}.bias"]

        attended = [named(f"attention.self.{name}") for name in ("query", "key", "value")]
        self._attended = product(torch.cat([weight for weight, _ in attended]), torch.cat([bias for _, bias in attended]))
        self._joined, self._widened, self._narrowed = (product(*named(name)) for name in ("attention.output.dense", "intermediate.dense", "output.dense"))
        self._norms = named("attention.output.LayerNorm"), named("output.LayerNorm")
        self._heads, self._epsilon = heads, epsilon

    def __call__(self, hidden: "torch.Tensor", lengths: Sequence[int]) -> "torch.Tensor":
        """Return the tokens behind the layer: float32, all tokens x dimensions; `lengths` are those of the texts, in their order."""
        import torch
        from torch.nn.functional import gelu, layer_norm

        size = hidden.shape[-1:]
        attended = torch.cat([self._attend(text) for text in torch.split(self._attended(hidden), list(lengths))])
        hidden = layer_norm(hidden + self._joined(attended), size, *self._norms[0], self._epsilon)
        widened = gelu(self._widened(hidden))
        return layer_norm(hidden + self._narrowed(widened), size, *self._norms[1], self._epsilon)

    def _attend(self, text: "torch.Tensor") -> "torch.Tensor":
        """Let the tokens of one text (tokens x 3 dimensions: queries, keys, values) attend to each other: tokens x dimensions."""
        from torch.nn.functional import scaled_dot_product_attention

        queries, keys, values = text.view(len(text), 3, self._heads, -1).permute(1, 2, 0, 3)[:, None]
        return scaled_dot_product_attention(queries, keys, values)[0].transpose(0, 1).reshape(len(text), -1)
