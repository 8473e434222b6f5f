"""Trains the bundled question encoder; writes index/question_encoder.npz and assistant/relevance.npz.

    python -m benchmarks.train_questions PAIRS.jsonl [--on] [--frozen 0] [--minutes 25] [--share 1] [--rank 96] [--write]

A line of PAIRS: {"question": "...", "text": "a sentence", "answers": true}, lines of one document together. The vectors of the sentences are
those of the bundled model and stay so: all layers are trained that a question passes through, with a projection for each side (query-side
fine-tuning: Lee et al. 2021). Each question must find its answer among the neighbours of all answers of its batch and MORE other sentences
(InfoNCE: van den Oord et al. 2018). What changed in the layers is kept as the product of two narrow matrices for each weight. It begins with the
bundled model, or `--on` with the files that are shipped; then `--share` is how far of the way from these is kept. The first `--frozen` layers stay.
The pairs of the shipped files are not part of the project: see docs/decisions/010 and 028.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from assistant.relevance import PROJECTIONS, Relevance, bundled_relevance
from benchmarks.train_reader import adapter, add_adapter, fast_in_bfloat16
from index.adapter import question_ids, read_adapter
from index.bundled import bundled_encoder
from index.question_encoder import ADAPTER

ROOT = Path(__file__).resolve().parents[1]
BATCH, RUN, RATE, HEAD_RATE, MORE, NOISE, SCALE, TEMPERATURE, WARM_STEPS, GROUPS = 256, 40, 5e-5, 3e-4, 3000, 0.01, 6.0, 1 / 30, 30, 4


@dataclass(frozen=True)
class Pairs:
    """Questions (tokens) with the rows of the texts that answer them and that stand beside; `texts` are float32 vectors of length 1."""

    questions: list[list[int]]
    texts: torch.Tensor
    answers: list[list[int]]
    seen: list[list[int]]

    @classmethod
    def read(cls, path: Path) -> "Pairs":
        """Read the questions that have an answer, and embed all texts."""
        rows: dict[str, int] = {}
        asked: dict[str, tuple[list[int], list[int]]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            row = rows.setdefault(pair["text"], len(rows))
            answers, seen = asked.setdefault(pair["question"], ([], []))
            seen.append(row)
            if pair["answers"]:
                answers.append(row)
        kept = {question: both for question, both in asked.items() if both[0]}
        encoder = bundled_encoder()
        return cls([question_ids(encoder, question) for question in kept], torch.from_numpy(encoder.passages(list(rows))),
                   [answers for answers, _ in kept.values()], [seen for _, seen in kept.values()])

    def batches(self) -> Iterator[list[int]]:
        """Return the questions of each batch, without end: runs of neighbours, in any order."""
        while True:
            starts = list(range(random.randrange(RUN), len(self.answers), RUN))
            random.shuffle(starts)
            order = [place for start in starts for place in range(start, min(start + RUN, len(self.answers)))]
            yield from (order[start:start + BATCH] for start in range(0, len(order), BATCH))


class Network(nn.Module):
    """The layers in training, and the two projections; the word vectors and the first `frozen` layers stay as they are."""

    def __init__(self, model: nn.Module, texts: torch.Tensor, *, frozen: int = 0) -> None:
        super().__init__()
        self.model = model
        for name, weight in model.encoder.named_parameters():
            weight.requires_grad = _layer(name) >= frozen
        for weight in model.embeddings.parameters():
            weight.requires_grad = False
        size = texts.shape[1]
        self.questions, self.passages = nn.Linear(size, size), nn.Linear(size, size)
        for projection in (self.questions, self.passages):
            nn.init.eye_(projection.weight)
            with torch.no_grad():
                projection.bias.copy_(-SCALE * texts.mean(0))
        self.temperature = nn.Parameter(torch.tensor(TEMPERATURE).log())

    @torch.no_grad()
    def begin_with(self, kept: dict[str, np.ndarray], relevance: Relevance) -> None:
        """Go on from an adapter and its projections."""
        add_adapter(dict(self.model.encoder.named_parameters()), kept)
        for projection, shipped in ((self.questions, relevance.questions), (self.passages, relevance.passages)):
            projection.weight.copy_(torch.from_numpy(shipped.matrix) / SCALE)
            projection.bias.copy_(torch.from_numpy(shipped.shift))

    def embed(self, questions: list[list[int]]) -> torch.Tensor:
        """Return the mean vector of each question behind its projection, questions x axes; those of about one length run together."""
        order = sorted(range(len(questions)), key=lambda place: len(questions[place]))
        found: list[torch.Tensor] = []
        for group in np.array_split(np.array(order), GROUPS):
            if len(group):
                some = [torch.tensor(questions[place]) for place in group]
                ids = nn.utils.rnn.pad_sequence(some, batch_first=True, padding_value=1)
                mask = nn.utils.rnn.pad_sequence([torch.ones_like(one) for one in some], batch_first=True)
                with torch.autocast("cpu", torch.bfloat16, enabled=fast_in_bfloat16()):
                    hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
                found.append(nn.functional.normalize((hidden.float() * mask[..., None]).sum(1), dim=-1))
        vectors = torch.cat(found)[torch.tensor(np.argsort(order))]
        return nn.functional.normalize(self.questions(SCALE * vectors), dim=-1)

    def place(self, texts: torch.Tensor) -> torch.Tensor:
        """Return some vectors of texts behind their projection, with noise: texts x axes."""
        return nn.functional.normalize(self.passages(SCALE * (texts + NOISE * torch.randn_like(texts))), dim=-1)


def answer_loss(scores: torch.Tensor, answers: list[list[int]], candidates: list[int]) -> torch.Tensor:
    """Return the cross-entropy of one answer of each question among the candidates; its other answers do not count against it."""
    place = {row: column for column, row in enumerate(candidates)}
    right = [random.choice(rows) for rows in answers]
    left_out = torch.zeros_like(scores)
    for number, (rows, one) in enumerate(zip(answers, right, strict=True)):
        left_out[number, [place[row] for row in rows if row != one]] = -torch.inf
    return nn.functional.cross_entropy(scores + left_out, torch.tensor([place[row] for row in right]))


def _layer(name: str) -> int:
    """Return the number of the layer to which a weight of the encoder belongs."""
    return int(re.match(r"layer\.(\d+)\.", name)[1])


def train(network: Network, pairs: Pairs, minutes: float) -> None:
    """Train for some minutes, the learning rate falling in a straight line."""
    layers = [weight for weight in network.model.encoder.parameters() if weight.requires_grad]
    heads = [*network.questions.parameters(), *network.passages.parameters(), network.temperature]
    optimizer = torch.optim.AdamW([{"params": layers, "top": RATE, "weight_decay": 0.01}, {"params": heads, "top": HEAD_RATE, "weight_decay": 0.0}])
    started, losses = time.monotonic(), []
    network.train()
    for batch in pairs.batches():
        passed = (time.monotonic() - started) / (60 * minutes)
        if passed >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(1, (len(losses) + 1) / WARM_STEPS) * max(0.03, 1 - passed)
        others = random.sample(range(len(pairs.texts)), min(MORE, len(pairs.texts)))
        candidates = list(dict.fromkeys([*(row for place in batch for row in pairs.seen[place]), *others]))
        asked, texts = network.embed([pairs.questions[place] for place in batch]), network.place(pairs.texts[candidates])
        loss = answer_loss(asked @ texts.T / network.temperature.exp(), [pairs.answers[place] for place in batch], candidates)
        loss.backward()
        nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        if len(losses) % 20 == 0:
            print(f"step {len(losses)}, loss {np.mean(losses[-20:]):.3f}", flush=True)


def weights(network: Network) -> dict[str, torch.Tensor]:
    """Return the weights that are trained, by name: copies."""
    return {name: value.detach().clone() for name, value in network.named_parameters() if value.requires_grad}


def projections(network: Network) -> dict[str, np.ndarray]:
    """Return both projections in the form of assistant/relevance.npz."""
    kept = {}
    for role, projection in (("questions", network.questions), ("passages", network.passages)):
        kept[role] = (SCALE * projection.weight).detach().numpy().astype(np.float16)
        kept[f"{role}_shift"] = projection.bias.detach().numpy().astype(np.float32)
    return kept


def main() -> None:
    """Train and, with --write, keep the adapter and the projections."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--on", action="store_true")
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--rank", type=int, default=96)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    pairs = Pairs.read(asked.pairs)
    network = Network(bundled_encoder().transformer(), pairs.texts, frozen=asked.frozen)
    bundled = {name: value.detach().clone() for name, value in network.model.encoder.named_parameters()}
    if asked.on:
        network.begin_with(read_adapter(ADAPTER), bundled_relevance())
    before = weights(network)
    train(network, pairs, asked.minutes)
    with torch.no_grad():
        for name, after in weights(network).items():
            network.get_parameter(name).copy_(torch.lerp(before[name], after, asked.share))
    if asked.write:
        np.savez_compressed(ROOT / "index" / ADAPTER, **adapter(dict(network.model.encoder.named_parameters()), bundled, asked.rank))
        np.savez_compressed(ROOT / "assistant" / PROJECTIONS, **projections(network))


if __name__ == "__main__":
    main()
