"""Fits how well words follow one another, for the pages whose columns were mixed.

    python -m benchmarks.fit_joints SECONDS ../shared/data/parallel/treaties-nl-en.jsonl.gz ../shared/data/scale/law-passages-50k.jsonl.gz ../shared/data/law

Dutch and English treaties and Dutch law, which carry no copyright (art. 11 Auteurswet); texts that share eight words in a row
with the last folder are left out, so that pages made from it are new to the fit. Two towers over word vectors are trained to
find the words that really stand behind a context among those of the same documents (InfoNCE, van den Oord et al. 2018), so
that a product is log p(behind | before) / p(behind). Writes ingest/joints.npz.
"""

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ingest.joints import BULLET, CONTEXT, EDGE, ENDS, HIDDEN, NUMBER, OPENS, OTHER, SHAPES, Joints, Tower, core, edge_code, tails

WORDS, TAILS = 8_800, 900
WIDTHS = (24, 4, 6, 2)     # of the vectors of words, shapes, ends, openings
LAYER, OUT = 128, 64
BATCH, DOCUMENTS = 768, 12
_STOPPED = re.compile(r"[.!?;:][\"”’»)\]]*$")
_HYPHENATED = re.compile(r"[^\W\d_]{7,}")


def texts(paths: list[Path], left_out: Path) -> list[list[str]]:
    """Return the words of every text: one for each article or passage and language."""
    known = " ".join(path.read_text(encoding="utf-8") for path in left_out.glob("*.md")).split()
    seen = {" ".join(known[start:start + 8]) for start in range(len(known) - 7)}
    found = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                for name in ("nl", "en", "text"):
                    words = record.get(name, "").split()
                    if len(words) > 3 and not any(" ".join(words[start:start + 8]) in seen for start in range(len(words) - 7)):
                        found.append(words)
                heading = record.get("head", "").split("\n")[-1].split()
                if 1 < len(heading) < 12:
                    number = f"{len(found) % 9 + 1}.{len(found) % 7 + 1}"
                    found.append([number, *heading] if len(found) % 5 < 2 and heading[0][:1].isupper() else heading)
    return found


def paragraphs(words: list[str], chance: random.Random) -> Iterator[list[str]]:
    """Cut a text into paragraphs at some ends of sentences; some lose their capital, their full stop, or get a number."""
    lower = chance.random() < 0.1
    begin = 0
    for end in range(1, len(words) + 1):
        if end < len(words) and not (_STOPPED.search(words[end - 1]) and chance.random() < 0.3):
            continue
        piece = words[begin:end]
        begin = end
        if lower or chance.random() < 0.05:
            piece = [piece[0][:1].lower() + piece[0][1:], *piece[1:]]
        if chance.random() < 0.12:
            piece = [*piece[:-1], piece[-1].rstrip(".;:") or piece[-1]]
        if chance.random() < 0.06:
            piece = [chance.choice(("•", "-", "–", "1.", "a.", f"{chance.randint(1, 9)}.{chance.randint(1, 9)}")), *piece]
        yield piece


def broken(piece: list[str], chance: random.Random) -> list[str]:
    """Break a few long words by a hyphen, as at the end of a line."""
    words = []
    for word in piece:
        if chance.random() < 0.03 and (match := _HYPHENATED.match(word)):
            cut = chance.randint(2, match.end() - 3)
            words += [f"{word[:cut]}-", word[cut:]] if chance.random() < 0.8 else [word[:cut], "-", word[cut:]]
        else:
            words.append(word)
    return words


def named(found: list[list[str]]) -> dict[str, int]:
    """Return the kinds: what is no word, frequent words, endings of the others."""
    counts = Counter(core(word) for words in found for word in words)
    counts.pop("", None)
    frequent = {word for word, _ in counts.most_common(WORDS)}
    endings: Counter[str] = Counter()
    for word, count in counts.items():
        if word not in frequent and not any(letter.isdigit() for letter in word):
            for tail in tails(word):
                endings[tail] += min(count, 50)
    names = [HIDDEN, EDGE, OTHER, NUMBER, BULLET, *sorted(frequent), *sorted(tail for tail, _ in endings.most_common(TAILS))]
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


