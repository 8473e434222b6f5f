import io
import json
import sys

import pytest

from ui.accounts import Account, Accounts
from ui.command import run
from ui.tokens import Tokens

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


@pytest.mark.parametrize("arguments", [["user", "add", "anna", "--role", "god"], ["user", "add", "pim", "--role", "partner"],
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
