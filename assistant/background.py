"""What a score is worth against the background: how far a question and a sentence lie above what they score with anything.

E5 scores of related texts are hardly higher than those of unrelated ones, and how high depends on the question, the sentence
and the language. So each score is standardised twice: against what the question scores with sentences that have nothing to do
with it, and against what the sentence scores with such questions (the T-norm and Z-norm of speaker verification: Auckenthaler
et al. 2000). The background is fixed and shipped, so a score means the same in an index of 24 passages and one of 50,000.

`Meaning` asks besides whether two vectors differ only in what texts of one meaning differ in, such as their language: the
log-likelihood ratio of one meaning against two (probabilistic linear discriminant analysis: Ioffe 2006).
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.question_scope import Addressees, bundled_addressees
from assistant.relevance import PROJECTED_AT_ONCE, Projection, Relevance, bundled_relevance
from index.bundled import MODEL_NAME
from index.encoder import Encoder

F32 = NDArray[np.float32]

_OWN_RANK = 64  # directions of the covariance that are kept of an index's own sentences, as in the shipped background


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
class Meaning:
    """Two-covariance model: along each of `axes` (dimensions x r) texts of one meaning vary by 1, meanings by `between` (r).

    `questions` and `passages` are the mean vectors by language.
    """

    axes: F32
    between: F32
    questions: dict[str, F32]
    passages: dict[str, F32]

    def passage_terms(self, vectors: F32, english: NDArray[np.bool_]) -> F32:
        """Return what each passage vector (n x dimensions) adds by itself to its score with any question: float32, n."""
        found = np.empty(len(vectors), dtype=np.float32)
        for start in range(0, len(vectors), PROJECTED_AT_ONCE):
            part = slice(start, start + PROJECTED_AT_ONCE)
            means = np.where(english[part, None], self.passages["en"], self.passages["nl"])
            found[part] = np.square((vectors[part] - means) @ self.axes) @ self._square
        return found

    def direction(self, question: F32, language: str) -> F32:
        """Return the vector with which the product of a passage vector is their `scores` but for what does not depend on both: dimensions."""
        return np.asarray(self.axes @ ((question - self.questions[language]) @ self.axes * self._cross), dtype=np.float32)

    def scores(self, question: F32, language: str, products: F32, terms: F32, english: NDArray[np.bool_]) -> F32:
        """Return the log-likelihood ratio of one meaning for a question (dimensions) with each vector: float32, n.

        `products` are those of the vectors with the question's `direction`, `terms` are their `passage_terms`, `english` says which of them are English.
        """
        along, direction = (question - self.questions[language]) @ self.axes, self.direction(question, language)
        centre = np.where(english, self.passages["en"] @ direction, self.passages["nl"] @ direction)
        return np.asarray(products - centre + terms + np.square(along) @ self._square + self._constant, dtype=np.float32)

    @property
    def _cross(self) -> F32:
        return np.asarray(self.between / (1 + 2 * self.between), dtype=np.float32)

    @property
    def _square(self) -> F32:
        return np.asarray(-0.5 * self.between**2 / ((1 + self.between) * (1 + 2 * self.between)), dtype=np.float32)

    @property
    def _constant(self) -> float:
        return float(np.log1p(self.between).sum() - 0.5 * np.log1p(2 * self.between).sum())


@dataclass(frozen=True, slots=True)
class Background:
    """The cohorts, by language, of sentences that a question is held against and of questions that a sentence is held against."""

    sentences: dict[str, Cohort]
    questions: dict[str, Cohort]
    meaning: Meaning
    relevance: Relevance
    addressees: Addressees | None = None  # None for a model that none is shipped for


def background_for(encoder: Encoder, vectors: F32) -> Background:
    """Return the background for a model: the shipped one for the bundled model, else one of the sentences of the index itself (n x dimensions)."""
    return bundled_background() if encoder.name == MODEL_NAME else own_background(vectors)


def own_background(vectors: F32) -> Background:
    """Make a background of an index for a model that none is shipped for: its own sentences stand for unrelated ones, whatever their language.

    Meaning and relevance are then the cosine of the vectors less their mean.
    """
    dimensions = vectors.shape[1]
    mean = vectors.mean(0) if len(vectors) else np.zeros(dimensions, dtype=np.float32)
    values, directions = np.linalg.eigh(np.cov(vectors.T, dtype=np.float32) if len(vectors) > 1 else np.eye(dimensions) / dimensions)
    split = max(0, dimensions - _OWN_RANK)
    factor = directions[:, split:] * np.sqrt(np.maximum(values[split:], 0))
    cohort = Cohort(mean, factor.astype(np.float32), float(values[:split].mean()) if split else 0.0)
    cohorts, means = {"nl": cohort, "en": cohort}, {"nl": mean, "en": mean}
    spread = np.sqrt(dimensions / max(float(values.sum()), 1e-9))
    meaning = Meaning(np.eye(dimensions, dtype=np.float32) * np.float32(spread), np.ones(dimensions, dtype=np.float32), means, means)
    centred = Projection(np.eye(dimensions, dtype=np.float32), -mean)
    return Background(cohorts, cohorts, meaning, Relevance(centred, centred))


@lru_cache(maxsize=1)
def bundled_background() -> Background:
    """Read the background of the bundled model, made by `benchmarks/fit_background.py`."""
    with resources.files("assistant").joinpath("background.npz").open("rb") as file, np.load(file, allow_pickle=False) as kept:
        made = {name: Cohort(kept[f"{name}_mean"].astype(np.float32), kept[f"{name}_factor"].astype(np.float32), float(kept[f"{name}_rest"]))
                for name in ("sentences_nl", "sentences_en", "questions_nl", "questions_en")}
        means = {role: {language: kept[f"mean_{role}_{language}"] for language in ("nl", "en")} for role in ("question", "passage")}
        meaning = Meaning(kept["axes"].astype(np.float32), kept["between"], means["question"], means["passage"])
    return Background({"nl": made["sentences_nl"], "en": made["sentences_en"]}, {"nl": made["questions_nl"], "en": made["questions_en"]}, meaning,
                      bundled_relevance(), bundled_addressees())
