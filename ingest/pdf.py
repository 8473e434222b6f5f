"""PDF: words with their boxes from pypdfium2, hidden text set aside, columns by XY-cut, lines to blocks."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ingest.blocks import Block, Box, Draft, PageInfo, Remark
from ingest.errors import UnreadableError
from ingest.furniture import without_furniture
from ingest.hyphens import Vocabulary
from ingest.lines import Line, PlacedWord, blocks_of
from ingest.pdf_words import PageWords, StyledWord, page_words
from ingest.xycut import columns_of, rows_of

MOST_PAGES = 3_000


def read_pdf(path: Path, *, ocr: bool = False) -> Draft:
    """Read the text of a PDF in reading order, with a box for each word.

    Raises UnreadableError when the file is damaged, encrypted, or holds no text on any page.
    """
    pages = _read_pages(path)
    remarks = [Remark("quarantined", f"text that no reader sees: {word.why}", word.text, page.number)
               for page in pages for word in page.hidden]
    if not any(page.words for page in pages):
        why = "its text is hidden" if remarks else f"{len(pages)} page{'s' * (len(pages) != 1)} without text, a scan perhaps"
        raise UnreadableError(f"nothing to quote: {why}; recognise its text first (ocrmypdf) and ingest the result")
    empty = sum(not page.words for page in pages)
    if empty:
        remarks.append(Remark("warning", f"{empty} of {len(pages)} pages hold no text (scans?)"))
    body, furniture = without_furniture(pages)
    remarks += [Remark("left_out", "running head, foot or page number", one.text, one.page) for one in furniture.left_out]
    infos = tuple(PageInfo(page.number, furniture.labels.get(page.number), page.width, page.height) for page in pages)
    return Draft(tuple(_blocks(body)), infos, title=None, remarks=tuple(remarks), paged=True)


def _read_pages(path: Path) -> list[PageWords]:
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
        return pages
    finally:
        document.close()


def _blocks(pages: Sequence[PageWords]) -> list[Block]:
    """Return the blocks of all pages; the type size that holds most letters is that of running text."""
    sizes = Counter[float]()
    for page in pages:
        for word in page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    vocabulary = Vocabulary.of(" ".join(word.text for word in page.words) for page in pages)
    columns = [_lines(region) for page in pages for region in columns_of(page.words)]
    return blocks_of([lines for lines in columns if lines], vocabulary, body=max(body, 1.0))


def _lines(region: Sequence[PlacedWord]) -> list[Line]:
    lines = []
    for row in rows_of(region):
        styled = [word for word in row if isinstance(word, StyledWord)]
        size = Counter(round(word.size, 1) for word in styled).most_common(1)[0][0] if styled else 10.0
        words = tuple(PlacedWord(word.text, word.box) for word in row)
        lines.append(Line(words, size, bold=bool(styled) and sum(word.bold for word in styled) > 0.7 * len(styled)))
    return [line for line in lines if re.search(r"\w", line.text)]


def whole_page(number: int, width: float, height: float) -> Box:
    """Return the box of a whole page."""
    return Box(number, 0.0, 0.0, width, height)
