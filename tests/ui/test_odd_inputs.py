"""Whatever stands in a settings file, a question set, a batch or a cookie: an error of ours or a value, never a traceback."""

import contextlib
import io
import json
import os
from unittest import mock

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import BronvastError, UsageError
from ui.accounts import Accounts
from ui.ask_command import read_batch
from ui.command import run
from ui.keys import Sessions
from ui.privacy import personal_data
from ui.settings import Settings, load

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
values = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6)


@few
@given(content=st.binary(max_size=200) | st.sampled_from([
    b"port = 1e400", b"port = 99999999999999999999", b"index = 3", b"answering = 3", b"[answering]\nfusion = 3", b"[[port]]",
    b'index = "\\u0000"', b"session_hours = nan", b"session_hours = inf", b"upload_mb = inf",
    b"port = true", b"'' = 3", b'host = ["a"]']))
def test_any_settings_file_is_read_or_refused_in_one_line(tmp_path, content):
    (tmp_path / "own.toml").write_bytes(content)
    try:
        load(tmp_path / "own.toml")
    except UsageError as error:
        assert "\n" not in str(error)


@few
@given(line=st.text() | values.map(json.dumps) | st.dictionaries(st.sampled_from(["id", "question", "history"]), values).map(
    json.dumps))
def test_any_line_of_a_batch_is_a_question_or_refused(line):
    try:
        for one in read_batch(line.split("\n"), "q.jsonl"):
            assert isinstance(one.question, str) and all(isinstance(earlier, str) for earlier in one.history)
    except UsageError as error:
        assert "line" in str(error)


@few
@given(cookie=st.text(max_size=200))
def test_no_made_up_cookie_speaks_for_anyone(tmp_path, cookie):
    sessions = Sessions(Accounts(tmp_path / "users.json"), secret=b"k" * 32, hours=1, ended=tmp_path / "ended.json")
    assert sessions.account(cookie) is None


@few
@given(content=st.binary(max_size=100) | values.map(lambda value: json.dumps({"anna": value}).encode()))
def test_any_users_file_is_read_or_refused_and_lets_nobody_in(tmp_path, content):
    (tmp_path / "users.json").write_bytes(content)
    with contextlib.suppress(BronvastError):
        assert Accounts(tmp_path / "users.json").check("anna", "") is None


@few
@given(question=st.text(max_size=300))
def test_what_looks_personal_lies_inside_the_question(question):
    for one in personal_data(question):
        assert 0 <= one.start < one.end <= len(question)


FIELDS = ["id", "question", "language", "lang", "kind", "history", "answerable", "filters", "pair", "must", "may", "gold", "required", "doc", "start",
          "end", "quote"]
NAMES = [*Settings.model_fields, "answering.longest_question", "answering.fusion", "fusion.dense", "onbekend"]
questions = st.dictionaries(st.sampled_from(FIELDS), values | st.sampled_from(["nl", "q1", [[{"quote": "water"}]], [{"quote": "x", "start": 1}], True]))


def _refused_in_words(arguments: list[str]) -> None:
    """Run the command: it does what was asked, or says in lines that are ours what is wrong; anything else than that is raised here."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        assert run(arguments) in (0, 1, 2)
    assert "Traceback" not in said.getvalue() and len(said.getvalue()) < 100_000


def _workbook(rows: list[list[object]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@few
@given(content=st.binary(max_size=200) | st.lists(questions | values, max_size=4).map(lambda some: "\n".join(map(json.dumps, some)).encode()))
def test_any_question_set_is_read_or_refused_in_words(tmp_path, content):
    (tmp_path / "q.jsonl").write_bytes(content)
    _refused_in_words(["questions", str(tmp_path / "q.jsonl")])


@few
@given(rows=st.lists(st.lists(st.sampled_from([*FIELDS, "nl", "true", "", '"', "1", "9", ";", "\x00"]) | st.text(max_size=8), max_size=9), max_size=5),
       sign=st.sampled_from(",;\t"), raw=st.binary(max_size=20))
def test_any_table_of_questions_is_read_or_refused_in_words(tmp_path, rows, sign, raw):
    (tmp_path / "q.csv").write_bytes("\n".join(sign.join(row) for row in rows).encode("utf-8", "replace") + raw)
    _refused_in_words(["questions", str(tmp_path / "q.csv")])


@few
@given(at=st.integers(0, 6_000), damage=st.binary(min_size=1, max_size=12),
       cells=st.lists(st.integers() | st.floats() | st.booleans() | st.none() | st.sampled_from(["=1+1", *FIELDS, "nl"]), min_size=1, max_size=9))
def test_any_workbook_of_questions_is_read_or_refused_in_words(tmp_path, at, damage, cells):
    whole = _workbook([FIELDS[:3] + FIELDS[12:], cells])
    place = at % len(whole)
    for content in (whole, whole[:place] + damage + whole[place + len(damage):], whole[:place]):
        (tmp_path / "q.xlsx").write_bytes(content)
        _refused_in_words(["questions", str(tmp_path / "q.xlsx")])


@few
@given(lines=st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=4), section=st.sampled_from(["", "[answering]\n", "[[answering]]\n", "[index]\n"]))
def test_any_settings_of_known_names_are_taken_or_refused_in_words(tmp_path, lines, section):
    text = section + "\n".join(f"{name} = {json.dumps(value)}" for name, value in lines if value is not None)
    (tmp_path / "own.toml").write_text(text, "utf-8", "replace")
    _refused_in_words(["settings", "--settings", str(tmp_path / "own.toml")])


@few
@given(name=st.sampled_from(NAMES), value=st.text(max_size=20).filter(lambda text: "\x00" not in text) | values.map(json.dumps))
def test_any_value_in_the_environment_is_taken_or_refused_in_words(name, value):
    variable = f"BRONVAST_{name.replace('.', '__').upper()}"
    with mock.patch.dict(os.environ, {variable: value.encode("utf-8", "replace").decode().replace("\x00", "")}):
        _refused_in_words(["settings"])
