import json

import pytest

from ui.accounts import Account, Accounts
from ui.keys import Guesses, Sessions

PASSWORD = "correct paard batterij"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(tmp_path):
    accounts = Accounts(tmp_path / "users.json")
    accounts.add(Account("anna", "lezer"), PASSWORD)
    return accounts


@pytest.fixture
def sessions(accounts, tmp_path, clock):
    return Sessions(accounts, secret=b"k" * 32, hours=1, ended=tmp_path / "ended.json", clock=clock)


def test_a_cookie_speaks_for_its_user_until_it_ends(sessions, clock):
    cookie = sessions.issue(Account("anna", "lezer"))
    assert sessions.account(cookie) == Account("anna", "lezer")
    clock.now += 3601
    assert sessions.account(cookie) is None


def test_a_cookie_that_is_changed_or_signed_with_another_key_is_nothing(sessions, accounts, tmp_path):
    cookie = sessions.issue(Account("anna", "lezer"))
    other = Sessions(accounts, secret=b"x" * 32, hours=1, ended=tmp_path / "ended.json")
    for forged in ("", "x", cookie[:-1], cookie[1:], other.issue(Account("anna", "lezer")), "é", cookie + "."):
        assert sessions.account(forged) is None


def test_signing_out_ends_the_cookie_for_every_copy_and_process(sessions, accounts, tmp_path, clock):
    cookie = sessions.issue(Account("anna", "lezer"))
    sessions.end(cookie)
    again = Sessions(accounts, secret=b"k" * 32, hours=1, ended=tmp_path / "ended.json", clock=clock)
    assert sessions.account(cookie) is None and again.account(cookie) is None
    assert sessions.account(sessions.issue(Account("anna", "lezer"))) is not None


def test_a_new_password_ends_the_sessions_from_before(sessions, accounts):
    cookie = sessions.issue(Account("anna", "lezer"))
    accounts.set_password("anna", PASSWORD + "2")
    assert sessions.account(cookie) is None


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_an_account_that_was_removed_and_added_again_is_not_opened_by_a_cookie_from_before(sessions, accounts, password):
    accounts.add(Account("vera", "lezer"), password)
    cookie = sessions.issue(Account("vera", "lezer"))
    accounts.remove("vera")
    accounts.add(Account("vera", "beheerder"), password)
    assert sessions.account(cookie) is None


def test_a_users_file_of_before_stamps_is_read_and_its_sessions_go_on(accounts, sessions, tmp_path):
    stored = json.loads((tmp_path / "users.json").read_text())
    del stored["anna"]["stamp"]
    (tmp_path / "users.json").write_text(json.dumps(stored))
    assert accounts.stamp("anna") == stored["anna"]["password"][-12:]
    cookie = sessions.issue(Account("anna", "lezer"))
    accounts.add(Account("bert", "lezer"), PASSWORD)
    assert sessions.account(cookie) == Account("anna", "lezer")
    accounts.set_password("anna", PASSWORD)
    assert sessions.account(cookie) is None


def test_whoever_guesses_wrong_too_often_waits_and_nobody_else_does(clock):
    guesses = Guesses(attempts=3, wait_s=60, clock=clock)
    for _ in range(2):
        guesses.wrong("anna")
    assert guesses.wait("anna") == 0
    guesses.wrong("anna")
    assert guesses.wait("anna") == 60 and guesses.wait("bert") == 0
    clock.now += 61
    assert guesses.wait("anna") == 0


def test_a_right_guess_clears_the_count(clock):
    guesses = Guesses(attempts=2, wait_s=60, clock=clock)
    guesses.wrong("anna")
    guesses.right("anna")
    guesses.wrong("anna")
    assert guesses.wait("anna") == 0


def test_a_guess_that_was_right_after_all_is_taken_off_again(clock):
    guesses = Guesses(attempts=2, wait_s=60, clock=clock)
    for _ in range(5):
        guesses.wrong("10.0.0.1")
        guesses.taken_back("10.0.0.1")
    guesses.wrong("10.0.0.1")
    assert guesses.wait("10.0.0.1") == 0
    guesses.wrong("10.0.0.1")
    assert guesses.wait("10.0.0.1") == 60
