"""Renders an answer as HTML: how it was understood, its cards, their sources and reasons; pure, and what comes from a source or a user is escaped."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from urllib.parse import urlencode

from assistant.answers import Answer, Evidence, Language, Place, Reading
from ingest.blocks import Box, PageInfo
from ingest.documents import Document
from ui.beside import gloss_slot_html, slot_html
from ui.strings import PAGE, scope_line

_FORMATS = ("docx", "md", "csv")
_TITLES = 3  # of the documents that have a name of the question in theirs, as many are named
_AROUND = 400  # characters shown before and after the quotation when its source is opened
_TERM = re.compile(r"(?P<term>.+?): (?P<share>\d{1,3})%(?:, |$)")
_WHOLLY = 95  # percent from which the word itself stands there; what only comes near it has a smaller share


def answer_html(answer: Answer, documents: Mapping[str, Document], *, key: str = "", literal: tuple[str, ...] = (), alone: bool = False,
                written_beside: bool = False) -> str:
    """Return one turn of the conversation: the question, the status in words, the sentence, the cards, the scope.

    `key` is the name under which the answer can be exported and judged; without one it cannot. `literal` words were meant
    as typed; a question that was asked `alone` did not follow those before it. `written_beside` leaves places that are filled while a language model writes.
    """
    say = PAGE[answer.language]
    cards = "".join(card_html(one, answer.language, documents, beside=gloss_slot_html(key, one.n) if written_beside else "")
                    for one in answer.evidence)
    slot = slot_html(answer, key) if written_beside else ""
    chips = chips_html(answer.question, answer.understood, answer.language, literal=literal, alone=alone)
    return (f'<section class="turn" lang="{answer.language}" data-key="{escape(key)}" aria-label="{shown_in_attribute(answer.question)}">'
            f'{asked_html(answer.question, answer.language)}{chips}'
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
    also = "".join(f"<li>{shown(_other_reference(place, one.place, language))}</li>" for place in one.also)
    also = f'<div class="also"><span class="label">{say["also"]}</span><ul>{also}</ul></div>' if also else ""
    copied = f"{context_line(one, language)}\n“{one.quote}” ({reference(one.place, language)})".lstrip()
    return (f'<article class="card" aria-label="{escape(say["quotation"].format(n=one.n))}"><span class="number">{one.n}</span>{context}'
            f'<blockquote><bdi>{escape(one.quote)}</bdi></blockquote>{beside}<p class="place">{where}</p>{also}'
            f'<div class="actions"><button type="button" class="copy" data-copy="{escape(copied)}" data-done="{say["copied"]}">{say["copy"]}</button>'
            f"{source_html(one.place, documents, language)}{why_html(one.why, language)}</div></article>")


def after_html(key: str, language: Language, *, quoted: bool) -> str:
    """Return what can be done with a whole answer: keep it in a file, and say whether it was of use."""
    say = PAGE[language]
    reasons = "".join(f'<label><input type="checkbox" name="reason" value="{reason}"> {say[f"reason_{reason}"]}</label>'
                      for reason in ("missing", "wrong_quote", "not_about", "should_answer", "unclear"))
    return (f'{export_html([key], language, label=say["export"], quoted=quoted)}'
            f'<form class="judge" data-answer="{escape(key)}" data-thanks="{say["thanks"]}" data-failed="{say["judge_failed"]}">'
            f'<span class="label">{say["useful"]}</span><button type="button" class="thumb" data-verdict="up">{say["yes"]}</button>'
            f'<button type="button" class="thumb" data-verdict="down" aria-expanded="false">{say["no"]}</button>'
            f'<fieldset hidden><legend>{say["what_wrong"]}</legend>{reasons}<label class="note">{say["note"]}'
            f'<textarea name="note" maxlength="1000" rows="2"></textarea></label><p class="place">{say["judge_kept"]}</p>'
            f'<button type="submit">{say["send_judgement"]}</button></fieldset><output></output></form>')


def export_html(keys: Sequence[str], language: Language, *, label: str, quoted: bool, kind: str = "after") -> str:
    """Return the links that keep these answers in a file; the one for quotations only where an answer quotes. The script says it where one is not at hand."""
    answers, say = escape(",".join(keys)), PAGE[language]
    links = "".join(f'<a href="/page/export?kind={form}&amp;answers={answers}" download>{say[f"export_{form}"]}</a>'
                    for form in _FORMATS if quoted or form != "csv")
    return (f'<div class="{kind}" data-gone="{say["export_gone"]}" data-failed="{say["failed"]}"><span class="label">{label}</span>{links}'
            '<output></output></div>')


def context_line(one: Evidence, language: Language) -> str:
    """Return under what a quotation stands, the columns of its row or what introduces it, as a line to put above it; empty where nothing is known."""
    return f'{PAGE[language]["context"]} {" ".join(one.context.split())}' if one.context else ""


def reference(place: Place, language: Language) -> str:
    """Return where a quotation stands, in the form of a memo: title, page, section."""
    parts = [title_of(place.title, place.doc), PAGE[language]["page"].format(page=place.page) if place.page is not None else "", place.section]
    return ", ".join(part for part in parts if part)


def _other_reference(place: Place, first: Place, language: Language) -> str:
    """Return where a quotation stands too; with the name of the file where title, page and section are those of the first place."""
    found = reference(place, language)
    return f"{found} ({place.doc})" if found == reference(first, language) and place.doc != first.doc else found


def title_of(title: str, doc: str) -> str:
    """Return the title of a document; one that has none goes by the name of its file, which reads better without its ending."""
    path = PurePosixPath(doc)
    return path.stem if title == path.name else title


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


def source_html(place: Place, documents: Mapping[str, Document], language: Language) -> str:
    """Return the source of a quotation with exactly its words marked, folded away."""
    document = documents.get(place.doc)
    if document is None:
        return ""
    say = PAGE[language]
    first, last = max(0, place.start - _AROUND), min(len(document.text), place.end + _AROUND)
    before, words, after = document.text[first:place.start], document.text[place.start:place.end], document.text[place.end:last]
    dots = ("… " if first else "", " …" if last < len(document.text) else "")
    link = urlencode({"doc": place.doc, "start": place.start, "end": place.end, "language": language})
    return (f'<details class="source"><summary>{say["open"]}</summary>{picture_html(document, place.boxes, language)}'
            f'<div class="text" tabindex="0" role="group" aria-label="{say["text_around"]}"><bdi>{dots[0]}{escape(before)}'
            f"<mark>{escape(words)}</mark>{escape(after)}{dots[1]}</bdi></div>"
            f'<p class="place"><a href="/page/read?{escape(link)}#mark" target="_blank" rel="noopener">{say["read_whole"]}</a></p></details>')


def picture_html(document: Document, boxes: Sequence[Box], language: Language) -> str:
    """Return the picture of the page of the first box with all boxes marked; empty for a document without pictures.

    The picture is fetched when it is opened; the marks are shares of the page, so they fit any size of it.
    """
    sizes = {page.number: page for page in document.pages if page.width > 0 and page.height > 0}
    if not document.doc.lower().endswith(".pdf") or not boxes or not all(box.page in sizes for box in boxes):
        return ""
    say, here = PAGE[language], boxes[0].page
    spots = "".join(_spot(box, sizes[box.page], hidden=box.page != here) for box in boxes)
    source = escape("/page/picture?" + urlencode({"doc": document.doc, "page": ""}))
    return (f'<figure class="page" data-source="{source}" data-page="{here}" data-pages="{len(document.pages)}" data-gone="{say["no_picture"]}"'
            f' data-word="{say["page_of"]}"><div class="sheet"><img alt="{say["picture"]}">{spots}</div>'
            f'<div class="leaf"><button type="button" class="turn-page" data-step="-1">{say["previous"]}</button><output></output>'
            f'<button type="button" class="turn-page" data-step="1">{say["next"]}</button></div></figure>')


def _spot(box: Box, page: PageInfo, *, hidden: bool) -> str:
    left, top = 100 * box.x0 / page.width, 100 * box.y0 / page.height
    wide, high = 100 * (box.x1 - box.x0) / page.width, 100 * (box.y1 - box.y0) / page.height
    return (f'<i class="spot" data-page="{box.page}" style="left:{left:.3f}%;top:{top:.3f}%;width:{wide:.3f}%;height:{high:.3f}%"'
            f'{" hidden" if hidden else ""}></i>')


def chips_html(question: str, reading: Reading, language: Language, *, literal: tuple[str, ...] = (), alone: bool = False) -> str:
    """Return the chips, where the question was understood otherwise than it was asked; empty where it was not.

    Each chip can be taken off: the question is then asked again without it. `literal` words were taken off before, and with `alone` the questions before.
    """
    say = PAGE[language]
    kept = [list(one) for one in reading.filters]
    chips = [_chip(f'{say["corrected"]}: {new}', question, language, filters=kept, literal=[*literal, old], alone=alone)
             for old, new in reading.corrections]
    if _plain(reading.text) != _plain(_corrected(question, reading)):
        chips.append(_chip(f'{say["understood"]}: {reading.text}', question, language, literal=[*literal, question], alone=True))
    chips += [_chip(filter_words(one, language), question, language, filters=[other for other in kept if other != list(one)], literal=list(literal),
                    alone=alone)
              for one in reading.filters]
    chips += [_chip(f'{say["terms"]} {", ".join(labels[:3])} ({term})', question, language, filters=kept, literal=[*literal, term], alone=alone)
              for term, labels in reading.added]
    if reading.left_out:
        chips.append(_chip(f'{say["left_out"]}: {", ".join(reading.left_out)}', question, language, filters=kept, literal=[*literal, *reading.left_out],
                           alone=alone))
    for name, among in groupby(reading.titled, key=itemgetter(0)):
        titles = [title for _, title in among]
        more = "; …" * (len(titles) > _TITLES)
        chips.append(_chip(f'{say["titled"]}: {"; ".join(titles[:_TITLES])}{more} ({name})', question, language, filters=kept,
                           literal=[*literal, name], alone=alone))
    return f'<ul class="chips" aria-label="{say["chips"]}">{"".join(chips)}</ul>' if chips else ""


def filter_words(one: tuple[str, str], language: Language) -> str:
    """Return a filter in words."""
    say = PAGE[language]
    if one == ("kind", "signal"):
        return say["filter_signals"]
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


def why_html(why: str, language: Language) -> str:
    """Return the reason folded away; empty where none is known."""
    if not why:
        return ""
    say = PAGE[language]
    sentences = "".join(f"<p><bdi>{escape(one)}</bdi></p>" for one in why_words(why, language))
    return f'<details class="why"><summary>{say["why"]}</summary>{sentences}</details>'


def why_words(why: str, language: Language) -> tuple[str, ...]:
    """Return one or two sentences: the words that come back, and those that only come near."""
    say = PAGE[language]
    found = [(match["term"], int(match["share"])) for match in _TERM.finditer(why)]
    if not found:
        return (say["why_text"].format(why=why),)
    groups = (("why_whole", [term for term, share in found if share >= _WHOLLY]), ("why_near", [term for term, share in found if share < _WHOLLY]))
    return tuple(say[name].format(terms=_listed(terms, language)) for name, terms in groups if terms)


def _listed(terms: list[str], language: Language) -> str:
    quoted = [f"‘{term}’" for term in terms]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {PAGE[language]['and']} {quoted[-1]}"
