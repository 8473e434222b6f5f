"""The marks on the picture of a page: the words under them, in the file itself, are the quotation; in every layout."""

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.layout_pages import LAYOUTS
from benchmarks.layouts import read
from ingest.documents import Document
from ingest.passages import line_boxes
from tests.ingest.test_places import letters
from ui.cards import picture_html

_SPOT = re.compile(r'data-page="(\d+)" style="left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:([\d.]+)%"')


def _under_marks(html: str, pdf: pypdfium2.PdfDocument) -> str:
    """The words below the marks: each mark is a share of the picture, and the picture is the page as it is shown."""
    found = []
    for number, *shares in _SPOT.findall(html):
        page = pdf[int(number) - 1]
        wide, high = page.get_size()
        left, top, width, height = (float(share) / 100 for share in shares)
        x, _, _, y = page.get_cropbox()  # where the picture begins on the paper, whose y points up
        found.append(page.get_textpage().get_text_bounded(left=x + left * wide - 0.3, right=x + (left + width) * wide + 0.3,
                                                          bottom=y - (top + height) * high + 1, top=y - top * high - 1))
    return " ".join(found)


def _assert_marked(document: Document, pdf: bytes) -> None:
    opened = pypdfium2.PdfDocument(pdf)
    sentences = [span for passage in document.passages for span in passage.sentences]
    assert sentences
    for start, end in sentences[:: max(1, len(sentences) // 8)]:
        boxes = line_boxes(word for word in document.words if word.start < end and start < word.end)
        html = picture_html(document, boxes, "nl")
        assert letters(_under_marks(html, opened)) == letters(document.text[start:end])
    opened.close()


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_words_under_the_marks_are_the_quotation_in_every_layout(name: str, tmp_path: Path):
    pdf = LAYOUTS[name](7).pdf
    _assert_marked(read(pdf, tmp_path), pdf)


def test_so_they_are_on_a_page_that_is_cropped(tmp_path: Path):
    opened = pypdfium2.PdfDocument(next(iter(LAYOUTS.values()))(7).pdf)
    opened[0].set_cropbox(20, 30, *(size - 10 for size in opened[0].get_size()))
    opened.save(tmp_path / "cropped.pdf")
    pdf = (tmp_path / "cropped.pdf").read_bytes()
    _assert_marked(read(pdf, tmp_path), pdf)


def test_so_they_are_on_a_page_that_lies_on_its_side(tmp_path: Path):
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=(595, 842))
    canvas.translate(595, 0)
    canvas.rotate(90)
    canvas.drawString(60, 500, "De eerste zin staat op een liggende bladzijde.")
    canvas.save()
    opened = pypdfium2.PdfDocument(drawn.getvalue())
    opened[0].set_rotation(90)
    opened.save(tmp_path / "turned.pdf")
    document = read((tmp_path / "turned.pdf").read_bytes(), tmp_path)
    (_, *shares), = _SPOT.findall(picture_html(document, line_boxes(document.words), "nl"))
    left, top, width, height = (float(one) / 100 for one in shares)
    paper = opened[0].get_textpage()  # the left of the paper is shown on top: across is up the paper, down is across it
    under = paper.get_text_bounded(left=top * 595, right=(top + height) * 595, bottom=left * 842 - 1, top=(left + width) * 842 + 1)
    assert letters(under) == letters(document.text) != ""
