from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.intervals import DRAWS, _portions, paired_difference, wilson


def exact_chance(values):
    """The randomisation test over every exchange, not drawn ones."""
    seen = abs(sum(values))
    sums = [abs(sum(sign * value for sign, value in zip(signs, values, strict=True))) for signs in product((1, -1), repeat=len(values))]
    return sum(one >= seen - 1e-9 for one in sums) / len(sums)


@pytest.mark.parametrize("values", [[1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, -1], [0.5, 0.2, -0.1, 0.3, 0, 0], [1, -1], [0.3]])
def test_the_chance_is_that_of_all_exchanges(values):
    assert paired_difference(values).p == pytest.approx(exact_chance(values), abs=0.02)


def test_the_interval_is_that_of_resampled_questions():
    values = np.random.default_rng(3).normal(0.1, 0.3, 60)
    drawn = np.random.default_rng(4)
    means = [drawn.choice(values, len(values)).mean() for _ in range(20_000)]
    found = paired_difference(list(values))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(means, [0.025, 0.975])), abs=0.01)
    assert found.mean == pytest.approx(values.mean())


def test_equal_runs_differ_by_nothing_for_certain():
    found = paired_difference([0.0] * 30)
    assert (found.mean, found.low, found.high, found.p, found.n) == (0, 0, 0, 1, 30)
    assert paired_difference([]) is None


def test_an_interval_holds_the_truth_about_95_times_in_100():
    chance = np.random.default_rng(5)
    held = [found.low <= 0.2 <= found.high for found in (paired_difference(list(chance.normal(0.2, 1, 80))) for _ in range(100))]
    assert 87 <= sum(held) <= 100


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=20), st.randoms())
def test_order_does_not_matter_and_turning_the_runs_round_turns_the_sign(values, random):
    found, shuffled = paired_difference(values), list(values)
    random.shuffle(shuffled)
    assert paired_difference(shuffled) == found
    turned = paired_difference([-value for value in values])
    assert turned.mean == pytest.approx(-found.mean) and turned.p == pytest.approx(found.p)
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9 or found.n < 5


@pytest.mark.parametrize("width", [1, 7, 900, 10_000, 2_000_000])
def test_the_draws_are_all_made_in_portions(width):
    assert sum(_portions(width)) == DRAWS and all(size * width <= 1_000_000 or size == 1 for size in _portions(width))


@pytest.mark.parametrize(("successes", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (1, 1, 0.2065, 1)])
def test_the_interval_is_that_of_the_literature(successes, n, low, high):
    """81 of 263: Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 1998, method 3."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(successes, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, n)
