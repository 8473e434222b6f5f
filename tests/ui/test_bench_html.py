"""The tables of the bench, in the words and with the numbers of the language of the page."""

import re

import pytest

from eval.comparison import compare
from eval.question_sets import QuestionSet, QuestionSetError
from eval.questions import Anchor, Fault, Question
from eval.run_files import RunHeader, read_run
from eval.runs import Bench, run_set
from eval.summaries import NAMES
from tests.eval.fakes import FakeSubject
from tests.eval.measures.cases import DOCUMENT, A, B
from ui.bench_html import agreements_html, comparison_html, faults_html, lines_html, question_html
from ui.evaluation_strings import decimal, measure_name
from ui.judgements import Agreement

SET = QuestionSet("vragen", (Question("een", "Wat stijgt?", must=((Anchor(A),),), kind="list"),
                             Question("twee", "Wat zakt?", must=((Anchor(A),), (Anchor(B),)))))


@pytest.fixture
def runs(tmp_path):
    """Two runs of the same questions: one that refuses the second, one that answers it by half."""
    header = RunHeader("vragen", "hash", len(SET.questions), "settings", "index", "model")
    return [read_run(run_set(SET, Bench(FakeSubject(quoted), (DOCUMENT,), header), tmp_path / f"{number}.jsonl").path)
            for number, quoted in enumerate(({"een": (A,)}, {"een": (A,), "twee": (A,)}))]


def _tables(runs, language):
    lines = list(runs[1].lines())
    return (lines_html(lines, language) + question_html(lines[1], (), language) + comparison_html(compare(*runs), language)
            + agreements_html([Agreement(("anna", "ben"), 3, 0.5, ())], language))


def test_a_dutch_page_names_measures_and_kinds_in_dutch_and_writes_decimal_commas(runs):
    html = _tables(runs, "nl")
    assert "volledigheid" in html and "eerste citaat goed" in html and "opsomming" in html and "kans " in html and "0,75" in html and "0,50" in html
    assert not re.search(r"\b(?:recall|precision|hit@\d|false_\w+|list)\b", html) and not re.search(r"\d\.\d", html)


def test_an_english_page_keeps_the_names_of_papers_and_decimal_points(runs):
    html = _tables(runs, "en")
    assert "recall" in html and "hit@1" in html and "0.75" in html and not re.search(r"\d,\d", html)


@pytest.mark.parametrize(("language", "words"), [("nl", "onvolledig of te veel"), ("en", "incomplete or too much")])
def test_an_answer_with_too_much_is_called_so_and_not_incomplete(tmp_path, language, words):
    header = RunHeader("vragen", "hash", 1, "settings", "index", "model")
    run = run_set(QuestionSet("vragen", SET.questions[:1]), Bench(FakeSubject({"een": (A, B)}), (DOCUMENT,), header), tmp_path / "1.jsonl")
    (line,) = read_run(run.path).lines()
    assert f">{words}</span>" in lines_html([line], language) and f"; {words}</p>" in question_html(line, (), language)


def test_a_comparison_has_p_and_the_number_of_questions(runs):
    html = comparison_html(compare(*runs), "nl")
    assert '<th scope="col">p</th><th scope="col">Vragen</th>' in html and "<td>1,000</td><td>2</td><td></td>" in html and "slechter" not in html


def test_a_faulty_set_is_not_added_or_not_run_and_one_fault_is_no_faults():
    one, two = (QuestionSetError("<v>.csv", [Fault(2, "a <b>"), Fault(3, "c")][:count]) for count in (1, 2))
    assert "&lt;v&gt;.csv is niet toegevoegd: 1 fout (" in faults_html(one, "nl") and "<li>2: a &lt;b&gt;</li>" in faults_html(one, "nl")
    assert "was not run: 2 faults (" in faults_html(two, "en", running=True) and "niet getoetst: 2 fouten (" in faults_html(two, "nl", running=True)


def test_faults_are_said_in_the_language_of_the_page():
    error = QuestionSetError("v.csv", [Fault(1, "the file is empty: leave it out or fill it")])
    assert "1: het bestand is leeg: laat het weg of vul het" in faults_html(error, "nl") and "1: the file is empty" in faults_html(error, "en")


def test_every_measure_has_a_dutch_name_and_no_two_the_same():
    names = [measure_name(name, "nl") for name in NAMES]
    assert len(set(names)) == len(names) and not set(names) & set(NAMES)


def test_a_number_has_the_decimal_sign_of_its_language():
    assert (decimal(0.5, 2, "nl"), decimal(0.5, 2, "en"), decimal(0.25, 3, "nl", signed=True), decimal(1234.5, 0, "nl")) == ("0,50", "0.50", "+0,250", "1234")


def test_the_faults_of_a_question_set_are_in_the_language_of_the_page():
    error = QuestionSetError("vragen.csv", [Fault(3, "`question` is missing"), Fault(7, "`doc<b>` must be a list")])
    assert "<li>3: `question` ontbreekt</li><li>7: `doc&lt;b&gt;` moet een lijst zijn</li>" in faults_html(error, "nl")
    assert "<li>3: `question` is missing</li>" in faults_html(error, "en")
