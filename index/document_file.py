"""A document as a JSON file and back: word boxes as plain numbers, so that a page of a thousand words stays small."""

import json
from typing import Any

from ingest.blocks import Box, PageInfo, Remark, WordBox
from ingest.documents import Document, Passage, Section


def to_json(document: Document) -> str:
    """Return the document as JSON; `from_json` gives an equal document back, to the tenth of a point in boxes."""
    return json.dumps({
        "doc": document.doc, "sha256": document.sha256, "title": document.title, "text": document.text,
        "language": document.language, "metadata": dict(document.metadata),
        "pages": [[page.number, page.label, page.width, page.height, page.quotability, *page.confidences] for page in document.pages],
        "sections": [[list(section.path), section.start, section.end] for section in document.sections],
        "words": [[word.start, word.end, *_numbers(word.box), *([1] if word.apart else [])] for word in document.words],
        "remarks": [[remark.kind, remark.what, remark.text, remark.page] for remark in document.remarks],
        "passages": [_passage(passage) for passage in document.passages]}, ensure_ascii=False)


def from_json(text: str, *, doc: str | None = None) -> Document:
    """Read a document back; `doc` gives it another name than the one it was kept under."""
    kept = json.loads(text)
    name = doc or kept["doc"]
    return Document(
        doc=name, sha256=kept["sha256"], title=kept["title"], text=kept["text"], language=kept["language"],
        pages=tuple(PageInfo(number, label, width, height, quotability, tuple(confidences))
                    for number, label, width, height, quotability, *confidences in kept["pages"]),
        sections=tuple(Section(tuple(path), start, end) for path, start, end in kept["sections"]),
        words=tuple(WordBox(start, end, Box(*numbers[:5]), len(numbers) > 5) for start, end, *numbers in kept["words"]),
        remarks=tuple(Remark(*remark) for remark in kept["remarks"]), metadata=kept["metadata"],
        passages=tuple(_read_passage(one, kept, name) for one in kept["passages"]))


def _passage(passage: Passage) -> dict[str, Any]:
    return {"id": passage.passage_id, "section": passage.section, "page": passage.page, "kind": passage.kind,
            "span": [passage.start, passage.end], "sentences": [list(span) for span in passage.sentences],
            "context": passage.context, "context_span": passage.context_span, "quotable": passage.quotable,
            "boxes": [_numbers(box) for box in passage.boxes], "metadata": dict(passage.metadata)}


def _read_passage(one: dict[str, Any], kept: dict[str, Any], doc: str) -> Passage:
    start, end = one["span"]
    return Passage(
        passage_id=one["id"], doc=doc, doc_sha256=kept["sha256"], title=kept["title"], section=one["section"], page=one["page"],
        kind=one["kind"], start=start, end=end, text=kept["text"][start:end],
        sentences=tuple((first, last) for first, last in one["sentences"]), context=one["context"],
        context_span=tuple(one["context_span"]) if one["context_span"] else None,
        boxes=tuple(Box(*numbers) for numbers in one["boxes"]), quotable=one["quotable"], metadata=one["metadata"])


def _numbers(box: Box) -> list[float]:
    return [box.page, *(round(value, 1) for value in (box.x0, box.y0, box.x1, box.y1))]
