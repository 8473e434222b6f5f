"""What the page's script asks for in JSON: a question without one of its filters, an example, a conversation of before, forgetting."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Language
from ingest.errors import BronvastError
from ui.accounts import Account
from ui.asking import Conversation, Shown, Turn, Wanted, answered_again, ask
from ui.cards import answer_html
from ui.desk import Desk, narrowed, seen, still_seen
from ui.reasons import failure_html

MOST_REOPENED = 10  # of an old conversation, the last; each may have to be asked again


@dataclass(frozen=True, slots=True)
class Granted:
    """What became of a wish: what is shown, and the tab to go to, empty for the one that is open."""

    shown: Shown
    tab: str = ""


def granted(desk: Desk, name: str | None, wish: str, conversation: Conversation, language: Language) -> Iterator[Granted]:
    """Do what the script asks. What is no wish changes nothing."""
    try:
        said = json.loads(wish)
        doing = said["do"]
    except (ValueError, TypeError, KeyError):
        return
    if doing == "ask" and isinstance(said.get("question"), str):
        wanted = Wanted(said["question"], _filters(said.get("filters")), _words(said.get("literal")), alone=said.get("alone") is True)
        yield from (Granted(shown, "ask") for shown in ask(desk, name, wanted, conversation, language))
    elif doing == "forget":
        forget(desk, desk.account(name), None if said.get("ids") == "all" else _words(said.get("ids")))
        yield Granted(Shown(conversation))
    elif doing == "reopen":
        yield from _reopened(desk, name, str(said.get("conversation")), language)


def reopened(desk: Desk, account: Account, id: str) -> Conversation:
    """Return a conversation of this user, to go on with; empty when there is none of that name.

    It comes from the shelf, or else from the history, which holds questions only. A question whose answer is not at
    hand, quotes what the user may not see any more, or comes from the index as it was, is asked again.

    :raises BronvastError: as `Desk.ask`.
    """
    conversation, now = Conversation(id=id), desk.assistant().index.hash_for(narrowed(account, None))
    kept, documents = desk.keeping.shelf.conversation(account.name, id), seen(desk, account)
    for key, one in kept[-MOST_REOPENED:]:
        alone = bool(conversation.turns) and not one.history
        if one.answer.index_hash == now and still_seen(one.answer, documents):
            html = answer_html(one.answer, documents, key=key, literal=one.literal, alone=alone, written_beside=desk.beside is not None)
            conversation = conversation.after(Turn(one.answer.question, html, key, bool(one.answer.evidence)))
        else:
            desk.keeping.shelf.drop(account.name, key)
            again = Wanted(one.answer.question, one.answer.understood.filters, one.literal, alone=alone)
            conversation = answered_again(desk, account, again, conversation)
    if not kept and desk.keeping.history is not None:
        for asked in desk.keeping.history.conversation(account.name, id)[-MOST_REOPENED:]:
            conversation = answered_again(desk, account, Wanted(asked.question, asked.filters, asked.literal, alone=asked.alone), conversation)
    return conversation


def forget(desk: Desk, account: Account, ids: Sequence[str] | None) -> None:
    """Delete questions of this user, all without `ids`; what is on the page stays there until it is left."""
    history = desk.keeping.history
    if history is None:
        return
    gone = {one.conversation for one in history.all(account.name) if ids is None or one.id in ids}
    history.forget(account.name, ids)
    desk.keeping.shelf.part(account.name, gone)


def _reopened(desk: Desk, name: str | None, id: str, language: Language) -> Iterator[Granted]:
    try:
        conversation = reopened(desk, desk.account(name), id)
    except BronvastError as error:
        notice = f'<p class="notice" role="alert">{failure_html(language, error)}</p>'
        yield Granted(Shown(Conversation(), notice), "ask")
        return
    if conversation.turns:
        yield Granted(Shown(conversation, conversation.html(language)), "ask")
    else:
        yield Granted(Shown(Conversation(), Conversation().html(language)))


def _filters(value: object) -> tuple[tuple[str, str], ...] | None:
    """Return the filters of a wish; None where it has none of its own."""
    if not isinstance(value, list):
        return None
    return tuple((str(one[0]), str(one[1])) for one in value if isinstance(one, list) and len(one) == 2)


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
