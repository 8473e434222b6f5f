"""The Gradio page: one call and one rendering for each event. Nothing of the sources is in it before a user is known.

Without postponed annotations: Gradio gives the request by the annotation of a parameter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from assistant.answers import Language
from ui.asking import Conversation, ask, example_questions, granted, nothing, said_meanwhile
from ui.cards import documents_html
from ui.desk import Desk
from ui.filter_choices import choices, one_of_each
from ui.history_list import history_html
from ui.sight import seen
from ui.sources_tab import Manage, build_manage
from ui.strings import PAGE

if TYPE_CHECKING:
    from ui.bench_room import BenchRoom
    from ui.bench_tab import BenchTab
    from ui.source_changes import SourceChanges

_LANGUAGES = [("Nederlands", "nl"), ("English", "en")]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page; Gradio has no types."""

    language: Any
    kept_language: Any
    header: Any
    tabs: tuple[Any, Any, Any]
    chosen_tab: Any
    conversation: Any
    shown: Any
    question: Any
    send: Any
    filters: Any
    narrow: Any
    examples: Any
    new: Any
    search: Any
    history: Any
    sources: Any
    manage: Manage
    bench: "BenchTab"
    wish: Any
    grant: Any


def build_page(desk: Desk, changes: "SourceChanges | None" = None, room: "BenchRoom | None" = None) -> Any:  # noqa: ANN401  (a gradio Blocks)
    """Build the page for the users of a desk; `changes` lets a beheerder change the sources, `room` an evaluator evaluate."""
    import gradio as gr

    with gr.Blocks(title=PAGE["nl"]["title"], analytics_enabled=False, fill_width=False) as page:
        parts = _laid_out(changes, room)
        _bind_asking(desk, parts)
        _bind_lists(desk, parts)
        _bind_language(desk, parts, page)
    page.bronvast_look = _look()
    return page


def _laid_out(changes: "SourceChanges | None", room: "BenchRoom | None") -> Parts:
    """Lay out the page in Dutch; `_bind_language` puts it in the language of the user."""
    import gradio as gr

    from ui.bench_tab import build_bench

    say = PAGE["nl"]
    kept_language = gr.BrowserState("nl", storage_key="bronvast-language", secret="language")  # noqa: S106  (no secret: nl or en)
    conversation = gr.State(lambda: Conversation())  # called for each visit, so that no two conversations share a name
    with gr.Row(elem_id="top"):
        header = gr.HTML(header_html("nl"))
        language = gr.Radio(_LANGUAGES, value="nl", label=say["language"], elem_id="language", scale=0, min_width=210)
    with gr.Tabs(elem_id="tabs") as chosen_tab:
        with gr.Tab(say["ask_tab"], id="ask") as ask_tab:
            shown = gr.HTML("", elem_id="conversation")
            with gr.Row(elem_id="ask-row"):
                question = gr.Textbox(label=say["question"], placeholder=say["placeholder"], lines=1, max_lines=4, scale=5, elem_id="question",
                                      autofocus=True)
                send = gr.Button(say["send"], variant="primary", scale=1, min_width=90, elem_id="send")
            with gr.Accordion(say["narrow"], open=False, elem_id="narrow") as narrow:
                filters = gr.Dropdown([], value=[], multiselect=True, allow_custom_value=True, label=say["only_in"], elem_id="filters")
            examples = gr.HTML("", elem_id="examples")
            new = gr.Button(say["new"], size="sm", elem_id="new")
        with gr.Tab(say["history_tab"], id="history") as history_tab:
            search = gr.Textbox(label=say["search_history"], elem_id="search")
            history = gr.HTML("", elem_id="history")
        with gr.Tab(say["sources_tab"], id="sources") as sources_tab:
            manage = build_manage(changes)
            sources = gr.HTML("", elem_id="sources")
        bench = build_bench(room)
    wish = gr.Textbox(visible="hidden", elem_id="wish")
    grant = gr.Button(visible="hidden", elem_id="grant")
    return Parts(language, kept_language, header, (ask_tab, history_tab, sources_tab), chosen_tab, conversation, shown, question, send, filters,
                 narrow, examples, new, search, history, sources, manage, bench, wish, grant)


