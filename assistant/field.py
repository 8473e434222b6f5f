"""Which documents are about the field that the assistant is for, human trafficking and exploitation, and what that says of their sentences.

An index may hold hundreds of laws beside the few sources on the field. "Wie is kwetsbaar?" is asked of these, though the act on gambling has the
word too. So what stands in a document that hardly names the field has to be more probable to be quoted, as long as others do name it; less so
the more words a question has, for those tell what it is about. See docs/decisions/020.
"""

import re

import numpy as np
from numpy.typing import NDArray

from assistant.bridge import Bridge
from assistant.corpus import Corpus

F32 = NDArray[np.float32]

_FIELD = ("mensenhandel", "uitbuiting")  # concepts of the term bridge, with those beneath them
_SAYS_IT = re.compile(r"handel|uitbuit|traffick|exploitation|slaver|gedwongen|forced", re.I)  # a front man or child labour may stand anywhere
_ENOUGH = 0.02  # of the sentences of a document, that name the field: it is about it; chosen by looking at 1,150 documents
_FEW, _MANY = 2, 5  # terms of a question: up to the first all is taken off, from the second on nothing


def about_field(corpus: Corpus, bridge: Bridge) -> F32:
    """Return how far the document of each sentence is about the field, 0 to 1: float32, sentences; 1 for all where no document is."""
    view = corpus.view
    if not len(view.sentence_owner):
        return np.ones(0, dtype=np.float32)
    number = {doc: place for place, doc in enumerate(dict.fromkeys(passage.doc for passage in view.passages))}
    document = np.array([number[passage.doc] for passage in view.passages])[view.sentence_owner]
    share = np.bincount(document, weights=_naming(corpus, bridge)) / np.maximum(np.bincount(document), 1)
    about = np.minimum(share / _ENOUGH, 1.0)[document]
    return np.asarray(about if about.max() >= 1 else np.ones_like(about), dtype=np.float32)


def begins_with(corpus: Corpus, terms: int, *, most: float, allowed: NDArray[np.bool_]) -> F32:
    """Return the log-odds with which each sentence begins, -`most` to 0, for a question of so many terms: float32, sentences.

    0 for all where nobody has looked, and where none that is `allowed` stands in a document on the field.
    """
    if corpus.about is None or corpus.about[allowed].max(initial=0.0) < 1:
        return np.zeros(len(corpus.view.sentence_owner), dtype=np.float32)
    return np.asarray(most * np.clip((_MANY - terms) / (_MANY - _FEW), 0, 1) * (corpus.about - 1), dtype=np.float32)


def _naming(corpus: Corpus, bridge: Bridge) -> NDArray[np.bool_]:
    """Say of each sentence whether it has all words of a label of the field in its language: bool, sentences."""
    found = np.zeros(len(corpus.view.sentence_owner), dtype=bool)
    for name in {below for one in _FIELD if one in bridge.concepts for below in (one, *bridge.beneath(one))}:
        for label in bridge.concepts[name]:
            if label.stems and _SAYS_IT.search(label.text):
                held = np.min([corpus.sentences.cover(corpus.word_weights([(stem, 1.0)])) >= 1 for stem in label.stems], axis=0)
                found |= held & (corpus.english_sentences == (label.language == "en"))
    return found
