"""What a language model writes beside an answer: when it may, and how the page shows it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.answers import Answer
from assistant.generated import GeneratedText
from ui.strings import GENERATED, dropped_line, notice_line, pointed_line

if TYPE_CHECKING:
    from assistant.writing.writer import Writer


def slot_html(answer: Answer, key: str) -> str:
    """Return the empty place above the quotation cards that the page's script fills while the model writes."""
    if answer.status == "out_of_scope":
        return ""
    say = GENERATED[answer.language]
    return (f'<aside class="generated" lang="{answer.language}" aria-label="{escape(say["label"])}" data-generated="{escape(key)}"'
            f' data-lost="{escape(notice_line(answer.language, "unreachable"))}"><p class="explained">{escape(say["waiting_card"])}</p></aside>')


def gloss_slot_html(key: str, n: int) -> str:
    """Return the empty place in the card of quotation `n` for a translation."""
    return f'<div class="gloss" data-gloss="{escape(key)}" data-n="{n}" hidden></div>'


def generated_html(answer: Answer, generated: GeneratedText, *, writing: bool = False) -> str:
    """Return what stands in the place above the cards: who wrote it, what it rests on, what was left out; "" for nothing.

    `writing` says that more may come. Translations are not in it: they stand in the cards, see `gloss_html`.
    """
    say = GENERATED[answer.language]
    return "".join((
        _sentences(answer, generated),
        _paragraph("explained", pointed_line(answer.language, generated.model, generated.pointed, answered=answer.status == "answered")),
        _suggestions(answer, generated),
        _paragraph("explained writing", say["waiting_card"] if writing else ""),
        _paragraph("left-out", dropped_line(answer.language, dict(generated.dropped))),
        _paragraph("left-out", notice_line(answer.language, generated.notice))))


def gloss_html(answer: Answer, generated: GeneratedText, n: int) -> str:
    """Return the translation that stands under the words of quotation `n`, or "" where there is none."""
    label = GENERATED[answer.language]["gloss"].format(n=n)
    return "".join(f'<span class="label">{escape(label)}:</span> <bdi lang="{answer.language}">{escape(one.text)}</bdi>'
                   for one in generated.glosses if one.n == n)


def _sentences(answer: Answer, generated: GeneratedText) -> str:
    say = GENERATED[answer.language]
    if not generated.sentences:
        return ""
    written = "".join(f'<li><bdi>{escape(one.text)}</bdi> <span class="rests">({escape(say["rests"].format(numbers=_listed(one.rests_on)))})</span></li>'
                      for one in generated.sentences)
    return f'<h3>{escape(say["title"].format(model=generated.model))}</h3><p class="explained">{escape(say["explained"])}</p><ul>{written}</ul>'


def _suggestions(answer: Answer, generated: GeneratedText) -> str:
    if not generated.suggestions:
        return ""
    title = GENERATED[answer.language]["suggestions"].format(model=generated.model)
    buttons = "".join(f'<li><button type="button" class="example" data-wish="{escape(_wish(one))}"><bdi>{escape(one)}</bdi></button></li>'
                      for one in generated.suggestions)
    return f'<h3>{escape(title)}</h3><ul class="examples">{buttons}</ul>'


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def _wish(question: str) -> str:
    return json.dumps({"do": "ask", "question": question, "filters": None})


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


class Beside:
    """Writes beside finished answers; who comes when all writers are busy is told so at once, for the answer is complete."""

    def __init__(self, writer: Writer, *, at_once: int) -> None:
        self._writer, self._free = writer, threading.BoundedSemaphore(at_once)

    def stream(self, answer: Answer, history: Sequence[str]) -> Iterator[GeneratedText]:
        """Give what has been checked so far, the whole at the end; see `Writer.stream`."""
        if not self._free.acquire(blocking=False):
            yield GeneratedText(self._writer.name, notice="busy")
            return
        try:
            yield from self._writer.stream(answer, history=history)
        finally:
            self._free.release()


def page_line(answer: Answer, generated: GeneratedText, *, writing: bool) -> str:
    """Return a line of JSON for the page's script: the HTML of the block, and of each translation by number."""
    glosses: Mapping[str, str] = {str(one.n): gloss_html(answer, generated, one.n) for one in generated.glosses}
    return json.dumps({"html": generated_html(answer, generated, writing=writing), "glosses": glosses, "writing": writing}) + "\n"
