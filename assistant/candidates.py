"""The sentences that may be evidence, each with the features on which the decision rests."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer_types import asked_for, holds
from assistant.corpus import Corpus
from assistant.coverage import Coverage, cover
from assistant.settings import FusionSettings
from assistant.understanding import Understood
from index.encoder import Encoder

F32 = NDArray[np.float32]
MOST_CANDIDATES = 60  # for one question; a list is completed from all sentences, see `evidence.py`

FEATURES = ("dense", "dense_passage", "below_best", "own", "lent", "telling", "telling_own", "uncovered", "names",
            "type_held", "type_missing", "reason_missing", "short", "signal", "list", "yesno", "english",
            "dense_x_own", "below_best_list", "score")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every sentence that the user may see, scored: float32 arrays of one length; `order` is best first."""

    score: F32
    dense: F32
    dense_passage: F32
    coverage: Coverage
    order: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence (row of the corpus) with its features in the order of FEATURES, and how far it covers each term (0 to 1)."""

    row: int
    features: tuple[float, ...]
    covered: tuple[float, ...]


def rank(understood: Understood, corpus: Corpus, encoder: Encoder, *, allowed: NDArray[np.bool_],
         fusion: FusionSettings) -> Ranking:
    """Score all sentences: the sum of standardised dense scores (sentence and passage) and term coverage.

    `allowed` says which sentences the filters leave; the others sink to the end. The weights were compared on the
    two development sets, where they hardly mattered.
    """
    coverage = cover(understood, corpus, encoder)
    question = encoder.queries([understood.text])[0]
    centred = _unit(corpus.view.sentence_vectors - corpus.centre)
    dense = centred @ _unit((question - corpus.centre)[None])[0]
    passage = (corpus.view.vectors @ question)[corpus.view.sentence_owner]
    covered = coverage.mean(passage=0.5, heading=0.5)
    score = fusion.dense * (_standard(dense) + 0.5 * _standard(passage)) + fusion.lexical * _standard(covered)
    order = np.lexsort((np.arange(len(score)), -np.round(score, 5), ~allowed))
    return Ranking(score, dense, passage, coverage, order)


def candidates(ranking: Ranking, understood: Understood, corpus: Corpus) -> tuple[Candidate, ...]:
    """Work out the features of the best sentences, best first."""
    rows = [int(row) for row in ranking.order[:MOST_CANDIDATES] if corpus.view.quotable(int(row))]
    return tuple(Candidate(row, _features(row, ranking, understood, corpus), tuple(float(share) for share in ranking.coverage.own[:, row]))
                 for row in rows)


def _features(row: int, ranking: Ranking, understood: Understood, corpus: Corpus) -> tuple[float, ...]:
    coverage, text = ranking.coverage, corpus.view.sentence_text(row)
    wanted = asked_for(understood.text)
    own = float(coverage.weights @ coverage.own[:, row]) if coverage.terms else 0.0
    lent_by = np.maximum(coverage.own[:, row], 0.7 * np.maximum(coverage.passage[:, row], coverage.heading[:, row]))
    lent = float(coverage.weights @ lent_by) if coverage.terms else 0.0
    telling = int(np.argmax(coverage.weights)) if coverage.terms else -1
    below = float(ranking.score[row] - ranking.score[ranking.order[0]])
    is_list = float(understood.kind == "list")
    dense = float(ranking.dense[row])
    return (
        dense, float(ranking.dense_passage[row]), below, own, lent,
        float(lent_by[telling]) if telling >= 0 else 0.0,
        float(coverage.own[telling, row]) if telling >= 0 else 0.0,
        float(coverage.weights @ (lent_by < 0.3)) if coverage.terms else 1.0,
        _names_covered(coverage, lent_by),
        float(wanted is not None and holds(text, wanted)), float(wanted is not None and not holds(text, wanted)),
        float(wanted == "reason" and not holds(text, wanted)),
        float(np.log1p(len(re.findall(r"\w+", text)))),
        float(corpus.view.passages[int(corpus.view.sentence_owner[row])].kind == "signal"),
        is_list, float(understood.kind == "yesno"), float(understood.language == "en"),
        dense * own, below * is_list, float(ranking.score[row]))


def _names_covered(coverage: Coverage, lent_by: F32) -> float:
    """Return the share of the question's names and numbers that a sentence covers; 1 where it has none."""
    strict = [position for position, term in enumerate(coverage.terms) if term.is_name or term.is_number]
    return float(np.mean([lent_by[position] >= 0.5 for position in strict])) if strict else 1.0


def _standard(values: F32) -> F32:
    return np.asarray((values - values.mean()) / (values.std() + 1e-6), dtype=np.float32)


def _unit(vectors: F32) -> F32:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)
