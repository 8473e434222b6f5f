"""Learns the projection of assistant/relevance.py from questions and the sentences that answer them; writes assistant/relevance.npz.

    python -m benchmarks.fit_relevance PAIRS.jsonl [--passes 8] [--write]

A line of PAIRS: {"question": "...", "text": "a sentence", "answers": true}, lines of one document together. Each question must find its answer among
the texts of its batch: the neighbours of the answer and those of other documents (in-batch negatives, InfoNCE: van den Oord et al. 2018).
The projection begins as the identity; noise on the vectors keeps it from learning the pairs by heart; the mean of three runs is kept.
The pairs of the shipped projection are not part of the project: see docs/decisions/008.
"""

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from assistant.relevance import PROJECTION, Relevance
from index.bundled import bundled_encoder

TARGET = Path(__file__).resolve().parents[1] / "assistant" / PROJECTION
BATCH, RUN, RATE, NOISE, SCALE, TEMPERATURE, RUNS = 512, 16, 1e-3, 0.01, 6.0, 1 / 30, 3


@dataclass(frozen=True)
class Pairs:
    """Questions with their answers, as rows of the vectors of texts; float32 vectors of length 1. Questions stand in the order of the file."""

    questions: torch.Tensor
    texts: torch.Tensor
    answers: list[list[int]]
    seen: list[list[int]]

    @classmethod
    def read(cls, path: Path) -> "Pairs":
        """Read and embed the questions that have an answer, with all texts that stand beside them."""
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
        return cls(torch.from_numpy(encoder.queries(list(kept))), torch.from_numpy(encoder.passages(list(rows))),
                   [answers for answers, _ in kept.values()], [seen for _, seen in kept.values()])

    def batches(self) -> list[list[int]]:
        """Return the questions of each batch: short runs of neighbours, in any order."""
        starts = list(range(random.randrange(RUN), len(self.answers), RUN))
        random.shuffle(starts)
        order = [place for start in starts for place in range(start, min(start + RUN, len(self.answers)))]
        return [order[start:start + BATCH] for start in range(0, len(order), BATCH)]


def learn(pairs: Pairs, passes: int, seed: int) -> Relevance:
    """Learn one projection."""
    torch.manual_seed(seed)
    random.seed(seed)
    dimensions = pairs.questions.shape[1]
    means = pairs.questions.mean(0), pairs.texts.mean(0)
    projection = nn.Linear(dimensions, dimensions)
    nn.init.eye_(projection.weight)
    nn.init.zeros_(projection.bias)
    temperature = nn.Parameter(torch.tensor(TEMPERATURE).log())
    optimizer = torch.optim.AdamW([*projection.parameters(), temperature], lr=RATE, weight_decay=0.0)
    steps = passes * (len(pairs.answers) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for _ in range(passes):
        for batch in pairs.batches():
            candidates = list(dict.fromkeys(row for place in batch for row in pairs.seen[place]))
            asked, texts = (nn.functional.normalize(projection(SCALE * (vectors + NOISE * torch.randn_like(vectors) - mean)), dim=-1)
                            for vectors, mean in zip((pairs.questions[batch], pairs.texts[candidates]), means, strict=True))
            loss = answer_loss(asked @ texts.T / temperature.exp(), [pairs.answers[place] for place in batch], candidates)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    print(f"run {seed}: loss {loss.item():.3f}", flush=True)
    weight, bias = SCALE * projection.weight.detach(), projection.bias.detach()
    return Relevance(weight.numpy(), *((bias - weight @ mean).numpy() for mean in means))


def answer_loss(scores: torch.Tensor, answers: list[list[int]], candidates: list[int]) -> torch.Tensor:
    """Return the cross-entropy of one answer of each question among the candidates; its other answers do not count against it."""
    place = {row: column for column, row in enumerate(candidates)}
    right = [random.choice(rows) for rows in answers]
    left_out = torch.zeros_like(scores)
    for number, (rows, one) in enumerate(zip(answers, right, strict=True)):
        left_out[number, [place[row] for row in rows if row != one]] = -torch.inf
    return nn.functional.cross_entropy(scores + left_out, torch.tensor([place[row] for row in right]))


def main() -> None:
    """Learn three projections and, with --write, keep their mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    pairs = Pairs.read(asked.pairs)
    learned = [learn(pairs, asked.passes, seed) for seed in range(1, RUNS + 1)]
    if asked.write:
        projection, question, passage = (np.mean([getattr(one, name) for one in learned], axis=0) for name in ("projection", "question", "passage"))
        np.savez_compressed(TARGET, projection=projection.astype(np.float16), question=question.astype(np.float32), passage=passage.astype(np.float32))


if __name__ == "__main__":
    main()
