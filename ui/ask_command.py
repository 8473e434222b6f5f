"""`bronvast ask`: one answer, or one for each line of a file."""

from __future__ import annotations

import json as json_format
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import BronvastError, UsageError
from ingest.given_text import given_text
from ui.command_line import AudienceOption, IndexOption, JsonOption, SettingsOption, audiences, note, write_json
from ui.opening import open_assistant, open_writer, wanted_writer
from ui.settings import Settings, load

if TYPE_CHECKING:
    from assistant.answers import Asks
    from assistant.assistant import Assistant
    from assistant.writing.writer import Writer


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with its earlier questions, and the line of the batch that it came from."""

    question: str
    id: str = ""
    history: tuple[str, ...] = ()
    line: int = 0


def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question, in Dutch or English.")] = None,
    history: Annotated[list[str] | None, typer.Option(
        "--history", metavar="Q", help="An earlier question, oldest first; repeatable.")] = None,
    batch: Annotated[Path | None, typer.Option(
        "--batch", metavar="FILE", help='File of {"id","question","history"} lines (- for stdin): one JSON answer a line.',
    )] = None,
    filter: Annotated[list[str] | None, typer.Option(
        "--filter", metavar="NAME=VALUE", help="Only passages with this property; repeatable.")] = None,
    model: Annotated[bool | None, typer.Option(
        "--model/--no-model", help="With or without the language model of the settings; default: with, where one is set.")] = None,
    audience: AudienceOption = None, index: IndexOption = None, json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Answer one question with quotations from the sources, or a file of questions."""
    asked = _asked(question, batch, history or [])
    filters = [_pair(one) for one in filter] if filter else None
    seen_by = audiences(audience)
    values = load(settings, index=index).values
    writer = _writer(values, model)
    assistant = open_assistant(values)
    whole: Asks = _assisted(assistant, writer) if writer is not None else assistant
    if batch is not None:
        failed = answer_batch(whole, asked, audiences=seen_by, filters=filters)
        raise typer.Exit(failed)
    one = asked[0]
    if json:
        write_json(whole.ask(one.question, history=one.history, audiences=seen_by, filters=filters).to_json())
        return
    from ui.terminal import show_answer, show_generated

    answer = assistant.ask(one.question, history=one.history, audiences=seen_by, filters=filters)
    show_answer(answer)
    if writer is not None:
        show_generated(writer.stream(answer, history=one.history), answer)


def _writer(values: Settings, wanted: bool | None) -> Writer | None:
    """The language model's writer, unless it is switched off or not set."""
    if wanted is False:
        return None
    return wanted_writer(values) if wanted else open_writer(values)


def _assisted(assistant: Assistant, writer: Writer) -> Asks:
    from assistant.writing.assisted import Assisted

    return Assisted(assistant, writer)


def answer_batch(assistant: Asks, asked: Sequence[AskedQuestion], *, audiences: frozenset[str] | None = None,
                 filters: Sequence[tuple[str, str]] | None = None,
                 write: Callable[[dict[str, object]], None] = write_json) -> int:
    """Write one answer a line, in order, and return the exit status.

    A question that cannot be asked gets a line with its `error` in its place and the reason on stderr, so that the
    others are answered all the same; the status is then 2.
    """
    status = 0
    for one in asked:
        try:
            answer = assistant.ask(one.question, history=one.history, id=one.id, audiences=audiences, filters=filters)
        except BronvastError as error:
            status = 2
            note(f"bronvast: line {one.line}: {error}")
            write({"id": one.id, "error": str(error)})
        else:
            write(answer.to_json())
    return status


def read_batch(lines: Sequence[str], name: str) -> Iterator[AskedQuestion]:
    """Read the questions of a batch; blank lines are passed over.

    :raises UsageError: naming the first line that is not as it should be.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json_format.loads(line)
        except (json_format.JSONDecodeError, RecursionError):
            raise UsageError(f"{name}, line {number}: not JSON") from None
        if not isinstance(value, dict) or not isinstance(value.get("question"), str):
            raise UsageError(f'{name}, line {number}: needs a "question" that is text')
        history = value.get("history") or []
        if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
            raise UsageError(f'{name}, line {number}: "history" must be a list of texts')
        yield AskedQuestion(value["question"], id=str(value.get("id", "")), history=tuple(history), line=number)


def _asked(question: str | None, batch: Path | None, history: list[str]) -> list[AskedQuestion]:
    if batch is None:
        if question is None:
            raise UsageError("give a QUESTION, or a file of questions with --batch")
        return [AskedQuestion(question, history=tuple(history))]
    if question is not None or history:
        raise UsageError("--batch takes its questions and their history from the file alone")
    return list(read_batch(given_text(batch).split("\n"), str(batch)))


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not (name and sign and value):
        raise UsageError(f"--filter needs NAME=VALUE, not {given!r}")
    return name, value
