"""`bronvast restore`: the index as it was when a backup was made."""

from dataclasses import asdict

from ui.backup_command import FileArgument
from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.output import note, write_json
from ui.settings import load
from ui.stores import chroma_of


def restore(file: FileArgument, index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Make the index what it was in a backup; the backup is checked whole before anything is changed."""
    values = load(settings, index=index).values
    from index.backup import restore as read_backup

    report = read_backup(values.index, file, chroma=chroma_of(values))
    if json:
        write_json({"file": str(file), **asdict(report)})
    else:
        note(f"restored to {values.index}: {report.documents} documents, {report.passages} passages")
