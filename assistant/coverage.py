"""How far each sentence covers each term of a question: by its own words, by its passage, by its headings.

A term is covered by a word that shares its stem, by a compound that holds it, by a word that the term bridge equates
with it, or by a word near it in the space of single words. The last is what lets a Dutch sentence answer an English
question, and "minderjarigen" answer "kinderen", where no word list has the pair. A name, number or code is covered by
itself and its bridge only: the nearest neighbour of "Syrian" is another people.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.bags import Bags
from assistant.corpus import Corpus
from assistant.understanding import Term, Understood
from index.encoder import Encoder
from index.words import CAPITAL_NAMES

F32 = NDArray[np.float32]

# The cosines at which a neighbour begins to count and counts most. Chosen by eye from the nearest words of
# some 150 question words, not measured.
NEAR, SAME = 0.45, 0.80
MOST_FOR_NEIGHBOUR = 0.8
PRIOR = 1_000            # imagined sentences; an order of magnitude, not measured
SAID = 0.8            # from here on a sentence says a term, if in other words; with .6 glosses cost one false answer more, see decision 015
KNOWN_NEIGHBOUR = 0.6   # less where the bridge already says what the term may be called
_OF_A_NAME = 5.0        # Zipf, for "OM", which word lists count as "om"; about that of "politie", not measured
PART, HEAD = 0.5, 0.3   # what "huur" and "toeslag" are worth for "huurtoeslag": a head alone may be another kind of it


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
        if not passage and not heading:
            return np.asarray(self.weights @ self.own, dtype=np.float32)
        lent = np.maximum(passage * self.passage, heading * self.heading)
        return np.asarray(self.weights @ np.maximum(self.own, lent, out=lent), dtype=np.float32)


def cover(understood: Understood, corpus: Corpus, vectors: F32) -> Coverage:
    """Score every sentence of a corpus for every term of a question, whose `vectors` are terms x dimensions."""
    terms = understood.terms
    near = corpus.space.similarity(vectors, language=understood.language)
    rows = len(corpus.view.sentence_owner)
    own, heading = np.zeros((len(terms), rows), np.float32), np.zeros((len(terms), rows), np.float32)
    for position, term in enumerate(terms):
        own[position] = _covered(term, near[position], understood.language, corpus, corpus.sentences)
        heading[position] = _covered(term, near[position], understood.language, corpus, corpus.headings)[corpus.heading_of] if rows else 0
    passage = np.stack([corpus.over_passage(row) for row in own]) if len(terms) else own
    return Coverage(terms, _shares(terms, own, understood.language), own, passage, heading)


def naming(thing: tuple[Term, ...], understood: Understood, corpus: Corpus, encoder: Encoder) -> NDArray[np.bool_]:
    """Return which sentences surely name all terms of a thing, or stand under its name: bool, sentences."""
    found = cover(replace(understood, terms=thing), corpus, encoder.queries([term.text for term in thing]))
    above = found.heading * np.array([[term.is_name] for term in thing])
    return np.asarray(np.maximum(found.own, above).min(axis=0, initial=1.0) >= SAID, dtype=bool)


def _covered(term: Term, similarity: F32, language: str, corpus: Corpus, bags: Bags) -> F32:
    """Return how far each text covers a term: its best single word, or all words of one of the term's labels."""
    labels = [(term.stems, 1.0), *((other.stems, other.weight) for other in term.alternatives)]
    parts = [(part, HEAD if part == term.parts[-1] and not part.startswith("@") else PART) for part in term.parts]
    single = [(stem[0], weight) for stem, weight in labels if len(stem) == 1] + parts
    weights = corpus.word_weights(single)
    if not (term.is_name or term.is_number or term.text in CAPITAL_NAMES):  # "om" is near "OM"
        known = any(other.weight == 1 or language == "en" for other in term.alternatives)  # a concept or an abbreviation has it
        trust = KNOWN_NEIGHBOUR if known else MOST_FOR_NEIGHBOUR
        weights = np.maximum(weights, np.clip((similarity - NEAR) / (SAME - NEAR), 0, 1) * trust)
    best = bags.cover(np.asarray(weights, dtype=np.float32))
    for stems, weight in labels:
        if len(stems) > 1:
            together = np.min([bags.cover(corpus.word_weights([(stem, 1.0)])) for stem in stems], axis=0)
            best = np.maximum(best, weight * together)
    return np.asarray(best, dtype=np.float32)


def _shares(terms: tuple[Term, ...], own: F32, language: str) -> F32:
    """Weigh the terms by how few sentences hold them: the rarer, the more telling. Sums to 1.

    The sentences of the index are counted together with PRIOR imagined ones in which each word is as frequent as in the
    language, so that in an index of 24 signals "kinderen" is not as telling as a name because neither occurs.
    """
    if not terms:
        return np.zeros(0, dtype=np.float32)
    holding = (own >= 0.5).sum(axis=1) + PRIOR * np.array([_expected(term, language) for term in terms])
    rarity = np.log(1 + (own.shape[1] + PRIOR) / (holding + 0.5))
    return np.asarray(rarity / rarity.sum(), dtype=np.float32)


def _expected(term: Term, language: str) -> float:
    """Return the share of the sentences of a language (of 20 words) that hold the rarest word of a term."""
    from wordfreq import zipf_frequency

    zipf = min(_OF_A_NAME if word in CAPITAL_NAMES else zipf_frequency(word, language) for word in term.text.split() or [""])
    frequency = 10 ** (zipf - 9)
    return float(1 - (1 - frequency) ** 20)
