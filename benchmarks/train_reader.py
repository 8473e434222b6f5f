"""Trains a bundled cross-encoder and writes index/text_reader.npz, or with --signals index/signal_reader.npz.

    python -m benchmarks.mine_pairs INDEX QUESTIONS.jsonl PAIRS.jsonl          # where the questions have no pairs yet
    python -m benchmarks.train_reader PAIRS.jsonl [--signals] [--on] [--frozen 4] [--minutes 90] [--share 1] [--shift 0] [--write]

A line of PAIRS: {"question": "...", "text": "a sentence", "heading": "...", "before": "the sentence before", "answers": true}, or in place of true
and false how probable it is (0 to 1), as what the shipped reader says of the same question in the other language.
The layers of the bundled embedding model are trained but the first `--frozen` ones, from the start or `--on` from the adapter that is shipped. The loss is
binary cross-entropy, and for the pairs of a question of which some answer also how far these stand above the others (softmax). What training
changed is kept as the product of two narrow matrices for each weight, by singular value decomposition: the mean of the weights before and after, these
by their `--share`. `--shift` is added to all log-odds: what is taught on says less, or more, of everything than the decision was fitted for.
A question weighs more where those of its form (a number, yes or no, why, who, ...) are more often of the other kind, so that the form does not tell.
The pairs of the shipped adapter are not part of the project: see docs/decisions/007, 009, 012 and 013.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from index.adapter import read_adapter
from index.bundled import bundled_encoder
from index.cross_encoder import ReadText
from index.reader import SIGNAL_ADAPTER, TEXT_ADAPTER, EvidenceReader, Part, Tokens

FOLDER = Path(__file__).resolve().parents[1] / "index"
BATCH_TOKENS, RATE, HEAD_RATE, WARM_STEPS, WITHOUT_CONTEXT = 3_600, 8e-5, 10, 20, 0.15  # the head learns that many times as fast
PAD = 1
_LIKELY = 0.5  # from here on a pair is an answer, when questions are weighed
ABOVE = 0.5  # what the softmax weighs beside the cross-entropy


_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"\b(?:hoeveel|hoe (?:lang|vaak|groot|oud|hoog)|how (?:many|much|long|often|old|far|large|high)|percentage|welk bedrag)\b", re.I)),
    ("why", re.compile(r"\b(?:waarom|why|hoe komt|how come|what (?:is|was) the reason)\b", re.I)),
    ("yes or no", re.compile(r"^(?:is|are|was|were|do|does|did|can|could|may|must|should|will|has|have|zijn|mag|mogen|moet|moeten|kan|kunnen|heeft|hebben"
                             r"|krijgt|krijgen|geldt|wordt|worden|hoeft|hoeven|staat|bestaat)\b", re.I)),
    ("who", re.compile(r"\b(?:wie|who|whom|whose)\b", re.I)), ("where", re.compile(r"\b(?:waar|where)\b", re.I)),
    ("when", re.compile(r"\b(?:wanneer|when)\b", re.I)), ("which", re.compile(r"\b(?:welke?|which)\b", re.I)), ("what", re.compile(r"\b(?:wat|what)\b", re.I)))
LEAST, MOST = 0.4, 2.5  # of the weight of a pair


def form(question: str) -> str:
    """Return what kind of question it is by its words."""
    return next((name for name, pattern in _FORMS if pattern.search(question)), "other")


def weights(pairs: list[dict]) -> list[float]:
    """Return the weight of each pair, so that as many questions of each form count as answered as count as not, within LEAST and MOST.

    It is that of the question for an answer and for what tempts where there is none; another sentence beside an answer weighs 1.
    """
    answered = {pair["question"] for pair in pairs if pair["answers"] >= _LIKELY}
    counts = Counter((form(question), question in answered) for question in {pair["question"] for pair in pairs})
    found = []
    for pair in pairs:
        kind, label = form(pair["question"]), pair["question"] in answered
        even = (counts[kind, label] + counts[kind, not label]) / (2 * counts[kind, label])
        found.append(1.0 if label and pair["answers"] < _LIKELY else min(max(even, LEAST), MOST))
    return found


class Network(nn.Module):
    """The layers in training, with the head: what `index/reader.py` runs. `kept` is an adapter to begin with."""

    def __init__(self, model: nn.Module, kept: dict[str, np.ndarray] | None = None, *, frozen: int = 0) -> None:
        super().__init__()
        self.model = model
        for name, weight in model.named_parameters():
            layer = re.match(r"encoder\.layer\.(\d+)\.", name)
            weight.requires_grad = layer is not None and int(layer[1]) >= frozen
        self.seg = nn.Parameter(torch.zeros(3, 384))
        self.head = nn.Sequential(nn.Linear(4 * 384, 384), nn.GELU(), nn.Dropout(0.1), nn.Linear(384, 1))
        if kept is not None:
            add_adapter(self.trained(), kept)

    def forward(self, ids: torch.Tensor, parts: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        words = self.model.embeddings.word_embeddings(ids) + self.seg[parts]
        hidden = self.model(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return self.head(joined_features(hidden, parts, mask)).squeeze(-1)

    def trained(self) -> dict[str, torch.Tensor]:
        """Return what an adapter keeps, by its names there."""
        head = {f"head.{name}": value for name, value in self.head.named_parameters()}
        return {**dict(self.model.encoder.named_parameters()), "seg": self.seg, **head}


def joined_features(hidden: torch.Tensor, parts: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return what the head sees of the last layer of each pair, as `index.reader.joined_features` does of one."""
    within = [((parts == part) & mask.bool())[..., None].float() for part in (Part.QUESTION, Part.TEXT)]
    question, text = ((hidden * tokens).sum(1) / tokens.sum(1).clamp(min=1) for tokens in within)
    return torch.cat([hidden[:, 0], text, 20 * question * text, 3 * (question - text).abs()], dim=-1)


