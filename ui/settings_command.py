"""`bronvast settings`: every setting, its value, and the place that it came from."""

import json as json_format
from typing import Annotated

import typer

from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.output import write_json, write_text
from ui.settings import Settings, load


def settings(
    schema: Annotated[bool, typer.Option("--schema", help="The JSON schema of the settings file.")] = False,
    index: IndexOption = None, json: JsonOption = False, file: SettingsOption = None,
) -> None:
    """Show every setting with its value and where it came from: default, file, environment or command line."""
    if schema:
        write_json(Settings.model_json_schema())
        return
    loaded = load(file, index=index)
    listed = list(loaded.listed())
    if json:
        write_json({"file": str(loaded.file) if loaded.file else None, "hash": loaded.values.hash,
                    "settings": [{"name": one.name, "value": one.value, "from": one.origin} for one in listed]})
        return
    for one in listed:
        write_text(f"{one.name} = {json_format.dumps(one.value, ensure_ascii=False)}  # {one.origin}\n")
    write_text(f"# settings file: {loaded.file or 'none'}; hash {loaded.values.hash}\n")
