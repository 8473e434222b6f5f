"""nDCG, RR and recall of the retrieval, through ir_measures.

A ranking becomes a list of distinct units: the first that finds a required group stands for that group, further finds
of the same group and units that are only allowed are left out, every other unit is not relevant. So a group with three
alternatives, or a sentence that stands in two documents, is one relevant unit.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from eval.measures.quotations import Quoted, Required, finds, is_right

RANKING_MEASURES = ("nDCG@10", "RR@10", "R@10", "R@50")


def ranking_scores(ranked: Sequence[Quoted], required: Required) -> dict[str, float]:
    """Return the measures of one ranking by name. A question that requires nothing has none."""
    if not required.groups:
        return {}
    return measured(judged_units(ranked, required), len(required.groups))


def judged_units(ranked: Sequence[Quoted], required: Required) -> list[int]:
    """Return for each unit of the ranking the number of the group that it is the first to find, -1 where it finds none."""
    units: list[int] = []
    for one in ranked:
        hits = [number for number, group in enumerate(required.groups) if any(finds(one, anchor) for anchor in group)]
        units += [number for number in hits if number not in units]
        if not hits and is_right(one, required) is False:
            units.append(-1)
    return units


def measured(units: Sequence[int], groups: int) -> dict[str, float]:
    """Return the measures of a list of judged units, of `groups` relevant ones in all."""
    import ir_measures

    qrels = [ir_measures.Qrel("q", f"g{number}", 1) for number in range(groups)]
    names = [f"g{unit}" if unit >= 0 else f"x{position}" for position, unit in enumerate(units)]
    run = [ir_measures.ScoredDoc("q", name, float(len(names) - position)) for position, name in enumerate(names)]
    if not run:
        return dict.fromkeys(RANKING_MEASURES, 0.0)
    return {str(metric.measure): float(metric.value) for metric in ir_measures.iter_calc(_measures(), qrels, run)}


@lru_cache(maxsize=1)
def _measures() -> list[Any]:
    import ir_measures

    return [ir_measures.parse_measure(name) for name in RANKING_MEASURES]