def _bind_asking(desk: Desk, parts: Parts) -> None:
    """Asking, by hand and by a wish of the page's script: a filter taken off, an example, a question of the history."""
    import gradio as gr

    def asked(text: str, conversation: Conversation, language: str, chosen: list[str], request: gr.Request) -> Iterator[tuple[Conversation, str, str]]:
        yield conversation, said_meanwhile(conversation, text, _known(language)), ""
        yield ask(desk, request.username, text, conversation, language=_known(language), filters=one_of_each(chosen) or None)

    def wished(wish: str, conversation: Conversation, language: str, search: str, request: gr.Request) -> Any:  # noqa: ANN401  (an update)
        after, shown, left, moved = granted(desk, request.username, wish, conversation, _known(language))
        return after, shown, left, history_html(desk, request.username, search, _known(language)), gr.Tabs(selected=moved) if moved else gr.skip()

    into = [parts.conversation, parts.shown, parts.question]
    given = [parts.question, parts.conversation, parts.language, parts.filters]
    for event in (parts.send.click, parts.question.submit):
        event(asked, given, into, api_visibility="private", concurrency_limit=None, show_progress="hidden", trigger_mode="once")
    parts.grant.click(wished, [parts.wish, parts.conversation, parts.language, parts.search], [*into, parts.history, parts.chosen_tab],
                      api_visibility="private", concurrency_limit=None, show_progress="hidden", trigger_mode="multiple")
    parts.new.click(nothing, None, into, api_visibility="private")
    parts.filters.input(_kept, parts.filters, parts.filters, api_visibility="private", show_progress="hidden")


def _bind_lists(desk: Desk, parts: Parts) -> None:
    """The lists of sources and of history, made when they are looked at."""
    import gradio as gr

    def show_sources(language: str, request: gr.Request) -> str:
        return documents_html(list(seen(desk, desk.account(request.username)).values()), _known(language))

    def show_history(search: str, language: str, request: gr.Request) -> str:
        return history_html(desk, request.username, search, _known(language))

    _, history_tab, sources_tab = parts.tabs
    sources_tab.select(show_sources, parts.language, parts.sources, api_visibility="private", show_progress="hidden")
    history_tab.select(show_history, [parts.search, parts.language], parts.history, api_visibility="private", show_progress="hidden")
    parts.search.input(show_history, [parts.search, parts.language], parts.history, api_visibility="private", show_progress="hidden",
                       trigger_mode="always_last")
    parts.manage.bind(desk, parts.language, parts.sources)
    parts.bench.bind(parts.language)


def _bind_language(desk: Desk, parts: Parts, page: Any) -> None:  # noqa: ANN401
    """Put every word of the page in the language that the user chose, now and on the next visit."""
    import gradio as gr

    from ui.bench_room import BenchRoom

    def relabel(language: str, search: str, request: gr.Request) -> list[Any]:
        known = _known(language)
        account = desk.account(request.username)
        documents = seen(desk, account)
        say = PAGE[known]
        return [known, gr.update(label=say["language"], value=known), header_html(known), gr.update(label=say["ask_tab"]), gr.update(label=say["history_tab"]),
                gr.update(label=say["sources_tab"]), gr.update(label=say["question"], placeholder=say["placeholder"]), gr.update(value=say["send"]),
                gr.update(label=say["only_in"], choices=choices(documents.values(), known)), gr.update(label=say["narrow"]),
                example_questions_html(desk, request.username, known), gr.update(value=say["new"]), gr.update(label=say["search_history"]),
                history_html(desk, request.username, search, known), documents_html(list(documents.values()), known),
                *parts.manage.labelled(known, shown=account.manages, documents=documents),
                *parts.bench.labelled(known, shown=BenchRoom.admits(account))]

    into = [parts.kept_language, parts.language, parts.header, *parts.tabs, parts.question, parts.send, parts.filters, parts.narrow, parts.examples,
            parts.new, parts.search, parts.history, parts.sources, *parts.manage.outputs, *parts.bench.outputs]
    page.load(relabel, [parts.kept_language, parts.search], into, api_visibility="private", show_progress="hidden")
    parts.language.input(relabel, [parts.language, parts.search], into, api_visibility="private", show_progress="hidden")


def header_html(language: Language) -> str:
    """Return the name of the page and what it does; the script takes the language of the page from it."""
    say = PAGE[language]
    return f'<header class="brand" data-language="{language}"><h1>{say["title"]}</h1><p>{say["tagline"]}</p></header>'


def example_questions_html(desk: Desk, name: str | None, language: Language) -> str:
    """Return questions that the sources this user may see can answer, each a button."""
    from html import escape
    from json import dumps

    questions = example_questions(list(seen(desk, desk.account(name)).values()))
    buttons = "".join(f'<li><button type="button" class="example" data-wish="{escape(dumps({"do": "ask", "question": one, "filters": None}))}">'
                      f"<bdi>{escape(one)}</bdi></button></li>" for one in questions)
    return f'<h2 class="label">{PAGE[language]["examples"]}</h2><ul class="examples">{buttons}</ul>' if buttons else ""


def _kept(chosen: list[str]) -> list[str]:
    """Keep the last filter of each kind: two documents at once would leave nothing."""
    from ui.filter_choices import written

    return [written(one) for one in one_of_each(chosen)]


def _known(language: object) -> Language:
    return "en" if language == "en" else "nl"


def _look() -> dict[str, Any]:
    """Return the theme, style and script that are given where the page is mounted."""
    import gradio as gr

    folder = resources.files("ui")
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    script = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.js", "generated.js"))
    return {"theme": theme, "css": folder.joinpath("style.css").read_text(encoding="utf-8"), "head": f"<script>{script}</script>"}
