"""A document to read through: its text by section with the outline beside it, and a quotation marked."""

from functools import cache
from html import escape
from importlib import resources

from assistant.answers import Language
from ingest.documents import Document, Section
from ui.strings import PAGE


def reading_page(document: Document, span: tuple[int, int], language: Language) -> str:
    """Return the whole page as HTML; `span` is marked where it lies in the text."""
    say = PAGE[language]
    facts = " · ".join(_shown(fact) for fact in (document.doc, document.metadata.get("publisher", ""), document.metadata.get("published", "")) if fact)
    outline = "".join(f'<li style="margin-left:{len(section.path) - 1}rem"><a href="#s{number}">{_shown(section.path[-1])}</a></li>'
                      for number, section in enumerate(document.sections))
    nav = f'<nav class="outline" aria-label="{say["outline"]}"><ul>{outline}</ul></nav>' if outline else ""
    return (f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<meta name="color-scheme" content="light dark"><title>{escape(document.title)} · {say["title"]}</title><style>{_style()}</style></head>'
            f'<body class="reading"><header><p><a href="/">{say["back"]}</a></p><h1>{_shown(document.title)}</h1><p class="place">{facts}</p></header>'
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
        return _shown(text[start:end].strip("\n"))
    begins = ' id="mark"' if first == span[0] else ""
    return (f"<bdi>{escape(text[start:first].lstrip(chr(10)))}<mark{begins}>{escape(text[first:last])}</mark>"
            f"{escape(text[last:end].rstrip(chr(10)))}</bdi>")


def _shown(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


@cache
def _style() -> str:
    return resources.files("ui").joinpath("style.css").read_text(encoding="utf-8")
