"""Which documents are about the field that the assistant is for, human trafficking and exploitation, and what that says of their sentences.

An index may hold hundreds of laws beside the few sources on the field. "Wie is kwetsbaar?" is asked of these, though the act on gambling has the
word too. So what stands in a document that never names the field has to be more probable to be quoted, as long as others do name it; less so
the more words a question has, for those tell what it is about. See docs/decisions/020.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from assistant.bridge import Bridge
from assistant.corpus import Corpus

F32 = NDArray[np.float32]

_FIELD = ("mensenhandel", "uitbuiting")  # concepts of the term bridge, with those beneath them
_ENOUGH = 0.02  # of the sentences of a document, that name the field: it is about it; chosen by looking at 1,150 documents
_FEW, _MANY = 2, 5  # terms of a question: up to the first all is taken off, from the second on nothing


def about_field(corpus: Corpus, bridge: Bridge) -> F32:
    """Return how far the document of each sentence is about the field, 0 to 1: float32, sentences; 1 for all where no document is."""
    view = corpus.view
    if not len(view.sentence_owner):
        return np.ones(0, dtype=np.float32)
    number = {doc: place for place, doc in enumerate(dict.fromkeys(passage.doc for passage in view.passages))}
    document = np.array([number[passage.doc] for passage in view.passages])[view.sentence_owner]
    share = np.bincount(document, weights=_naming(corpus, _labels(bridge))) / np.maximum(np.bincount(document), 1)
    about = np.minimum(share / _ENOUGH, 1.0)[document]
    return np.asarray(about if about.max() >= 1 else np.ones_like(about), dtype=np.float32)


def begins_with(corpus: Corpus, terms: int, *, most: float) -> F32:
    """Return the log-odds with which each sentence begins, -`most` to 0, for a question of so many terms: float32, sentences; 0 where nobody has looked."""
    if corpus.about is None:
        return np.zeros(len(corpus.view.sentence_owner), dtype=np.float32)
    return np.asarray(most * np.clip((_MANY - terms) / (_MANY - _FEW), 0, 1) * (corpus.about - 1), dtype=np.float32)


def _labels(bridge: Bridge) -> set[tuple[str, ...]]:
    """Return the stems of each label of the field."""
    concepts = {one for name in _FIELD if name in bridge.concepts for one in (name, *bridge.beneath(name))}
    return {label.stems for concept in concepts for label in bridge.concepts[concept] if label.stems}


def _naming(corpus: Corpus, labels: Iterable[tuple[str, ...]]) -> NDArray[np.bool_]:
    """Say of each sentence whether it has all words of one of the labels: bool, sentences."""
    found = np.zeros(len(corpus.view.sentence_owner), dtype=bool)
    for stems in labels:
        found |= np.min([corpus.sentences.cover(corpus.word_weights([(stem, 1.0)])) >= 1 for stem in stems], axis=0)
    return found
