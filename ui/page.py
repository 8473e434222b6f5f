"""The Gradio page: one call and one rendering for each event. Nothing of the sources is in it before a user is known.

Without postponed annotations: Gradio gives the request by the annotation of a parameter.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from assistant.answers import Language
from ingest.errors import BronvastError
from ui.accounts import Account
from ui.asking import BEAT_S, Conversation, Shown, Wanted, ask
from ui.desk import Desk, seen
from ui.document_html import documents_html
from ui.history import history_html
from ui.sources_tab import Manage, build_manage
from ui.strings import PAGE, chosen_language
from ui.suggestions import Examples, choices, one_of_each, recognised, written
from ui.wishes import granted, reopened

if TYPE_CHECKING:
    from ui.bench_room import BenchRoom
    from ui.bench_tab import BenchTab
    from ui.source_changes import SourceChanges


_LANGUAGES = [("Nederlands", "nl"), ("English", "en")]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page; Gradio has no types.

    `conversation` lives on the server and `kept`, its name, in the browser, so that a server that has started again finds it.
    `wish` with `grant` and `stop` are hidden: the page's script asks through them.
    """

    language: Any
    kept_language: Any
    header: Any
    tabs: Any
    ask_tab: Any
    history_tab: Any
    sources_tab: Any
    conversation: Any
    kept: Any
    shown: Any
    waiting: Any
    question: Any
    send: Any
    filters: Any
    unknown: Any
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
    stop: Any


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
    part: dict[str, Any] = {
        "kept_language": gr.BrowserState("nl", storage_key="bronvast-language", secret="language"),  # no secret: nl or en
        "conversation": gr.State(lambda: Conversation())}  # called for each visit, so that no two conversations share a name
    with gr.Row(elem_id="top"):
        part["header"] = gr.HTML(header_html("nl", None))
        part["language"] = gr.Radio(_LANGUAGES, value="nl", label=say["language"], elem_id="language", scale=0, min_width=210)
    with gr.Tabs(elem_id="tabs") as part["tabs"]:
        with gr.Tab(say["ask_tab"], id="ask") as part["ask_tab"]:
            part["shown"] = gr.HTML("", elem_id="conversation")
            part["waiting"] = gr.HTML("", elem_id="waiting")
            with gr.Row(elem_id="ask-row"):
                part["question"] = gr.Textbox(label=say["question"], placeholder=say["placeholder"], lines=1, max_lines=4, scale=5,
                                              elem_id="question", autofocus=True)
                part["send"] = gr.Button(say["send"], variant="primary", scale=1, min_width=90, elem_id="send")
            with gr.Accordion(say["narrow"], open=False, elem_id="narrow") as part["narrow"]:
                part["filters"] = gr.Dropdown([], value=[], multiselect=True, allow_custom_value=True, label=say["only_in"], elem_id="filters")
                part["unknown"] = gr.HTML("", elem_id="unknown")
            part["examples"] = gr.HTML("", elem_id="examples")
            part["new"] = gr.Button(say["new"], size="sm", elem_id="new")
        with gr.Tab(say["history_tab"], id="history") as part["history_tab"]:
            part["search"] = gr.Textbox(label=say["search_history"], elem_id="search")
            part["history"] = gr.HTML("", elem_id="history")
        with gr.Tab(say["sources_tab"], id="sources") as part["sources_tab"]:
            part["manage"] = build_manage(changes)
            part["sources"] = gr.HTML("", elem_id="sources")
        part["bench"] = build_bench(room)
    for name in ("kept", "wish"):
        part[name] = gr.Textbox(visible="hidden", elem_id=name)
    for name in ("grant", "stop"):
        part[name] = gr.Button(visible="hidden", elem_id=name if name == "grant" else "stop-asking")
    return Parts(**part)


