"""Renders a user's own history: conversations, newest first, to open again or delete."""

import json
from collections.abc import Mapping
from datetime import datetime
from html import escape
from itertools import groupby

from babel.dates import format_datetime

from assistant.answers import Language
from ui.desk import Desk
from ui.history import Asked
from ui.strings import PAGE

_LOCALES: Mapping[Language, str] = {"nl": "nl_NL", "en": "en_GB"}
_WHEN = "EEEE d MMMM y, HH:mm"
_MOST = 200  # conversations shown; searching finds the others


def history_html(desk: Desk, name: str | None, search: str | None, language: Language) -> str:
    """Return the conversations of this user that hold the words searched for."""
    say, history = PAGE[language], desk.keeping.history
    if history is None:
        return f"<p>{say['no_history']}</p>"
    words = search or ""  # None where the browser has not drawn the box yet
    found = history.all(desk.account(name).name, containing=words)
    if not found:
        return f"<p>{say['nothing_found' if words.strip() else 'no_history']}</p>"
    groups = [list(group) for _, group in groupby(sorted(found, key=lambda one: one.conversation), key=lambda one: one.conversation)]
    groups.sort(key=lambda group: max(one.at for one in group), reverse=True)
    all_gone = (f'<details class="forget"><summary>{say["forget_all"]}</summary><p>{say["forget_sure"]}</p>'
                f'<button type="button" class="danger" data-wish="{_wish("forget", ids="all")}">{say["forget_yes"]}</button></details>')
    kept_for = f'<p class="place">{say["kept_for"].format(days=history.days)}</p>'
    return kept_for + "".join(_conversation(group, language) for group in groups[:_MOST]) + all_gone


def _conversation(group: list[Asked], language: Language) -> str:
    say, ordered = PAGE[language], sorted(group, key=lambda one: one.at)
    when = format_datetime(datetime.fromtimestamp(ordered[0].at).astimezone(), _WHEN, locale=_LOCALES[language])
    questions = "".join(f'<li><bdi>{escape(one.question)}</bdi> <span class="place">{say.get(one.status, "")}</span></li>'
                        for one in ordered)
    first = escape(" ".join(ordered[0].question.split()))
    return (f'<article class="card document"><p class="place">{when}</p><ul class="asked-before">{questions}</ul><div class="actions">'
            f'<button type="button" class="plain" data-wish="{_wish("reopen", conversation=ordered[0].conversation)}"'
            f' aria-label="{say["reopen"]}: {first}">{say["reopen"]}</button>'
            f'<button type="button" class="plain" data-wish="{_wish("forget", ids=[one.id for one in ordered])}"'
            f' aria-label="{say["forget"]}: {first}">{say["forget"]}</button></div></article>')


def _wish(do: str, **said: object) -> str:
    return escape(json.dumps({"do": do, **said}))
