import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.quotations import by_character, by_unit, distinct, exactly, hit, is_right
from eval.questions import letters
from tests.eval.measures.cases import TEXT, A, B, C, D, quoted, required

# required, allowed, given, recall, precision, f1: worked out by hand
BY_UNIT = [
    ((A,), (), (A,), 1, 1, 1),
    ((A, B), (), (A,), 1 / 2, 1, 2 / 3),
    ((A,), (), (A, B), 1, 1 / 2, 2 / 3),
    ((A, B, C), (), (A, B, D), 2 / 3, 2 / 3, 2 / 3),
    (((A, B),), (), (B,), 1, 1, 1),
    (((A, B), C), (), (A, B), 1 / 2, 1, 2 / 3),
    ((A,), (B,), (A, B), 1, 1, 1),
    ((A,), (B,), (B,), 0, 1, 0),
    ((A,), (), (C,), 0, 0, 0),
    ((A,), (), (), 0, 0, 0),
    ((A,), (), (A, A, A), 1, 1, 1),
    ((A, B), (), (f"{A} {B}",), 1, 1, 1),
    (("Een zin die nergens staat.", A), (), (A,), 1 / 2, 1, 2 / 3),
]


@pytest.mark.parametrize(("must", "may", "given", "recall", "precision", "f1"), BY_UNIT)
def test_whole_quotations_score_as_worked_out_by_hand(must, may, given, recall, precision, f1):
    found = by_unit(quoted(*given), required(*must, may=may))
    assert (found.recall, found.precision, found.f1) == pytest.approx((recall, precision, f1))


def test_a_quotation_with_the_sentence_after_it_is_found_but_not_exact():
    found, exact = (measure(quoted(f"{A} {B}"), required(A)) for measure in (by_unit, exactly))
    assert (found.recall, found.precision) == (1, 1)
    assert (exact.recall, exact.precision) == (0, 0)
    assert exactly(quoted("Het water stijgt"), required(A)).f1 == 1, "a full stop is no difference"


def test_half_a_quotation_is_not_found_and_more_than_half_is():
    assert by_unit(quoted("Het water"), required(A)).recall == 1  # 9 of 16 characters
    assert by_unit(quoted("stijgt"), required(A)).recall == 0  # 6 of 16


# "Het water stijgt" has 16 characters, "De dijk is vier meter hoog" 26, both with the full stop and space between: 44
BY_CHARACTER = [
    ((A,), (), (A,), 1, 1),
    ((A, B), (), (A,), 16 / 42, 1),
    ((A,), (), (A, B), 1, 16 / 42),
    ((A,), (), (f"{A} {B}",), 1, 16 / 44),
    ((A,), (), ("Het water",), 9 / 16, 1),
    ((A,), (B,), (A, B), 1, 1),
    (((A, B),), (), (A,), 1, 1),
    ((A,), (), (C,), 0, 0),
    ((A,), (), (), 0, 0),
    ((A,), (), (A, A), 1, 1),
]


@pytest.mark.parametrize(("must", "may", "given", "recall", "precision"), BY_CHARACTER)
def test_characters_score_as_worked_out_by_hand(must, may, given, recall, precision):
    found = by_character(quoted(*given), required(*must, may=may))
    assert (found.recall, found.precision) == pytest.approx((recall, precision))


def test_a_required_quotation_that_is_nowhere_still_weighs_by_its_length():
    found = by_character(quoted(A), required(A, "zestien letters hier x"))
    assert found.recall == pytest.approx(16 / (16 + len(letters("zestien letters hier x"))))


def test_hits_go_by_score_and_allowed_quotations_take_no_place():
    assert hit(quoted(B, A), required(A), among=1) == 0
    assert hit(quoted(B, A), required(A), among=3) == 1
    assert hit(quoted(B, A), required(A, may=(B,)), among=1) == 1
    assert hit(quoted(), required(A), among=3) == 0


SENTENCES = st.lists(st.sampled_from([A, B, C, D]), max_size=5)
GROUPS = st.lists(st.sampled_from([A, B, C, D, (A, B), (C, D), "Staat nergens in."]), min_size=1, max_size=4)


@given(SENTENCES, GROUPS, SENTENCES, st.randoms())
def test_order_and_repetition_do_not_matter_and_scores_stay_between_0_and_1(given, must, may, random):
    needed = required(*must, may=tuple(may))
    shuffled = given + given
    random.shuffle(shuffled)
    for measure in (by_unit, exactly, by_character):
        one, two = measure(quoted(*given), needed), measure(quoted(*shuffled), needed)
        assert (one.recall, one.precision) == pytest.approx((two.recall, two.precision))
        assert 0 <= one.recall <= 1 and 0 <= one.precision <= 1 and 0 <= one.f1 <= 1


@given(SENTENCES, GROUPS, st.sampled_from([A, B, C, D]))
def test_one_more_quotation_never_lowers_recall(given, must, more):
    needed = required(*must)
    for measure in (by_unit, by_character):
        assert measure(quoted(*given, more), needed).recall >= measure(quoted(*given), needed).recall - 1e-12


@given(GROUPS)
def test_quoting_everything_finds_everything_that_there_is_at_a_price(must):
    needed = required(*must)
    found = by_unit(quoted(TEXT), needed)
    there = [any(anchor.places for anchor in group) for group in needed.groups]
    assert found.recall == pytest.approx(sum(there) / len(there))
    assert by_character(quoted(TEXT), needed).precision < 1


@given(SENTENCES)
def test_an_answer_of_exactly_what_is_required_is_perfect(sentences):
    needed = required(*dict.fromkeys(sentences))
    if sentences:
        assert all(measure(quoted(*sentences), needed).f1 == pytest.approx(1) for measure in (by_unit, exactly, by_character))


def test_a_repeated_quotation_is_one_quotation_and_an_allowed_one_is_neither_right_nor_wrong():
    assert len(distinct(quoted(A, B, A))) == 2
    assert [is_right(one, required(A, may=(B,))) for one in quoted(A, B, C)] == [True, None, False]
