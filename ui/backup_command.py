"""`bronvast backup`: the index in one file, while it is being used."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.opening import check_there
from ui.output import note, write_json
from ui.settings import load

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup: a .tar.gz file.")]


def backup(file: FileArgument, index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Write a backup of the index to FILE, which must not exist; questions go on meanwhile."""
    values = load(settings, index=index).values
    check_there(values)
    from index.backup import backup as write_backup

    report = write_backup(values.index, file)
    if json:
        write_json({"file": str(file), **asdict(report)})
    else:
        note(f"{file}: {report.documents} documents, {report.passages} passages, {report.bytes} bytes")
