"""Risk-coverage, calibration and agreement, against values worked out by hand."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.agreement import cohens_kappa
from eval.measures.calibration import expected_calibration_error, reliability
from eval.measures.risk_coverage import area, risk_coverage


def test_risk_at_each_coverage_is_as_worked_out_by_hand():
    curve = risk_coverage([(0.9, True), (0.8, False), (0.7, True), (0.1, False)])
    assert [point.coverage for point in curve] == [0.25, 0.5, 0.75, 1.0]
    assert [point.risk for point in curve] == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert area(curve) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidence_shares_its_errors_whatever_the_order():
    for order in permutations([(0.5, True), (0.5, False), (0.9, True)]):
        assert [point.risk for point in risk_coverage(order)] == pytest.approx([0, 0.25, 1 / 3])
    assert area(risk_coverage([])) is None


PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


@given(PAIRS)
def test_the_whole_coverage_has_the_risk_of_all_and_the_area_lies_between_0_and_1(pairs):
    curve = risk_coverage(pairs)
    assert curve[-1].coverage == 1 and curve[-1].risk == pytest.approx(sum(not right for _, right in pairs) / len(pairs))
    assert 0 <= (area(curve) or 0) <= 1


def test_calibration_error_is_as_worked_out_by_hand():
    bins = reliability([(0.95, True), (0.85, True), (0.9, False), (0.2, False)])
    # (0.1, 0.2]: score .2, none right; (0.8, 0.9]: .85 and .9, half right; (0.9, 1]: .95, all right
    assert [(one.n, one.score, one.right) for one in bins] == [(1, 0.2, 0.0), (2, 0.875, 0.5), (1, 0.95, 1.0)]
    assert expected_calibration_error(bins) == pytest.approx((0.2 + 2 * 0.375 + 0.05) / 4)
    assert expected_calibration_error([]) is None


@given(PAIRS)
def test_every_score_falls_into_one_bin_that_holds_it(pairs):
    bins = reliability(pairs)
    assert sum(one.n for one in bins) == len(pairs)
    assert all(one.low - 1e-9 <= one.score <= one.high + 1e-9 for one in bins)
    assert 0 <= (expected_calibration_error(bins) or 0) <= 1


def test_a_score_that_is_no_probability_is_refused():
    with pytest.raises(ValueError, match=r"1\.5"):
        reliability([(1.5, True)])


def test_kappa_is_as_in_the_textbook_example():
    # 20 both yes, 15 both no, 5 yes/no, 10 no/yes: observed .7, by chance .5
    pairs = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 5 + [("no", "yes")] * 10
    assert cohens_kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(("pairs", "kappa"), [([("a", "a"), ("b", "b")], 1), ([("a", "b"), ("b", "a")], -1), ([("a", "a")], 1),
                                              ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0)])
def test_kappa_of_full_no_and_chance_agreement(pairs, kappa):
    assert cohens_kappa(pairs) == pytest.approx(kappa)
    assert cohens_kappa([]) is None
