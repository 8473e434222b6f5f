"""Renders the documents: the list of sources, each with how it was read, and one document to read through with a quotation marked."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources
from urllib.parse import urlencode

from assistant.answers import Language
from ingest.documents import Document, Section
from ui.cards import shown, title_of
from ui.reasons import reason_in
from ui.strings import PAGE

_MOST_REMARKS = 200  # shown; a long document leaves out a running head on each page


def documents_html(documents: Sequence[Document], language: Language) -> str:
    """Return the list of documents that a user may see, each with how it was read."""
    say = PAGE[language]
    if not documents:
        return f"<p>{say['empty']}</p>"
    return "".join(document_html(one, language) for one in documents)


def document_html(one: Document, language: Language) -> str:
    """Return the card of a document: title, name, facts, audience, how much may be quoted, warnings and repairs."""
    say = PAGE[language]
    doubtful = sum(not passage.quotable for passage in one.passages)
    facts = [one.metadata.get("publisher", ""), one.metadata.get("published", ""), _pages(one, language),
             f"{len(one.passages)} {say['passages' if len(one.passages) != 1 else 'one_passage']}",
             say[f"language_{one.language}"] if one.language in ("nl", "en") else one.language,
             f"{say['audience']}: {one.metadata['audience']}" if one.metadata.get("audience") else say["for_all"],
             say["doubtful" if doubtful > 1 else "doubtful_one"].format(count=doubtful) if doubtful else say["all_quotable"]]
    listed = "".join(f"<li>{shown(reason_in(language, remark.what))}{': ' + shown(remark.text[:200]) if remark.text else ''}"
                     f"{' (' + escape(say['page'].format(page=remark.page)) + ')' if remark.page else ''}</li>" for remark in one.remarks[:_MOST_REMARKS])
    counts = Counter(remark.kind for remark in one.remarks)
    kinds = ", ".join(f"{counts[kind]} {say[f'remark_{kind}']}" for kind in ("warning", "quarantined", "repaired", "left_out") if counts[kind])
    folded = f"<details><summary>{say['remarks']}: {kinds}</summary><ul>{listed}</ul></details>" if listed else ""
    link = urlencode({"doc": one.doc, "language": language})
    return (f'<article class="card document"><h2>{shown(title_of(one.title, one.doc))}</h2><p class="place">{shown(one.doc)} · '
            f'{" · ".join(shown(fact) for fact in facts if fact)}</p>'
            f'<p class="place"><a href="/page/read?{escape(link)}" target="_blank" rel="noopener">{say["read_through"]}</a></p>{folded}</article>')


def _pages(one: Document, language: Language) -> str:
    """Return the number of pages, in formats that have them."""
    if not any(passage.page for passage in one.passages):
        return ""
    return f"{len(one.pages)} {PAGE[language]['pages' if len(one.pages) != 1 else 'one_page']}"


def reading_page(document: Document, span: tuple[int, int], language: Language) -> str:
    """Return the whole page as HTML; `span` is marked where it lies in the text."""
    say = PAGE[language]
    facts = " · ".join(shown(fact) for fact in (document.doc, document.metadata.get("publisher", ""), document.metadata.get("published", "")) if fact)
    outline = "".join(f'<li style="margin-left:{len(section.path) - 1}rem"><a href="#s{number}">{shown(section.path[-1])}</a></li>'
                      for number, section in enumerate(document.sections))
    nav = f'<nav class="outline" aria-label="{say["outline"]}"><ul>{outline}</ul></nav>' if outline else ""
    return (f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<meta name="color-scheme" content="light dark"><title>{escape(document.title)} · {say["title"]}</title><style>{_style()}</style></head>'
            f'<body class="reading"><header><p><a href="/">{say["back"]}</a></p><h1>{shown(document.title)}</h1><p class="place">{facts}</p></header>'
            f'<div class="columns">{nav}<main lang="{escape(document.language)}">{_text(document, span)}</main></div></body></html>')


def _text(document: Document, span: tuple[int, int]) -> str:
    """Return the text in its sections, each below its heading, with the span marked."""
    first = min((section.start for section in document.sections), default=len(document.text))
    pieces = [f'<section class="text">{_marked(document.text, 0, first, span)}</section>'] if document.text[:first].strip() else []
    for number, section in enumerate(document.sections):
        body = section.start + len(section.path[-1])
        level = min(len(section.path) + 1, 6)
        pieces.append(f'<section class="text" id="s{number}"><h{level}>{_heading(document, section, span)}</h{level}>'
                      f"{_marked(document.text, body, section.end, span)}</section>")
    return "".join(pieces)


def _heading(document: Document, section: Section, span: tuple[int, int]) -> str:
    return _marked(document.text, section.start, section.start + len(section.path[-1]), span)


def _marked(text: str, start: int, end: int, span: tuple[int, int]) -> str:
    """Return a slice of the text with what lies of the span in it marked."""
    first, last = max(start, span[0]), min(end, span[1])
    if first >= last:
        return shown(text[start:end].strip("\n"))
    begins = ' id="mark"' if first == span[0] else ""
    return (f"<bdi>{escape(text[start:first].lstrip(chr(10)))}<mark{begins}>{escape(text[first:last])}</mark>"
            f"{escape(text[last:end].rstrip(chr(10)))}</bdi>")


@cache
def _style() -> str:
    return resources.files("ui").joinpath("style.css").read_text(encoding="utf-8")
