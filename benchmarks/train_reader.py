"""Trains the bundled cross-encoder and writes index/reader.npz.

    python -m benchmarks.train_reader PAIRS.jsonl [--minutes 90] [--rank 96] [--write]

A line of PAIRS: {"question": "...", "text": "a sentence", "heading": "...", "before": "the sentence before", "answers": true}.
All layers of the bundled embedding model are trained (binary cross-entropy, batches of 32, learning rate 8e-5, bfloat16 where the
processor has it); what they changed is kept as the product of two narrow matrices for each weight, by singular value decomposition.
A question weighs more where those of its form (a number, yes or no, why, who, ...) are more often of the other kind, so that the form does not tell.
The pairs of the shipped adapter are not part of the project: see docs/decisions/007, 009 and 012.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from index.bundled import bundled_encoder
from index.cross_encoder import ReadText
from index.reader import ADAPTER, EvidenceReader, joined_features, padded

TARGET = Path(__file__).resolve().parents[1] / "index" / ADAPTER
BATCH, RATE, HEAD_RATE, WARM_STEPS, WITHOUT_CONTEXT = 32, 8e-5, 1e-3, 80, 0.15


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
    answered = {pair["question"] for pair in pairs if pair["answers"]}
    counts = Counter((form(question), question in answered) for question in {pair["question"] for pair in pairs})
    found = []
    for pair in pairs:
        kind, label = form(pair["question"]), pair["question"] in answered
        even = (counts[kind, label] + counts[kind, not label]) / (2 * counts[kind, label])
        found.append(1.0 if label and not pair["answers"] else min(max(even, LEAST), MOST))
    return found


class Network(nn.Module):
    """The layers in training, with the head: what `index/reader.py` runs."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model
        for weight in model.embeddings.parameters():
            weight.requires_grad = False
        self.seg = nn.Parameter(torch.zeros(3, 384))
        self.head = nn.Sequential(nn.Linear(4 * 384, 384), nn.GELU(), nn.Dropout(0.1), nn.Linear(384, 1))

    def forward(self, ids: torch.Tensor, parts: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        words = self.model.embeddings.word_embeddings(ids) + self.seg[parts]
        hidden = self.model(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return self.head(joined_features(hidden, parts, mask)).squeeze(-1)


def batches(pairs: list[dict], reader: EvidenceReader) -> Iterator[list[tuple]]:
    """Shuffle the pairs and group them by length within stretches of forty batches."""
    random.shuffle(pairs)
    for start in range(0, len(pairs), 40 * BATCH):
        part = []
        for one in pairs[start:start + 40 * BATCH]:
            bare = random.random() < WITHOUT_CONTEXT
            text = ReadText(one["text"], "" if bare else one.get("heading", ""), "" if bare else one.get("before", ""))
            part.append((reader.tokens(one["question"], text), float(one["answers"]), one["weight"]))
        part.sort(key=lambda pair: len(pair[0][0]))
        grouped = [part[place:place + BATCH] for place in range(0, len(part), BATCH)]
        random.shuffle(grouped)
        yield from grouped


def train(pairs: list[dict], minutes: float) -> tuple[Network, dict[str, torch.Tensor]]:
    """Train for some minutes, the learning rate falling in a straight line; return the network and the weights before."""
    torch.manual_seed(1)
    random.seed(1)
    encoder = bundled_encoder()
    reader, network = EvidenceReader(encoder), Network(encoder.transformer())
    before = {name: value.detach().clone() for name, value in network.model.encoder.named_parameters()}
    layers = [*network.model.encoder.parameters(), network.seg]
    optimizer = torch.optim.AdamW([{"params": layers, "top": RATE}, {"params": network.head.parameters(), "top": HEAD_RATE}], weight_decay=0.01)
    started, step, losses = time.monotonic(), 0, []
    network.train()
    while time.monotonic() - started < 60 * minutes:
        for batch in batches(pairs, reader):
            passed = (time.monotonic() - started) / (60 * minutes)
            if passed >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1, (step + 1) / WARM_STEPS) * max(0.03, 1 - passed)
            with torch.autocast("cpu", torch.bfloat16):
                log_odds = network(*padded([tokens for tokens, _, _ in batch]))
            answers, weight = (torch.tensor([row[place] for row in batch]) for place in (1, 2))
            loss = nn.functional.binary_cross_entropy_with_logits(log_odds.float(), answers, weight=weight)
            loss.backward()
            nn.utils.clip_grad_norm_(layers, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            losses.append(loss.item())
            if step % 50 == 0:
                print(f"step {step}, loss {np.mean(losses[-50:]):.3f}", flush=True)
    return network, before


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
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--rank", type=int, default=96)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    pairs = [json.loads(line) for line in asked.pairs.read_text(encoding="utf-8").splitlines()]
    weighed = [{**pair, "weight": weight} for pair, weight in zip(pairs, weights(pairs), strict=True)]
    network, before = train(weighed, asked.minutes)
    if asked.write:
        head = {f"head.{name}": value for name, value in network.head.named_parameters()}
        after = {**dict(network.model.encoder.named_parameters()), "seg": network.seg, **head}
        np.savez_compressed(TARGET, **adapter(after, before, asked.rank))


if __name__ == "__main__":
    main()
