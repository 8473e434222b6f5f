import stat

import pytest

from ingest.errors import BronvastError, UsageError
from ui.accounts import Account, Accounts
from ui.keys import Tokens

PASSWORD = "correct paard batterij"


@pytest.fixture
def accounts(tmp_path):
    return Accounts(tmp_path / "state" / "users.json")


def test_a_user_comes_in_with_the_right_password_only(accounts):
    accounts.add(Account("anna", "evaluator"), PASSWORD)
    assert accounts.check("anna", PASSWORD) == Account("anna", "evaluator")
    assert accounts.check("anna", PASSWORD + "!") is None
    assert accounts.check("nobody", PASSWORD) is None


def test_the_file_holds_argon2id_hashes_and_only_its_owner_reads_it(accounts, tmp_path):
    accounts.add(Account("anna", "lezer"), PASSWORD)
    file = tmp_path / "state" / "users.json"
    assert "$argon2id$" in file.read_text() and PASSWORD not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "Anna", "a b", "../x", "local", "x" * 65, "-a"])
def test_odd_names_are_refused(accounts, name):
    with pytest.raises(UsageError):
        accounts.add(Account(name, "lezer"), PASSWORD)


def test_a_short_password_a_taken_name_and_a_partner_without_audience_are_refused(accounts):
    accounts.add(Account("anna", "lezer"), PASSWORD)
    for account, password in ((Account("bert", "lezer"), "kort"), (Account("anna", "lezer"), PASSWORD),
                              (Account("pim", "partner"), PASSWORD)):
        with pytest.raises(UsageError):
            accounts.add(account, password)
    assert [one.name for one in accounts.all()] == ["anna"]


def test_an_account_of_the_provider_has_no_password_that_fits(accounts):
    accounts.add(Account("sub-1", "lezer"), None)
    assert accounts.check("sub-1", "") is None
    assert accounts.outside("sub-1") == Account("sub-1", "lezer")


def test_an_account_with_a_password_cannot_be_taken_over_by_the_provider(accounts):
    accounts.add(Account("anna", "beheerder"), PASSWORD)
    assert accounts.outside("anna") is None


def test_a_damaged_users_file_lets_nobody_in(tmp_path):
    for content in ("{", "[]", '{"anna": {"role": "god", "password": "x", "audiences": null}}', '{"anna": {"role": "lezer"}}',
                    '{"anna": {"role": "partner", "password": "x", "audiences": null}}', '{"anna": 3}',
                    '{"anna": {"role": "partner", "password": "x", "audiences": "intern"}}',
                    '{"anna": {"role": "lezer", "password": "x", "stamp": 3}}'):
        (tmp_path / "users.json").write_text(content)
        with pytest.raises(BronvastError):
            Accounts(tmp_path / "users.json").find("anna")


def test_a_token_speaks_for_its_user_until_it_is_withdrawn_or_the_user_is_gone(accounts, tmp_path):
    accounts.add(Account("anna", "lezer"), PASSWORD)
    tokens = Tokens(tmp_path / "tokens.json", accounts)
    first, second = tokens.issue("anna", days=1), tokens.issue("anna", days=0)
    assert tokens.account(first) == Account("anna", "lezer")
    assert tokens.account(second) is None, "it has ended"
    assert tokens.account("bv_guess") is None and tokens.account("") is None
    assert first not in (tmp_path / "tokens.json").read_text()
    tokens.revoke("anna")
    assert tokens.account(first) is None
    with pytest.raises(UsageError):
        tokens.issue("nobody", days=1)
