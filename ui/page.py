"""The Gradio page: one call to the desk and one rendering for each event."""

from importlib import resources
from typing import Any

from assistant.answers import Language
from ingest.documents import Document
from ingest.errors import BronvastError
from ui.cards import answer_html, documents_html
from ui.desk import Desk, narrowed
from ui.strings import ERRORS, PAGE

MOST_TURNS = 30  # of one conversation on the page; older ones scroll out
Turn = dict[str, str]


def build_page(desk: Desk) -> Any:  # noqa: ANN401  (gradio has no types: a Blocks)  # the others stay unquoted: Gradio gives the request by annotation
    """Build the page for the users of a desk; what a user may not see is never rendered."""
    import gradio as gr

    say = PAGE["nl"]
    with gr.Blocks(title=say["title"], analytics_enabled=False, fill_width=False) as page:
        turns = gr.State([])
        gr.HTML(f'<header class="brand"><h1>{say["title"]}</h1><p>{say["tagline"]}</p></header>')
        with gr.Tab(say["ask_tab"]):
            conversation = gr.HTML("", elem_id="conversation")
            with gr.Row(elem_id="ask-row"):
                question = gr.Textbox(label=say["question"], placeholder=say["placeholder"], lines=1, max_lines=4, scale=5, elem_id="question",
                                      autofocus=True)
                send = gr.Button(say["send"], variant="primary", scale=1, min_width=90, elem_id="send")
            examples = gr.Dataset(components=[gr.Textbox(visible=False)], samples=[[one] for one in example_questions(_seen(desk, None, safe=True))],
                                  label=say["examples"], elem_id="examples")
            new = gr.Button(say["new"], size="sm", elem_id="new")
        with gr.Tab(say["sources_tab"]) as sources_tab:
            sources = gr.HTML("", elem_id="sources")

        def ask(text: str, earlier: list[Turn], request: gr.Request) -> tuple[list[Turn], str, str]:
            return _asked(desk, text, earlier, request.username)

        def pick(chosen: list[str], earlier: list[Turn], request: gr.Request) -> tuple[list[Turn], str, str]:
            return _asked(desk, chosen[0], earlier, request.username)

        def show_sources(request: gr.Request) -> str:
            return documents_html(_seen(desk, request.username), "nl")

        def load(request: gr.Request) -> Any:  # noqa: ANN401  (a gradio update)
            return gr.Dataset(samples=[[one] for one in example_questions(_seen(desk, request.username))])

        asked = [turns, conversation, question]
        for event in (send.click, question.submit):
            event(ask, [question, turns], asked, api_visibility="private", concurrency_limit=None, show_progress="minimal")
        examples.click(pick, [examples, turns], asked, api_visibility="private", show_progress="minimal")
        new.click(lambda: ([], "", ""), None, asked, api_visibility="private")
        sources_tab.select(show_sources, None, sources, api_visibility="private")
        page.load(load, None, examples, api_visibility="private")
    page.bronvast_look = _look()
    return page


def example_questions(documents: list[Document]) -> list[str]:
    """Return questions that these documents can answer: about countries and peoples they name, and their sections."""
    from index.places import territory_stem
    from index.words import tokens

    named: dict[str, str] = {}
    sections: dict[str, None] = {}
    for passage in (passage for document in documents for passage in document.passages):
        for word in tokens(passage.text):
            stem = territory_stem(word)
            if stem and stem not in ("@nl", "@europe") and word[:1].isupper():
                named.setdefault(stem, word)
        if passage.section:
            sections[passage.section.rpartition(" > ")[2]] = None
    questions: list[str] = []
    if "@ua" in named:
        questions += ["Welke trends gelden voor Oekraïense vluchtelingen?", "Which trends apply to Ukrainian refugees?"]
    others = [word for stem, word in named.items() if stem != "@ua"][:2]
    questions += [f"Wat zeggen de bronnen over {word}?" for word in others if not word.endswith("e")]
    questions += [f"Wat staat er onder {name.lstrip('0123456789. ')}?" for name in list(sections)[:2]]
    return questions[:5]


def _asked(desk: Desk, text: str, earlier: list[Turn], name: str | None) -> tuple[list[Turn], str, str]:
    """Answer a question and return the conversation, its rendering, and what stays in the box."""
    language: Language = "nl"
    try:
        account = desk.account(name)
        answer = desk.ask(account, text, history=[turn["question"] for turn in earlier])
        seen = {document.doc: document for document in _seen(desk, name)}
        turn = {"question": text, "html": answer_html(answer, seen)}
    except BronvastError as error:
        from html import escape

        notice = f'<section class="turn"><p class="notice" role="alert">{escape(ERRORS[language].format(reason=str(error)))}</p></section>'
        return earlier, _rendered(earlier) + notice, text
    turns = [*earlier, turn][-MOST_TURNS:]
    return turns, _rendered(turns), ""


def _rendered(turns: list[Turn]) -> str:
    return "".join(turn["html"] for turn in turns)


def _seen(desk: Desk, name: str | None, *, safe: bool = False) -> list[Document]:
    """Return the documents that a user may see; with `safe`, none where signing in is on."""
    if safe and desk.find_account is not None:
        return []
    account = desk.account(name)
    index = getattr(desk.assistant(), "index", None)
    return list(index.view(narrowed(account, None)).documents) if index is not None else []


def _look() -> dict[str, Any]:
    """Return the theme, style and script that are given where the page is mounted."""
    import gradio as gr

    folder = resources.files("ui")
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    script = folder.joinpath("page.js").read_text(encoding="utf-8")
    return {"theme": theme, "css": folder.joinpath("style.css").read_text(encoding="utf-8"), "head": f"<script>{script}</script>"}
