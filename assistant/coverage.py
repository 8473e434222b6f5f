"""How far each sentence covers each term of a question: by its own words, by its passage, by its headings.

A term is covered by a word that shares its stem, by a compound that holds it, by a word that the term bridge equates
with it, or by a word near it in the space of single words. The last is what lets a Dutch sentence answer an English
question, and "minderjarigen" answer "kinderen", where no word list has the pair. A name, number or code is covered by
itself and its bridge only: the nearest neighbour of "Syrian" is another people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.corpus import Corpus
from assistant.understanding import Term, Understood
from index.encoder import Encoder

F32 = NDArray[np.float32]

# The cosines at which a neighbour begins to count and counts most. Read off 300 pairs of question word and nearest
# word: below .45 half of the neighbours are wrong, above .80 nearly none.
NEAR, SAME = 0.45, 0.80
MOST_FOR_NEIGHBOUR = 0.8


@dataclass(frozen=True, slots=True)
class Coverage:
    """Each array is float32, terms x sentences, 0 to 1; `weights` is each term's share of the question (sums to 1)."""

    terms: tuple[Term, ...]
    weights: F32
    own: F32
    passage: F32
    heading: F32

    def mean(self, *, passage: float, heading: float) -> F32:
        """Return the weighted coverage of each sentence, with what its passage and headings lend it: float32."""
        if not self.terms:
            return np.zeros(self.own.shape[1], dtype=np.float32)
        lent = np.maximum(passage * self.passage, heading * self.heading)
        return np.asarray(self.weights @ np.maximum(self.own, lent), dtype=np.float32)


def cover(understood: Understood, corpus: Corpus, encoder: Encoder) -> Coverage:
    """Score every sentence of a corpus for every term of a question."""
    terms = understood.terms
    near = corpus.space.similarity([term.text for term in terms], language=understood.language, encoder=encoder)
    rows = len(corpus.view.sentence_owner)
    own, heading = np.zeros((len(terms), rows), np.float32), np.zeros((len(terms), rows), np.float32)
    for position, term in enumerate(terms):
        weights = _word_weights(term, corpus, near[position])
        own[position] = corpus.sentences.cover(weights)
        heading[position] = corpus.headings.cover(weights)[corpus.heading_of] if rows else 0
    passage = np.stack([corpus.over_passage(row) for row in own]) if len(terms) else own
    return Coverage(terms, _shares(terms, passage, len(corpus.view.passages)), own, passage, heading)


def _word_weights(term: Term, corpus: Corpus, similarity: F32) -> F32:
    """Return how well each word of the corpus stands for a term: float32, words."""
    wanted = [(stem, 1.0 if rank == 0 else 0.6) for rank, stem in enumerate(term.stems)]
    for other in term.alternatives:
        wanted += [(stem, other.weight if rank == 0 else 0.6 * other.weight) for rank, stem in enumerate(other.stems)]
    exact = corpus.word_weights(wanted)
    if term.is_name or term.is_number:
        return exact
    near = np.clip((similarity - NEAR) / (SAME - NEAR), 0, 1) * MOST_FOR_NEIGHBOUR
    return np.asarray(np.maximum(exact, near), dtype=np.float32)


def _shares(terms: tuple[Term, ...], passage: F32, passages: int) -> F32:
    """Weigh the terms by how few sentences hold them: the rarer, the more telling. Sums to 1."""
    if not terms:
        return np.zeros(0, dtype=np.float32)
    rows = max(passage.shape[1], 1)
    holding = (passage >= 0.5).sum(axis=1)
    rarity = np.log(1 + (rows - holding + 0.5) / (holding + 0.5))
    return np.asarray(rarity / rarity.sum(), dtype=np.float32)