def _bind_asking(desk: Desk, parts: Parts) -> None:
    """Asking, by hand and by a wish of the page's script; stopping; and a new conversation."""
    import gradio as gr

    def asked(text: str, conversation: Conversation, kept: str | None, language: str, chosen: list[str], request: gr.Request) -> Iterator[Any]:
        conversation = _gone_on(desk, request.username, conversation, kept)
        wanted = Wanted(text, one_of_each(chosen) or None)
        yield from (_given(shown) for shown in ask(desk, request.username, wanted, conversation, chosen_language(language)))

    def wished(wish: str, conversation: Conversation, kept: str | None, language: str, search: str, request: gr.Request) -> Iterator[Any]:
        conversation = _gone_on(desk, request.username, conversation, kept)
        known, user = chosen_language(language), desk.account(request.username).name
        for one in granted(desk, request.username, wish, conversation, known):
            listed = gr.skip() if one.shown.waiting != "" else history_html(desk.keeping.history, user, search, known)
            yield *_given(one.shown), listed, gr.Tabs(selected=one.tab) if one.tab else gr.skip()

    async def nothing_more() -> str:
        await asyncio.sleep(2 * BEAT_S)  # what was on its way shows the question as worked on again
        return ""

    into = [parts.conversation, parts.shown, parts.waiting, parts.question, parts.kept]
    settings = {"api_visibility": "private", "show_progress": "hidden"}
    asking = gr.on([parts.send.click, parts.question.submit], asked, [parts.question, parts.conversation, parts.kept, parts.language, parts.filters],
                   into, concurrency_limit=None, trigger_mode="once", **settings)
    wishing = parts.grant.click(wished, [parts.wish, parts.conversation, parts.kept, parts.language, parts.search],
                                [*into, parts.history, parts.tabs], concurrency_limit=None, trigger_mode="multiple", **settings)
    stopped = parts.stop.click(lambda question: ("", question), parts.wish, [parts.waiting, parts.question], cancels=[asking, wishing], **settings)
    stopped.then(nothing_more, None, parts.waiting, **settings)
    parts.new.click(lambda: _given(Shown(Conversation(), Conversation().html("nl"))), None, into, cancels=[asking, wishing], **settings)


def _bind_lists(desk: Desk, parts: Parts) -> None:
    """The filters, and the lists of sources and of history, made when they are looked at."""
    import gradio as gr

    def show_sources(language: str, request: gr.Request) -> str:
        return documents_html(list(seen(desk, desk.account(request.username)).values()), chosen_language(language))

    def show_history(search: str, language: str, request: gr.Request) -> str:
        return history_html(desk.keeping.history, desk.account(request.username).name, search, chosen_language(language))

    settings = {"api_visibility": "private", "show_progress": "hidden"}
    def keep_filters(chosen: list[str], language: str, request: gr.Request) -> tuple[Any, Any]:
        return _kept_filters(desk, request.username, chosen, chosen_language(language))

    parts.filters.input(lambda: "", None, parts.unknown, **settings)
    parts.filters.change(keep_filters, [parts.filters, parts.language], [parts.filters, parts.unknown], **settings)  # typing one is no input to Gradio
    parts.sources_tab.select(show_sources, parts.language, parts.sources, **settings)
    parts.history_tab.select(show_history, [parts.search, parts.language], parts.history, **settings)
    parts.search.input(show_history, [parts.search, parts.language], parts.history, trigger_mode="always_last", **settings)
    parts.manage.bind(desk, parts.language, parts.sources)
    parts.bench.bind(parts.language)


def _bind_language(desk: Desk, parts: Parts, page: Any) -> None:  # noqa: ANN401
    """Put every word of the page in the language that the user chose, now and on the next visit."""
    import gradio as gr

    examples = Examples(desk)

    def relabel(language: str, search: str, request: gr.Request) -> dict[Any, Any]:
        return _relabelled(desk, parts, request.username, search, chosen_language(language))

    def show_examples(language: str, request: gr.Request) -> str:
        return examples.html(request.username, chosen_language(language))

    into = [parts.kept_language, parts.language, parts.header, parts.ask_tab, parts.history_tab, parts.sources_tab, parts.question, parts.send,
            parts.filters, parts.narrow, parts.new, parts.search, parts.history, parts.sources, *parts.manage.outputs, *parts.bench.outputs]
    settings = {"api_visibility": "private", "show_progress": "hidden"}
    for event, language in ((page.load, parts.kept_language), (parts.language.input, parts.language)):
        relabelled = event(relabel, [language, parts.search], into, **settings)
        if language is parts.language:
            parts.bench.show_again(relabelled, language)
        event(show_examples, language, parts.examples, **settings)  # apart: they are tried on the sources, and the page need not wait