def padded(pairs: list[Tokens]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, parts and mask of some pairs: int64, pairs x longest."""
    ids, parts, mask = (nn.utils.rnn.pad_sequence([torch.tensor(one) for one in some], batch_first=True, padding_value=padding)
                        for some, padding in (([ids for ids, _ in pairs], PAD), ([parts for _, parts in pairs], 0), ([[1] * len(ids) for ids, _ in pairs], 0)))
    return ids, parts, mask


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs of one question: what the model reads of each, how probably it answers (0 to 1), its weight in the loss (both float32, pairs)."""

    tokens: list[tuple]
    answers: torch.Tensor
    weights: torch.Tensor

    @property
    def longest(self) -> int:
        """The tokens of its longest pair."""
        return max(len(ids) for ids, _ in self.tokens)

    def loss(self, log_odds: torch.Tensor) -> torch.Tensor:
        """Return the loss of the pairs: each by itself, and how far the answers stand above the others."""
        alone, sure = nn.functional.binary_cross_entropy_with_logits(log_odds, self.answers, weight=self.weights), self.answers == 1
        if not sure.any() or sure.all():
            return alone
        return alone - ABOVE * torch.logsumexp(torch.log_softmax(log_odds, 0)[sure], 0)


def groups(pairs: list[dict], reader: EvidenceReader) -> list[Group]:
    """Gather the pairs by question, each with its heading and the sentence before it most of the time, in an order of chance."""
    by_question: dict[str, list[dict]] = {}
    for pair in pairs:
        by_question.setdefault(pair["question"], []).append(pair)
    found = []
    for own in by_question.values():
        bare = random.random() < WITHOUT_CONTEXT
        texts = [ReadText(one["text"], "" if bare else one.get("heading", ""), "" if bare else one.get("before", "")) for one in own]
        found.append(Group([reader.tokens(own[0]["question"], text) for text in texts], torch.tensor([float(one["answers"]) for one in own]),
                           torch.tensor([one["weight"] for one in own])))
    random.shuffle(found)
    return found


def batches(found: list[Group]) -> Iterator[list[Group]]:
    """Yield groups of like length together, as many as BATCH_TOKENS hold, padded."""
    parted = []
    for start in range(0, len(found), 200):
        batch: list[Group] = []
        for group in sorted(found[start:start + 200], key=lambda one: one.longest):
            if batch and (sum(len(one.tokens) for one in batch) + len(group.tokens)) * group.longest > BATCH_TOKENS:
                parted.append(batch)
                batch = []
            batch.append(group)
        parted.append(batch)
    random.shuffle(parted)
    yield from parted


def train(network: Network, pairs: list[dict], reader: EvidenceReader, *, minutes: float, rate: float) -> None:
    """Train for some minutes, the learning rate falling in a straight line."""
    layers = [weight for weight in [*network.model.parameters(), network.seg] if weight.requires_grad]
    optimizer = torch.optim.AdamW([{"params": layers, "top": rate}, {"params": network.head.parameters(), "top": HEAD_RATE * rate}], weight_decay=0.01)
    started, step, losses = time.monotonic(), 0, []
    half = fast_in_bfloat16()
    network.train()
    while time.monotonic() - started < 60 * minutes:
        for batch in batches(groups(pairs, reader)):
            passed = (time.monotonic() - started) / (60 * minutes)
            if passed >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1, (step + 1) / WARM_STEPS) * max(0.03, 1 - passed)
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                log_odds = network(*padded([tokens for group in batch for tokens in group.tokens])).float()
            parts = log_odds.split([len(group.tokens) for group in batch])
            loss = torch.stack([group.loss(part) for group, part in zip(batch, parts, strict=True)]).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(layers, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            losses.append(loss.item())
            if step % 20 == 0:
                print(f"step {step}, loss {np.mean(losses[-20:]):.3f}", flush=True)


def fast_in_bfloat16() -> bool:
    """Say whether this processor computes in bfloat16; elsewhere it takes sixty times as long."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


@torch.no_grad()
def add_adapter(weights: dict[str, torch.Tensor], kept: dict[str, np.ndarray]) -> None:
    """Change the weights of a bundled model in place to those that an adapter keeps."""
    for name, value in weights.items():
        value.copy_(value + torch.from_numpy(kept[f"{name}.b"] @ kept[f"{name}.a"]) if f"{name}.b" in kept else torch.from_numpy(kept[name]))


def adapter(after: dict[str, torch.Tensor], before: dict[str, torch.Tensor], rank: int) -> dict[str, np.ndarray]:
    """Return what training changed: two narrow matrices for each weight, biases and norms as they are; float16."""
    kept = {}
    for name, value in after.items():
        if value.dim() == 2 and name in before:
            left, sizes, right = torch.linalg.svd(value.float() - before[name].float(), full_matrices=False)
            root = sizes[:rank].sqrt()
            kept[f"{name}.b"], kept[f"{name}.a"] = left[:, :rank] * root, root[:, None] * right[:rank]
        else:
            kept[name] = value
    return {name: value.detach().float().numpy().astype(np.float16) for name, value in kept.items()}


def main() -> None:
    """Train and, with --write, keep the adapter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--signals", action="store_true")
    parser.add_argument("--on", action="store_true")
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--rank", type=int, default=96)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--shift", type=float, default=0.0)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    pairs = [json.loads(line) for line in asked.pairs.read_text(encoding="utf-8").splitlines()]
    weighed = [{**pair, "weight": weight} for pair, weight in zip(pairs, weights(pairs), strict=True)]
    encoder = bundled_encoder()
    model, reader = encoder.transformer(), EvidenceReader(encoder)
    bare = {name: value.detach().clone() for name, value in model.encoder.named_parameters()}
    name = SIGNAL_ADAPTER if asked.signals else TEXT_ADAPTER
    network = Network(model, read_adapter(name) if asked.on else None, frozen=asked.frozen)
    before = {name: value.detach().clone() for name, value in network.trained().items()}
    train(network, weighed, reader, minutes=asked.minutes, rate=asked.rate)
    after = {name: torch.lerp(before[name], value.detach(), asked.share) for name, value in network.trained().items()}
    after["head.3.bias"] += asked.shift
    if asked.write:
        np.savez_compressed(FOLDER / name, **adapter(after, bare, asked.rank))


if __name__ == "__main__":
    main()
