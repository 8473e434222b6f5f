"""The part of the sources that only the beheerder sees: adding, replacing and removing documents.

Without postponed annotations: Gradio gives the request by the annotation of a parameter.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answers import Language
from ingest.documents import Document
from ingest.errors import BronvastError
from ui.cards import documents_html
from ui.desk import Desk
from ui.sight import seen
from ui.strings import ERRORS, PAGE

if TYPE_CHECKING:
    from ui.source_changes import SourceChanges

_FIELDS = ("publisher", "published", "audience")
_REOPENED_S = 1.2  # the desk looks once a second whether the index has changed


@dataclass(frozen=True, slots=True)
class Manage:
    """The components of this part; `changes` is None where nothing can be changed."""

    changes: "SourceChanges | None"
    group: Any
    files: Any
    fields: tuple[Any, ...]
    add: Any
    stop: Any
    said: Any
    chosen: Any
    remove: Any
    sure: Any
    confirm: Any
    cancel: Any
    question: Any

    @property
    def outputs(self) -> list[Any]:
        """What `labelled` gives values for."""
        return [self.group, self.files, *self.fields, self.add, self.stop, self.chosen, self.remove, self.confirm, self.cancel]

    def labelled(self, language: Language, *, shown: bool, documents: Mapping[str, Document]) -> list[Any]:
        """Return the words of this part, its documents, and whether it is shown."""
        import gradio as gr

        say = PAGE[language]
        names = [(f"{one.title} ({one.doc})", one.doc) for one in documents.values()] if shown else []
        return [gr.update(label=say["manage"], visible=shown and self.changes is not None), gr.update(label=say["add_files"]),
                *(gr.update(label=say[f"add_{field}"]) for field in _FIELDS), gr.update(value=say["add"]), gr.update(value=say["stop"]),
                gr.update(label=say["choose"], choices=names, value=None), gr.update(value=say["remove"]), gr.update(value=say["remove_yes"]),
                gr.update(value=say["remove_no"])]

    def bind(self, desk: Desk, language: Any, sources: Any) -> None:  # noqa: ANN401  (gradio has no types)
        """Bind the events; each checks anew that the user may change documents."""
        import gradio as gr

        def add(paths: list[str] | None, publisher: str, published: str, audience: str, language: str, request: gr.Request) -> Iterator[Any]:
            known: Language = "en" if language == "en" else "nl"
            lines: list[str] = []
            metadata = dict(zip(_FIELDS, (publisher, published, audience), strict=True))
            for path, line in added(desk, self.changes, request.username, paths or [], metadata, known):
                lines.append(line)
                yield f'<ul role="status">{"".join(lines)}</ul>', gr.skip(), gr.skip(), None if path is None else gr.skip()
            yield f'<ul role="status">{"".join(lines)}</ul>', *_listed(desk, request.username, known), None

        def ask_sure(name: str | None, language: str) -> Any:  # noqa: ANN401
            say = PAGE["en" if language == "en" else "nl"]
            return (gr.update(visible=bool(name)), f'<p role="alert">{escape(say["remove_sure"].format(name=name))}</p>' if name else "")

        def remove(name: str, language: str, request: gr.Request) -> Any:  # noqa: ANN401
            known: Language = "en" if language == "en" else "nl"
            said = removed(desk, self.changes, request.username, name, known)
            return said, gr.update(visible=False), *_listed(desk, request.username, known)

        private = {"api_visibility": "private", "show_progress": "hidden"}
        adding = self.add.click(add, [self.files, *self.fields, language], [self.said, self.chosen, sources, self.files], concurrency_limit=1,
                                trigger_mode="once", **private)
        self.stop.click(None, None, None, cancels=[adding])
        self.remove.click(ask_sure, [self.chosen, language], [self.sure, self.question], **private)
        self.cancel.click(lambda: gr.update(visible=False), None, self.sure, **private)
        self.confirm.click(remove, [self.chosen, language], [self.said, self.sure, self.chosen, sources], trigger_mode="once", **private)


def build_manage(changes: "SourceChanges | None") -> Manage:
    """Lay the part out, hidden until the user is known to be a beheerder."""
    import gradio as gr

    say = PAGE["nl"]
    with gr.Accordion(say["manage"], open=False, visible=False, elem_id="manage") as group:
        files = gr.File(label=say["add_files"], file_count="multiple", elem_id="add-files", height=140)
        with gr.Row():
            fields = tuple(gr.Textbox(label=say[f"add_{field}"], elem_id=f"add-{field}") for field in _FIELDS)
        with gr.Row():
            add = gr.Button(say["add"], variant="primary", elem_id="add")
            stop = gr.Button(say["stop"], elem_id="stop")
        with gr.Row():
            chosen = gr.Dropdown([], label=say["choose"], elem_id="remove-what", allow_custom_value=True)
            remove = gr.Button(say["remove"], elem_id="remove", scale=0, min_width=140)
        with gr.Column(visible=False, elem_id="sure") as sure:
            question = gr.HTML("")
            with gr.Row():
                confirm = gr.Button(say["remove_yes"], variant="stop", elem_id="remove-yes")
                cancel = gr.Button(say["remove_no"], elem_id="remove-no")
        said = gr.HTML("", elem_id="manage-said")
    return Manage(changes, group, files, fields, add, stop, said, chosen, remove, sure, confirm, cancel, question)


def added(desk: Desk, changes: "SourceChanges | None", name: str | None, paths: Iterable[str], metadata: Mapping[str, str],
          language: Language) -> Iterator[tuple[str | None, str]]:
    """Add the files one by one; yield each with a line that says what became of it, as HTML. A line without a file is a refusal."""
    say, account = PAGE[language], desk.account(name)
    if changes is None or not account.manages:
        yield None, f"<li>{say['not_allowed']}</li>"
        return
    for path in paths:
        file = Path(path).name
        try:
            report = changes.add(Path(path), metadata)
        except BronvastError as error:
            yield path, f"<li><bdi>{escape(file)}</bdi>: {escape(ERRORS[language].format(reason=str(error)))}</li>"
            continue
        desk.audit.write(account.name, "changed", what=f"added {file}")
        done = next(kind for kind in ("added", "replaced", "renamed", "unchanged") if getattr(report, kind) or kind == "unchanged")
        warned = "".join(f" <bdi>{escape(warning)}</bdi>" for _, warning in report.warnings)
        yield path, f"<li><bdi>{escape(file)}</bdi>: {say[f'done_{done}']}{warned}</li>"


def removed(desk: Desk, changes: "SourceChanges | None", name: str | None, doc: str, language: Language) -> str:
    """Remove a document; return what became of it, as HTML."""
    say, account = PAGE[language], desk.account(name)
    if changes is None or not account.manages:
        return f'<p role="alert">{say["not_allowed"]}</p>'
    try:
        changes.remove(doc)
    except BronvastError as error:
        return f'<p role="alert">{escape(ERRORS[language].format(reason=str(error)))}</p>'
    desk.audit.write(account.name, "changed", what=f"removed {doc}")
    return f'<p role="status">{escape(say["done_removed"].format(name=doc))}</p>'


def _listed(desk: Desk, name: str | None, language: Language) -> tuple[Any, str]:
    """Return the choice of documents and their list as they are now."""
    import gradio as gr

    time.sleep(_REOPENED_S)
    documents = seen(desk, desk.account(name))
    choice = [(f"{one.title} ({one.doc})", one.doc) for one in documents.values()] if desk.account(name).manages else []
    return gr.update(choices=choice, value=None), documents_html(list(documents.values()), language)
