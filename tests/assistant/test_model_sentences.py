"""Sentences that twist a quotation do not pass the checks, whichever way they twist it; most faithful ones do.

`python -m benchmarks.sentence_checks FILE --list` prints them.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.bridge import bundled_bridge
from assistant.writing.asking.reply import Proposal
from assistant.writing.checking.checks import judge_sentence
from benchmarks.sentence_checks import Case, read_cases

FOLDER = Path(__file__).parent
CASES = [case for name in ("sentence_cases.txt", "sentence_cases_unseen.txt") for case in read_cases(FOLDER / name)]


@pytest.mark.parametrize("case", [one for one in CASES if one.wrong], ids=lambda one: f"{one.wrong}: {one.text[:60]}")
def test_a_sentence_that_says_something_else_is_not_shown(case: Case):
    assert case.fault() is not None


@given(text=st.text(max_size=80) | st.lists(st.sampled_from([word for case in CASES for word in case.text.split()]), max_size=14).map(" ".join),
       language=st.sampled_from(["nl", "en"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged_and_what_passes_rests_on_a_quotation(text, language):
    material = CASES[0].material
    verdict = judge_sentence(Proposal(text, tuple(material.quotations)), material, language, bundled_bridge())
    assert verdict.fault is not None or verdict.ids


def test_most_faithful_sentences_are_shown():
    faithful = [one for one in CASES if not one.wrong]
    shown = [one for one in faithful if one.fault() is None]
    assert len(shown) >= 0.65 * len(faithful), f"{len(shown)} of {len(faithful)}"
