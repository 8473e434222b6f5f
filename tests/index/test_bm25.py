"""BM25: exact, never negative, silent about what it does not know."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bm25 import K1, B, LexicalIndex

_WORDS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=12)


def _by_hand(texts, stem, number):
    """Lucene's BM25 as the paper writes it."""
    holding = sum(stem in text for text in texts)
    mean = max(sum(map(len, texts)) / len(texts), 1)
    times = texts[number].count(stem)
    return log(1 + (len(texts) - holding + 0.5) / (holding + 0.5)) * times / (times + K1 * (1 - B + B * len(texts[number]) / mean))


@given(_WORDS, st.sampled_from("abcdefg"))
def test_scores_are_those_of_the_formula(texts, stem):
    scores = LexicalIndex(texts).scores({stem: 2.0})
    assert scores == pytest.approx([2 * _by_hand(texts, stem, number) for number in range(len(texts))], abs=1e-4)


@given(_WORDS)
def test_a_passage_without_the_words_scores_nothing(texts):
    scores = LexicalIndex(texts).scores({"a": 1.0, "b": 1.0})
    assert [bool(score > 0) for score in scores] == ["a" in text or "b" in text for text in texts]


def test_a_rare_stem_tells_more_and_an_unknown_one_most():
    index = LexicalIndex([["a", "b"], ["a"], ["a"]])
    assert index.idf("a") < index.idf("b") < index.idf("z")


def test_an_empty_index_and_an_empty_question_score_nothing():
    assert LexicalIndex([]).scores({"a": 1.0}).shape == (0,)
    assert not LexicalIndex([["a"]]).scores({}).any()
    assert LexicalIndex([["a"]]).scores({"a": 1.0}).dtype == np.float32
