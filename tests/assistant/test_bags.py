"""The highest weight among the words of each text, found from the words' side, equals the one found text by text."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.bags import Bags

_WEIGHTS = st.lists(st.sampled_from([0.0, 0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=12)


@given(st.data(), _WEIGHTS)
def test_each_text_gets_the_highest_weight_of_its_words(data, weights):
    lists = data.draw(st.lists(st.lists(st.integers(0, len(weights) - 1), max_size=6), max_size=8))
    covered = Bags.of(lists, words=len(weights)).cover(np.array(weights, dtype=np.float32))
    assert covered.tolist() == [max((weights[word] for word in one), default=0.0) for one in lists]
