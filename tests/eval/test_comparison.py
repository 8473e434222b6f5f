import json

import pytest

from eval.comparison import _change, compare
from eval.run_files import read_run
from eval.runs import partial_of, run_set
from eval.scoring import Scored
from ingest.errors import UsageError
from tests.eval.fakes import FakeSubject, bench, question, question_set
from tests.eval.measures.cases import A, B
from ui.command import run

SET = question_set(*(question(f"q{n}", A) for n in range(12)), question("none"))
GOOD = {f"q{n}": (A,) for n in range(12)}


def saved(path, quotes, questions=SET, **changes):
    return read_run(run_set(questions, bench(FakeSubject(quotes), questions, **changes), path).path)


def test_a_run_compared_with_itself_has_no_difference(tmp_path):
    one = saved(tmp_path / "1.jsonl", GOOD)
    found = compare(one, one)
    assert found.changes == () and found.unchanged == 13 and found.differs == {}
    assert all((one.difference.mean, one.difference.low, one.difference.high, one.difference.p) == (0, 0, 0, 1) and one.better is None
               for one in found.measures)


def test_one_question_broken_is_exactly_that_question_in_the_right_direction(tmp_path):
    one = saved(tmp_path / "1.jsonl", GOOD)
    for broken in ((), (B,), (A, B)):
        other = saved(tmp_path / "2.jsonl", {**GOOD, "q7": broken})
        assert [(change.id, change.better) for change in compare(one, other).changes] == [("q7", False)]
        assert [(change.id, change.better) for change in compare(other, one).changes] == [("q7", True)]


def test_a_false_answer_is_worse_and_a_measure_that_is_better_low_is_read_so(tmp_path):
    one, other = saved(tmp_path / "1.jsonl", GOOD), saved(tmp_path / "2.jsonl", {**GOOD, "none": (A,)})
    found = compare(one, other)
    assert [(change.id, change.better) for change in found.changes] == [("none", False)]
    assert found.changes[0].status == ("not_found", "answered")
    (false_answers,) = [measure for measure in found.measures if measure.name == "false_answers"]
    assert false_answers.difference.mean == 1 and false_answers.better is None, "of one question nothing can be said"


def test_a_difference_on_every_question_is_real(tmp_path):
    found = compare(saved(tmp_path / "1.jsonl", {}), saved(tmp_path / "2.jsonl", GOOD))
    by_name = {measure.name: measure for measure in found.measures}
    assert by_name["f1"].better is True and by_name["f1"].difference.p < 0.01
    assert by_name["false_refusals"].better is True
    assert by_name["nDCG@10"].better is None


@pytest.mark.parametrize(("broken", "better"), [(1, None), (5, None), (6, False), (12, False)])
def test_what_chance_explains_is_called_neither_better_nor_worse(tmp_path, broken, better):
    questions = question_set(*SET.questions[:broken])
    found = compare(saved(tmp_path / "1.jsonl", GOOD, questions), saved(tmp_path / "2.jsonl", {}, questions))
    (recall,) = [one for one in found.measures if one.name == "recall"]
    assert recall.difference.high < 0 and recall.better is better


def test_more_answers_are_not_better_by_themselves(tmp_path):
    questions = question_set(*(question(f"n{number}") for number in range(12)))
    found = compare(saved(tmp_path / "1.jsonl", {}, questions), saved(tmp_path / "2.jsonl", {f"n{number}": (A,) for number in range(12)}, questions))
    told = {one.name: one.better for one in found.measures if one.difference.mean}
    assert told == {"false_answers": False, "answered": None}
    one, other = (Scored("q", "nl", "fact", "answered", {"f1": 1.0, "generated_shown": shown}) for shown in (0.0, 1.0))
    assert _change(one, other) is None


def test_different_question_sets_are_refused_unless_told(tmp_path):
    other_set = question_set(*SET.questions[:5], question("new", A), name="other.jsonl")
    one, other = saved(tmp_path / "1.jsonl", GOOD), saved(tmp_path / "2.jsonl", GOOD, other_set)
    with pytest.raises(UsageError, match="different question sets"):
        compare(one, other)
    found = compare(one, other, different_sets=True)
    assert found.unchanged == 5 and "new" in found.left_out and "q9" in found.left_out
    assert found.differs["set_name"] == ("set.jsonl", "other.jsonl")
    with pytest.raises(UsageError, match="no question in common"):
        compare(one, saved(tmp_path / "3.jsonl", {}, question_set(question("x"))), different_sets=True)


def test_an_interrupted_run_is_not_compared(tmp_path):
    one = saved(tmp_path / "1.jsonl", GOOD)
    subject = FakeSubject(GOOD)
    run_set(SET, bench(subject, SET), tmp_path / "2.jsonl", stop=lambda: len(subject.asked) == 3)
    with pytest.raises(UsageError, match="is not complete"):
        compare(one, read_run(partial_of(tmp_path / "2.jsonl")))


def test_the_command_says_what_changed_and_refuses_other_sets(tmp_path, capfd):
    saved(tmp_path / "1.jsonl", GOOD)
    saved(tmp_path / "2.jsonl", {**GOOD, "q7": ()}, settings_hash="other")
    assert run(["compare", str(tmp_path / "1.jsonl"), str(tmp_path / "2.jsonl")]) == 0
    said = capfd.readouterr().out
    assert "q7 answered -> not_found" in said and "worse: 1" in said and "better: 0" in said and "settings_hash" in said
    assert run(["compare", str(tmp_path / "1.jsonl"), str(tmp_path / "2.jsonl"), "--json"]) == 0
    assert [one["id"] for one in json.loads(capfd.readouterr().out)["worse"]] == ["q7"]
    saved(tmp_path / "3.jsonl", {}, question_set(question("q1", B)))
    assert run(["compare", str(tmp_path / "1.jsonl"), str(tmp_path / "3.jsonl")]) == 2
    assert run(["compare", str(tmp_path / "1.jsonl"), str(tmp_path / "none.jsonl")]) == 2
