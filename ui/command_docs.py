"""docs/commands.md, made from the help of the command itself: `python -m ui.command_docs > docs/commands.md`."""

import contextlib
import io
import os
from collections.abc import Iterator

import typer.main

from ui.command import app, run
from ui.command_line import write_text

_WIDTH = "100"
_OPENING = """# The command

Made from `bronvast --help` by `python -m ui.command_docs`; a test keeps the two the same.

JSON goes to stdout alone, logs and reasons to stderr. Exit status: 0 done (an abstention is done), 1 a failure with a
one-line reason, 2 wrong use, 3 a requirement of `eval --require` was not met.
"""


def commands_page() -> str:
    """The page: the help of the command and of each of its calls, 100 columns wide."""
    sections = [f"\n## bronvast\n\n```text\n{_help([])}```\n"]
    sections += [f"\n## bronvast {' '.join(path)}\n\n```text\n{_help(path)}```\n" for path in _calls()]
    return _OPENING + "".join(sections)


def _calls() -> Iterator[list[str]]:
    """The words of each call, in the order of the help."""
    for name, one in typer.main.get_group(app).commands.items():
        inner = getattr(one, "commands", None)
        if inner is None:
            yield [name]
        else:
            yield from ([name, deeper] for deeper in inner)


def _help(path: list[str]) -> str:
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = _WIDTH
    try:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            run([*path, "--help"])
    finally:
        os.environ.pop("COLUMNS") if before is None else os.environ.update(COLUMNS=before)
    return "\n".join(line.rstrip() for line in said.getvalue().strip("\n").splitlines()) + "\n"


if __name__ == "__main__":
    write_text(commands_page())
