"""Makes assistant/background.npz: what unrelated sentences and questions score with anything, for the bundled model.

    python -m benchmarks.fit_background ../shared/data/parallel/treaties-nl-en.jsonl.gz

Treaty sentences stand for passages, short ones for questions, in Dutch and English; only mean and covariance are kept.
"""

import gzip
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.bundled import bundled_encoder

TARGET = Path(__file__).resolve().parents[1] / "assistant" / "background.npz"
RANK = 64  # directions of the covariance that are kept; the rest counts as one variance in all others


def sentences(articles: Sequence[dict[str, str]], language: str, *, words: tuple[int, int], most: int) -> list[str]:
    """Return one sentence of each article with a number of words within `words`, at most `most`."""
    found = []
    for article in articles:
        parts = [part.strip() for part in re.split(r"(?<=[.;])\s+", article[language])]
        fitting = [part for part in parts if words[0] <= len(part.split()) <= words[1] and part[:1].isalpha()]
        if fitting:
            found.append(random.choice(fitting))
        if len(found) == most:
            break
    return found


def cohort(name: str, vectors: np.ndarray) -> dict[str, np.ndarray]:
    """Return mean, the strongest directions of the covariance scaled by their deviation, and the mean variance of the others."""
    values, directions = np.linalg.eigh(np.cov(vectors.T))
    kept = directions[:, -RANK:] * np.sqrt(values[-RANK:])
    return {f"{name}_mean": vectors.mean(0).astype(np.float16), f"{name}_factor": kept.astype(np.float16),
            f"{name}_rest": np.array(values[:-RANK].mean(), dtype=np.float32)}


def main(path: str) -> None:
    """Embed the sentences and keep the four cohorts."""
    random.seed(1)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    random.shuffle(articles)
    encoder = bundled_encoder()
    made: dict[str, np.ndarray] = {}
    for language in ("nl", "en"):
        made |= cohort(f"sentences_{language}", encoder.passages(sentences(articles, language, words=(8, 45), most=2000)))
        made |= cohort(f"questions_{language}", encoder.queries(sentences(articles, language, words=(6, 16), most=1500)))
    np.savez_compressed(TARGET, **made)
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(sys.argv[1])
