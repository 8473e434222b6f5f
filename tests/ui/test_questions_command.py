"""`bronvast questions`: faults one by one, forms, schema."""

import json
import shutil
from types import SimpleNamespace

import pytest

from tests.eval.measures.cases import DOCUMENT, A
from tests.eval.test_question_sets import GOOD, TEN_FAULTS
from ui.command import run


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_ten_faults_are_ten_lines_and_nothing_is_scored(here, capfd):
    values = [{**GOOD, "id": "good"}, *(value for value, _ in TEN_FAULTS)]
    (here / "set.jsonl").write_text("".join((value if isinstance(value, str) else json.dumps(value)) + "\n" for value in values))
    for call in (["questions", "set.jsonl", "--to", "set.csv"], ["eval", "set.jsonl", "--out", "run.jsonl"]):
        assert run(call) == 2
        said = capfd.readouterr()
        lines = said.err.splitlines()
        assert [line.split(":")[0] for line in lines[:-1]] == [f"set.jsonl, line {number}" for number in range(2, 12)]
        for line, (_, reason) in zip(lines, TEN_FAULTS, strict=False):
            assert reason in line
        assert lines[-1] == "bronvast: set.jsonl has 10 faults; nothing was done" and said.out == ""
    assert sorted(path.name for path in here.iterdir()) == ["set.jsonl"]


def test_a_set_goes_from_form_to_form_and_back(here, samples, capfd):
    shutil.copy(samples / "questions" / "bloemlezing.jsonl", here / "a.jsonl")
    hashes = []
    for source, target in (("a.jsonl", "b.csv"), ("b.csv", "c.xlsx"), ("c.xlsx", "d.jsonl"), ("d.jsonl", "e.csv")):
        assert run(["questions", source, "--to", target, "--json"]) == 0
        hashes.append(json.loads(capfd.readouterr().out)["hash"])
    assert len(set(hashes)) == 1
    assert run(["questions", "e.csv"]) == 0
    assert "90 questions" in capfd.readouterr().out


def test_qrels_go_into_a_new_folder_by_any_case_of_their_ending_and_are_named_where_another_is_refused(here, capfd, monkeypatch):
    monkeypatch.setattr("ui.opening.open_index", lambda values: SimpleNamespace(documents=(DOCUMENT,)))
    (here / "set.jsonl").write_text(json.dumps({"id": "a", "question": "Wat?", "must": [[{"quote": A}]]}))
    for to in ("nieuw/a.qrels", "ander/B.QRELS"):
        assert run(["questions", "set.jsonl", "--to", to]) == 0
        assert (here / to).read_text().startswith("a 1 ")
    capfd.readouterr()
    assert run(["questions", "set.jsonl", "--to", "nieuw/a.docx"]) == 2
    assert "written as .jsonl, .csv, .xlsx, .qrels" in capfd.readouterr().err


def test_a_remark_for_people_goes_from_form_to_form_and_changes_nothing(here, capfd):
    values = [{"id": "a", "question": "Wat?", "must": [[{"quote": A}]], "note": "let op: <b>"},
              {"id": "b", "question": "Wie?", "answerable": False, "note": [1]},
              {"id": "c", "question": "Wie?", "answerable": False}]
    (here / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in values))
    (here / "bare.jsonl").write_text("".join(json.dumps({name: one[name] for name in one if name != "note"}) + "\n" for one in values))
    hashes = []
    for source, target in (("bare.jsonl", "bare.csv"), ("a.jsonl", "b.csv"), ("b.csv", "c.xlsx"), ("c.xlsx", "d.jsonl"), ("a.jsonl", "e.jsonl")):
        assert run(["questions", source, "--to", target, "--json"]) == 0
        hashes.append(json.loads(capfd.readouterr().out)["hash"])
    assert len(set(hashes)) == 1
    notes = [[json.loads(line).get("note") for line in (here / name).read_text().splitlines()] for name in ("d.jsonl", "e.jsonl")]
    assert notes == [["let op: <b>", "[1]", None], ["let op: <b>", [1], None]]


@pytest.mark.parametrize("given", ["--signals", "--qrels"])
def test_a_set_is_never_written_over_what_it_is_read_with(here, capfd, given):
    (here / "set.jsonl").write_text(json.dumps({"id": "a", "question": "Wat?", "must": ["s"]}))
    (here / "met.jsonl").write_text(before := json.dumps({"id": "s", "text": A}))
    assert run(["questions", "set.jsonl", given, "met.jsonl", "--to", "./met.jsonl"]) == 2
    assert "name another file" in capfd.readouterr().err and (here / "met.jsonl").read_text() == before


def test_the_schema_is_printed_and_wrong_use_is_one_line(here, capfd):
    assert run(["questions", "--schema"]) == 0
    assert json.loads(capfd.readouterr().out)["required"] == ["id", "question"]
    for call in ([], ["none.jsonl"], ["none.csv"], ["none.xlsx"]):
        assert run(["questions", *call]) == 2
        assert len(capfd.readouterr().err.splitlines()) == 1