def _relabelled(desk: Desk, parts: Parts, name: str | None, search: str, language: Language) -> dict[Any, Any]:
    """Return what each component says in this language to this user."""
    import gradio as gr

    from ui.bench_room import BenchRoom

    say, account = PAGE[language], desk.account(name)
    documents = seen(desk, account)
    labels = {parts.language: "language", parts.ask_tab: "ask_tab", parts.history_tab: "history_tab", parts.sources_tab: "sources_tab",
              parts.narrow: "narrow", parts.search: "search_history"}
    return {
        **{part: gr.update(label=say[words]) for part, words in labels.items()},
        parts.kept_language: language, parts.language: gr.update(label=say["language"], value=language),
        parts.header: header_html(language, account, signs_in=desk.find_account is not None),
        parts.question: gr.update(label=say["question"], placeholder=say["placeholder"]),
        parts.send: gr.update(value=say["send"]), parts.new: gr.update(value=say["new"]),
        parts.filters: gr.update(label=say["only_in"], choices=choices(documents.values(), language)),
        parts.history: history_html(desk.keeping.history, account.name, search, language), parts.sources: documents_html(list(documents.values()), language),
        **dict(zip(parts.manage.outputs, parts.manage.labelled(language, shown=account.manages, documents=documents), strict=True)),
        **dict(zip(parts.bench.outputs, parts.bench.labelled(language, shown=BenchRoom.admits(account)), strict=True))}


def _gone_on(desk: Desk, name: str | None, conversation: Conversation, kept: str | None) -> Conversation:
    """Return the conversation that the page shows: the one at hand, or, when the server has started again, the one that the browser names."""
    if not kept or conversation.turns or kept == conversation.id:
        return conversation
    try:
        return reopened(desk, desk.account(name), kept)
    except BronvastError:
        return conversation


def _given(shown: Shown) -> tuple[Any, ...]:
    """Return what is shown as the components take it; what is as it was is skipped."""
    import gradio as gr

    html, waiting, box = (gr.skip() if value is None else value for value in (shown.html, shown.waiting, shown.box))
    return shown.conversation, html, waiting, box, shown.conversation.id


def _kept_filters(desk: Desk, name: str | None, chosen: list[str], language: Language) -> tuple[Any, Any]:
    """Keep the last filter of each kind (two documents at once would leave nothing) and say what was typed and names none.

    What is as it should be is skipped: each value that is given is another change, and what was said stays while the page takes over what was kept.
    """
    import gradio as gr

    named, unknown = recognised(chosen, seen(desk, desk.account(name)).values(), language)
    said = escape(PAGE[language]["no_filter"].format(what=", ".join(f"‘{one}’" for one in unknown)))
    kept = [written(one) for one in one_of_each(named)]
    if kept == chosen:
        return gr.skip(), gr.skip()
    return kept, f'<p class="notice" role="alert">{said}</p>' if unknown else ""


def _look() -> dict[str, Any]:
    """Return the theme, style and script that are given where the page is mounted."""
    import gradio as gr

    folder = resources.files("ui")
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    theme.set(block_border_width="0px", block_shadow="none", block_background_fill="transparent", block_background_fill_dark="transparent",
              input_background_fill="white", input_background_fill_dark="#1e293b", input_border_width="1px", input_border_color="#828b99",
              input_border_color_dark="#94a3b8", input_radius="8px", button_large_radius="8px", button_small_radius="6px",
              checkbox_label_background_fill="transparent", checkbox_label_background_fill_dark="transparent", checkbox_label_border_width="1px",
              checkbox_label_border_color="#c3c9d2", checkbox_label_border_color_dark="#64748b")
    script = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.js", "generated.js"))
    return {"theme": theme, "css": folder.joinpath("style.css").read_text(encoding="utf-8"), "head": f"<script>{script}</script>"}


def header_html(language: Language, account: Account | None, *, signs_in: bool = False) -> str:
    """Return the top of the page; `account` is None as long as the user is not known, and can sign out where it `signs_in`. The script takes
    from it whose page this is and in which language, and what it says when the server does not answer or Gradio has no word of its own.
    """
    say = PAGE[language]
    who = (f'<form class="who" method="post" action="/sign-out"><span>{escape(say["signed_in"].format(name=account.name))}</span> '
           f'<button type="submit" class="plain">{say["sign_out"]}</button></form>') if account and signs_in else ""
    user = f' data-user="{escape(account.name)}"' if account else ""
    said = {"upload": "choose_files", "off": "take_off", "lost": "lost", "failed": "failed"}
    words = " ".join(f'data-{name}="{escape(say[key])}"' for name, key in said.items())
    return f'<header class="brand" data-language="{language}"{user} {words}><div><h1>{say["title"]}</h1><p>{say["tagline"]}</p></div>{who}</header>'
