"""Ranges in questions and in rows of tables, and which row is for which question."""

import pytest

from assistant.ranges import range_asked, range_of_row, share_of_neighbours

ROWS = ["1 dag–3 maanden | € 50", "3 maanden–9 maanden | € 80", ">9 maanden | € 120"]


@pytest.mark.parametrize(("question", "place"), [
    ("Wat betaalt een schip dat van 3 tot 9 maanden ligt?", 1), ("What does a ship pay that stays between three and nine months?", 1),
    ("Wat betaalt een schip dat hooguit drie maanden ligt?", 0), ("What is due for up to three months?", 0),
    ("Wat kost langer dan negen maanden liggen?", 2), ("What does a stay of more than 9 months cost?", 2),
    ("Wat kost een jaar liggen?", 2), ("What is due after five months?", 1), ("Wat kost twee weken?", 0)])
def test_the_row_of_the_range_asked_for_is_worth_more_than_its_neighbours(question, place):
    worth = share_of_neighbours(question, ROWS)
    assert [one == 1.0 for one in worth] == [number == place for number in range(3)]


@pytest.mark.parametrize("question", ["Wat kost een ligplaats?", "Wat geldt vanaf 18 uur?", "Hoe lang duurt de bedenktijd?", "Welke 3 regels gelden?"])
def test_without_a_range_in_the_same_unit_all_rows_are_worth_the_same(question):
    assert share_of_neighbours(question, ROWS) == [1.0] * 3


@pytest.mark.parametrize(("row", "low", "high"), [
    ("18 jaar en ouder | x", 6570, float("inf")), ("jonger dan 16 jaar | x", 0, 5840), ("1–2 weken | x", 7, 14), ("minder dan 5 dagen | x", 0, 5)])
def test_the_first_cell_of_a_row_may_be_a_range(row, low, high):
    found = range_of_row(row)
    assert found is not None and (found.low, found.high) == (low, high)


@pytest.mark.parametrize("row", ["Rotterdam | 6 maanden–12 maanden", "schip | x", "", "12 maanden | x", "9 maanden–3 maanden | x"])
def test_what_is_no_range_is_none(row):
    assert range_of_row(row) is None


def test_a_bare_number_is_no_value():
    assert range_asked("Wat staat in artikel 5?") is None
