"""The bundled cross-encoder: the bundled embedding model with an adapter that taught it to read for an answer, one for signals and one for running text.

An adapter (LoRA: Hu et al. 2021), its layer norms and the head on top of it stand in one file. That for signals was trained by
`benchmarks/train_reader.py` on questions of which half share their words with a sentence that does not answer them; that for running text goes on from
it, taught also with near misses (docs/decisions/023) and with questions of the project's own (027, 029).
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.adapter import adapted, question_ids, read_adapter
from index.bundled import BundledEncoder
from index.cross_encoder import ReadText
from index.encoder import Encoder, safe_text
from index.graphs import graph_session

if TYPE_CHECKING:
    from tokenizers import Tokenizer

F32 = NDArray[np.float32]

SIGNAL_ADAPTER, TEXT_ADAPTER = "signal_reader.npz", "text_reader.npz"
_ADAPTERS = {True: SIGNAL_ADAPTER, False: TEXT_ADAPTER}  # by whether a text is a signal
TEXT_TOKENS, CONTEXT_TOKENS = 120, 40  # as in training; what is longer is cut
_END = 2
_BATCH = 16


class Part(IntEnum):
    """To which part of a pair a token belongs."""

    QUESTION, TEXT, CONTEXT = 0, 1, 2


_HEAD = """<ir_version: 10, opset_import: ["" : 20]>
head (float[N, D] joined) => (float[N, O] log_odds) {
  first = Gemm <transB=1> (joined, weight_first, bias_first)
  active = Gelu (first)
  log_odds = Gemm <transB=1> (active, weight_last, bias_last)
}"""

Tokens = tuple[list[int], list[Part]]  # ids, and to which part each belongs


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
        self._networks: dict[str, _Network] = {}

    def load(self) -> None:
        """Load all weights now, so that no question waits for them."""
        for adapter in _ADAPTERS.values():
            self._network(adapter)

    def scores(self, question: str, texts: Sequence[ReadText]) -> F32:
        """Return the log-odds that each text answers the question: float32, texts; uncalibrated."""
        scores = np.zeros(len(texts), dtype=np.float32)
        for signal, adapter in _ADAPTERS.items():
            places = [place for place, one in enumerate(texts) if one.signal == signal]
            for start in range(0, len(places), _BATCH):
                batch = places[start:start + _BATCH]
                scores[batch] = self._network(adapter).log_odds([self.tokens(question, texts[place]) for place in batch])
        return scores

    def tokens(self, question: str, one: ReadText) -> Tokens:
        """Return what the model reads of a question and a text."""
        asked = question_ids(self._encoder, question)
        text = _ids(self._encoder.tokenizer, one.text)[1:]
        text = [*text[:TEXT_TOKENS - 1], _END] if len(text) > TEXT_TOKENS else text
        context = _ids(self._encoder.tokenizer, one.context)[1:][-CONTEXT_TOKENS - 1:] if one.context else []
        return ([*asked, _END, *text, *context],
                [Part.QUESTION] * len(asked) + [Part.TEXT] * (len(text) + 1) + [Part.CONTEXT] * len(context))

    def _network(self, adapter: str) -> "_Network":
        if adapter not in self._networks:
            self._networks[adapter] = _Network(self._encoder, adapter)
        return self._networks[adapter]


class _Network:
    """The layers of the encoder with the adapter added to their weights, and the head on top of them."""

    def __init__(self, encoder: BundledEncoder, adapter: str) -> None:
        kept = read_adapter(adapter)
        self._model, self._parts = adapted(encoder, kept, in_bytes=True), kept["seg"]
        self._head = graph_session(_HEAD, {f"{part}_{layer}": kept[f"head.{number}.{part}"]
                                           for layer, number in (("first", 0), ("last", 3)) for part in ("weight", "bias")})

    def log_odds(self, pairs: Sequence[Tokens]) -> F32:
        """Run some pairs through the network: float32, pairs."""
        parts = [np.array(of_pair) for _, of_pair in pairs]
        hidden = self._model.last_hidden([ids for ids, _ in pairs], self._parts[np.concatenate(parts)])
        joined = np.stack([joined_features(own, of_pair) for own, of_pair in zip(hidden, parts, strict=True)])
        return np.asarray(self._head.run(["log_odds"], {"joined": joined})[0][:, 0], dtype=np.float32)


def joined_features(hidden: F32, parts: NDArray[np.int64]) -> F32:
    """Return what the head sees of the last layer of a pair: the first token, the text, and what question and text have in common and not."""
    question, text = (hidden[parts == part].mean(0) for part in (Part.QUESTION, Part.TEXT))
    return np.concatenate([hidden[0], text, 20 * question * text, 3 * np.abs(question - text)])


def _ids(tokenizer: "Tokenizer", text: str) -> list[int]:
    return list(tokenizer.encode(safe_text(text)).ids)
