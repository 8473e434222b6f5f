from pathlib import Path

from ui.command_docs import commands_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"


def test_the_page_of_the_commands_is_what_the_help_says():
    assert PAGE.read_text(encoding="utf-8") == commands_page(), "run: python -m ui.command_docs > docs/commands.md"


def test_every_call_takes_an_index_and_json():
    for section in commands_page().split("\n## bronvast ")[1:]:
        assert "--index" in section and "--json" in section, section[:40]
