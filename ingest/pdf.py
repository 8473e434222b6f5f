"""PDF: words with their boxes from pypdfium2, hidden text set aside, regions in reading order, lines to blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.blocks import Block, Draft, PageInfo, Remark
from ingest.errors import UnreadableError
from ingest.furniture import without_furniture
from ingest.lines import Vocabulary, usual_size
from ingest.notes import with_notes, without_marks
from ingest.ocr import RecognisedPage, recognised
from ingest.page_blocks import blocks_of
from ingest.paragraphs import Outline, Type
from ingest.pdf_shapes import Shapes
from ingest.pdf_words import PageWords, page_words
from ingest.regions import Flow, page_regions

MOST_PAGES = 3_000
_READ_SCANS = "ingest again with --ocr to recognise it"


@dataclass(frozen=True, slots=True)
class _File:
    """What an open PDF holds: its pages, the labels that it gives them, its bookmarks."""

    pages: tuple[PageWords, ...]
    labels: dict[int, str]
    outline: Outline


def read_pdf(path: Path, *, ocr: bool = False) -> Draft:
    """Read the text of a PDF in reading order, with a box for each word; with `ocr`, that of pages without words from their picture.

    Raises UnreadableError when the file is damaged, encrypted, or holds no text on any page.
    """
    file = _opened(path)
    scans = recognised(path, [page.number for page in file.pages if not page.words]) if ocr else {}
    pages = [_with_scan(page, scans[page.number]) if page.number in scans else page for page in file.pages]
    remarks = [Remark("quarantined", f"text that no reader sees: {word.why}", word.text, page.number)
               for page in pages for word in page.hidden]
    empty = sum(not page.words for page in pages)
    if empty == len(pages):
        raise UnreadableError(_nothing(empty, hidden=bool(remarks), ocr=ocr))
    if empty:
        remarks.append(Remark("warning", f"{empty} of {len(pages)} pages hold no text{' that can be recognised' if ocr else f' (scans?): {_READ_SCANS}'}"))
    remarks += [_scan_remark(number, scan) for number, scan in scans.items()]
    size = usual_size(word for page in pages for word in page.words)
    body, furniture = without_furniture(pages, body=size)
    remarks += [Remark("left_out", "running head, foot or page number", one.text, one.page) for one in furniture.left_out]
    remarks += [Remark("left_out", "text that does not run from left to right", page.turned, page.number) for page in body if page.turned]
    regions = [with_notes(page_regions(page), page.shapes, body=size) for page in body]
    unmarked, marks = without_marks(regions)
    remarks += [Remark("left_out", "mark of a note", " ".join(found), page) for page, found in marks.items()]
    columns = [region.lines for page in unmarked for region in page if isinstance(region, Flow)]
    vocabulary = Vocabulary.of((word.text for page in body for word in page.words), [line.text for lines in columns for line in lines])
    blocks = blocks_of((region for page in unmarked for region in page), vocabulary, Type.of(columns), file.outline)
    return Draft(tuple(_as_shown(blocks, pages)), _infos(body, {**file.labels, **furniture.labels}, scans), title=None, remarks=tuple(remarks), paged=True)


def _as_shown(blocks: Sequence[Block], pages: Sequence[PageWords]) -> list[Block]:
    """Return blocks with the boxes of pages that were read sideways where they lie on the page as it is shown."""
    turned = {page.number: page for page in pages if page.quarters}
    if not turned:
        return list(blocks)
    return [replace(block, words=tuple(replace(word, box=turned[word.box.page].shown(word.box)) if word.box.page in turned else word
                                       for word in block.words)) for block in blocks]


def _nothing(pages: int, *, hidden: bool, ocr: bool) -> str:
    """Say why a file holds nothing to quote, and what to do."""
    counted = f"{pages} page{'s' * (pages != 1)}"
    if ocr:
        return f"nothing to quote: {counted} without text, and none was recognised in their pictures: type it over, or leave the file out"
    if hidden:
        return f"nothing to quote: the text on its {counted} is hidden, under a scan perhaps: ingest again with --ocr to read what the pages show"
    return f"nothing to quote: {counted} without text, a scan perhaps: {_READ_SCANS}"


def _with_scan(page: PageWords, scan: RecognisedPage) -> PageWords:
    """Return a page with the words of its picture; none of them may be quoted where the page is too unsure."""
    words = scan.words if scan.quotable else tuple(replace(word, doubtful=True) for word in scan.words)
    return replace(page, words=words, shapes=Shapes())


def _scan_remark(number: int, scan: RecognisedPage) -> Remark:
    said = f"text of page {number} recognised with a confidence of {scan.confidence:.2f}"
    return Remark("repaired", said, page=number) if scan.quotable else Remark("warning", f"{said}: searched, not quoted", page=number)


def _opened(path: Path) -> _File:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise UnreadableError("protected with a password: save it without one") from error
        raise UnreadableError("damaged, not a readable PDF: print it to PDF again") from error
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise UnreadableError(f"has {len(document)} pages; split it into parts of at most {MOST_PAGES}")
        pages = []
        for number in range(len(document)):
            try:
                pages.append(page_words(document[number], number + 1))
            except pypdfium2.PdfiumError:
                pages.append(PageWords(number + 1, 0.0, 0.0, (), ()))
        labels = {number + 1: document.get_page_label(number) for number in range(len(document))}
        return _File(tuple(pages), {page: label for page, label in labels.items() if label}, Outline.of(document))
    finally:
        document.close()


def _infos(pages: Sequence[PageWords], labels: Mapping[int, str], scans: Mapping[int, RecognisedPage]) -> tuple[PageInfo, ...]:
    """Return what is known of the pages; quotability is the share of letters that the file names, 0 where it has none."""
    infos = []
    for page in pages:
        letters = sum(len(word.text) for word in page.words)
        sure = sum(len(word.text) for word in page.words if not word.doubtful)
        confidences = scans[page.number].confidences if page.number in scans else ()
        infos.append(PageInfo(page.number, labels.get(page.number), *page.shown_size, round(sure / letters, 3) if letters else 0.0,
                              confidences))
    return tuple(infos)
