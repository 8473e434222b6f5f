"""The schema says what the reader reads."""

import json

import pytest

from eval.question_fields import question_schema
from eval.question_sets import QuestionSetError, json_entries, question_set
from tests.eval.test_question_sets import GOOD

jsonschema = pytest.importorskip("jsonschema")
CHECK = jsonschema.Draft202012Validator(question_schema())

WRONG = [{"history": [1]}, {"answerable": "yes"}, {"filters": [["land"]]}, {"must": "x"}, {"may": {"quote": "x"}}, {"must": [[]]}, {"must": [[{"quote": 3}]]},
         {"must": [[{"quote": "x", "start": 1}]]}, {"must": [[{"quote": "x", "doc": 1}]]}, {"id": True}, {"language": ["nl"]}, {"language": "fr"},
         {"question": "  "}, {"kind": 3}, {"pair": ["p"]}]
RIGHT = [{}, {"lang": "nl-NL"}, {"history": None}, {"filters": {"land": "NL"}}, {"may": [{"quote": "x", "doc": None}]}, {"id": 7}, {"bron": "eigen"},
         {"must": [{"quote": "x", "start": 3, "end": 4}]}]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(question_schema())


@pytest.mark.parametrize(("change", "right"), [*((one, False) for one in WRONG), *((one, True) for one in RIGHT)])
def test_schema_and_reader_agree(change, right):
    line = {**GOOD, **change}
    assert CHECK.is_valid(line) is right
    if right:
        assert question_set(json_entries([json.dumps(line)]), "x").questions
    else:
        with pytest.raises(QuestionSetError):
            question_set(json_entries([json.dumps(line)]), "x")


def test_every_line_of_the_samples_is_valid(samples):
    for path in sorted((samples / "questions").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            CHECK.validate(json.loads(line))
