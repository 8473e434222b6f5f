"""Sentences that twist a quotation do not pass the checks, whichever way they twist it; most faithful ones do.

`python -m benchmarks.sentence_checks FILE --list` prints them.
"""

from pathlib import Path

import pytest

from benchmarks.sentence_checks import Case, read_cases

FOLDER = Path(__file__).parent
CASES = [case for name in ("sentence_cases.txt", "sentence_cases_unseen.txt") for case in read_cases(FOLDER / name)]


@pytest.mark.parametrize("case", [one for one in CASES if one.wrong], ids=lambda one: f"{one.wrong}: {one.text[:60]}")
def test_a_sentence_that_says_something_else_is_not_shown(case: Case):
    assert case.fault() is not None


def test_most_faithful_sentences_are_shown():
    faithful = [one for one in CASES if not one.wrong]
    shown = [one for one in faithful if one.fault() is None]
    assert len(shown) >= 0.65 * len(faithful), f"{len(shown)} of {len(faithful)}"
