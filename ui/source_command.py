"""`bronvast passages` and `bronvast text`: what is stored, so that anyone can check an offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Protocol

import typer

from ingest.documents import Document, Passage
from ui.command_options import AudienceOption, IndexOption, JsonOption, SettingsOption, audiences
from ui.opening import open_index
from ui.output import write_json, write_text
from ui.settings import load

FIELDS = ("passage_id", "doc", "section", "page", "kind", "start", "end", "text", "boxes")


def passage_json(passage: Passage) -> dict[str, object]:
    """The passage as the command contract has it."""
    values = asdict(passage)
    return {name: values[name] for name in FIELDS}


class Sources(Protocol):
    """What is needed of an index: its documents, and the passages that an audience may see."""

    def document(self, doc: str) -> Document:
        """The document of that name; raises UsageError for an unknown one."""
        ...

    def view(self, audiences: frozenset[str] | None) -> View:
        """The passages that these audiences may see."""
        ...


class View(Protocol):
    """Passages that may be seen together."""

    @property
    def passages(self) -> Sequence[Passage]:
        """All of them, in the order of the documents."""
        ...


def write_passages(sources: Sources, seen_by: frozenset[str] | None = None) -> None:
    """Write every passage that may be seen, one JSON object a line."""
    for passage in sources.view(seen_by).passages:
        write_json(passage_json(passage))


def write_document(sources: Sources, doc: str, *, as_json: bool) -> None:
    """Write the stored text of the document exactly, or with its name and hash as JSON.

    :raises UsageError: when the index has no such document.
    """
    document = sources.document(doc)
    if as_json:
        write_json({"doc": document.doc, "doc_sha256": document.sha256, "title": document.title,
                    "text": document.text})
    else:
        write_text(document.text)


def passages(index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
             audience: AudienceOption = None) -> None:
    """Print every passage, one JSON object a line."""
    write_passages(open_index(load(settings, index=index).values), audiences(audience))


def text(doc: Annotated[str, typer.Argument(metavar="DOC", help="Name of the document, as `passages` has it.")],
         index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Print the stored text of a document exactly, so that anyone can check an offset."""
    write_document(open_index(load(settings, index=index).values), doc, as_json=json)
