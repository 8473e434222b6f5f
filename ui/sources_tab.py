"""The part of the sources that only the beheerder sees: adding, replacing and removing documents.

Without postponed annotations: Gradio gives the request by the annotation of a parameter.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answers import Language
from ingest.documents import Document
from ingest.errors import BronvastError
from ui.accounts import Account
from ui.desk import Desk, seen
from ui.document_html import documents_html
from ui.reasons import failure_html, reason_in
from ui.strings import PAGE, chosen_language

if TYPE_CHECKING:
    from ui.source_changes import SourceChanges

_FIELDS = ("publisher", "published", "audience")


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

        stopping: set[str] = set()  # the visits that pressed Stop while files were read in

        def add(paths: list[str] | None, publisher: str, published: str, audience: str, language: str, request: gr.Request) -> Iterator[Any]:
            known, visit = chosen_language(language), str(request.session_hash)
            stopping.discard(visit)
            metadata = dict(zip(_FIELDS, (publisher, published, audience), strict=True))
            shown = Progress()
            for shown in added(desk, self.changes, request.username, paths or [], metadata, known, stopped=lambda: visit in stopping):
                yield shown.html(known), gr.skip(), gr.skip(), gr.skip()
            stopping.discard(visit)
            left = (paths or [])[len(shown.lines):] if shown.total else []  # who may not add gets nothing back
            yield shown.html(known), *_listed(desk, self.changes, request.username, known), left or None

        def stop(request: gr.Request) -> None:
            stopping.add(str(request.session_hash))

        def ask_sure(name: str | None, language: str) -> Any:  # noqa: ANN401
            say = PAGE[chosen_language(language)]
            return (gr.update(visible=bool(name)), f'<p role="alert">{escape(say["remove_sure"].format(name=name))}</p>' if name else "")

        def remove(name: str, language: str, request: gr.Request) -> Any:  # noqa: ANN401
            known = chosen_language(language)
            said = removed(desk, self.changes, request.username, name, known)
            return said, gr.update(visible=False), *_listed(desk, self.changes, request.username, known)

        private = {"api_visibility": "private", "show_progress": "hidden"}
        self.add.click(add, [self.files, *self.fields, language], [self.said, self.chosen, sources, self.files], concurrency_limit=1,
                                trigger_mode="once", **private)
        self.stop.click(stop, None, None, **private)
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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the adding of files has come: a line of HTML for each that is done, and the one at hand."""

    lines: tuple[str, ...] = ()
    total: int = 0
    at: str = ""
    stopped: bool = False

    def html(self, language: Language) -> str:
        """Return the lines below the one that says which file is read, or how it ended."""
        say, done = PAGE[language], len(self.lines)
        if self.at:
            told = say["adding"].format(number=done + 1, total=self.total, name=self.at)
        elif self.stopped:
            told = say["adding_stopped"].format(number=done, total=self.total)
        else:
            told = say["adding_done"].format(number=done) if self.total > 1 else ""
        shown = f'<p{" class=busy" if self.at else ""}><bdi>{escape(told)}</bdi></p>' if told else ""
        return f'<div role="status">{shown}<ul class="files">{"".join(self.lines)}</ul></div>'


def added(desk: Desk, changes: "SourceChanges | None", name: str | None, paths: Sequence[str], metadata: Mapping[str, str],
          language: Language, *, stopped: Callable[[], bool] = lambda: False) -> Iterator[Progress]:
    """Add the files one by one until `stopped`; yield how far it is before each file and at the end."""
    say, account = PAGE[language], desk.account(name)
    if changes is None or not account.manages:
        yield Progress((f"<li>{say['not_allowed']}</li>",))
        return
    if not paths:
        yield Progress((f"<li>{say['no_files']}</li>",))
        return
    lines: tuple[str, ...] = ()
    for path in paths:
        if stopped():
            break
        yield Progress(lines, len(paths), Path(path).name)
        lines = (*lines, _added_one(desk, changes, account, Path(path), metadata, language))
    yield Progress(lines, len(paths), stopped=len(lines) < len(paths))


def _added_one(desk: Desk, changes: "SourceChanges", account: Account, path: Path, metadata: Mapping[str, str], language: Language) -> str:
    """Add one file; return a line that says what became of it, as HTML."""
    say = PAGE[language]
    try:
        report = changes.add(path, metadata)
    except BronvastError as error:
        return f"<li><bdi>{escape(path.name)}</bdi>: {failure_html(language, error)}</li>"
    finally:
        _drop_upload(path)
    desk.audit.write(account.name, "changed", what=f"added {path.name}")
    done = next(kind for kind in ("added", "replaced", "renamed", "unchanged") if getattr(report, kind) or kind == "unchanged")
    warned = "".join(f" <bdi>{escape(reason_in(language, warning))}</bdi>" for _, warning in report.warnings)
    return f"<li><bdi>{escape(path.name)}</bdi>: {say[f'done_{done}']}{warned}</li>"


def _drop_upload(path: Path) -> None:
    """Remove Gradio's own copy of an uploaded file, whose text would stay after the document is removed."""
    from gradio.utils import get_upload_folder

    if Path(get_upload_folder()).resolve() in path.resolve().parents:
        path.unlink(missing_ok=True)


def removed(desk: Desk, changes: "SourceChanges | None", name: str | None, doc: str, language: Language) -> str:
    """Remove a document; return what became of it, as HTML."""
    say, account = PAGE[language], desk.account(name)
    if changes is None or not account.manages:
        return f'<p role="alert">{say["not_allowed"]}</p>'
    try:
        changes.remove(doc)
    except BronvastError as error:
        return f'<p role="alert">{failure_html(language, error)}</p>'
    desk.audit.write(account.name, "changed", what=f"removed {doc}")
    return f'<p role="status">{escape(say["done_removed"].format(name=doc))}</p>'


def _listed(desk: Desk, changes: "SourceChanges | None", name: str | None, language: Language) -> tuple[Any, str]:
    """Return the choice of documents and their list as they are now."""
    import gradio as gr

    if changes is not None:
        changes.renew()
    documents = seen(desk, desk.account(name))
    choice = [(f"{one.title} ({one.doc})", one.doc) for one in documents.values()] if desk.account(name).manages else []
    return gr.update(choices=choice, value=None), documents_html(list(documents.values()), language)
