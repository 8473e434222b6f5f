"""What is stored, so that anyone can check it: `bronvast passages`, `text` and `verify`."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from ingest.documents import Document, Passage
from ingest.errors import UsageError
from ingest.given_text import given_text
from ui.command_line import AudienceOption, IndexOption, JsonOption, SettingsOption, audiences, note, write_json, write_text
from ui.opening import open_index
from ui.settings import load

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.verification import Proof


FIELDS = ("passage_id", "doc", "section", "page", "kind", "start", "end", "text", "boxes")
NOT_PROVEN = 1


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
    seen_by = audiences(audience)
    write_passages(open_index(load(settings, index=index).values), seen_by)


def text(doc: Annotated[str, typer.Argument(metavar="DOC", help="Name of the document, as `passages` has it.")],
         index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Print the stored text of a document exactly, so that anyone can check an offset."""
    write_document(open_index(load(settings, index=index).values), doc, as_json=json)


def verify(
    answer: Annotated[Path, typer.Argument(
        metavar="ANSWER", help="Answer saved with `ask --json`, answers one a line, or a run of `eval`; - for stdin.")],
    sources: Annotated[list[Path] | None, typer.Option(
        "--sources", metavar="PATH", help="Where the files are now; repeatable. Without it: where they were when ingested.")] = None,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Read the original files again and prove each quotation of a saved answer."""
    from assistant.verification import Originals
    from assistant.verification import verify as prove
    from index.originals import read_originals
    from ui.opening import reading_settings

    values = load(settings, index=index).values
    missing = [str(path) for path in sources or () if not path.exists()]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    reading = reading_settings(values)
    originals = Originals(read_originals(values.index), sources or ())
    proved = [(one, prove(one, originals, settings=reading)) for one in read_answers(answer)]
    if json:
        write_json(as_json(proved))
    else:
        for line in lines(proved):
            write_text(line + "\n")
    broken = [proof for _, proofs in proved for proof in proofs if proof.outcome != "proven"]
    if broken:
        note(f"bronvast: {len(broken)} of {sum(len(proofs) for _, proofs in proved)} quotations not proven; the first: {broken[0].reason}")
        raise typer.Exit(NOT_PROVEN)


def read_answers(path: Path) -> list[Answer]:
    """Read one answer, or one a line. Raises UsageError that names the line which is none."""
    from assistant.saved_answers import answer_from_json

    found = []
    for number, value in _values(path):
        inner = value.get("answer", value) if isinstance(value, dict) else value
        if inner is None or isinstance(value, dict) and ("run" in value or "summary" in value):
            continue  # a question of a run that failed, and the first and last line of a run
        try:
            found.append(answer_from_json(inner))
        except UsageError as error:
            raise UsageError(f"{path}, line {number}: {error}") from None
    if not found:
        raise UsageError(f"{path} holds no answer: save one with `bronvast ask QUESTION --json`")
    return found


def as_json(proved: Sequence[tuple[Answer, Sequence[Proof]]]) -> dict[str, object]:
    """Return what the command says with --json."""
    return {"proven": all(proof.outcome == "proven" for _, proofs in proved for proof in proofs),
            "answers": [{"id": one.id, "question": one.question, "quotations": [proof.to_json() for proof in proofs]}
                        for one, proofs in proved]}


def lines(proved: Sequence[tuple[Answer, Sequence[Proof]]]) -> Iterator[str]:
    """Yield a line for each quotation, what is not proven with its reason."""
    for answer, proofs in proved:
        if not proofs:
            yield f"{answer.id or answer.question}: nothing was quoted, nothing is to be proved"
        for proof in proofs:
            quoted = " ".join("".join(one if one.isprintable() else " " for one in proof.quote).split())
            mark = "near" if proof.near else f"[{proof.n}]"
            yield f"{proof.outcome:<10} {mark} {proof.doc} “{quoted}”" + (f": {proof.reason}" if proof.reason else "")


def _values(path: Path) -> Iterator[tuple[int, object]]:
    """Yield the JSON of a file, whole or line by line, with the number of its line."""
    text = given_text(path)
    try:
        yield 1, json_format.loads(text)
        return
    except (ValueError, RecursionError):
        pass  # not one value: then one on each line
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                value = json_format.loads(line)
            except (ValueError, RecursionError):
                raise UsageError(f"{path}, line {number}: not JSON") from None
            yield number, value
