"""What the calls of the command share: their options, and what goes to stdout (JSON, exact text or lines, always UTF-8) and to stderr (all else)."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import UsageError

IndexOption = Annotated[Path | None, typer.Option("--index", metavar="DIR", help="Folder of the index.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
SettingsOption = Annotated[Path | None, typer.Option("--settings", metavar="FILE", help="Settings file (TOML).")]
AudienceOption = Annotated[list[str] | None, typer.Option(
    "--audience", metavar="NAME", help="Only what this audience may see; repeatable, or names with commas. Without it: everything.")]


def audiences(given: list[str] | None) -> frozenset[str] | None:
    """The audiences as the assistant takes them: None stands for everything. A comma separates names, as in the sidecar of a document.

    :raises UsageError: for a name that is empty.
    """
    names = [name.strip() for one in given or () for name in one.split(",")]
    if not all(names):
        raise UsageError("--audience has an empty name: give names, with commas between them")
    return frozenset(names) if given else None


def write_text(text: str) -> None:
    """Write the text exactly, with no newline added and whatever the locale is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def json_bytes(value: Mapping[str, object] | list[object]) -> bytes:
    """The value as JSON in UTF-8; a lone surrogate, which has no UTF-8, as the escape that JSON has for it."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def write_json(value: Mapping[str, object] | list[object]) -> None:
    """Write one JSON value on one line, at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json_bytes(value) + b"\n")
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Write a line for the person at the terminal, on stderr."""
    sys.stderr.write(" ".join(text.encode("utf-8", "backslashreplace").decode().splitlines()) + "\n")
