"""Calls for the beheerder: `bronvast remove` and `bronvast audit`."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.opening import check_there
from ui.output import note, write_json, write_text
from ui.settings import load


def remove(
    docs: Annotated[list[str], typer.Argument(metavar="DOC", help="Names of documents, as `passages` has them.")],
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Remove documents, and every byte of their text, from the index and from what the state folder keeps of them."""
    values = load(settings, index=index).values
    check_there(values)
    from ui.source_changes import remove_everywhere

    remove_everywhere(values, docs)
    if json:
        write_json({"removed": docs})
    else:
        note(f"removed: {', '.join(docs)}")


def audit(
    user: Annotated[str | None, typer.Option("--user", help="Only the deeds of this user.")] = None,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Print who asked, opened, exported, changed or signed in, oldest first."""
    from ui.audit import Audit

    values = load(settings, index=index).values
    for line in Audit(values.state / "audit.jsonl", secret=b"", days=values.audit_days).lines():
        if user is None or line["user"] == user:
            if json:
                write_json(dict(line))
            else:
                write_text("\t".join(_visible(line.get(name, "")) for name in ("at", "user", "deed", "what")) + "\n")


def _visible(text: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in text)
