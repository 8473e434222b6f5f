"""Renders the source of a quotation: the picture of its page with the quoted words marked, and the text around them."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from assistant.answers import Language, Place
from ingest.blocks import Box, PageInfo
from ingest.documents import Document
from ui.strings import PAGE

_AROUND = 400  # characters shown before and after the quotation when its source is opened


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
