"""Every passage is a slice of its document, and the words under its boxes on the page are its words, in every format and layout."""

import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.layout_pages import LAYOUTS, MARGIN, Page, column, drawn
from benchmarks.layouts import Score, read, score
from ingest.documents import Document, Passage
from ingest.reading import ReadingSettings, read_document


@cache
def made(name: str) -> Page:
    return LAYOUTS[name](7)


def letters(text: str) -> str:
    """What is left of a text when layout is gone: no white space, hyphens, bullets or bars between cells."""
    return re.sub(r"[\s\-‐\u00ad\ufffe\x02|•]", "", text)


def under_boxes(pdf: pypdfium2.PdfDocument, passage: Passage) -> str:
    found = []
    for box in passage.boxes:
        page = pdf[box.page - 1]
        height = page.get_height()
        text = page.get_textpage()
        found.append(text.get_text_bounded(left=box.x0 - 0.2, right=box.x1 + 0.2, bottom=height - box.y1 + 1, top=height - box.y0 - 1))
    return " ".join(found)


def assert_places(document: Document) -> None:
    assert document.passages
    for one in document.passages:
        assert document.text[one.start:one.end] == one.text.strip() == one.text != ""
        assert one.sentences[0][0] == one.start and one.sentences[-1][1] == one.end
        if one.context_span:
            outer, *others = one.context.split(" … ")
            introductions = " ".join(document.text[slice(*one.context_span)].split())
            assert introductions == one.context if not others else introductions.startswith(outer) and introductions.endswith(others[-1])
    starts = [one.start for one in document.passages]
    assert starts == sorted(starts) and len({one.passage_id for one in document.passages}) == len(starts)


def assert_boxes(document: Document, pdf: bytes) -> None:
    opened = pypdfium2.PdfDocument(pdf)
    for one in document.passages:
        assert one.boxes and letters(under_boxes(opened, one)) == letters(one.text), one.text
    for word in document.words:
        assert document.text[word.start:word.end].strip()
    opened.close()


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_words_under_the_boxes_are_those_of_the_passage_in_every_layout(name: str, tmp_path: Path) -> None:
    page = made(name)
    document = read(page.pdf, tmp_path)
    assert_places(document)
    assert_boxes(document, page.pdf)


@pytest.mark.parametrize("name", LAYOUTS)
def test_sentences_come_back_whole_and_in_order_from_every_layout(name: str, tmp_path: Path) -> None:
    found: Score = score(made(name), read(made(name).pdf, tmp_path))
    assert found.share >= 0.98, found.faults
    assert found.rows_found == found.rows and not [fault for fault in found.faults if fault.startswith("not left out")], found.faults


WORDS = st.lists(st.text(alphabet="abcdefgéABC019.,:;()-", min_size=1, max_size=12), min_size=1, max_size=60)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paragraphs=st.lists(WORDS, min_size=1, max_size=4), count=st.integers(1, 3))
def test_any_words_in_any_columns_keep_their_places(tmp_path: Path, paragraphs: list[list[str]], count: int) -> None:
    texts = [["Aanhef van de bladzijde."], *paragraphs]
    pdf = drawn([line for number in range(count) for line in column(texts, MARGIN + 180 * number, 160)])
    document = read(pdf, tmp_path)
    assert_places(document)
    assert_boxes(document, pdf)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.text(alphabet="ab c.:;-*1é\"|#", max_size=40), max_size=12))
def test_any_text_file_gives_slices_of_its_document(tmp_path: Path, name: str, lines: list[str]) -> None:
    path = tmp_path / name
    path.write_text("\n".join(["Signaal, en een regel.", "Het aantal steeg.", "", *lines]), "utf-8")
    assert_places(read_document(path, doc=name, settings=ReadingSettings()))
