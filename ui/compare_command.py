"""`bronvast compare`: two runs side by side, with what is real and which questions changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.output import write_json


def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN", help="The earlier run.")],
    second: Annotated[Path, typer.Argument(metavar="RUN", help="The later run.")],
    different_sets: Annotated[bool, typer.Option(
        "--different-sets", help="Compare runs of different question sets, by the ids that both have.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Compare two runs of a question set: measures with intervals, and each question that changed."""
    from eval.comparison import compare as compared
    from eval.run_files import read_run

    found = compared(read_run(first), read_run(second), different_sets=different_sets)
    if json:
        write_json(found.to_json())
    else:
        from ui.eval_terminal import show_comparison

        show_comparison(found)
