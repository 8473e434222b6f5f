"""Renders one document of the list of sources: what it is, how it was read, and the way to read it through."""

from collections import Counter
from html import escape
from urllib.parse import urlencode

from assistant.answers import Language
from ingest.documents import Document
from ui.cards import title_of
from ui.reasons import reason_in
from ui.strings import PAGE

_MOST_REMARKS = 200  # shown; a long document leaves out a running head on each page


def document_html(one: Document, language: Language) -> str:
    """Return the card of a document: title, name, facts, audience, how much may be quoted, warnings and repairs."""
    say = PAGE[language]
    doubtful = sum(not passage.quotable for passage in one.passages)
    facts = [one.metadata.get("publisher", ""), one.metadata.get("published", ""), _pages(one, language),
             f"{len(one.passages)} {say['passages' if len(one.passages) != 1 else 'one_passage']}",
             say[f"language_{one.language}"] if one.language in ("nl", "en") else one.language,
             f"{say['audience']}: {one.metadata['audience']}" if one.metadata.get("audience") else say["for_all"],
             say["doubtful" if doubtful > 1 else "doubtful_one"].format(count=doubtful) if doubtful else say["all_quotable"]]
    listed = "".join(f"<li>{_shown(reason_in(language, remark.what))}{': ' + _shown(remark.text[:200]) if remark.text else ''}"
                     f"{' (' + escape(say['page'].format(page=remark.page)) + ')' if remark.page else ''}</li>" for remark in one.remarks[:_MOST_REMARKS])
    counts = Counter(remark.kind for remark in one.remarks)
    kinds = ", ".join(f"{counts[kind]} {say[f'remark_{kind}']}" for kind in ("warning", "quarantined", "repaired", "left_out") if counts[kind])
    folded = f"<details><summary>{say['remarks']}: {kinds}</summary><ul>{listed}</ul></details>" if listed else ""
    link = urlencode({"doc": one.doc, "language": language})
    return (f'<article class="card document"><h2>{_shown(title_of(one.title, one.doc))}</h2><p class="place">{_shown(one.doc)} · '
            f'{" · ".join(_shown(fact) for fact in facts if fact)}</p>'
            f'<p class="place"><a href="/page/read?{escape(link)}" target="_blank" rel="noopener">{say["read_through"]}</a></p>{folded}</article>')


def _pages(one: Document, language: Language) -> str:
    """Return the number of pages, in formats that have them."""
    if not any(passage.page for passage in one.passages):
        return ""
    return f"{len(one.pages)} {PAGE[language]['pages' if len(one.pages) != 1 else 'one_page']}"


def _shown(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"
