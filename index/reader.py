"""The bundled cross-encoder: the bundled embedding model with an adapter that taught it to read for an answer.

The adapter (LoRA: Hu et al. 2021), its layer norms and the head on top of it stand in `reader.npz`. It was trained by
`benchmarks/train_reader.py` on questions of which half share their words with a sentence that does not answer them.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.adapter import adapted, question_ids, read_adapter
from index.bundled import BundledEncoder
from index.cross_encoder import ReadText
from index.encoder import Encoder, safe_text

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

F32 = NDArray[np.float32]

ADAPTER = "reader.npz"
TEXT_TOKENS, CONTEXT_TOKENS = 120, 40  # as in training; what is longer is cut
_PAD, _END = 1, 2
_QUESTION, _TEXT, _CONTEXT = 0, 1, 2
_BATCH = 16

Tokens = tuple[list[int], list[int]]  # ids, and to which of the three parts each belongs


def reader_for(encoder: Encoder) -> "EvidenceReader | None":
    """The bundled reader, which goes with the bundled encoder; None with another one, whose layers it does not fit."""
    return _reader_of(encoder) if isinstance(encoder, BundledEncoder) else None


@lru_cache(maxsize=1)
def _reader_of(encoder: BundledEncoder) -> "EvidenceReader":
    """Keep the last: an index that is opened anew after an upload is read with the same one."""
    return EvidenceReader(encoder)


class EvidenceReader:
    """Reads a question with each candidate; shares the word vectors of the encoder that it is given."""

    def __init__(self, encoder: BundledEncoder) -> None:
        self._encoder = encoder

    @property
    def loaded(self) -> bool:
        """Whether its weights stand in memory; the first text that is read loads them."""
        return "_network" in self.__dict__

    def scores(self, question: str, texts: Sequence[ReadText]) -> F32:
        """Return the log-odds that each text answers the question: float32, texts; uncalibrated."""
        pairs = [self.tokens(question, one) for one in texts]
        batches = [pairs[start:start + _BATCH] for start in range(0, len(pairs), _BATCH)]
        return np.concatenate([np.zeros(0, dtype=np.float32), *(self._network.log_odds(batch) for batch in batches)])

    def tokens(self, question: str, one: ReadText) -> Tokens:
        """Return what the model reads of a question and a text."""
        asked = question_ids(self._encoder, question)
        text = _ids(self._encoder.tokenizer, one.text)[1:]
        text = [*text[:TEXT_TOKENS - 1], _END] if len(text) > TEXT_TOKENS else text
        context = _ids(self._encoder.tokenizer, one.context)[1:][-CONTEXT_TOKENS - 1:] if one.context else []
        return ([*asked, _END, *text, *context],
                [_QUESTION] * len(asked) + [_TEXT] * (len(text) + 1) + [_CONTEXT] * len(context))

    @cached_property
    def _network(self) -> "_Network":
        return _Network(self._encoder)


class _Network:
    """The layers of the encoder with the adapter added to their weights, and the head on top of them."""

    def __init__(self, encoder: BundledEncoder) -> None:
        kept = read_adapter(ADAPTER)
        self._model = adapted(encoder, kept)
        self._parts, self._head = kept["seg"], [kept[f"head.{layer}.{part}"] for layer in (0, 3) for part in ("weight", "bias")]

    def log_odds(self, pairs: Sequence[Tokens]) -> F32:
        """Run some pairs through the network: float32, pairs."""
        import torch
        from torch.nn.functional import gelu, linear
        from torch.nn.utils.rnn import pad_sequence

        _, parts, mask = padded(pairs)
        with torch.inference_mode():
            hidden = self._model.last_hidden([ids for ids, _ in pairs], self._parts[parts[mask.bool()]])
            joined = joined_features(pad_sequence(list(hidden), batch_first=True), parts, mask)
            logits = linear(gelu(linear(joined, self._head[0], self._head[1])), self._head[2], self._head[3])
        return np.asarray(logits.squeeze(-1).numpy(), dtype=np.float32)


def joined_features(hidden: "torch.Tensor", parts: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    """Return what the head sees of the last layer: the first token, the text, and what question and text have in common and not."""
    import torch

    question, text = (_mean(hidden, (parts == part) & mask.bool()) for part in (_QUESTION, _TEXT))
    return torch.cat([hidden[:, 0], text, 20 * question * text, 3 * (question - text).abs()], dim=-1)


def _mean(hidden: "torch.Tensor", which: "torch.Tensor") -> "torch.Tensor":
    """Return the mean vector of some tokens of each pair: pairs x dimensions."""
    import torch

    within = which[..., None].to(torch.float32)
    return (hidden * within).sum(1) / within.sum(1).clamp(min=1)


def padded(pairs: Sequence[Tokens]) -> "tuple[torch.Tensor, torch.Tensor, torch.Tensor]":
    """Return ids, parts and mask of some pairs: int64, pairs x longest."""
    import torch

    shape = len(pairs), max(len(ids) for ids, _ in pairs)
    ids, parts, mask = torch.full(shape, _PAD), torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for row, (own, part) in enumerate(pairs):
        ids[row, :len(own)], parts[row, :len(own)], mask[row, :len(own)] = torch.tensor(own), torch.tensor(part), 1
    return ids, parts, mask


def _ids(tokenizer: "Tokenizer", text: str) -> list[int]:
    return list(tokenizer.encode(safe_text(text)).ids)
