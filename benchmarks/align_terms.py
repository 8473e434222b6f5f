"""Grows assistant/word_pairs.txt: English words with the Dutch words that stand for them, aligned from parallel treaties.

    python -m benchmarks.align_terms ../shared/data/parallel/treaties-nl-en.jsonl.gz

IBM Model 1 (Brown et al. 1993), five rounds, on articles of at most 80 words, in both directions; a pair is kept when
the product of both probabilities is high enough and the English word occurs five times.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from index.words import fold

ROUNDS, LONGEST, LEAST_COUNT, MOST_PAIRS = 5, 80, 5, 3
TARGET = Path(__file__).resolve().parents[1] / "assistant" / "word_pairs.txt"


def words(text: str) -> list[str]:
    """Return the words of a text without diacritics, numbers left out."""
    return [fold(word) for word in re.findall(r"[^\W\d_]{2,}", text)]


def model_one(pairs: list[tuple[list[int], list[int]]], sources: int, targets: int) -> dict[tuple[int, int], float]:
    """Return p(target | source) after some rounds of expectation and maximisation."""
    rows = np.concatenate([np.repeat(left, len(right)) for left, right in pairs])
    columns = np.concatenate([np.tile(right, len(left)) for left, right in pairs])
    block = np.concatenate([np.tile(np.arange(len(right)), len(left)) + offset for (left, right), offset in
                            zip(pairs, np.cumsum([0, *(len(right) for _, right in pairs)]), strict=False)])
    keys, inverse = np.unique(rows.astype(np.int64) * targets + columns, return_inverse=True)
    probability = np.full(len(keys), 1.0 / targets)
    for _ in range(ROUNDS):
        share = probability[inverse]
        total = np.bincount(block, weights=share)
        counts = np.bincount(inverse, weights=share / total[block], minlength=len(keys))
        norm = np.bincount(keys // targets, weights=counts, minlength=sources)
        probability = counts / norm[keys // targets]
    return {(int(key // targets), int(key % targets)): float(value) for key, value in zip(keys, probability, strict=True) if value > 0.03}


def main(path: Path) -> None:
    """Align the articles and write the pairs."""
    english, dutch = Counter[str](), Counter[str]()
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            left, right = words(article["en"]), words(article["nl"])
            if 2 < len(left) <= LONGEST and 0.5 < len(left) / max(len(right), 1) < 2:
                articles.append((left, right))
                english.update(left)
                dutch.update(right)
    en, nl = {word: i for i, word in enumerate(english)}, {word: i for i, word in enumerate(dutch)}
    numbered = [([en[word] for word in left], [nl[word] for word in right]) for left, right in articles]
    forward = model_one(numbered, len(en), len(nl))
    backward = model_one([(right, left) for left, right in numbered], len(nl), len(en))
    names_en, names_nl = list(en), list(nl)
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (source, target), share in forward.items():
        back = backward.get((target, source), 0.0)
        if english[names_en[source]] >= LEAST_COUNT and share * back >= 0.02 and share >= 0.08:
            found[names_en[source]].append(((share * back) ** 0.5, names_nl[target]))
    lines = ["# English word, then Dutch words with the strength of the pair; grown by benchmarks/align_terms.py"]
    for word in sorted(found):
        best = sorted(found[word], reverse=True)[:MOST_PAIRS]
        lines.append("\t".join([word, *(f"{other}:{score:.2f}" for score, other in best)]))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(articles)} articles, {len(found)} words\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treaties", type=Path)
    main(parser.parse_args().treaties)
