"""Renders an answer as HTML: pure, and everything that comes from a source or a user is escaped."""

from collections.abc import Sequence
from html import escape

from assistant.answers import Answer, Evidence, Language, Place
from ingest.documents import Document
from ui.strings import PAGE

_AROUND = 400  # characters shown before and after the quotation when its source is opened


def answer_html(answer: Answer, documents: dict[str, Document]) -> str:
    """Return one turn of the conversation: the question, the status in words, the sentence, the cards, the scope."""
    say = PAGE[answer.language]
    cards = "".join(card_html(one, answer.language, documents) for one in answer.evidence)
    return (f'<section class="turn" lang="{answer.language}">'
            f'<p class="asked"><span class="label">{say["you"]}</span> <bdi>{escape(answer.question)}</bdi></p>{_chips(answer)}'
            f'<div class="answer {answer.status}"><h2 class="status">{say[answer.status]}</h2>'
            f'<p class="sentence">{escape(answer.text)}</p>{cards}{_near(answer, documents)}'
            f'<p class="scope">{escape(scope_line(answer))}</p></div></section>')


def card_html(one: Evidence, language: Language, documents: dict[str, Document]) -> str:
    """Return the card of one quotation: its words, its place, the buttons, and its source folded away."""
    say = PAGE[language]
    context = (f'<p class="context"><span class="label">{say["context"]}</span> {escape(one.context)}</p>') if one.context else ""
    also = "".join(f"<li>{escape(reference(place, language))}</li>" for place in one.also)
    also = f'<div class="also"><span class="label">{say["also"]}</span><ul>{also}</ul></div>' if also else ""
    why = (f'<details class="why"><summary>{say["why"]}</summary><p>{escape(say["why_text"].format(why=one.why))}</p></details>') if one.why else ""
    copied = f"“{one.quote}” ({reference(one.place, language)})"
    return (f'<article class="card" aria-label="{escape(say["quotation"].format(n=one.n))}"><span class="number">{one.n}</span>{context}'
            f'<blockquote><bdi>{escape(one.quote)}</bdi></blockquote><p class="place">{escape(reference(one.place, language))}</p>{also}'
            f'<div class="actions"><button type="button" class="copy" data-copy="{escape(copied)}" data-done="{say["copied"]}">{say["copy"]}</button>'
            f"{source_html(one.place, documents, language)}{why}</div></article>")


def source_html(place: Place, documents: dict[str, Document], language: Language) -> str:
    """Return the text around a quotation with exactly its words marked, folded away."""
    document = documents.get(place.doc)
    if document is None:
        return ""
    first, last = max(0, place.start - _AROUND), min(len(document.text), place.end + _AROUND)
    before, words, after = document.text[first:place.start], document.text[place.start:place.end], document.text[place.end:last]
    dots = ("… " if first else "", " …" if last < len(document.text) else "")
    return (f'<details class="source"><summary>{PAGE[language]["open"]}</summary><div class="text">{dots[0]}{escape(before)}'
            f"<mark>{escape(words)}</mark>{escape(after)}{dots[1]}</div></details>")


def reference(place: Place, language: Language) -> str:
    """Return where a quotation stands, in the form of a memo: title, page, section."""
    parts = [place.title, PAGE[language]["page"].format(page=place.page) if place.page is not None else "", place.section]
    return ", ".join(part for part in parts if part)


def scope_line(answer: Answer) -> str:
    """Return how much was looked at."""
    say, scope = PAGE[answer.language], answer.scope
    return say["scope"].format(scored=scope.scored, passages=scope.passages, documents=scope.documents, matched=scope.matched,
                               documents_word=say["document" if scope.documents == 1 else "documents"],
                               matched_word=say["one_matches" if scope.matched == 1 else "many_match"])


def documents_html(documents: Sequence[Document], language: Language) -> str:
    """Return the list of documents that a user may see, each with how it was read."""
    say = PAGE[language]
    if not documents:
        return f"<p>{say['empty']}</p>"
    rows = []
    for one in documents:
        facts = [one.metadata.get("publisher", ""), one.metadata.get("published", ""), f"{len(one.pages)} {say['pages']}" if one.pages else "",
                 f"{len(one.passages)} {say['passages']}", one.language]
        remarks = "".join(f"<li>{escape(remark.what)}{': ' + escape(remark.text[:200]) if remark.text else ''}</li>" for remark in one.remarks)
        folded = f"<details><summary>{say['left_out']} ({len(one.remarks)})</summary><ul>{remarks}</ul></details>" if remarks else ""
        rows.append(f'<article class="card document"><h3>{escape(one.title)}</h3><p class="place">{escape(one.doc)} · '
                    f'{escape(" · ".join(fact for fact in facts if fact))}</p>{folded}</article>')
    return "".join(rows)


def _chips(answer: Answer) -> str:
    """Return how the question was understood, where that differs from how it was asked."""
    say, understood = PAGE[answer.language], answer.understood
    chips = []
    if understood.corrections:
        chips.append(f'{say["corrected"]}: {", ".join(new for _, new in understood.corrections)}')
    if understood.text.rstrip("?. ").casefold() != answer.question.rstrip("?. ").casefold():
        chips.append(f'{say["understood"]}: {understood.text}')
    chips += [f'{say["filter"]}: {value}' for _, value in understood.filters]
    widened = "; ".join(f"{term}: {', '.join(labels[:3])}" for term, labels in understood.added)
    if widened:
        chips.append(f'{say["terms"]} {widened}')
    return '<ul class="chips">' + "".join(f"<li><bdi>{escape(chip)}</bdi></li>" for chip in chips) + "</ul>" if chips else ""


def _near(answer: Answer, documents: dict[str, Document]) -> str:
    if not answer.near:
        return ""
    say = PAGE[answer.language]
    title = say["near" if answer.status == "answered" else "near_related"].format(count=len(answer.near))
    cards = "".join(card_html(one, answer.language, documents) for one in answer.near)
    return f'<details class="near"><summary>{title}</summary>{cards}</details>'
