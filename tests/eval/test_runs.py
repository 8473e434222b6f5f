import json

import pytest

from eval.run_files import read_run, without_times
from eval.runs import Pace, partial_of, run_set
from ingest.errors import UsageError
from tests.eval.fakes import FakeSubject, bench, question, question_set
from tests.eval.measures.cases import A, B

SET = question_set(question("a", A), question("b", B), question("c"), question("d", A, text="kapot"), question("e", A, B))
QUOTES = {"a": (A,), "c": (B,), "e": (A,)}


def test_a_run_has_a_header_a_line_for_each_question_and_the_means(tmp_path):
    run = run_set(SET, bench(FakeSubject(QUOTES), SET), tmp_path / "run.jsonl")
    saved = read_run(run.path)
    assert saved.complete and saved.header.set_hash == SET.hash
    assert [one.status for one in saved.scored] == ["answered", "not_found", "answered", "failed", "answered"]
    assert run.summary.means["f1"].n == 4 and run.summary.means["f1"].value == pytest.approx((1 + 0 + 0 + 2 / 3) / 4)
    assert run.summary.means["false_answers"].value == 1
    assert run.summary.means["failed"].value == pytest.approx(1 / 5)
    assert saved.scored[3].error == "de vraag is kapot"
    assert [line.question["id"] for line in saved.lines()] == list("abcde")


def test_two_runs_of_the_same_are_the_same_but_for_time(tmp_path):
    first = run_set(SET, bench(FakeSubject(QUOTES), SET), tmp_path / "1.jsonl").path
    slow = FakeSubject(QUOTES, asked=["earlier"] * 7)
    second = run_set(SET, bench(slow, SET), tmp_path / "2.jsonl").path
    assert first.read_bytes() != second.read_bytes()
    assert without_times(first) == without_times(second)
    assert b"timing_ms" not in first.read_bytes()


def test_a_stopped_run_goes_on_where_it_was_and_loses_nothing(tmp_path):
    whole = run_set(SET, bench(FakeSubject(QUOTES), SET), tmp_path / "whole.jsonl").path
    path, subject = tmp_path / "run.jsonl", FakeSubject(QUOTES)
    stopped = run_set(SET, bench(subject, SET), path, stop=lambda: len(subject.asked) == 2)
    assert stopped.stopped and not path.exists() and stopped.path == partial_of(path)
    again = FakeSubject(QUOTES)
    done = []
    run_set(SET, bench(again, SET), path, progress=lambda number, total, scored: done.append((number, total, scored.id)))
    assert again.asked == ["c", "d", "e"]
    assert done == [(3, 5, "c"), (4, 5, "d"), (5, 5, "e")]
    assert without_times(path) == without_times(whole) and not partial_of(path).exists()


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_line_that_was_cut_off_is_asked_again(tmp_path, cut):
    path, subject = tmp_path / "run.jsonl", FakeSubject(QUOTES)
    run_set(SET, bench(subject, SET), path, stop=lambda: len(subject.asked) == 3)
    partial = partial_of(path)
    partial.write_bytes(partial.read_bytes()[:-cut])
    again = FakeSubject(QUOTES)
    run_set(SET, bench(again, SET), path)
    assert again.asked == ["c", "d", "e"]
    assert without_times(path) == without_times(run_set(SET, bench(FakeSubject(QUOTES), SET), tmp_path / "whole.jsonl").path)


def test_an_interruption_in_the_middle_of_a_question_keeps_what_was_done(tmp_path):
    class Interrupted(FakeSubject):
        def ask(self, question, **given):
            if given["id"] == "c":
                raise KeyboardInterrupt
            return super().ask(question, **given)

    path = tmp_path / "run.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run_set(SET, bench(Interrupted(QUOTES), SET), path)
    again = FakeSubject(QUOTES)
    run_set(SET, bench(again, SET), path)
    assert again.asked == ["c", "d", "e"]


def test_other_settings_and_a_fresh_start_do_not_go_on_with_a_partial_run(tmp_path):
    path = tmp_path / "run.jsonl"
    for again in ({"settings_hash": "other"}, {}):
        first, second = FakeSubject(QUOTES), FakeSubject(QUOTES)
        run_set(SET, bench(first, SET), path, stop=lambda: len(first.asked) == 2)  # noqa: B023
        run_set(SET, bench(second, SET, **again), path, fresh=not again)
        assert second.asked == ["a", "b", "c", "d", "e"]


def test_a_partial_run_of_other_settings_is_set_aside_and_what_differs_is_said(tmp_path):
    path, told = tmp_path / "run.jsonl", []
    for settings_hash in ("first", "second"):
        subject = FakeSubject(QUOTES)
        run_set(SET, bench(subject, SET, settings_hash), path, stop=lambda: len(subject.asked) == 2, told=told.append)  # noqa: B023
    run_set(SET, bench(FakeSubject(QUOTES), SET, "third"), path, told=told.append)
    for number, (before, now) in enumerate((("first", "second"), ("second", "third")), 1):
        aside = tmp_path / f"run-stopped-{number}.jsonl"
        assert len(read_run(aside).scored) == 2 and read_run(aside).header.settings_hash == before
        assert "of 2 questions" in told[number - 1] and f"settings_hash: {before} -> {now}" in told[number - 1] and str(aside) in told[number - 1]
    partial_of(path).write_text("{kapot\n{}\n")
    run_set(SET, bench(FakeSubject(QUOTES), SET), path, told=told.append)
    assert (tmp_path / "run-stopped-3.jsonl").read_text() == "{kapot\n{}\n" and "run-stopped-3.jsonl" in told[2] and len(told) == 3


