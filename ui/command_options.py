"""The options that every call of the command shares."""

from pathlib import Path
from typing import Annotated

import typer

IndexOption = Annotated[Path | None, typer.Option("--index", metavar="DIR", help="Folder of the index.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
SettingsOption = Annotated[Path | None, typer.Option("--settings", metavar="FILE", help="Settings file (TOML).")]
AudienceOption = Annotated[list[str] | None, typer.Option(
    "--audience", metavar="NAME", help="Only what this audience may see; repeatable. Without it: everything.")]


def audiences(given: list[str] | None) -> frozenset[str] | None:
    """The audiences as the assistant takes them: None stands for everything."""
    return frozenset(given) if given else None
