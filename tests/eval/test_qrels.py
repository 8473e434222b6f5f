"""TREC qrels: what is required comes back, other tools score them, faults have their line."""

import pytest

from eval.anchors import Texts
from eval.qrels import qrels_of, with_qrels
from eval.question_sets import QuestionSet, QuestionSetError, read_questions
from eval.questions import Anchor, Question
from ingest.errors import UsageError
from ingest.reading import ReadingSettings, read_document
from tests.eval.fakes import question, question_set
from tests.eval.measures.cases import DOCUMENT, A, B, C

SET = question_set(Question("q1", "Wat?", must=((Anchor(A), Anchor(B)), (Anchor("De officier"),)), may=(Anchor(C),)), question("q2"))


def test_passages_parts_alternatives_and_allowed_ones_have_their_line():
    assert list(qrels_of(SET.questions, [DOCUMENT])) == ["q1 1 p0 1\n", "q1 1 p1 1\n", "q1 2 p2:0-11 1\n", "q1 0 p2 -1\n"]


def test_what_is_required_comes_back():
    again = with_qrels(SET, qrels_of(SET.questions, [DOCUMENT]), [DOCUMENT], "x.qrels")
    assert [[[anchor.quote for anchor in group] for group in one.must] for one in again.questions] == [[[A, B], ["De officier"]], []]
    assert [anchor.quote for anchor in again.questions[0].may] == [C] and [one.answerable for one in again.questions] == [True, False]
    assert list(qrels_of(again.questions, [DOCUMENT])) == list(qrels_of(SET.questions, [DOCUMENT]))


def test_the_sets_of_the_samples_come_back_at_the_same_places(samples):
    sources = [read_document(path, doc=path.name, settings=ReadingSettings()) for path in sorted((samples / "fictief").glob("*.md"))]
    asked = read_questions(samples / "questions" / "fictief.jsonl")
    again = with_qrels(asked, qrels_of(asked.questions, sources), sources, "x")
    texts = Texts(sources)

    def places(questions: QuestionSet) -> list[object]:
        return [(one.id, one.answerable, [{place for anchor in group for place in texts.fit(anchor).places} for group in one.must],
                 {place for anchor in one.may for place in texts.fit(anchor).places}) for one in questions.questions]

    assert places(again) == places(asked)


def test_ir_measures_reads_them(tmp_path):
    import ir_measures

    path = tmp_path / "x.qrels"
    path.write_text("".join(qrels_of(SET.questions, [DOCUMENT])))
    run = [ir_measures.ScoredDoc("q1", "p2", 2), ir_measures.ScoredDoc("q1", "p0", 1)]
    assert ir_measures.calc_aggregate([ir_measures.RR], list(ir_measures.read_trec_qrels(str(path))), run) == {ir_measures.RR: 0.5}


def test_qrels_of_other_tools_require_each_passage_by_itself():
    found = with_qrels(SET, ["q1 0 p0 2", "q1 0 p1 1", "q1 0 p2 0", ""], [DOCUMENT], "x")
    assert [[anchor.quote for anchor in group] for group in found.questions[0].must] == [[A], [B]] and found.questions[0].may == ()


def test_every_fault_has_its_line_and_a_quotation_that_is_nowhere_is_never_dropped():
    with pytest.raises(QuestionSetError) as caught:
        with_qrels(SET, ["q1 0 p0", "q9 0 p0 1", "q1 0 p0 veel", "q1 0 p77 1", "q1 0 p0:90-95 1", "q1 0 p0 1"], [DOCUMENT], "x")
    assert [fault.line for fault in caught.value.faults] == [1, 2, 3, 4, 5]
    lost = [question("a", "Staat nergens."), question("b c", A)]
    with pytest.raises(UsageError, match=r"question a: “Staat nergens.” is in no passage.*|white space") as refused:
        list(qrels_of(lost, [DOCUMENT]))
    assert "qrels cannot hold 2" in str(refused.value)