def test_a_second_run_to_the_same_file_is_refused_and_leaves_the_first_alone(tmp_path):
    class Meanwhile(FakeSubject):
        def ask(self, question, **given):
            with pytest.raises(UsageError, match=r"another run writes to .*run\.jsonl"):
                run_set(SET, bench(FakeSubject(QUOTES), SET), path, fresh=given["id"] == "a")
            return super().ask(question, **given)

    path = tmp_path / "run.jsonl"
    run_set(SET, bench(Meanwhile(QUOTES), SET), path)
    assert read_run(path).complete and [one.id for one in read_run(path).scored] == list("abcde")
    assert not run_set(SET, bench(FakeSubject(QUOTES), SET), path).stopped, "the next may write there"


def test_a_file_that_is_not_a_run_is_never_replaced(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "a", "question": "?"}\n')
    subject = FakeSubject(QUOTES)
    with pytest.raises(UsageError, match="is not a run"):
        run_set(SET, bench(subject, SET), path)
    assert subject.asked == [] and "question" in path.read_text()
    with pytest.raises(UsageError, match="is a folder"):
        run_set(SET, bench(subject, SET), tmp_path)


@pytest.mark.parametrize("content", ["", "not json\n", "[1]\n", '{"run": {"format": 99}}\n', '{"run": {"format": 1}}\n', '{"run": 5}\n', '{"run"'])
def test_a_file_that_is_no_whole_run_is_named(tmp_path, content):
    path = tmp_path / "x.jsonl"
    path.write_text(content)
    with pytest.raises(UsageError, match=r"x\.jsonl"):
        read_run(path)


def test_a_run_of_which_lines_were_cut_out_is_not_complete_and_one_with_a_line_twice_or_half_is_damaged(tmp_path):
    lines = run_set(SET, bench(FakeSubject(QUOTES), SET), tmp_path / "run.jsonl").path.read_text().splitlines(keepends=True)
    path, half = tmp_path / "changed.jsonl", json.loads(lines[1])
    path.write_text("".join(lines[:2] + lines[4:]))
    assert len(read_run(path).scored) == 3 and not read_run(path).complete
    half.pop("question")
    for changed, reason in ((lines[:2] + lines[1:], "question a stands there twice"), (lines[:2] + lines[3:6] + lines[5:], "twice"),
                            ([lines[0], json.dumps(half) + "\n", *lines[2:]], "damaged"), ([lines[0], '{"scores": 5, "time": {}}\n'], "damaged")):
        path.write_text("".join(changed))
        with pytest.raises(UsageError, match=reason):
            read_run(path)


def test_a_crash_inside_the_assistant_is_one_failed_question(tmp_path):
    class Crashing(FakeSubject):
        def ranked(self, question, **given):
            raise RuntimeError("out of range")

    run = run_set(SET, bench(Crashing(QUOTES), SET), tmp_path / "run.jsonl")
    assert run.summary.means["failed"].value == 4 / 5, "the unanswerable question asks for no ranking"
    assert "RuntimeError: out of range" in json.loads(run.path.read_text().splitlines()[1])["scores"]["error"]


def test_a_lone_surrogate_in_a_question_is_written_and_read_back(tmp_path):
    odd = question_set(question("a", A, text="wat \ud800?"))
    run = run_set(odd, bench(FakeSubject(QUOTES), odd), tmp_path / "run.jsonl")
    assert next(iter(read_run(run.path).lines())).question["question"] == "wat \ud800?"


def test_memory_grows_by_the_scores_alone(tmp_path):
    import tracemalloc

    def peak(count):
        many = question_set(*(question(f"q{n}", A) for n in range(count)))
        stage = bench(FakeSubject({f"q{n}": (A,) for n in range(count)}), many)
        tracemalloc.start()
        assert run_set(many, stage, tmp_path / f"{count}.jsonl").summary.questions == count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)  # what is loaded once
    each = (peak(600) - peak(200)) / 400
    assert each < 6_000, f"{each:.0f} bytes a question"


def test_what_is_left_goes_by_the_questions_asked_since_the_start_and_not_by_an_earlier_run():
    now = [0.0]
    pace = Pace(lambda: now[0])
    now[0] += 60  # the first question loads things
    for done in range(5_001, 5_011):
        now[0] += 2
        assert pace.left(done, 10_000) is None, "too few to say"
    now[0] += 2
    assert pace.left(5_011, 10_000) == pytest.approx(2 * 4_989)
    now[0] += 2
    assert pace.left(10_000, 10_000) == 0
