"""A BERT model over texts laid end to end: nothing is computed for padding, and each text attends to itself alone.

Six candidates of different lengths take .68 of the time of a padded batch of them; docs/decisions/008 has the measurement.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

    Changed = Callable[[str, torch.Tensor], torch.Tensor]


class PackedModel:
    """The embeddings and layers of a model, which it shares but for the weights that are `changed` (by name in a layer, "0.output.dense.bias")."""

    def __init__(self, model: "PreTrainedModel", changed: "Changed" = lambda _, weight: weight) -> None:
        self._words, self._embeddings = model.get_input_embeddings(), model.get_submodule("embeddings")
        layers = model.get_submodule("encoder.layer").named_children()
        self._layers = [PackedLayer({part: changed(f"{number}.{part}", weight.detach()) for part, weight in layer.named_parameters()},
                                    heads=model.config.num_attention_heads, epsilon=model.config.layer_norm_eps) for number, layer in layers]

    def last_hidden(self, texts: Sequence[Sequence[int]], added: "torch.Tensor | None" = None) -> "tuple[torch.Tensor, ...]":
        """Return the last layer of each text, given as ids: float32, tokens x dimensions. `added` goes to the word vectors, all tokens x dimensions."""
        import torch

        lengths = [len(ids) for ids in texts]
        words = self._words(torch.tensor([one for ids in texts for one in ids]))
        places = torch.cat([torch.arange(length) for length in lengths])
        hidden = self._embeddings(inputs_embeds=(words if added is None else words + added)[None], position_ids=places[None])[0]
        for layer in self._layers:
            hidden = layer(hidden, lengths)
        return tuple(torch.split(hidden, lengths))


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
