"""Renders an answer as HTML: pure, and everything that comes from a source or a user is escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import PurePosixPath

from assistant.answers import Answer, Evidence, Language, Place
from ingest.documents import Document
from ui.chips import chips_html
from ui.generated_card import gloss_slot_html, slot_html
from ui.source_view import source_html
from ui.strings import PAGE
from ui.why import why_html

_FORMATS = ("docx", "md", "csv")


def answer_html(answer: Answer, documents: Mapping[str, Document], *, key: str = "", literal: tuple[str, ...] = (), written_beside: bool = False) -> str:
    """Return one turn of the conversation: the question, the status in words, the sentence, the cards, the scope.

    `key` is the name under which the answer can be exported and judged; without one it cannot. `literal` words were meant
    as typed. `written_beside` leaves places that are filled while a language model writes.
    """
    say = PAGE[answer.language]
    cards = "".join(card_html(one, answer.language, documents, beside=gloss_slot_html(key, one.n) if written_beside else "")
                    for one in answer.evidence)
    slot = slot_html(answer, key) if written_beside else ""
    return (f'<section class="turn" lang="{answer.language}" data-key="{escape(key)}" aria-label="{shown_in_attribute(answer.question)}">'
            f'{asked_html(answer.question, answer.language)}{chips_html(answer.question, answer.understood, answer.language, literal=literal)}'
            f'<div class="answer {answer.status}"><h2 class="status">{say[answer.status]}</h2>'
            f'<p class="sentence">{shown(answer.text)}</p>{slot}{cards}{_near(answer, documents)}'
            f'<p class="scope">{escape(scope_line(answer))}</p>{after_html(key, answer.language, quoted=bool(answer.evidence)) if key else ""}</div></section>')


def asked_html(question: str, language: Language) -> str:
    """Return the line that repeats what was asked."""
    return f'<p class="asked"><span class="label">{PAGE[language]["you"]}</span> {shown(question)}</p>'


def card_html(one: Evidence, language: Language, documents: Mapping[str, Document], *, beside: str = "") -> str:
    """Return the card of one quotation: its words, what stands `beside` them (HTML), its place, the buttons, and its source folded away."""
    say = PAGE[language]
    context = f'<p class="context"><span class="label">{say["context"]}</span> {shown(one.context)}</p>' if one.context else ""
    document = documents.get(one.place.doc)
    dated = document.metadata.get("published", "") if document else ""
    where = shown(reference(one.place, language)) + (f' · {shown(dated)}' if dated else "")
    also = "".join(f"<li>{shown(reference(place, language))}</li>" for place in one.also)
    also = f'<div class="also"><span class="label">{say["also"]}</span><ul>{also}</ul></div>' if also else ""
    copied = f"“{one.quote}” ({reference(one.place, language)})"
    return (f'<article class="card" aria-label="{escape(say["quotation"].format(n=one.n))}"><span class="number">{one.n}</span>{context}'
            f'<blockquote><bdi>{escape(one.quote)}</bdi></blockquote>{beside}<p class="place">{where}</p>{also}'
            f'<div class="actions"><button type="button" class="copy" data-copy="{escape(copied)}" data-done="{say["copied"]}">{say["copy"]}</button>'
            f"{source_html(one.place, documents, language)}{why_html(one.why, language)}</div></article>")


def after_html(key: str, language: Language, *, quoted: bool) -> str:
    """Return what can be done with a whole answer: keep it in a file, and say whether it was of use."""
    say = PAGE[language]
    reasons = "".join(f'<label><input type="checkbox" name="reason" value="{reason}"> {say[f"reason_{reason}"]}</label>'
                      for reason in ("missing", "wrong_quote", "not_about", "should_answer", "unclear"))
    return (f'<div class="after"><span class="label">{say["export"]}</span>{export_links([key], language, quoted=quoted)}</div>'
            f'<form class="judge" data-answer="{escape(key)}" data-thanks="{say["thanks"]}" data-failed="{say["judge_failed"]}">'
            f'<span class="label">{say["useful"]}</span><button type="button" class="thumb" data-verdict="up">{say["yes"]}</button>'
            f'<button type="button" class="thumb" data-verdict="down" aria-expanded="false">{say["no"]}</button>'
            f'<fieldset hidden><legend>{say["what_wrong"]}</legend>{reasons}<label class="note">{say["note"]}'
            f'<textarea name="note" maxlength="1000" rows="2"></textarea></label><p class="place">{say["judge_kept"]}</p>'
            f'<button type="submit">{say["send_judgement"]}</button></fieldset><output></output></form>')


def export_links(keys: Sequence[str], language: Language, *, quoted: bool) -> str:
    """Return the links that keep these answers in a file; the one for quotations only where an answer quotes."""
    answers, say = escape(",".join(keys)), PAGE[language]
    return "".join(f'<a href="/page/export?kind={kind}&amp;answers={answers}" download>{say[f"export_{kind}"]}</a>'
                   for kind in _FORMATS if quoted or kind != "csv")


def reference(place: Place, language: Language) -> str:
    """Return where a quotation stands, in the form of a memo: title, page, section."""
    parts = [title_of(place.title, place.doc), PAGE[language]["page"].format(page=place.page) if place.page is not None else "", place.section]
    return ", ".join(part for part in parts if part)


def title_of(title: str, doc: str) -> str:
    """Return the title of a document; one that has none goes by the name of its file, which reads better without its ending."""
    path = PurePosixPath(doc)
    return path.stem if title == path.name else title


def scope_line(answer: Answer) -> str:
    """Return how much was looked at."""
    say, scope = PAGE[answer.language], answer.scope
    return say["scope"].format(scored=scope.scored, passages=scope.passages, documents=scope.documents, matched=scope.matched,
                               documents_word=say["document" if scope.documents == 1 else "documents"],
                               matched_word=say["one_matches" if scope.matched == 1 else "many_match"])


def documents_html(documents: Sequence[Document], language: Language) -> str:
    """Return the list of documents that a user may see, each with how it was read."""
    from ui.document_list import document_html

    say = PAGE[language]
    if not documents:
        return f"<p>{say['empty']}</p>"
    return "".join(document_html(one, language) for one in documents)


def shown(text: str) -> str:
    """Return text as HTML that shows it to the character and keeps its direction to itself."""
    return f"<bdi>{escape(text)}</bdi>"


def shown_in_attribute(text: str) -> str:
    """Return text for an attribute, on one line."""
    return escape(" ".join(text.split()))


def _near(answer: Answer, documents: Mapping[str, Document]) -> str:
    if not answer.near:
        return ""
    say = PAGE[answer.language]
    title = say["near" if answer.status == "answered" else "near_related"].format(count=len(answer.near))
    cards = "".join(card_html(one, answer.language, documents) for one in answer.near)
    return f'<details class="near"><summary>{title}</summary>{cards}</details>'
