import pytest

from eval.scoring import Scored
from eval.summaries import parse_requirements, summarise
from ingest.errors import UsageError

SUMMARY = summarise([Scored("a", "nl", "fact", "answered", {"f1": 0.8, "hit@1": 1.0}, time_ms=20.0),
                     Scored("b", "en", "list", "answered", {"f1": 0.4, "hit@1": 1.0}, time_ms=40.0),
                     Scored("c", "en", "follow up: 2/3", "answered", {"recall": 0.5})])


@pytest.mark.parametrize(("text", "kept"), [
    ("f1>=0.6", True), ("f1>=0.61", False), ("f1 > 0.6", False), ("f1<=0.6", True), ("f1<0.6", False), ("f1==0.6", True), ("hit@1>=1", True),
    ("f1:nl>=0.8", True), ("f1:en>=0.8", False), ("f1:list<=0.4", True), ("recall:follow up: 2/3 >= 0.5", True), ("recall: follow up: 2/3>0.5", False),
    ("time_p95_ms<=40", True), ("time_p50_ms<20", False),
    ("false_answers<=0.1", False), ("f1:de>=0", False)])
def test_a_requirement_is_kept_or_falls_short(text, kept):
    (one,) = parse_requirements([text])
    assert (one.shortfall(SUMMARY) is None) == kept


def test_what_falls_short_is_named_with_its_value_and_number():
    (one,) = parse_requirements(["f1:nl>=0.9"])
    assert one.shortfall(SUMMARY) == "f1:nl>=0.9: is 0.800 (n=1)"


def test_a_value_just_below_is_shown_as_such():
    barely = summarise([Scored("a", "nl", "fact", "answered", {"f1": 0.8999999})])
    assert "0.9000" not in parse_requirements(["f1>=0.9"])[0].shortfall(barely).split("is ")[1]


def test_every_wrong_requirement_is_named_at_once():
    with pytest.raises(UsageError) as caught:
        parse_requirements(["f1", "f2>=1", "f1>=1.2.3", "risk_area:nl>=1", "recall>=0.5"])
    message = str(caught.value)
    assert all(text in message for text in ("'f1'", "'f2>=1'", "'f1>=1.2.3'", "'risk_area:nl>=1'")) and "recall>=0.5'" not in message
