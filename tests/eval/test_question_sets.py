import json

import pytest

from eval.question_sets import QuestionSetError, json_entries, question_set, read_questions, read_signals, write_questions
from eval.questions import Anchor
from ingest.errors import UsageError

GOOD = {"id": "a", "question": "Hoe hoog is de dijk?", "must": [[{"quote": "De dijk is vier meter hoog."}]]}


def lines(*values):
    return [value if isinstance(value, str) else json.dumps(value) for value in values]


def faults(*values, signals=None):
    with pytest.raises(QuestionSetError) as caught:
        question_set(json_entries(lines(*values)), "set.jsonl", signals)
    return [(fault.line, fault.reason) for fault in caught.value.faults]


TEN_FAULTS = [
    ("{not json", "not JSON"),
    (["list"], "not a JSON object"),
    ({**GOOD, "id": "a1", "question": "  "}, "`question` must be text"),
    ({"question": "Zonder id?", "answerable": False}, "`id` is missing"),
    ({**GOOD, "id": "good"}, "id 'good' is that of line 1"),
    ({**GOOD, "id": "a2", "lang": "fr"}, "`language` must be one of nl, en, not 'fr'"),
    ({**GOOD, "id": "a3", "must": []}, "answerable, but names no required quotation"),
    ({**GOOD, "id": "a4", "answerable": False}, "not answerable, but names required quotations"),
    ({**GOOD, "id": "a5", "must": [[{"quote": "x", "start": 9, "end": 3}]]}, "offsets 9 to 3"),
    ({**GOOD, "id": "a6", "kidn": "list"}, "unknown field 'kidn'"),
]


def test_a_set_with_ten_faults_names_all_ten_with_their_lines():
    found = faults({**GOOD, "id": "good"}, *(value for value, _ in TEN_FAULTS))
    assert [line for line, _ in found] == list(range(2, 12))
    for (_, reason), (_, expected) in zip(found, TEN_FAULTS, strict=True):
        assert expected in reason


def test_one_line_with_three_faults_has_three_reasons():
    found = faults({"id": "a", "question": "?", "must": [[{"quote": ""}], "s9"], "history": "x"})
    assert {line for line, _ in found} == {1}
    assert len(found) == 3


@pytest.mark.parametrize(("field", "value"), [
    ("history", [1]), ("answerable", "yes"), ("filters", [["land"]]), ("must", "x"), ("may", {"quote": "x"}), ("must", [[]]),
    ("must", [[{"quote": 3}]]), ("pair", ["p"]), ("must", [[{"quote": "x", "start": 1}]]), ("must", [[{"quote": "x", "doc": 1}]]),
    ("must", [[{"quote": "x", "start": True, "end": 2}]]), ("id", True), ("language", ["nl"])])
def test_a_field_of_the_wrong_kind_is_a_fault_and_never_a_crash(field, value):
    assert faults({**GOOD, field: value})


def test_blank_lines_and_a_byte_order_mark_are_passed_over_and_lines_keep_their_numbers(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n\r\n{}\n")
    with pytest.raises(QuestionSetError) as caught:
        read_questions(path)
    assert {fault.line for fault in caught.value.faults} == {3}


def test_an_empty_set_and_an_absent_file_are_refused(tmp_path):
    assert faults() == [(1, "there is no question")]
    with pytest.raises(UsageError, match="cannot be read"):
        read_questions(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_questions(tmp_path / "latin.jsonl")


def test_quotations_may_be_given_by_the_id_of_a_signal(tmp_path):
    signals = {"s1": Anchor("Water stijgt."), "s2": Anchor("Water daalt.")}
    question = question_set(json_entries(lines({"id": "a", "question": "?", "must": [["s1", "s2"], "s1"], "may": ["s2"]})), "x", signals).questions[0]
    assert [[anchor.quote for anchor in group] for group in question.must] == [["Water stijgt.", "Water daalt."], ["Water stijgt."]]
    assert question.may == (Anchor("Water daalt."),)
    assert "names signal 's7'" in faults({"id": "a", "question": "?", "must": [["s7"]]}, signals=signals)[0][1]


def test_gold_quotations_are_each_required():
    gold = [{"doc": "wet", "start": 3, "end": 8, "quote": "water"}, {"doc": "wet", "start": 20, "end": 24, "quote": "dijk"}]
    question = question_set(json_entries(lines({"id": "a", "lang": "en", "question": "?", "gold": gold})), "x").questions[0]
    assert question.must == ((Anchor("water", "wet", 3, 8),), (Anchor("dijk", "wet", 20, 24),))
    assert question.language == "en"


@pytest.mark.parametrize("wrong", [{"start": "3", "end": 9}, {"start": 9, "end": 3}, {"end": 3}, {"start": True, "end": 9}, {"start": [1]}, {"doc": 3}])
def test_offsets_of_a_signal_are_checked_as_those_of_a_quotation(tmp_path, wrong):
    path = tmp_path / "signals.jsonl"
    path.write_text("\n".join(lines({"id": "s1", "text": "Water stijgt.", "doc": "nota", "start": 3, "end": 9}, {"id": "s2", "text": "Dijk.", **wrong})))
    with pytest.raises(QuestionSetError, match="signals.jsonl has 1 fault, nothing was scored: line 2: signal 's2'"):
        read_signals(path)
    path.write_text(path.read_text().split("\n")[0])
    assert read_signals(path) == {"s1": Anchor("Water stijgt.", "nota", 3, 9)}


def test_a_set_written_and_read_again_is_equal_and_its_hash_ignores_order(tmp_path):
    more = {"id": "b", "lang": "en", "question": "Rights?", "answerable": False, "filters": {"land": "NL"}, "pair": "p", "history": ["?"]}
    one = question_set(json_entries(lines(GOOD, more)), "x")
    write_questions(tmp_path / "x.jsonl", reversed(one.questions))
    two = read_questions(tmp_path / "x.jsonl")
    assert one.hash == two.hash
    assert {q.to_json()["id"]: q.to_json() for q in one.questions} == {q.to_json()["id"]: q.to_json() for q in two.questions}
    assert question_set(json_entries(lines({**GOOD, "question": "Anders?"}, more)), "x").hash != one.hash


def test_the_given_sets_are_read(shared_data):
    signals = shared_data / "bloemlezing" / "bloemlezing-p14.signals.jsonl"
    page = read_questions(shared_data / "questions" / "bloemlezing.jsonl", signals=signals)
    law = read_questions(shared_data / "questions" / "law.jsonl")
    assert (len(page.questions), len(law.questions)) == (46, 39)
    assert sum(not question.answerable for question in law.questions) == 10
    with pytest.raises(QuestionSetError, match="names signal 's08'"):
        read_questions(shared_data / "questions" / "bloemlezing.jsonl")
