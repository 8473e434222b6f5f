from pathlib import Path

import pytest

from ingest.errors import UsageError
from ui.settings import load


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("BRONVAST_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def _file(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_later_sources_win_and_each_value_says_where_it_came_from(tmp_path, monkeypatch):
    file = _file(tmp_path, 'index = "from-file"\nport = 1111\nhost = "127.0.0.2"\n[answering]\nmost_near = 5\n')
    monkeypatch.setenv("BRONVAST_PORT", "2222")
    monkeypatch.setenv("BRONVAST_ANSWERING__LONGEST_QUESTION", "99")
    loaded = load(file, index=Path("from-command"), host=None)
    origins = {one.name: (one.value, one.origin) for one in loaded.listed()}
    assert origins["index"] == ("from-command", "command line")
    assert origins["port"] == (2222, "environment")
    assert origins["host"] == ("127.0.0.2", "file")
    assert origins["answering.most_near"] == (5, "file")
    assert origins["answering.longest_question"] == (99, "environment")
    assert origins["session_hours"][1] == "default"
    assert loaded.values.answering.most_near == 5


@pytest.mark.parametrize("text", ["nonsense = 1", "[answering]\nnonsense = 1", "[answering.fusion]\nnonsense = 1"])
def test_an_unknown_key_in_the_file_fails_and_is_named(tmp_path, text):
    with pytest.raises(UsageError, match=r"nonsense: is not a setting"):
        load(_file(tmp_path, text))


def test_an_unknown_variable_in_the_environment_fails_and_is_named(monkeypatch):
    monkeypatch.setenv("BRONVAST_PROT", "1")
    with pytest.raises(UsageError, match="BRONVAST_PROT"):
        load()


@pytest.mark.parametrize(("variable", "value", "names"), [
    ("bronvast_port", "9999", {"port": 9999}), ("Bronvast_Answering__Most_Near", "3", {"answering.most_near": 3}),
    ("BRONVAST_ANSWERING", '{"most_read": 3, "fusion": {"dense": 2}}', {"answering.most_read": 3, "answering.fusion.dense": 2})])
def test_what_the_environment_sets_in_small_letters_or_as_a_group_is_listed_as_from_there(monkeypatch, variable, value, names):
    monkeypatch.setenv(variable, value)
    assert {one.name: one.value for one in load().listed() if one.origin == "environment"} == names


@pytest.mark.parametrize(("variable", "value", "named"), [
    ("bronvast_prot", "1", "bronvast_prot is not a setting"), ("bronvast_settings", "x.toml", "bronvast_settings is not a setting"),
    ("BRONVAST_ANSWERING__FUSION", '{"dense": 2}', "BRONVAST_ANSWERING__FUSION is not a setting"),
    ("BRONVAST_ANSWERING", "{", "answering"), ("BRONVAST_ANSWERING", "[1]", "answering"), ("BRONVAST_ANSWERING", '{"prot": 1}', "prot")])
def test_a_name_or_group_in_the_environment_that_is_wrong_fails_and_is_named(monkeypatch, variable, value, named):
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError, match=named):
        load()


@pytest.mark.parametrize("wrong", ["audit_days = 36501", "history_days = 1000000"])
def test_days_that_no_calendar_goes_back_to_are_refused(tmp_path, wrong):
    with pytest.raises(UsageError, match=wrong.split()[0]):
        load(_file(tmp_path, wrong))


def test_a_wrong_value_is_one_line_without_the_value(tmp_path):
    with pytest.raises(UsageError) as caught:
        load(_file(tmp_path, 'port = "seventy"\nsession_hours = -1'))
    message = str(caught.value)
    assert "port" in message and "session_hours" in message and "seventy" not in message and "\n" not in message


@pytest.mark.parametrize("wrong", ["answer_line = 2", "best_line = -0.1", "single_share = nan", "most_sentences = -2", "most_sentences = 0",
                                   "most_near = -1", "longest_question = 0", "field_log_odds = inf", "fusion.dense = inf", "fusion.lexical = nan"])
def test_a_line_share_or_count_out_of_its_bounds_is_one_line_that_names_it(tmp_path, wrong):
    file = _file(tmp_path, f"[answering]\n{wrong}")
    with pytest.raises(UsageError, match=f"wrong settings: answering.{wrong.split()[0]}: .+ \\(from {file}\\)$"):
        load(file)


def test_the_bounds_themselves_are_allowed(tmp_path):
    file = _file(tmp_path, "[answering]\nanswer_line = 1\nbest_line = 0\nmost_sentences = 1\nmost_near = 0\nmost_read = 0\nfusion.lexical = 0")
    assert load(file).values.answering.answer_line == 1.0


def test_a_file_that_is_named_but_absent_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("BRONVAST_SETTINGS", str(tmp_path / "absent.toml"))
    with pytest.raises(UsageError, match="does not exist"):
        load()


def test_a_file_that_is_not_toml_fails(tmp_path):
    with pytest.raises(UsageError, match="not TOML"):
        load(_file(tmp_path, "port ="))


def test_the_file_in_the_working_folder_is_read(tmp_path):
    (tmp_path / "bronvast.toml").write_text("port = 4444")
    assert load().values.port == 4444


def test_secrets_are_never_listed(tmp_path):
    loaded = load(_file(tmp_path, 'llm_key = "geheim-123"'))
    assert all("geheim" not in str(one.value) for one in loaded.listed())
    assert "geheim" not in repr(loaded)


def test_the_hash_changes_with_a_setting_and_only_then():
    assert load().values.hash == load().values.hash
    assert load().values.hash != load(port=99).values.hash
