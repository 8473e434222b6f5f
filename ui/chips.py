"""Renders how a question was understood, as chips: what was read, completed, added and left out, each to be taken off."""

import json
from html import escape

from assistant.answers import Language, Reading
from ui.strings import PAGE


def chips_html(question: str, reading: Reading, language: Language, *, literal: tuple[str, ...] = ()) -> str:
    """Return the chips, where the question was understood otherwise than it was asked; empty where it was not.

    Each chip can be taken off: the question is then asked again without it. `literal` words were taken off before.
    """
    say = PAGE[language]
    kept = [list(one) for one in reading.filters]
    chips = [_chip(f'{say["corrected"]}: {new}', question, language, filters=kept, literal=[*literal, old]) for old, new in reading.corrections]
    if _plain(reading.text) != _plain(_corrected(question, reading)):
        chips.append(_chip(f'{say["understood"]}: {reading.text}', question, language, literal=list(literal), alone=True))
    chips += [_chip(filter_words(one, language), question, language, filters=[other for other in kept if other != list(one)], literal=list(literal))
              for one in reading.filters]
    chips += [_chip(f'{say["terms"]} {", ".join(labels[:3])} ({term})', question, language, filters=kept, literal=[*literal, term])
              for term, labels in reading.added]
    return f'<ul class="chips" aria-label="{say["chips"]}">{"".join(chips)}</ul>' if chips else ""


def filter_words(one: tuple[str, str], language: Language) -> str:
    """Return a filter in words."""
    say = PAGE[language]
    return f'{say.get(f"filter_{one[0]}", say["filter"])}: {one[1]}'


def _chip(text: str, question: str, language: Language, *, literal: list[str], filters: list[list[str]] | None = None, alone: bool = False) -> str:
    """Return one chip with the button that asks the question without it."""
    wish = escape(json.dumps({"do": "ask", "question": question, "filters": filters, "literal": literal, "alone": alone}))
    label = escape(PAGE[language]["take_off"].format(what=" ".join(text.split())))
    return f'<li><bdi>{escape(text)}</bdi> <button type="button" class="off" data-wish="{wish}" aria-label="{label}">×</button></li>'


def _corrected(question: str, reading: Reading) -> str:
    """Return the question with the corrections that have chips of their own."""
    for old, new in reading.corrections:
        question = question.replace(old, new)
    return question


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip("?.! ").casefold()
