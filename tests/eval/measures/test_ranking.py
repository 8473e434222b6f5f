import random
from math import log2

import ir_measures
import pytest

from eval.measures.ranking import RANKING_MEASURES, judged_units, measured, ranking_scores
from tests.eval.measures.cases import A, B, C, D, quoted, required


def worked_out(units, groups):
    """The measures by their formulas, without a library."""
    gains = [1 / log2(place + 2) for place, unit in enumerate(units[:10]) if unit >= 0]
    ideal = sum(1 / log2(place + 2) for place in range(min(groups, 10)))
    first = next((place + 1 for place, unit in enumerate(units[:10]) if unit >= 0), None)
    return {"nDCG@10": sum(gains) / ideal, "RR@10": 1 / first if first else 0.0,
            **{f"R@{k}": sum(unit >= 0 for unit in units[:k]) / groups for k in (10, 50)}}


def random_rankings(count):
    chance = random.Random(14)
    for _ in range(count):
        groups = chance.randint(1, 15)
        units = [number for number in range(groups) if chance.random() < 0.7] + [-1] * chance.randint(0, 70)
        chance.shuffle(units)
        yield units, groups


def test_a_thousand_random_rankings_score_as_by_the_formulas():
    for units, groups in random_rankings(1000):
        assert measured(units, groups) == pytest.approx(worked_out(units, groups))


def test_a_thousand_random_rankings_score_one_by_one_as_ir_measures_scores_them_together():
    cases = list(random_rankings(1000))
    qrels = [ir_measures.Qrel(str(q), str(g), 1) for q, (_, groups) in enumerate(cases) for g in range(groups)]
    run = [ir_measures.ScoredDoc(str(q), str(unit) if unit >= 0 else f"x{place}", -place)
           for q, (units, _) in enumerate(cases) for place, unit in enumerate(units)]
    measures = [ir_measures.parse_measure(name) for name in RANKING_MEASURES]
    together = {(metric.query_id, str(metric.measure)): metric.value for metric in ir_measures.iter_calc(measures, qrels, run)}
    for q, (units, groups) in enumerate(cases):
        for name, value in measured(units, groups).items():
            assert value == pytest.approx(together[str(q), name])


def test_the_first_find_of_a_group_stands_for_it_and_allowed_units_take_no_place():
    ranked = quoted(D, C, A, B)
    assert judged_units(ranked, required((A, B), may=(C,))) == [-1, 0]
    assert ranking_scores(ranked, required((A, B), may=(C,)))["RR@10"] == pytest.approx(1 / 2)


def test_a_unit_that_finds_two_groups_is_both():
    assert judged_units(quoted(f"{A} {B}"), required(A, B)) == [0, 1]


def test_an_empty_ranking_is_zero_and_a_question_that_requires_nothing_has_no_measure():
    assert ranking_scores([], required(A)) == dict.fromkeys(RANKING_MEASURES, 0.0)
    assert ranking_scores(quoted(A), required()) == {}
