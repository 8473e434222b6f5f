"""What a score is worth against the background: how far a question and a sentence lie above what they score with anything.

E5 scores of related texts are hardly higher than those of unrelated ones, and how high depends on the question, the sentence
and the language. So each score is standardised twice: against what the question scores with sentences that have nothing to do
with it, and against what the sentence scores with such questions (the T-norm and Z-norm of speaker verification: Auckenthaler
et al. 2000). The background is fixed and shipped, so a score means the same in an index of 24 passages and one of 50,000.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Unrelated texts as a normal distribution: `mean` (dimensions), `factor` (dimensions x r) and `rest`, the variance outside it."""

    mean: F32
    factor: F32
    rest: float

    def moments(self, vectors: F32) -> tuple[F32, F32]:
        """Return mean and deviation of the dot products of some vectors (n x dimensions) with this cohort: float32, n each."""
        deviation = np.sqrt(np.square(vectors @ self.factor).sum(axis=-1) + self.rest)
        return np.asarray(vectors @ self.mean, dtype=np.float32), np.asarray(deviation, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Background:
    """The cohorts, by language, of sentences that a question is held against and of questions that a sentence is held against."""

    sentences: dict[str, Cohort]
    questions: dict[str, Cohort]


@lru_cache(maxsize=1)
def bundled_background() -> Background:
    """Read the background of the bundled model, made by `benchmarks/fit_background.py`."""
    with resources.files("assistant").joinpath("background.npz").open("rb") as file, np.load(file, allow_pickle=False) as kept:
        made = {name: Cohort(kept[f"{name}_mean"].astype(np.float32), kept[f"{name}_factor"].astype(np.float32), float(kept[f"{name}_rest"]))
                for name in ("sentences_nl", "sentences_en", "questions_nl", "questions_en")}
    return Background({"nl": made["sentences_nl"], "en": made["sentences_en"]}, {"nl": made["questions_nl"], "en": made["questions_en"]})
