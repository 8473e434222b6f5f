"""`bronvast doctor`: finds what is wrong with the index, the embedding model and the language model, and mends what can be mended."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.opening import check_there, open_encoder, open_endpoint
from ui.output import note, write_json, write_text
from ui.settings import Settings, load
from ui.stores import chroma_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.finding import Finding

FOUND = 1


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Put right what can be put right.")] = False,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Look for what is wrong with the index and the models, one line each; status 1 when something is left."""
    values = load(settings, index=index).values
    check_there(values)
    from index.doctor import examine
    from index.model_check import examine_model

    found: tuple[Finding, ...] = () if values.embedding_model else examine_model(values.cache, mend=mend)
    found += examine(values.index, encoder=open_encoder(values), mend=mend, chroma=chroma_of(values), progress=lambda line: None)
    found += _language_model(values)
    show(found, as_json=json)
    if any(not one.mended for one in found):
        raise typer.Exit(FOUND)


def _language_model(values: Settings) -> tuple[Finding, ...]:
    """Ask the endpoint of the language model, where one is set."""
    endpoint = open_endpoint(values)
    if endpoint is None:
        return ()
    from assistant.writing.asking.endpoint_check import examine_endpoint

    wrong = examine_endpoint(endpoint, seconds=values.llm_seconds)
    return () if wrong is None else (wrong,)


def show(found: Sequence[Finding], *, as_json: bool) -> None:
    """Print each finding on a line of its own."""
    for one in found:
        if as_json:
            write_json(asdict(one))
        else:
            write_text(one.line + "\n")
    if not found:
        note("nothing is wrong")
    elif any(not one.mended for one in found):
        note(f"{sum(not one.mended for one in found)} found; `bronvast doctor --mend` mends what can be mended")
