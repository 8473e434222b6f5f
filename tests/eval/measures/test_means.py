"""Means, percentiles and the language gap, against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.means import Asked, Mean, language_gap, percentile


def test_the_language_gap_counts_pairs_and_only_whole_ones():
    values = [Asked("a", "nl", 1.0), Asked("a", "en", 0.5), Asked("b", "nl", 0.4), Asked("b", "nl", 0.6), Asked("b", "en", 1.0),
              Asked("c", "nl", 0.0), Asked("", "nl", 0.0), Asked("", "en", 1.0)]
    gap = language_gap(values)
    assert gap.n == 2 and gap.value == pytest.approx((-0.5 + 0.5) / 2)
    assert language_gap([]) == Mean(None, 0)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 2), (0.95, 4), (0.25, 1), (0, 1), (1, 4), (0.51, 3)])
def test_percentiles_are_values_that_were_measured(share, expected):
    assert percentile([4, 1, 3, 2], share) == expected


def test_no_time_has_no_percentile_and_a_wrong_share_is_refused():
    assert percentile([], 0.5) is None
    with pytest.raises(ValueError, match="95"):
        percentile([1], 95)


@given(st.lists(st.floats(0, 1), min_size=1), st.randoms())
def test_a_mean_does_not_depend_on_the_order_of_questions(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    assert Mean.of(values) == Mean.of(shuffled)
    assert Mean.of(values).n == len(values)
