import json
import subprocess
import sys

import pytest

from ui.command import run


@pytest.mark.parametrize("arguments", [["ask"], ["nonsense"], ["ask", "--nonsense"], ["text"], [],
                                       ["ask", "x", "--batch", "y"], ["ask", "x", "--filter", "theme"],
                                       ["ingest"], ["ingest", "/absent/file.pdf"], ["ask", "--batch", "/absent"]])
def test_wrong_use_exits_with_2(arguments, capsys):
    assert run(arguments) == 2
    said = capsys.readouterr()
    if arguments:
        assert said.out == ""
        assert said.err.startswith("bronvast: ") and said.err.count("\n") == 1


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


def test_nothing_heavy_is_imported_before_a_call_needs_it():
    heavy = ["torch", "gradio", "chromadb", "llama_index", "sentence_transformers", "fastapi", "rich.console", "numpy"]
    script = f"import sys, ui.command; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
