"""The report of a run: one file, nothing fetched, the misses first, all text escaped."""

import re
from html.parser import HTMLParser
from string import Formatter

import pytest

from eval.question_sets import QuestionSet
from eval.questions import Anchor, Question
from eval.run_files import RunHeader
from eval.runs import Bench, run_set
from eval.summaries import NAMES
from ingest.errors import UsageError
from tests.eval.fakes import FakeSubject
from tests.eval.measures.cases import DOCUMENT, A, B
from ui.evaluation_strings import MEANINGS, REPORT
from ui.run_report import write_report

QUESTIONS = (Question("right", "Wat stijgt?", must=((Anchor(A),),)),
             Question("refused", "Hoe <script>alert(1)</script>?", must=((Anchor(B),),)),
             Question("false", "Wie was er?", answerable=False, kind="near"))


@pytest.fixture
def report(tmp_path):
    """The report of a run with one right answer, one refusal and one false answer."""
    header = RunHeader("set <b>", "hash", len(QUESTIONS), "settings", "index", "model")
    bench = Bench(FakeSubject({"right": (A,), "false": (B,)}), (DOCUMENT,), header)
    run = run_set(QuestionSet("set <b>", QUESTIONS), bench, tmp_path / "run.jsonl")
    write_report(run.path, tmp_path / "new" / "report.html", "en")
    return (tmp_path / "new" / "report.html").read_text(encoding="utf-8")


def test_the_misses_come_first_with_expected_and_given_and_why(report):
    places = [report.index(f"({name}, ") for name in ("refused", "false", "right")]
    assert places == sorted(places)
    assert report.index("No answer: the sources do not say this.") < report.index("(right, ")
    assert report.count("<article") == 3 and report.count('class="miss"') == 2
    assert "the sources say it, but there was no answer" in report and "the sources do not say this, but there was an answer" in report


def test_the_outcome_comes_first_with_its_numbers_and_how_sure_it_is(report):
    assert "3 questions" in report and "The sources answer 2; the other 1 should get no answer." in report
    assert "<b>50%</b>answered right and in full<br><span class=\"about\">1 of 2; likely between 9% and 91%</span>" in report
    assert "Of so few questions a percentage says little" in report and report.index("In short") < report.index("All measures")
    assert "right: 1" in report and "wrongly answered: 1" in report and "failed: " not in report


@pytest.mark.parametrize(("wanted", "unwanted", "few"), [(20, 0, False), (0, 20, False), (19, 0, True), (20, 20, False), (20, 1, True)])
def test_few_questions_are_said_of_the_kinds_that_the_set_has(tmp_path, wanted, unwanted, few):
    questions = tuple(Question(f"q{number}", "Wat?", must=((Anchor(A),),) if number < wanted else (), answerable=number < wanted)
                      for number in range(wanted + unwanted))
    run = run_set(QuestionSet("set", questions), Bench(FakeSubject(), (DOCUMENT,), RunHeader("set", "hash", len(questions), "s", "i", "m")),
                  tmp_path / "run.jsonl")
    write_report(run.path, tmp_path / "report.html")
    assert (REPORT["nl"]["few"] in (tmp_path / "report.html").read_text(encoding="utf-8")) == few


def test_every_measure_of_a_run_is_explained_and_both_languages_say_the_same():
    assert MEANINGS["nl"].keys() == MEANINGS["en"].keys() == set(NAMES) and REPORT["nl"].keys() == REPORT["en"].keys()
    fields = [{name: sorted(Formatter().parse(text), key=str) for name, text in REPORT[language].items()} for language in ("nl", "en")]
    assert all({one[1] for one in fields[0][name]} == {one[1] for one in fields[1][name]} for name in fields[0])


def test_text_is_escaped_and_nothing_is_fetched(report):
    assert "<script" not in report and "&lt;script&gt;alert(1)" in report and "set &lt;b&gt;" in report
    assert not re.search(r"(?:src|href)=|url\(|@import|https?://", report)


def test_the_file_is_well_formed_and_has_both_curves(report):
    opened = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in ("meta", "path", "circle", "polyline", "br"):
                opened.append(tag)

        def handle_endtag(self, tag):
            if tag not in ("path", "circle", "polyline", "br"):
                assert opened.pop() == tag

    Reader().feed(report)
    assert not opened
    assert report.count("<svg") == 2


def test_what_is_no_run_is_refused(tmp_path):
    (tmp_path / "questions.jsonl").write_text('{"id": "a"}\n')
    with pytest.raises(UsageError, match="not a run"):
        write_report(tmp_path / "questions.jsonl", tmp_path / "report.html")
