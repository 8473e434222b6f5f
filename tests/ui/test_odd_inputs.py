"""Whatever stands in a settings file, a batch or a cookie: an error of ours or a value, never a traceback."""

import contextlib
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import BronvastError, UsageError
from ui.accounts import Accounts
from ui.ask_command import read_batch
from ui.privacy import personal_data
from ui.sessions import Sessions
from ui.settings import load

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
