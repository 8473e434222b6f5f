"""A conversation on the page: what was asked and answered, as values and as HTML; free of Gradio."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from assistant.answers import Language
from ingest.documents import Document
from ingest.errors import BronvastError
from ui.accounts import Account
from ui.cards import FORMATS, answer_html
from ui.desk import Desk
from ui.privacy import personal_data
from ui.sight import seen
from ui.strings import ERRORS, PAGE

MOST_TURNS = 30  # of one conversation on the page; older ones scroll out
_MOST_REOPENED = 10  # questions of an old conversation that are asked again
Filters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with the HTML of its answer and the name of the answer on the shelf."""

    question: str
    html: str
    key: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns on the page, oldest first; `id` tells it apart in the history."""

    turns: tuple[Turn, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(6))

    def html(self, language: Language, notice: str = "") -> str:
        """Return all turns, a notice, and the way to keep more than one answer in a file."""
        keys = ",".join(turn.key for turn in self.turns)
        links = "".join(f'<a href="/page/export?kind={kind}&amp;answers={keys}" download>{PAGE[language][f"export_{kind}"]}</a>' for kind in FORMATS)
        whole = f'<div class="after whole"><span class="label">{PAGE[language]["export_all"]}</span>{links}</div>' if len(self.turns) > 1 else ""
        return "".join(turn.html for turn in self.turns) + notice + whole


Asked = tuple[Conversation, str, str]  # the conversation, its HTML, and what stays in the box


def nothing() -> Asked:
    """Begin a new conversation."""
    return Conversation(), "", ""


def said_meanwhile(conversation: Conversation, text: str, language: Language) -> str:
    """Return the conversation with the question that is being answered."""
    say = PAGE[language]
    waiting = (f'<section class="turn waiting"><p class="asked"><span class="label">{say["you"]}</span> <bdi>{escape(text[:2000])}</bdi></p>'
               f'<p class="sentence">{say["before"]}</p></section>')
    return conversation.html(language, waiting)


def ask(desk: Desk, name: str | None, text: str, conversation: Conversation, *, language: Language, filters: Sequence[tuple[str, str]] | None = None,
        ) -> Asked:
    """Answer a question; a failure is a notice, and the question stays in the box."""
    try:
        account = desk.account(name)
        answer = desk.ask(account, text, history=[turn.question for turn in conversation.turns], filters=filters)
    except BronvastError as error:
        notice = f'<section class="turn"><p class="notice" role="alert">{escape(ERRORS[language].format(reason=str(error)))}</p></section>'
        return conversation, conversation.html(language, notice), text
    documents = seen(desk, account)
    key = desk.keeping.shelf.put(account.name, answer, history=[turn.question for turn in conversation.turns])
    warning = _kept_or_warned(desk, account, conversation.id, text, answer.status, filters, documents.values(), language)
    turn = Turn(text, warning + answer_html(answer, documents, key=key, written_beside=desk.beside is not None), key)
    after = Conversation((*conversation.turns, turn)[-MOST_TURNS:], conversation.id)
    return after, after.html(language), ""


def granted(desk: Desk, name: str | None, wish: str, conversation: Conversation, language: Language) -> tuple[Conversation, str, str, str]:
    """Do what the page's script asks in JSON; return also the tab to go to. What is no wish changes nothing."""
    try:
        said = json.loads(wish)
        doing = said["do"]
    except (ValueError, TypeError, KeyError):
        return conversation, conversation.html(language), "", ""
    if doing == "ask" and isinstance(said.get("question"), str):
        return (*ask(desk, name, said["question"], conversation, language=language, filters=_filters(said.get("filters"))), "ask")
    history, account = desk.keeping.history, desk.account(name)
    if doing == "forget" and history is not None:
        ids = said.get("ids")
        history.forget(account.name, [str(one) for one in ids] if isinstance(ids, list) else None if ids == "all" else [])
    if doing == "reopen" and history is not None:
        found = history.conversation(account.name, str(said.get("conversation")))[-_MOST_REOPENED:]
        reopened, html = Conversation(id="again"), ""
        for one in found:
            reopened, html, _ = ask(desk, name, one.question, reopened, language=language, filters=one.filters)
        return Conversation(reopened.turns), html, "", "ask" if found else ""
    return conversation, conversation.html(language), "", ""


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


def _kept_or_warned(desk: Desk, account: Account, conversation: str, text: str, status: str, filters: Sequence[tuple[str, str]] | None,
                    documents: Iterable[Document], language: Language) -> str:
    """Keep the question in the user's history; one that holds personal data is not kept, and the user is told."""
    if conversation == "again":
        return ""
    known = [document.text.casefold() for document in documents]
    found = personal_data(text, known=lambda word: any(word in one for one in known))
    if found:
        what = ", ".join(dict.fromkeys(PAGE[language][one.kind] for one in found))
        return f'<p class="notice">{escape(PAGE[language]["personal"].format(what=what))}</p>'
    if desk.keeping.history is not None:
        desk.keeping.history.add(account.name, conversation, text, status=status, filters=filters)
    return ""


def _filters(value: object) -> Filters | None:
    """Return the filters of a wish; None where it has none of its own."""
    if not isinstance(value, list):
        return None
    return tuple((str(one[0]), str(one[1])) for one in value if isinstance(one, list) and len(one) == 2)
