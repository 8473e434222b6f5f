"""The bench without its page: runs, filters, judgements of two people, comparison, questions from feedback."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from eval.question_sets import QuestionSetError, read_questions
from eval.run_files import verdict_of
from index.source_index import SourceIndex
from index.update import update
from ingest.errors import UsageError
from tests.index.small import small_index
from tests.real import real_encoder
from ui.accounts import Account
from ui.audit import Audit
from ui.bench_room import BenchRoom
from ui.desk import Desk
from ui.history import History
from ui.keeping import Feedback, Keeping
from ui.limits import Pace, Room
from ui.monitoring import Measures
from ui.reasons import failure_html
from ui.settings import Settings

ANNA, BEN = Account("anna", "evaluator"), Account("ben", "evaluator")
QUESTIONS = [
    {"id": "q1", "language": "nl", "kind": "list", "question": "Welke trends gelden voor Oekraïense vluchtelingen?", "answerable": True,
     "must": [[{"quote": "Oekraïners toenemend kwetsbaar."}]], "may": [
         {"quote": "Aandacht voor mogelijke uitbuiting van Oekraïense vluchtelingen."},
         {"quote": "Er is een grote focus op preventie bij Oekraïense ontheemden."}]},
    {"id": "q2", "language": "nl", "kind": "near", "question": "Hoe vraag ik een parkeervergunning aan?", "answerable": False},
    {"id": "q3", "language": "en", "kind": "fact", "question": "Which trends apply to Ukrainian refugees?", "answerable": True,
     "must": [[{"quote": "Dit staat er niet."}]]},
]


class Held:
    """An assistant that waits before each question while it is held."""

    def __init__(self, assistant):
        self._assistant, self.free = assistant, threading.Semaphore(1_000)

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def ask(self, *given, **named):
        self.free.acquire()
        return self._assistant.ask(*given, **named)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder, encoder = tmp_path_factory.mktemp("index"), real_encoder()
    update(folder, [Path(__file__).resolve().parents[2] / "samples" / "bloemlezing-p14.pdf"], encoder=encoder)
    return Assistant(SourceIndex.open(folder, encoder=encoder), encoder, AssistantSettings())


@pytest.fixture
def room(tmp_path, assistant):
    held = Held(assistant)
    desk = Desk(lambda: held, Pace(1000), Room(4, 4), Audit(tmp_path / "audit.jsonl", secret=b"s" * 32, days=30), Measures(), 2000,
                keeping=Keeping(history=History(tmp_path / "history", days=30), feedback=Feedback(tmp_path / "feedback.jsonl", days=30)))
    room = BenchRoom(desk, tmp_path / "state", AssistantSettings(), "model")
    file = tmp_path / "vragen.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS), encoding="utf-8")
    assert room.add_set(file) == "vragen.jsonl" and room.sets() == ["vragen.jsonl"]
    return room


def test_a_set_never_takes_the_place_of_another_of_its_name(room, tmp_path):
    gradio = pytest.importorskip("gradio")
    from ui.bench_tab import build_bench

    with gradio.Blocks():
        tab = build_bench(room)
    object.__setattr__(room.desk, "find_account", {"ben": BEN}.get)
    ours, kept, said = tmp_path / "vragen.jsonl", (room.folder / "questions" / "vragen.jsonl").read_bytes(), []
    for questions in (QUESTIONS, QUESTIONS[:1], QUESTIONS[1:], QUESTIONS[:1]):
        ours.write_text("".join(json.dumps(one) + "\n" for one in questions), encoding="utf-8")
        said.append(tab._add_set(str(ours), "nl", SimpleNamespace(username="ben")))
    assert [chosen["value"] for chosen, _ in said] == ["vragen.jsonl", "vragen-2.jsonl", "vragen-3.jsonl", "vragen-2.jsonl"]
    assert "vragen.jsonl is toegevoegd.<" in said[0][1] and "vragen.jsonl is toegevoegd als vragen-2.jsonl" in said[1][1]
    assert (room.folder / "questions" / "vragen.jsonl").read_bytes() == kept and room.sets() == ["vragen-2.jsonl", "vragen-3.jsonl", "vragen.jsonl"]


def test_a_run_shows_its_progress_and_its_misses_first(room):
    steps = list(room.run("vragen.jsonl"))
    assert [(one.done, one.total) for one in steps] == [(1, 3), (2, 3), (3, 3), (3, 3)] and not steps[-1].stopped
    assert steps[-1].unfit == 1
    (run,) = room.runs()
    lines = room.lines(run)
    assert [(line.question["id"], verdict_of(line)) for line in lines] == [("q3", "incomplete"), ("q1", "right"), ("q2", "right")]
    assert [line.question["id"] for line in room.lines(run, language="nl", verdict="right", kind="near")] == ["q2"]
    assert room.compare(run, run).changes == ()


def test_runs_of_different_sets_are_not_compared_and_the_page_advises_what_it_has(room, tmp_path):
    other = tmp_path / "andere.jsonl"
    other.write_text(json.dumps(QUESTIONS[1]) + "\n", encoding="utf-8")
    one, two = (list(room.run(name))[-1].path.name for name in ("vragen.jsonl", room.add_set(other)))
    with pytest.raises(UsageError, match="verschillende vragensets: .* / vragen.*jsonl and andere.*jsonl are runs of different question sets: "):
        room.compare(one, two)


def test_a_run_that_is_stopped_is_kept_as_far_as_it_came(room):
    held = room.desk.assistant()
    held.free = threading.Semaphore(1)
    going = room.run("vragen.jsonl")
    next(going)
    with pytest.raises(UsageError, match="Another run"):
        next(room.run("vragen.jsonl"))
    room.stop()
    held.free.release()
    last = list(going)[-1]
    assert last.stopped and last.done == 2 and room.runs() == [last.path.name]
    held.free = threading.Semaphore(10)
    assert list(room.run("vragen.jsonl"))[-1].done == 3


def test_a_run_that_ended_with_the_server_is_shown_as_stopped_and_others_are_left_alone(room, tmp_path):
    from ui.serve_command import opened_server

    path = list(room.run("vragen.jsonl"))[-1].path
    lines = path.read_text().splitlines(keepends=True)
    cut = {"vragen-20240101-101010": lines[:2] + [lines[2][:20]], "held-20240101-101010": lines[:2], "vragen": lines[:2], "leeg-20240101-101010": lines[:1]}
    for name, kept in cut.items():
        (path.parent / f"{name}.jsonl.partial").write_text("".join(kept))
    with FileLock(path.parent / "held-20240101-101010.jsonl.partial.lock"):
        opened_server(Settings(index=small_index(tmp_path, real_encoder(), nota="De dijk is hoog."), state=room.folder))
    assert sorted(room.runs()) == sorted([path.name, "vragen-20240101-101010-stopped-1.jsonl"])
    assert [line.question["id"] for line in room.lines("vragen-20240101-101010-stopped-1.jsonl")] == ["q1"]
    assert sorted(one.name.split(".")[0] for one in path.parent.glob("*.partial")) == ["held-20240101-101010", "leeg-20240101-101010", "vragen"]


def test_what_a_language_model_judged_of_a_run_is_no_run(room):
    path = list(room.run("vragen.jsonl"))[-1].path
    (path.parent / f"{path.stem}.judged-by-model.jsonl").write_text("{}\n")
    assert room.runs() == [path.name]


def test_a_judgement_behind_a_line_that_was_cut_off_is_kept(room):
    run = list(room.run("vragen.jsonl"))[-1].path.name
    room.judge(ANNA, run, "q1", "right")
    with (room.folder / "judgements.jsonl").open("ab") as file:
        file.write(b'{"run": "')
    room.judge(ANNA, run, "q2", "incomplete")
    assert [(one.question, one.judgement) for one in room.judged(run)] == [("q1", "right"), ("q2", "incomplete")]


def test_kappa_is_that_worked_out_by_hand_and_judgements_stay_hidden_until_given(room):
    run = list(room.run("vragen.jsonl"))[-1].path.name
    for judge, said in ((ANNA, "right right wrong_quotation"), (BEN, "right incomplete wrong_quotation")):
        assert room.seen_by(judge, run, "q1") == []
        for question, judgement in zip(("q1", "q2", "q3"), said.split(), strict=True):
            room.judge(judge, run, question, judgement, note="  gezien  ")
    assert {(one.judge, one.judgement) for one in room.seen_by(ANNA, run, "q2")} == {("anna", "right"), ("ben", "incomplete")}
    (agreed,) = room.agreements(ANNA, run)
    # two of three agree: 2/3; by chance right 2/3 x 1/3, wrong 1/3 x 1/3: 3/9; (2/3 - 1/3) / (1 - 1/3) = 1/2
    assert (agreed.judges, agreed.both, agreed.disagreements) == (("anna", "ben"), 3, (("q2", "right", "incomplete", ""),))
    assert agreed.kappa == pytest.approx(0.5)
    room.judge(BEN, run, "q2", "right")
    assert room.agreements(ANNA, run) == [agreed], "who has seen the other's judgement no longer judges independently"
    assert {one.judgement for one in room.seen_by(ANNA, run, "q2")} == {"right"}


def test_a_later_run_of_the_same_name_has_no_judgements_of_the_earlier(room):
    run = list(room.run("vragen.jsonl"))[-1].path.name
    path, judgements = room.folder / "runs" / run, room.folder / "judgements.jsonl"
    room.judge(ANNA, run, "q1", "right")
    room.judge(BEN, run, "q1", "incomplete")
    room.settle(ANNA, run, "q1", "right")
    kept = judgements.read_text()
    header, rest = path.read_text().split("\n", 1)
    for line in (kept, "".join(json.dumps({name: said for name, said in json.loads(one).items() if name != "started"}) + "\n" for one in kept.splitlines())):
        path.write_text(f"{header}\n{rest}")
        judgements.write_text(line)
        assert len(room.judged(run)) == 2 and room.settled(run), "with or without the time of the run, as it was kept before"
        path.write_text(json.dumps(json.loads(header) | {"time": {"started": "2999-01-01T00:00:00+00:00"}}) + "\n" + rest)  # as the terminal writes anew
        assert room.judged(run) == [] and room.settled(run) == {} and room.agreements(ANNA, run) == []


def test_a_difference_is_settled_by_those_who_judged_and_hidden_from_who_has_not(room):
    run = list(room.run("vragen.jsonl"))[-1].path.name
    with pytest.raises(UsageError, match="after two people"):
        room.settle(ANNA, run, "q2", "right")
    room.judge(ANNA, run, "q2", "incomplete")
    room.judge(ANNA, run, "q2", "right")
    room.judge(BEN, run, "q2", "should_have_abstained")
    third = Account("cor", "evaluator")
    (hidden,) = room.agreements(third, run)
    assert hidden.disagreements == () and hidden.hidden == 1
    with pytest.raises(UsageError, match="you among them"):
        room.settle(third, run, "q2", "right")
    room.settle(BEN, run, "q2", "right", "samen bekeken")
    (agreed,) = room.agreements(BEN, run)
    assert agreed.disagreements == (("q2", "right", "should_have_abstained", "right"),) and room.settled(run)["q2"].note == "samen bekeken"
    assert len(room.judged(run)) == 2, "what is settled is nobody's own judgement"


def test_a_question_is_made_from_feedback(room):
    answer = room.desk.assistant().ask("Welke trends gelden voor Oekraïense vluchtelingen?")
    room.desk.keeping.feedback.add(answer, "down", note="er ontbreekt iets")
    (said,) = room.feedback()
    quotations = room.quotations(said)
    assert "Oekraïners toenemend kwetsbaar." in quotations
    made = room.make_question(said, quotations[:1])
    room.make_question(said, [])
    first, second = read_questions(room.folder / "questions" / made).questions
    assert first.answerable and first.must[0][0].quote == quotations[0] and not second.answerable
    assert list(room.run(made))[-1].done == 2
    room.desk.keeping.history.add("anna", "gesprek", "Wat zegt men over Vietnamese kinderen?", status="answered")
    own = room.answered(ANNA)[-1]
    assert (own["question"], own["language"]) == ("Wat zegt men over Vietnamese kinderen?", "nl") and len(room.answered(BEN)) == 1
    assert not set(own["key"]) - set("0123456789abcdef"), "what the page gives back, and an error may name, holds no words"
    assert any("Vietnamese" in one for one in room.quotations(room.answer_of(ANNA, own["key"])))
    with pytest.raises(UsageError, match="no longer"):
        room.answer_of(BEN, own["key"])


def test_a_question_made_of_a_follow_up_has_what_was_asked_before_it_and_its_filters(room):
    first, second, filters = "Wat zegt men over Vietnamese kinderen?", "En over Oekraïners?", (("kind", "signal"),)
    for conversation, question, chosen in (("een", first, None), ("twee", "Iets anders?", None), ("een", second, filters)):
        room.desk.keeping.history.add("anna", conversation, question, status="answered", filters=chosen)
    answer = room.desk.assistant().ask(second, history=[first], filters=filters)
    room.desk.keeping.feedback.add(answer, "down", history=[first], filters=filters)
    room.desk.keeping.feedback.add(replace(answer, question="Noem ze?"), "down", history=[""])
    reaction, own = (one for one in room.answered(ANNA) if one["question"] not in (first, "Iets anders?"))
    assert (own["history"], [one["history"] for one in room.answered(ANNA)[2:]]) == ([first], [[], []])
    assert room.quotations(own) == room.quotations(reaction) == [one.quote for one in answer.evidence]
    for one in (reaction, own):
        made = room.make_question(one, room.quotations(one))
    questions = read_questions(room.folder / "questions" / made).questions
    assert [(one.question, one.history, one.filters) for one in questions] == [(second, (first,), filters)] * 2
    assert list(room.run(made))[-1].done == 2 and {verdict_of(line) for line in room.lines(room.runs()[0])} == {"right"}


def test_made_questions_keep_ids_apart_when_a_line_was_taken_out_and_when_two_people_make_them_at_once(room):
    asked = {"language": "nl", "question": "Wat stijgt?"}
    path = room.folder / "questions" / room.make_question(asked, ["Een."])
    room.make_question(asked, ["Twee."])
    path.write_text(path.read_text().splitlines(keepends=True)[1])  # as when the document of the first is removed
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda _: room.make_question(asked, []), range(12)))
    assert [one.id for one in read_questions(path).questions] == [f"f{number:04d}" for number in range(2, 15)]


def test_a_set_that_has_become_faulty_is_said_not_to_be_run(room):
    gradio = pytest.importorskip("gradio")
    from ui.bench_tab import build_bench

    (room.folder / "questions" / "vragen.jsonl").write_text('{"id": "a", "question": "Wat?"}\n')
    with gradio.Blocks():
        tab = build_bench(room)
    object.__setattr__(room.desk, "find_account", {"anna": ANNA}.get)
    ((said, *_),) = tab._run("vragen.jsonl", "nl", SimpleNamespace(username="anna"))
    assert "vragen.jsonl is niet getoetst: 1 fout (" in said


def test_files_are_named_without_the_folders_of_the_server(room, tmp_path):
    (tmp_path / "latin.csv").write_bytes(b"id;question\n1;Wat is een ori\xebntatie?\n")
    (tmp_path / "geen.xlsx").write_bytes(b"geen werkmap")
    (room.folder / "runs").mkdir()
    (room.folder / "runs" / "kapot.jsonl").write_text("{}\n")
    (room.folder / "questions" / "vragen.jsonl").write_bytes(b"\xff")
    for call, reason in ((lambda: room.add_set(tmp_path / "latin.csv"), "latin.csv is not UTF-8"),
                         (lambda: room.add_set(tmp_path / "geen.xlsx"), "geen.xlsx is"),
                         (lambda: list(room.run("vragen.jsonl")), "vragen.jsonl is not UTF-8"), (lambda: room.lines("kapot.jsonl"), "kapot.jsonl is not a run"),
                         (lambda: room.compare("kapot.jsonl", "kapot.jsonl"), "kapot.jsonl is not a run")):
        with pytest.raises(UsageError) as caught:
            call()
        assert str(caught.value).startswith(reason)


def test_a_comparison_that_cannot_be_made_is_refused_in_the_words_of_the_page(room, tmp_path):
    (tmp_path / "ander.jsonl").write_text(json.dumps(QUESTIONS[1]))
    run, other = (list(room.run(name))[-1].path for name in ("vragen.jsonl", room.add_set(tmp_path / "ander.jsonl")))
    stopped = run.with_name("vragen-stopped.jsonl")
    stopped.write_text("".join(run.read_text().splitlines(keepends=True)[:2]))
    for second, dutch, english in ((stopped, "niet tot het einde gekomen", "did not come to its end"),
                                   (other, "verschillende vragensets", "different question sets")):
        with pytest.raises(UsageError) as caught:
            room.compare(run.name, second.name)
        assert dutch in failure_html("nl", caught.value) and english in failure_html("en", caught.value) and second.name in failure_html("en", caught.value)
        assert "--" not in str(caught.value) and str(tmp_path) not in str(caught.value)


def test_bad_input_is_refused_in_a_line(room, tmp_path):
    (tmp_path / "tabel.CSV").write_text("id;question;answerable\nq1;Hoe vraag ik een parkeervergunning aan?;nee\n")
    assert list(room.run(room.add_set(tmp_path / "tabel.CSV")))[-1].done == 1
    bad = tmp_path / "fout.jsonl"
    bad.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError):
        room.add_set(bad)
    with pytest.raises(UsageError, match=r"\.jsonl"):
        room.add_set(tmp_path / "vragen.exe")
    for call in (lambda: list(room.run("../geheim")), lambda: room.lines("../../users.json"), lambda: room.compare("a", "b"),
                 lambda: room.judge(ANNA, "a", "q1", "right"), lambda: room.judge(ANNA, "a", "q1", "mooi")):
        with pytest.raises(UsageError):
            call()


def test_only_evaluators_who_see_everything_are_admitted():
    admitted = [Account("a", "evaluator"), Account("b", "beheerder")]
    refused = [Account("c", "lezer"), Account("d", "partner", frozenset()), Account("e", "evaluator", frozenset({"zorg"}))]
    assert all(BenchRoom.admits(one) for one in admitted) and not any(BenchRoom.admits(one) for one in refused)


def test_the_page_shows_and_does_nothing_for_others(room):
    """Every event of the bench, called as a reader, a partner and an evaluator who may not see everything."""
    gradio = pytest.importorskip("gradio")
    from ui.bench_tab import BenchTab, build_bench

    run = list(room.run("vragen.jsonl"))[-1].path.name
    room.judge(ANNA, run, "q1", "right")
    with gradio.Blocks():
        tab = build_bench(room)
    hidden = repr(BenchTab.labelled(tab, "nl", shown=False))
    assert "vragen" not in hidden and "'visible': False" in hidden
    assert "vragen.jsonl" in repr(tab.labelled("nl", shown=True))
    people = {"lezer": Account("lezer", "lezer"), "partner": Account("partner", "partner", frozenset()),
              "half": Account("half", "evaluator", frozenset({"zorg"}))}
    object.__setattr__(room.desk, "find_account", people.get)
    for name in people:
        request = SimpleNamespace(username=name)
        given = [*tab._run("vragen.jsonl", "nl", request), tab._look(run, "", "", "", None, "nl", request), tab._open(run, "q1", None, "nl", request),
                 tab._judge(run, "q1", "right", "", "nl", request), tab._settle(run, "q1", "right", "", "nl", request),
                 tab._compare(run, run, "nl", request), tab._stop("nl", request),
                 tab._add_set("x.jsonl", "nl", request), tab._choose_feedback("x", "nl", request), tab._make("x", [], "nl", request),
                 tab._refresh("nl", request)]
        shown = repr(given)
        assert "q1" not in shown and "Oekra" not in shown and "vragen" not in shown and shown.count("Alleen evaluatoren") == 10
    assert room.runs() == [run] and len(room.judged(run)) == 1


def test_the_page_says_which_quotations_are_in_no_source(room):
    gradio = pytest.importorskip("gradio")
    from ui.bench_tab import build_bench

    with gradio.Blocks():
        tab = build_bench(room)
    object.__setattr__(room.desk, "find_account", {"anna": ANNA}.get)
    anna = SimpleNamespace(username="anna")
    said, chosen, _ = list(tab._run("vragen.jsonl", "nl", anna))[-1]
    assert "Klaar: 3 vragen getoetst. Citaten van de vragenset die in geen bron staan: 1;" in said
    opened = {one: tab._open(chosen["value"], one, None, "nl", anna)[0] for one in ("q1", "q3")}
    alert = "een vereist citaat staat in geen bron:</p><ul><li><blockquote>Dit staat er niet.</blockquote>"
    assert alert in opened["q3"] and "geen bron" not in opened["q1"]


def test_the_page_keeps_and_settles_what_two_evaluators_judge(room):
    gradio = pytest.importorskip("gradio")
    from ui.bench_tab import build_bench

    run = list(room.run("vragen.jsonl"))[-1].path.name
    with gradio.Blocks():
        tab = build_bench(room)
    object.__setattr__(room.desk, "find_account", {"anna": ANNA, "ben": BEN}.get)
    anna, ben = SimpleNamespace(username="anna"), SimpleNamespace(username="ben")
    assert "bewaard" in tab._judge(run, "q2", "right", "", "nl", anna)[2]
    assert "bewaard" in tab._judge(run, "q2", "incomplete", "", "nl", ben)[2]
    opened, agreements, said = tab._settle(run, "q2", "right", "samen <b>", "nl", ben)
    assert "Vastgesteld: goed" in opened and "samen &lt;b&gt;" in opened and "<td>goed</td></tr>" in agreements and "bewaard" in said


def test_another_question_or_run_empties_the_judgement_and_the_note_that_were_filled_in(room):
    gradio = pytest.importorskip("gradio")
    from ui.bench_tab import build_bench

    run, other = (list(room.run(name))[-1].path.name for name in ("vragen.jsonl", room.make_question({"language": "nl", "question": "Wat?"}, [])))
    with gradio.Blocks():
        tab = build_bench(room)
    object.__setattr__(room.desk, "find_account", {"anna": ANNA}.get)
    last = None
    for chosen, kept in (((run, "q1"), False), ((run, "q1"), True), ((run, "q2"), False), ((run, None), False), ((other, "q2"), False), ((other, "q2"), True)):
        *_, judgement, note, last = tab._open(*chosen, last, "nl", SimpleNamespace(username="anna"))
        assert (last, judgement, note) == ((chosen, gradio.skip(), gradio.skip()) if kept else (chosen, None, "")), chosen
