"""What the page's script asks for in JSON: a question without one of its filters, an example, a conversation of before, forgetting."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Language
from ingest.errors import BronvastError
from ui.accounts import Account
from ui.asking import MOST_TURNS, Conversation, Shown, Turn, Wanted, answered_again, ask
from ui.cards import answer_html
from ui.desk import Desk, narrowed, seen, still_seen
from ui.reasons import failure_html

MOST_REOPENED = 10  # questions of an old conversation that are asked again
_BEFORE_FOUND = 2  # questions before one that was found: what it may have been asked after


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
        yield from _reopened(desk, name, str(said.get("conversation")), str(said.get("question", "")), language)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A question of an old conversation: when it was asked, its id in the history, and its answer on the shelf, as far as there is one."""

    at: float
    asked: str
    wanted: Wanted
    key: str = ""
    answer: Answer | None = None


def reopened(desk: Desk, account: Account, id: str, found: str = "") -> Conversation:
    """Return a conversation of this user, to go on with: its end, or the part with the question `found` in the history; empty when there is none of that name.

    Answers come from the shelf. A question whose answer is not at hand, quotes what the user may not see any more, or comes from the index as it
    was, is asked again: at most `MOST_REOPENED`.

    :raises BronvastError: as `Desk.ask`.
    """
    now, documents = desk.assistant().index.hash_for(narrowed(account, None)), seen(desk, account)
    earlier = _earlier(desk, account, id)
    at_hand = [one.answer is not None and one.answer.index_hash == now and still_seen(one.answer, documents) for one in earlier]
    first, last = _window(at_hand, next((place for place, one in enumerate(earlier) if found and one.asked == found), None))
    conversation = Conversation(id=id, elsewhere=len(earlier) - (last - first))
    for one, there in zip(earlier[first:last], at_hand[first:last], strict=True):
        if one.answer is not None and there:
            html = answer_html(one.answer, documents, key=one.key, literal=one.wanted.literal, alone=one.wanted.alone, written_beside=desk.beside is not None)
            conversation = conversation.after(Turn(one.answer.question, html, one.key, bool(one.answer.evidence)))
        else:
            desk.keeping.shelf.drop(account.name, one.key)
            conversation = answered_again(desk, account, one.wanted, conversation, asked=one.asked, at=one.at)
    return conversation


def _earlier(desk: Desk, account: Account, id: str) -> list[_Earlier]:
    """Return the questions of a conversation, of the shelf and of the history, oldest first."""
    shelved = desk.keeping.shelf.conversation(account.name, id)
    known = {one.asked for _, one in shelved}
    history = desk.keeping.history.conversation(account.name, id) if desk.keeping.history is not None else []
    found = [_Earlier(one.at, one.id, Wanted(one.question, one.filters, one.literal, alone=one.alone)) for one in history if one.id not in known]
    oldest = min((*(one.at for one in found), *(one.at for _, one in shelved)), default=0.0)
    for key, one in shelved:
        wanted = Wanted(one.answer.question, one.answer.understood.filters, one.literal, alone=one.at > oldest and not one.history)
        found.append(_Earlier(one.at, one.asked, wanted, key, one.answer))
    return sorted(found, key=lambda one: one.at)


def _window(at_hand: Sequence[bool], found: int | None) -> tuple[int, int]:
    """Return the first and the last place (not included) of the questions to show: the end of the conversation, or the part around one that was found."""
    first, last = _stretch(at_hand, range(len(at_hand) - 1, -1, -1))
    if found is None or found >= first:
        return first, last
    begin = max(0, found - _BEFORE_FOUND)
    return _stretch(at_hand, (*range(begin, len(at_hand)), *range(begin - 1, -1, -1)))


def _stretch(at_hand: Sequence[bool], places: Sequence[int]) -> tuple[int, int]:
    """Return where the places begin and end that can be shown, taken in this order."""
    taken: list[int] = []
    for place in places:
        if len(taken) == MOST_TURNS or sum(not at_hand[one] for one in (*taken, place)) > MOST_REOPENED:
            break
        taken.append(place)
    return min(taken, default=0), max(taken, default=-1) + 1


def forget(desk: Desk, account: Account, ids: Sequence[str] | None) -> None:
    """Delete questions of this user, all without `ids`; what is on the page stays there until it is left."""
    history = desk.keeping.history
    if history is None:
        return
    gone = {one.conversation for one in history.all(account.name) if ids is None or one.id in ids}
    history.forget(account.name, ids)
    desk.keeping.shelf.part(account.name, gone)


def _reopened(desk: Desk, name: str | None, id: str, found: str, language: Language) -> Iterator[Granted]:
    try:
        conversation = reopened(desk, desk.account(name), id, found)
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
