from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.means import Mean
from eval.questions import pair_names
from eval.scoring import LOWER_IS_BETTER, MEASURES, Scored, Scorer
from eval.summaries import summarise
from tests.eval.fakes import FakeSubject, question
from tests.eval.measures.cases import DOCUMENT, A, B, C, D, evidence


def scored(asked, *quotes, near=()):
    subject = FakeSubject({asked.id: quotes})
    answer = replace(subject.ask(asked.question, id=asked.id), near=tuple(evidence(quote, 0.3) for quote in near))
    return Scorer([DOCUMENT]).score(asked, answer, subject.ranked(""))


def test_a_perfect_answer_scores_1_in_every_measure_that_is_better_high():
    values = scored(question("a", A), A).values
    assert all(value == (0 if name in LOWER_IS_BETTER else 1) for name, value in values.items())
    assert list(values) == [name for name in MEASURES if name in values]
    assert "false_answers" not in values


def test_an_answer_to_what_the_sources_do_not_answer_is_false_and_has_no_recall():
    values = scored(question("a"), A).values
    assert values["false_answers"] == 1 and "recall" not in values and "nDCG@10" not in values
    assert scored(question("a")).values["false_answers"] == 0


def test_an_abstention_where_the_sources_answer_scores_0_and_is_a_false_refusal():
    values = scored(question("a", A)).values
    assert (values["f1"], values["hit@3"], values["false_refusals"], values["answered"]) == (0, 0, 1, 0)
    assert values["RR@10"] == 1, "the retrieval had it"
    assert "verbatim" not in values


def test_retrieval_is_scored_by_where_the_required_quotation_came():
    assert scored(question("a", C)).values["RR@10"] == pytest.approx(1 / 3)


def test_a_failed_question_has_the_worst_value_of_every_measure_that_applies():
    for asked in (question("a", A), question("a")):
        values = Scorer([DOCUMENT]).failed(asked, "kapot").values
        assert set(values) >= set(scored(asked, A).values)
        assert all(value == (1 if name in LOWER_IS_BETTER else 0) for name, value in values.items())


def test_abstentions_come_after_answers_and_the_first_quotation_shown_decides_the_risk():
    answer, near, nothing = scored(question("a", A), A), scored(question("a", A), near=(A,)), scored(question("a", A))
    assert answer.confidence > near.confidence > nothing.confidence
    assert (answer.right, near.right, nothing.right) == (True, True, False)
    assert scored(question("a", A), B).right is False
    assert scored(question("a"), A).right is False


def test_calibration_has_every_quotation_shown_but_allowed_ones():
    allowed = replace(question("a", A), may=question("b", B).must[0])
    assert scored(allowed, A, B, C, near=(D,)).judged == ((0.9, True), (pytest.approx(0.7), False), (0.3, False))


def test_a_quotation_that_is_nowhere_is_named_and_stays_required():
    result = scored(question("a", A, "Staat nergens."), A)
    assert result.unfit == ("Staat nergens.",)
    assert result.values["recall"] == 0.5


def test_scores_come_back_from_json():
    one = scored(question("a", A, B), A, C)
    back = Scored.from_json(one.to_json(), 3.0)
    assert back.values == pytest.approx(one.values) and back.time_ms == 3.0
    assert back.to_json() == one.to_json()


def test_pairs_are_found_by_name_by_ending_and_by_quotations():
    questions = [question("x-nl", A), question("x-en", B, language="en"), question("p", C, pair="q"), question("r", D, language="en", pair="q"),
                 question("c1", A, B), question("c2", B, A, language="en"), question("alone", D), question("un-nl"), question("un2")]
    assert pair_names(questions) == {"x-nl": "x", "x-en": "x", "p": "q", "r": "q", "c1": pair_names(questions)["c2"],
                                     "c2": pair_names(questions)["c1"]}


def some(id, value, language="nl", kind="fact", **changes):
    return Scored(id, language, kind, "answered", {"f1": value, "answered": 1.0}, **changes)


def test_means_have_their_number_of_questions_by_language_and_by_kind():
    summary = summarise([some("a", 1.0), some("b", 0.5, "en", "list"), some("c", 0.0, kind="list"), Scored("d", "nl", "near", "failed", {})])
    assert summary.means["f1"] == Mean(0.5, 3) and summary.questions == 4
    assert summary.value("f1", "nl") == Mean(0.5, 2) and summary.value("f1", "list") == Mean(0.25, 2)
    assert summary.value("recall") == Mean(None, 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["nl", "en"]), st.floats(-1, 1), st.booleans(), st.sampled_from(["", "p", "q"]))),
       st.randoms())
def test_the_summary_does_not_depend_on_the_order_of_questions(values, random):
    results = [some(str(n), value, language, confidence=confidence, right=right, pair=pair, judged=((value, right),))
               for n, (value, language, confidence, right, pair) in enumerate(values)]
    shuffled = list(results)
    random.shuffle(shuffled)
    one, two = summarise(results), summarise(shuffled)
    assert one.means.keys() == two.means.keys()
    for name, mean in one.means.items():
        assert mean.n == two.means[name].n
        assert mean.value == two.means[name].value or mean.value == pytest.approx(two.means[name].value)
