"""The calibrated decisions: how probable it is that a sentence is evidence, and that the sources answer the question at all.

Logistic regressions, fitted by `benchmarks/fit_evidence.py`; their coefficients stand in `evidence_model.json`. The first
orders the sentences by the features of `candidates.py`. Where there is a reader (a cross-encoder, see `index/reader.py`) the
best of them are read, and a second regression orders those by their features, what the reader says of each, and the first
order. Another one looks at the question as a whole: how far the best sentence stands above the others, and what it and its
two followers hold. See docs/decisions/005 and 007.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import FEATURES
from assistant.settings import AssistantSettings

F64 = NDArray[np.float64]
READ_FEATURES = (*FEATURES, "read", "below_best_read", "first")  # of a sentence that was read

_SIGNAL, _LIST, _ENGLISH = (FEATURES.index(name) for name in ("signal", "list", "english"))
_SENTENCE = 1.5  # what reading a sentence costs, in signals
# What is read, chosen on the question sets of docs/decisions/016: how probable beside the best, at least how many, how many more in English.
_TEXT_SHARE, _SIGNAL_SHARE, _LEAST_READ, _ENGLISH_MORE = 0.4, 0.05, 2, 1.5
_NONE = -5.0  # log-odds of a sentence that is not there


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression on standardised features: float64 vectors of one length."""

    weights: F64
    means: F64
    scales: F64
    bias: float

    def log_odds(self, features: F64) -> F64:
        """Return the log-odds of rows of features, rows x features, or of one row."""
        return np.asarray(((features - self.means) / self.scales) @ self.weights + self.bias, dtype=np.float64)

    @classmethod
    def of(cls, kept: dict[str, list[float] | float]) -> "Logistic":
        """Read the coefficients from their JSON form."""
        weights, means, scales = (np.asarray(kept[name], dtype=np.float64) for name in ("weights", "means", "scales"))
        return cls(weights, means, scales, float(np.asarray(kept["bias"])))


