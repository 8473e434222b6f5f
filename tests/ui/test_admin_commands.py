"""Calls for the beheerder: doctor and user."""

import io
import json
import sys

import pytest

from index.finding import Finding
from index.manifest import read_manifest
from index.store import VectorStore
from tests.index.small import FakeEncoder, small_index
from ui.accounts import Account, Accounts
from ui.command import run
from ui.history import History
from ui.keys import Tokens


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.admin_commands.open_encoder", lambda values: FakeEncoder())
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


PASSWORD = "correct paard batterij"


@pytest.fixture
def call(tmp_path, monkeypatch):
    file = tmp_path / "own.toml"
    file.write_text(f'state = "{tmp_path / "state"}"')

    def call(*arguments: str, typed: str = PASSWORD) -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed + "\n"))
        return run([*arguments, "--settings", str(file)])

    return call


def test_a_user_is_added_listed_given_a_token_and_removed(call, capfd, tmp_path):
    assert call("user", "add", "pim", "--role", "partner", "--audience", "partners") == 0
    assert call("user", "add", "bea", "--role", "beheerder") == 0
    accounts = Accounts(tmp_path / "state" / "users.json")
    assert accounts.check("pim", PASSWORD) == Account("pim", "partner", frozenset({"partners"}))
    capfd.readouterr()
    assert call("user", "list", "--json") == 0
    assert json.loads(capfd.readouterr().out)[1] == {"name": "pim", "role": "partner", "audiences": ["partners"]}
    assert call("user", "token", "pim") == 0
    token = capfd.readouterr().out.strip()
    assert Tokens(tmp_path / "state" / "tokens.json", accounts).account(token) == accounts.find("pim")
    assert call("user", "remove", "pim") == 0
    assert accounts.find("pim") is None
    assert Tokens(tmp_path / "state" / "tokens.json", accounts).account(token) is None


def test_the_history_of_a_removed_user_is_deleted_and_nobody_gets_what_an_older_version_left(call, tmp_path):
    kept = History(tmp_path / "state" / "history", days=9)
    assert call("user", "add", "pim") == 0
    kept.add("pim", "c1", "Waar ligt de zeester?", status="answered")
    assert call("user", "remove", "pim") == 0
    assert kept.all("pim") == []
    assert not any(b"zeester" in path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file())
    kept.add("pim", "c1", "Waar ligt de zeester?", status="answered")
    assert call("user", "add", "pim", "--role", "partner", "--audience", "partners") == 0
    assert kept.all("pim") == []


def test_audiences_may_be_given_with_commas_as_in_a_sidecar(call, tmp_path):
    assert call("user", "add", "pim", "--role", "partner", "--audience", "partners, recherche", "--audience", "intern") == 0
    assert Accounts(tmp_path / "state" / "users.json").find("pim").audiences == {"partners", "recherche", "intern"}


def test_the_first_user_is_told_that_a_page_that_is_served_must_be_started_again(call, capfd):
    assert call("user", "add", "bea") == call("user", "add", "pim") == 0
    first, second = capfd.readouterr().err.splitlines()
    assert "started again" in first and second == "added pim"


@pytest.mark.parametrize("arguments", [["user", "add", "anna", "--role", "god"], ["user", "add", "pim", "--role", "partner"],
                                       ["user", "add", "pim", "--role", "partner", "--audience", "partners,,intern"],
                                       ["user", "add", "pim", "--audience", ""],
                                       ["user", "add", "Anna!"], ["user", "remove", "nobody"], ["user", "token", "nobody"],
                                       ["user", "password", "nobody"], ["user"], ["user", "nonsense"]])
def test_wrong_use_is_one_line(call, capfd, arguments):
    assert call(*arguments) == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_a_short_password_is_refused_and_never_shown(call, capfd):
    assert call("user", "add", "anna", typed="kort") == 2
    said = capfd.readouterr()
    assert "12 characters" in said.err and "kort" not in said.err + said.out


def test_the_audit_log_is_printed_without_control_characters(call, capfd, tmp_path):
    from ui.audit import Audit

    log = Audit(tmp_path / "state" / "audit.jsonl", secret=b"1", days=9)
    log.write("anna", "opened", what="a\x1b[31m.pdf")
    log.write("bert", "signed in")
    assert call("audit", "--user", "anna") == 0
    said = capfd.readouterr().out
    assert "opened\ta?[31m.pdf" in said and "bert" not in said
