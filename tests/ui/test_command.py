import json
import subprocess
import sys

import pytest

from index.backup import backup
from tests.index.small import small_index
from ui.command import run
from ui.command_line import audiences


@pytest.mark.parametrize("arguments", [["ask"], ["nonsense"], ["ask", "--nonsense"], ["text"], [],
                                       ["ask", "x", "--batch", "y"], ["ask", "x", "--filter", "theme"],
                                       ["ingest"], ["ingest", "/absent/file.pdf"], ["ask", "--batch", "/absent"]])
def test_wrong_use_exits_with_2(arguments, capsys):
    assert run(arguments) == 2
    said = capsys.readouterr()
    if arguments:
        assert said.out == ""
        assert said.err.startswith("bronvast: ") and said.err.count("\n") == 1


@pytest.mark.parametrize("call", [["ask", "Wat?"], ["passages"]])
def test_an_empty_audience_is_refused_before_anything_is_opened(call, capsys):
    assert run([*call, "--audience", "partners,", "--index", "/absent"]) == 2
    assert capsys.readouterr().err == "bronvast: --audience has an empty name: give names, with commas between them\n"


def test_names_of_audiences_with_commas_are_as_many_audiences():
    assert audiences(["partners, recherche", "intern"]) == {"partners", "recherche", "intern"}
    assert audiences(None) is audiences([]) is None


def test_whatever_the_command_writes_is_readable_by_its_owner_alone(tmp_path):
    backup(small_index(tmp_path), tmp_path / "b.tar.gz")
    call = ["restore", str(tmp_path / "b.tar.gz"), "--index", str(tmp_path / "new" / "index")]
    subprocess.run([sys.executable, "-c", "from ui.command import main; main()", *call], check=True, umask=0o022, capture_output=True)
    written = list((tmp_path / "new").rglob("*"))
    assert len(written) > 5 and [path for path in written if path.stat().st_mode & 0o077] == []


def test_help_exits_with_0_and_names_every_call(capsys):
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    for call in ("ingest", "passages", "text", "ask", "settings"):
        assert call in said


def test_settings_as_json_are_json_alone(capsys):
    assert run(["settings", "--json", "--index", "ergens"]) == 0
    values = {one["name"]: one for one in json.loads(capsys.readouterr().out)["settings"]}
    assert values["index"] == {"name": "index", "value": "ergens", "from": "command line"}


def test_a_settings_file_with_an_unknown_key_is_one_line(tmp_path, capsys):
    file = tmp_path / "own.toml"
    file.write_text("colour = 'blue'")
    assert run(["settings", "--settings", str(file)]) == 2
    assert capsys.readouterr().err == f"bronvast: wrong settings: colour: is not a setting (from {file})\n"


def test_an_error_of_the_system_without_a_reason_of_its_own_is_told_by_its_text(capsys, monkeypatch):
    def failing(_):
        raise OSError("the library says why")

    monkeypatch.setattr("ui.admin_commands.check_there", failing)
    assert run(["doctor"]) == 1
    assert capsys.readouterr().err == "bronvast: the library says why\n"


def test_nothing_heavy_is_imported_before_a_call_needs_it():
    heavy = ["torch", "gradio", "chromadb", "llama_index", "sentence_transformers", "fastapi", "rich.console", "numpy"]
    script = f"import sys, ui.command; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