@dataclass(frozen=True, slots=True)
class Decision:
    """The probabilities (0 to 1) that the sources answer, and that each candidate is evidence, in the order given."""

    answers: float
    evidence: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Two regressions: on sentences, and on the question as a whole by `question_features`."""

    sentences: Logistic
    questions: Logistic

    def decide(self, features: F64, prior: F64) -> Decision:
        """Judge the sentences of one question, sentences x features, with the log-odds that each begins with."""
        if not len(features):
            return Decision(0.0, ())
        log_odds = self.sentences.log_odds(features) + prior
        answers = self.questions.log_odds(question_features(log_odds, features))
        return Decision(float(probability(answers)), tuple(float(one) for one in probability(log_odds)))


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """The judge by the features of `candidates.py` alone, and the one that knows also what a reader said."""

    plain: Judge
    read: Judge

    def decide(self, features: Sequence[Sequence[float]], prior: Sequence[float] = ()) -> Decision:
        """Judge the candidates of one question by their features, candidates x FEATURES, and the log-odds that each begins with, `prior`."""
        return self.plain.decide(np.asarray(features, dtype=np.float64), _begun(prior, features))

    def worth_reading(self, features: Sequence[Sequence[float]], most: int, *, prior: Sequence[float] = (), known: Collection[int] = ()) -> list[int]:
        """Return the places of the candidates to read next: of the `most_probable` those that are probable enough beside the best of all.

        At least two, and of a list all, also when it goes on (`known` holds the places of those that were read). An English question gets half as
        many more, for it has fewer words to be found by. See docs/decisions/016.
        """
        if not features:
            return []
        batch = self.most_probable(features, round(_ENGLISH_MORE * most) if features[0][_ENGLISH] else most, prior=prior, known=known)
        if known or features[0][_LIST]:
            return batch
        first = probability(self._first(features, prior))
        enough = (place for place in batch[_LEAST_READ:] if first[place] >= first.max() * (_SIGNAL_SHARE if features[place][_SIGNAL] else _TEXT_SHARE))
        return [*batch[:_LEAST_READ], *enough]

    def most_probable(self, features: Sequence[Sequence[float]], most: int, *, prior: Sequence[float] = (), known: Collection[int] = ()) -> list[int]:
        """Return the places of the candidates that are most probably evidence, best first: `most` signals, or two thirds as many sentences.

        A sentence of running text counts for one and a half, for it is longer and read with what stands before it; see docs/decisions/012.
        """
        order = [int(place) for place in np.argsort(-self._first(features, prior), kind="stable") if int(place) not in known] if features else []
        cost = np.cumsum([1 if features[place][_SIGNAL] else _SENTENCE for place in order])
        return order[:int(np.searchsorted(cost, most, side="right"))]

    def decide_read(self, features: Sequence[Sequence[float]], read: Mapping[int, float], prior: Sequence[float] = ()) -> Decision:
        """Judge the candidates of which some, by their place, were read, with the reader's scores.

        A candidate that was not read is at most as probable as the least probable that was.
        """
        if not read:
            return self.decide(features, prior)
        rows, first, begun = np.asarray(features, dtype=np.float64), self._first(features, prior), _begun(prior, features)
        places = list(read)
        judged = self.read.decide(read_features(rows[places], np.array([read[place] for place in places]), (first - begun)[places]), begun[places])
        found = np.minimum(probability(first), min(judged.evidence))
        found[places] = judged.evidence
        return Decision(judged.answers, tuple(float(one) for one in found))

    def _first(self, features: Sequence[Sequence[float]], prior: Sequence[float]) -> F64:
        return self.plain.sentences.log_odds(np.asarray(features, dtype=np.float64)) + _begun(prior, features)


def _begun(prior: Sequence[float], features: Sequence[Sequence[float]]) -> F64:
    return np.asarray(prior if len(prior) else np.zeros(len(features)), dtype=np.float64)


def read_features(features: F64, scores: F64, first: F64) -> F64:
    """Return the features of sentences that were read, in the order of READ_FEATURES; `first` is the log-odds before reading.

    The best that another is below is of its own kind: signals and running text have readers, and scales, of their own.
    """
    signals = features[:, _SIGNAL] > 0
    best = np.array([scores[signals == one].max() for one in signals])
    return np.column_stack([features, scores, scores - best, first])


def question_features(log_odds: F64, features: F64) -> F64:
    """Return the features of a question from those of its sentences, sentences x features, and their log-odds.

    First how high the best stands, how far above the second and above the others, and how many are near it; then the features of the
    best, then those of the best three, weighed by their odds: 4 + 2 x features.
    """
    order = np.argsort(-log_odds, kind="stable")
    best, second = log_odds[order[0]], log_odds[order[1]] if len(order) > 1 else _NONE
    others = log_odds[order[3:15]].mean() if len(order) > 3 else _NONE
    weights = np.exp(log_odds[order[:3]] - best)
    three = features[order[:3]].T @ weights / weights.sum()
    return np.concatenate([[best, best - second, best - others, np.log1p((log_odds > best - 1).sum())], features[order[0]], three])


def quoted(probabilities: Sequence[float], signals: Sequence[bool], kind: str, settings: AssistantSettings, words: Sequence[str] = ()) -> list[int]:
    """Return which candidates are quoted, as places in sequences that are sorted by probability, the best first.

    `signals` says of each whether it is a signal, else it is a sentence of running text. A list takes all that is probable
    enough; another question takes at most `most_sentences` of running text, for neighbours repeat each other's words. One with the same `words`
    as one before it is another place of that and does not count.
    """
    if not probabilities:
        return []
    best, sentences, kept = probabilities[0], 0, [0]
    share = settings.beside_signal_share if signals[0] else settings.sentence_share
    single = settings.single_share * best if kind in ("yesno", "number", "definition") else 0.0
    for place, (one, signal) in enumerate(zip(probabilities, signals, strict=True)):
        line = settings.signal_line if signal else max(settings.evidence_line, share * best)
        again = bool(words) and words[place] in [words[other] for other in kept if other != place]
        sentences += not signal and not again
        fits = signal or kind == "list" or again or sentences <= settings.most_sentences
        if place and fits and one >= max(min(line, best), single):
            kept.append(place)
    return kept


def probability(log_odds: F64) -> F64:
    """Return the probabilities (0 to 1) of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -40.0, 40.0))), dtype=np.float64)


def halfway(one: float, other: float) -> float:
    """Return the probability whose log-odds lie halfway between those of two."""
    odds = np.clip([one, other], 1e-9, 1 - 1e-9)
    return float(probability(np.mean(np.log(odds / (1 - odds)))))


def load_model() -> DecisionModel:
    """Read the model that is shipped with the package; raises ValueError when its features are not today's."""
    kept = json.loads(resources.files("assistant").joinpath("evidence_model.json").read_text(encoding="utf-8"))
    if tuple(kept["features"]) != FEATURES:
        raise ValueError("evidence_model.json was fitted on other features: run python -m benchmarks.fit_evidence")
    plain, read = (Judge(Logistic.of(kept[name]["sentences"]), Logistic.of(kept[name]["questions"])) for name in ("plain", "read"))
    return DecisionModel(plain, read)