class Towers(nn.Module):
    """The network while it learns."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        counts = (kinds, len(SHAPES), len(ENDS), len(OPENS))
        self.tables = nn.ModuleList(nn.Embedding(count, width) for count, width in zip(counts, WIDTHS, strict=True))
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.towers = nn.ModuleList(nn.Sequential(nn.Linear(CONTEXT * sum(WIDTHS), LAYER), nn.ReLU(), nn.Linear(LAYER, OUT, bias=False))
                                    for _ in range(2))

    def forward(self, before: torch.Tensor, behind: torch.Tensor) -> torch.Tensor:
        """Return the products of all contexts before with all contexts behind."""
        vectors = [tower(torch.cat([table(side[:, :, number]) for number, table in enumerate(self.tables)], dim=2).flatten(1))
                   for tower, side in zip(self.towers, (before, behind), strict=True)]
        return vectors[0] @ vectors[1].T


def joined(found: list[list[str]], kinds: dict[str, int], chance: random.Random) -> np.ndarray:
    """Return the codes of all words, with edges between paragraphs."""
    empty = np.zeros((1, 1), np.float32)
    coder = Joints(kinds, (empty, empty, empty, empty), Tower(empty, empty, empty), Tower(empty, empty, empty), 0.0)
    numbers: dict[str, int] = {"": 0}
    order = [0] * CONTEXT
    for words in found:
        for piece in paragraphs(words, chance):
            order += [numbers.setdefault(word, len(numbers)) for word in broken(piece, chance)]
            order += [0] * CONTEXT
    codes = coder.codes(numbers)
    codes[0] = edge_code(kinds, EDGE)
    return codes[np.array(order)].astype(np.int16)


def main(seconds: int, paths: list[Path], left_out: Path) -> None:
    """Train for some seconds and write."""
    torch.manual_seed(7)
    torch.set_num_threads(1)
    chance = random.Random(7)
    found = texts(paths, left_out)
    chance.shuffle(found)
    kinds = named(found)
    codes = joined(found, kinds, chance)
    is_edge = codes[:, 0] == kinds[EDGE]
    joints_at = np.flatnonzero(~(is_edge[:-1] & is_edge[1:])) + 1  # a joint lies before this word
    joints_at = joints_at[(joints_at >= CONTEXT) & (joints_at < len(codes) - CONTEXT)]
    sys.stdout.write(f"{len(found)} texts, {len(codes)} words, {len(kinds)} kinds\n")
    model = Towers(len(kinds))
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    generator = np.random.default_rng(7)
    hidden = np.array(edge_code(kinds, HIDDEN))
    held = joints_at[-60_000:]
    start, step, smooth = time.monotonic(), 0, 0.0
    while time.monotonic() - start < seconds:
        share = (time.monotonic() - start) / seconds
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * (1 - share) + 2e-5
        before, behind = batch(codes, joints_at[:-60_000], generator, hidden, kinds[EDGE])
        scores = model(before, behind)
        target = torch.arange(len(scores))
        loss = (nn.functional.cross_entropy(scores, target) + nn.functional.cross_entropy(scores.T, target)) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step, smooth = step + 1, 0.99 * smooth + 0.01 * float(loss.detach())
        if step % 1000 == 0:
            sys.stdout.write(f"{step} {smooth:.3f} {time.monotonic() - start:.0f}s\n")
            sys.stdout.flush()
    write(model, kinds, [batch(codes, held, generator, hidden, kinds[EDGE]) for _ in range(40)])


def batch(codes: np.ndarray, joints_at: np.ndarray, generator: np.random.Generator, hidden: np.ndarray, edge: int,
          ) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw joints from stretches of a few documents; outer words are hidden now and then."""
    span = 4 * BATCH // DOCUMENTS
    firsts = generator.integers(0, len(joints_at) - span, DOCUMENTS)
    chosen = np.concatenate([first + generator.choice(span, BATCH // DOCUMENTS, replace=False) for first in firsts])
    at = joints_at[chosen]
    before = codes[at[:, None] + np.arange(-CONTEXT, 0)].astype(np.int64)
    behind = codes[at[:, None] + np.arange(CONTEXT)].astype(np.int64)
    for side, inner in ((before, -1), (behind, 0)):
        order = range(CONTEXT - 2, -1, -1) if inner == -1 else range(1, CONTEXT)
        stopped = np.zeros(len(at), bool)
        for position in order:
            nearer = position + 1 if inner == -1 else position - 1
            outside = side[:, nearer, 0] == edge
            side[outside, position] = side[outside, nearer]  # behind an edge all is edge
            stopped |= generator.random(len(at)) < 0.1
            side[stopped & ~outside, position] = hidden
    return torch.from_numpy(before), torch.from_numpy(behind)


def write(model: Towers, kinds: dict[str, int], held: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
    """Round the network and write it, with the level at which chance gives 0, and say how well it tells joints apart."""
    with torch.no_grad():
        table = model.tables[0].weight
        scale = table.abs().amax(dim=0) / 127
        whole = torch.round(table / scale).clamp(-127, 127)
        table.copy_(whole * scale)
        scores = [model(*pair) for pair in held]
        others = [one[~torch.eye(len(one), dtype=torch.bool)] for one in scores]
        level = -float(torch.logsumexp(torch.cat(others), 0) - np.log(sum(map(len, others))))
        right = [float((one.argmax(1) == torch.arange(len(one))).float().mean()) for one in scores]
        true = torch.cat([one.diagonal() for one in scores]) + level
        false = torch.cat(others) + level
        sys.stdout.write(f"right word found among {BATCH}: {np.mean(right):.3f}; mean gain {float(true.mean()):.2f} of true joints, "
                         f"{float(false.mean()):.2f} of others; true joints above 0: {float((true > 0).float().mean()):.3f}, "
                         f"others: {float((false > 0).float().mean()):.3f}\n")
        towers = {f"{side}_{part}": value.numpy().astype(np.float16) for side, tower in zip(("before", "behind"), model.towers, strict=True)
                  for part, value in (("first", tower[0].weight.T), ("bias", tower[0].bias), ("second", tower[2].weight.T))}
        small = {name: one.weight.numpy().astype(np.float16) for name, one in zip(("shapes", "ends", "opens"), list(model.tables)[1:], strict=True)}
        names = sorted(kinds, key=lambda name: kinds[name])
        np.savez_compressed(Path("ingest/joints.npz"), names=np.array("\n".join(names)), words=whole.numpy().astype(np.int8),
                            scale=scale.numpy().astype(np.float16), level=np.array(level), **small, **towers)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=int)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("left_out", type=Path)
    given = parser.parse_args()
    main(given.seconds, given.texts, given.left_out)
