"""The guard on eighty paragraphs: what qualifies a sentence is quoted with it, and what does not is left out."""

from pathlib import Path

import pytest

from assistant.guard import whole

CASES = [line for line in Path(__file__).with_name("guard_cases.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


MISSED = "*The school offers lessons. | +Lessons are cancelled in a storm."  # takes back without a word of negation


@pytest.mark.parametrize("case", [pytest.param(case, marks=pytest.mark.xfail(case == MISSED, reason="no negation", strict=True)) for case in CASES])
def test_nothing_that_qualifies_is_left_outside(case):
    marked = case.split(" | ")
    text, spans = "", []
    for one in marked:
        text += " " * bool(text)
        spans.append((len(text), len(text) + len(one) - 1))
        text += one[1:]
    (found,) = (span for span, one in zip(spans, marked, strict=True) if one[0] == "*")
    span = whole(*found, sentences=tuple(spans), text=text)
    quoted = text[span.start:span.end]
    for one in marked:
        assert (one[1:] in quoted) == (one[0] != "-"), quoted


def test_widening_again_changes_nothing():
    said = ["De reder zou liegen.", "Dit is onzeker.", "Dit geldt niet voor zijn zoon.", "Hij zou ook liegen.", "Dat ontkent hij."]
    text, spans = " ".join(said), []
    for one in said:
        start = spans[-1][1] + 1 if spans else 0
        spans.append((start, start + len(one)))
    for start, end in spans:
        once = whole(start, end, sentences=tuple(spans), text=text)
        assert whole(once.start, once.end, sentences=tuple(spans), text=text) == once
