"""Makes assistant/background.npz: what unrelated texts score with anything, and in what texts of one meaning differ.

    python -m benchmarks.fit_background ../shared/data/parallel/treaties-nl-en.jsonl.gz

Treaty sentences stand for passages, short ones for questions, in Dutch and English, and a sentence and its translation for
two texts of one meaning; only means and covariances are kept.
"""

import gzip
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import linalg

from index.bundled import bundled_encoder
from index.encoder import Encoder

TARGET = Path(__file__).resolve().parents[1] / "assistant" / "background.npz"
RANK = 64  # directions of the covariance that are kept; the rest counts as one variance in all others
PAIRS = 4000
SHRINK = 0.5   # towards the diagonal, of the covariance within pairs
FLOOR = 1e-4   # of the largest eigenvalue: directions in which texts hardly differ at all say nothing
AXES = 256     # the directions kept, by how much meanings differ in them


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


def translations(articles: Sequence[dict[str, str]], *, most: int) -> tuple[list[str], list[str]]:
    """Return Dutch sentences and their English translations, from articles that have as many sentences in both."""
    dutch, english = [], []
    for article in articles:
        left, right = (re.split(r"(?<=[.;])\s+", article[language].strip()) for language in ("nl", "en"))
        if len(left) != len(right):
            continue
        for one, other in zip(left, right, strict=True):
            lengths = len(one.split()), len(other.split())
            if min(lengths) >= 7 and max(lengths) <= 40 and max(lengths) < 1.6 * min(lengths):
                dutch.append(one)
                english.append(other)
    return dutch[:most], english[:most]


def meaning(encoder: Encoder, dutch: Sequence[str], english: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the two-covariance model of texts of one meaning (PLDA: Ioffe 2006): axes, their variance, and the means by role.

    Questions and passages are centred by language. Within pairs are a question in one language and the passage in either.
    """
    vectors = {f"{role}_{language}": embed(texts) for role, embed in (("question", encoder.queries), ("passage", encoder.passages))
               for language, texts in (("nl", dutch), ("en", english))}
    means = {name: values.mean(0) for name, values in vectors.items()}
    centred = {name: values - means[name] for name, values in vectors.items()}
    apart = np.concatenate([centred[f"question_{one}"] - centred[f"passage_{other}"] for one in ("nl", "en") for other in ("nl", "en")])
    within = apart.T @ apart / len(apart) / 2
    within = (1 - SHRINK) * within + SHRINK * np.diag(np.diag(within))
    total = np.cov(np.concatenate(list(centred.values())).T)
    between, axes = linalg.eigh(total - within, within)
    kept = np.argsort(between)[::-1][:AXES]
    kept = kept[between[kept] > FLOOR * between.max()]
    return {"axes": axes[:, kept].astype(np.float16), "between": between[kept].astype(np.float32),
            **{f"mean_{name}": mean.astype(np.float32) for name, mean in means.items()}}


def main(path: str) -> None:
    """Embed the sentences; keep the four cohorts and the model of meaning."""
    random.seed(1)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    random.shuffle(articles)
    encoder = bundled_encoder()
    made: dict[str, np.ndarray] = {}
    for language in ("nl", "en"):
        made |= cohort(f"sentences_{language}", encoder.passages(sentences(articles, language, words=(8, 45), most=2000)))
        made |= cohort(f"questions_{language}", encoder.queries(sentences(articles, language, words=(6, 16), most=1500)))
    made |= meaning(encoder, *translations(articles, most=PAIRS))
    np.savez_compressed(TARGET, **made)
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(sys.argv[1])
