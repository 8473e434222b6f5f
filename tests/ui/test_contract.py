"""The command with the real parts: a sample ingested, asked, checked; and every bad input is one clear line."""

import json
import shutil
from pathlib import Path

import pytest

from ui.command import run


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("contract")
    sources = folder / "bronnen"
    sources.mkdir()
    shutil.copy(Path(__file__).resolve().parents[2] / "samples" / "bloemlezing-p14.pdf", sources)
    (sources / "kust.md").write_text("# Kust\n\nHet water stijgt langs de hele kust. De dijken worden niet verhoogd.\n", "utf-8")
    assert run(["ingest", str(sources), "--index", str(folder / "index"), "--json"]) == 0
    return folder / "index"


def test_the_words_of_the_sources_are_ready_after_an_ingest(index):
    assert (index / "words.npz").exists()


def _lines(capfd) -> list[dict]:
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_every_passage_is_a_slice_of_the_text_that_the_command_prints(index, capfd):
    capfd.readouterr()
    assert run(["passages", "--index", str(index)]) == 0
    passages = _lines(capfd)
    assert len(passages) >= 25
    texts = {}
    for passage in passages:
        if passage["doc"] not in texts:
            assert run(["text", passage["doc"], "--index", str(index)]) == 0
            texts[passage["doc"]] = capfd.readouterr().out
        assert texts[passage["doc"]][passage["start"]:passage["end"]] == passage["text"]


@pytest.mark.parametrize("question", ["Welke trends gelden voor Oekraïense vluchtelingen?",
                                      "Which trends apply to Ukrainian refugees?"])
def test_the_three_quotations_of_the_sample_are_given_in_either_language(index, capfd, question):
    capfd.readouterr()
    assert run(["ask", question, "--index", str(index), "--json"]) == 0
    answer, = _lines(capfd)
    assert sorted(one["quote"] for one in answer["evidence"]) == [
        "Aandacht voor mogelijke uitbuiting van Oekraïense vluchtelingen.",
        "Er is een grote focus op preventie bij Oekraïense ontheemden.", "Oekraïners toenemend kwetsbaar."]
    assert answer["scope"]["scored"] == answer["scope"]["passages"]


def test_a_second_run_gives_the_same_bytes_but_for_the_time(index, capfd):
    capfd.readouterr()
    answers = []
    for _ in range(2):
        assert run(["ask", "Wat gebeurt er met het water?", "--index", str(index), "--json"]) == 0
        answer, = _lines(capfd)
        answers.append({**answer, "timing_ms": None})
    assert answers[0] == answers[1]


def test_an_abstention_is_done(index, capfd):
    capfd.readouterr()
    assert run(["ask", "Wat is de hoofdstad van Frankrijk?", "--index", str(index), "--json"]) == 0
    answer, = _lines(capfd)
    assert answer["status"] != "answered" and answer["evidence"] == []


@pytest.mark.parametrize("question", ["", "   ", "\x00", "\ud800", "x" * 2_001, "a b " * 25_000])
def test_a_question_that_is_none_is_one_line_and_2(index, capfd, question):
    capfd.readouterr()
    assert run(["ask", question, "--index", str(index), "--json"]) == 2
    said = capfd.readouterr()
    assert said.out == "" and said.err.startswith("bronvast: ") and said.err.count("\n") == 1


@pytest.mark.parametrize("question", ["Stijgt het \x00 water?", "Stijgt het \ud800water?", "Stijgt het \u202e water?"])
def test_what_nobody_can_see_in_a_question_does_not_stop_it(index, capfd, question):
    capfd.readouterr()
    assert run(["ask", question, "--index", str(index), "--json"]) == 0
    answer, = _lines(capfd)
    assert answer["status"] == "answered"


def test_an_index_that_does_not_exist_is_one_line_and_2(tmp_path, capfd):
    for call in (["ask", "Wat?"], ["passages"], ["text", "a"], ["serve"], ["remove", "a"]):
        assert run([*call, "--index", str(tmp_path / "none")]) == 2, call
        said = capfd.readouterr()
        assert said.out == "" and said.err.count("\n") == 1 and "none" in said.err, call
    assert not (tmp_path / "none").exists()


def test_files_that_cannot_be_read_are_named_with_their_reason_and_the_others_go_on(tmp_path, capfd):
    (tmp_path / "leeg.pdf").write_bytes(b"")
    (tmp_path / "rommel.pdf").write_bytes(b"%PDF-1.7 dit is geen pdf" * 20)
    (tmp_path / "goed.md").write_text("# Kop\n\nEen goede zin over bruggen.\n")
    assert run(["ingest", str(tmp_path), "--index", str(tmp_path / "ix"), "--json"]) == 0
    report, = _lines(capfd)
    assert report["added"] == ["goed.md"] and sorted(name for name, _ in report["failed"]) == ["leeg.pdf", "rommel.pdf"]
    assert all(reason and "\n" not in reason for _, reason in report["failed"])


def test_when_no_file_can_be_read_the_status_is_1(tmp_path, capfd):
    (tmp_path / "leeg.txt").write_bytes(b"")
    assert run(["ingest", str(tmp_path / "leeg.txt"), "--index", str(tmp_path / "ix")]) == 1
    said = capfd.readouterr()
    assert said.err.splitlines()[-1].startswith("bronvast: no file could be read; leeg.txt: ")
    assert "Traceback" not in said.err + said.out


def test_a_removed_document_is_gone_from_every_file_of_the_index(tmp_path, capfd):
    (tmp_path / "geheim.md").write_text("# Kop\n\nDe zeester van Zwartewaterland zwijgt.\n")
    (tmp_path / "open.md").write_text("# Kop\n\nEen goede zin over bruggen.\n")
    ix = tmp_path / "ix"
    assert run(["ingest", str(tmp_path / "geheim.md"), str(tmp_path / "open.md"), "--index", str(ix)]) == 0
    assert run(["remove", "geheim.md", "--index", str(ix)]) == 0
    left = [path for path in ix.rglob("*") if path.is_file() and b"Zwartewaterland" in path.read_bytes()]
    assert left == []
