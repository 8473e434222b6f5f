"""`doctor`, `backup` and `restore` as an administrator calls them: status, lines, and JSON."""

import json

import pytest

from index.finding import Finding
from index.manifest import read_manifest
from index.store import VectorStore
from tests.index.small import FakeEncoder, small_index
from ui.command import run


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.doctor_command.open_encoder", lambda values: FakeEncoder())
    monkeypatch.setattr("index.model_check.examine_model", lambda cache, mend: ())
    return small_index(tmp_path)


def test_a_sound_index_has_status_0_and_nothing_on_stdout(folder, capfd):
    assert run(["doctor", "--index", str(folder)]) == 0
    said = capfd.readouterr()
    assert said.out == "" and said.err == "nothing is wrong\n"


def test_what_is_wrong_is_a_line_with_status_1_and_mending_it_gives_0(folder, capfd):
    VectorStore(folder / "chroma").remove([read_manifest(folder).entries[0].key])
    assert run(["doctor", "--index", str(folder)]) == 1
    assert "Chroma holds 0 of its 1 passages" in capfd.readouterr().out
    assert run(["doctor", "--mend", "--json", "--index", str(folder)]) == 0
    line, = capfd.readouterr().out.splitlines()
    assert json.loads(line)["mended"] is True
    assert run(["doctor", "--index", str(folder)]) == 0


def test_a_model_that_is_broken_is_told_although_the_index_is_sound(folder, capfd, monkeypatch):
    monkeypatch.setattr("index.model_check.examine_model", lambda cache, mend: (Finding("model", "lacks x", "unpack again"),))
    assert run(["doctor", "--index", str(folder)]) == 1
    assert capfd.readouterr().out == "model: lacks x; unpack again\n"


def test_a_language_model_where_nobody_answers_is_told_in_one_line(folder, capfd, monkeypatch):
    monkeypatch.setenv("BRONVAST_LLM_ENDPOINT", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("BRONVAST_LLM_MODEL", "m")
    assert run(["doctor", "--index", str(folder)]) == 1
    assert capfd.readouterr().out == "llm_endpoint: nobody answers at http://127.0.0.1:9/v1; start the server, or correct the address\n"


def test_a_backup_is_restored(folder, tmp_path, capfd):
    assert run(["backup", str(tmp_path / "b.tar.gz"), "--index", str(folder), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["documents"] == 2
    assert run(["restore", str(tmp_path / "b.tar.gz"), "--index", str(tmp_path / "new")]) == 0
    assert read_manifest(tmp_path / "new") == read_manifest(folder)


@pytest.mark.parametrize("call", [["backup", "b.tar.gz"], ["doctor"]])
def test_no_index_is_one_line_and_2(call, tmp_path, capfd, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run([*call, "--index", str(tmp_path / "none")]) == 2
    said = capfd.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and list(tmp_path.iterdir()) == []


def test_a_backup_that_is_none_is_one_line(folder, tmp_path, capfd):
    (tmp_path / "b.tar.gz").write_bytes(b"\x1f\x8b nothing")
    assert run(["restore", str(tmp_path / "b.tar.gz"), "--index", str(folder)]) == 1
    assert capfd.readouterr().err.count("\n") == 1
