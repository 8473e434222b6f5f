"""What the page keeps: answers at hand for one account, and judgements."""

from tests.ui.fakes import answer
from ui.accounts import Account, Accounts
from ui.keeping import Feedback, Shelf


def test_an_account_gets_no_answer_of_one_of_the_same_name_that_was_removed(tmp_path):
    accounts = Accounts(tmp_path / "users.json")
    accounts.add(Account("vera", "lezer"), None)
    shelf = Shelf(accounts.stamp)
    key = shelf.put("vera", answer(), conversation="c1")
    assert shelf.find("vera", key) == answer() and len(shelf.conversation("vera", "c1")) == 1
    accounts.remove("vera")
    assert shelf.find("vera", key) is None
    accounts.add(Account("vera", "partner", frozenset({"partners"})), None)
    assert shelf.find("vera", key) is None and shelf.conversation("vera", "c1") == []


def test_a_judgement_behind_a_line_that_was_cut_off_is_kept(tmp_path):
    kept = Feedback(tmp_path / "feedback.jsonl", days=9)
    kept.add(answer("Een?"), "up")
    with (tmp_path / "feedback.jsonl").open("ab") as file:
        file.write(b'[]\n{"at": "20')
    kept.add(answer("Twee?"), "down")
    assert [line["question"] for line in kept.lines()] == ["Een?", "Twee?"]


def test_a_later_judgement_of_an_answer_takes_the_place_of_an_earlier_one(tmp_path):
    kept = Feedback(tmp_path / "feedback.jsonl", days=9)
    for key, verdict in (("a", "up"), ("b", "up"), ("a", "down"), ("", "up"), ("", "up")):
        kept.add(answer("Een?"), verdict, key=key)
    assert [(line["answer"], line["verdict"]) for line in kept.lines()] == [("b", "up"), ("a", "down"), ("", "up"), ("", "up")]
