"""Pages that LibreOffice set: columns, tables, footnotes, an aside, a list, with running heads and feet."""

from pathlib import Path

import pytest

from benchmarks.layouts import read, score
from benchmarks.office_pages import OFFICE_LAYOUTS, office, office_pages
from tests.ingest.test_places import assert_boxes, assert_places


@pytest.mark.skipif(office() is None, reason="needs LibreOffice (soffice) on the path")
def test_pages_of_a_word_processor_are_read_whole_in_order_and_with_their_places(tmp_path: Path) -> None:
    made = office_pages(1, tmp_path)
    assert set(made) == set(OFFICE_LAYOUTS)
    for name, pages in made.items():
        for page in pages:
            document = read(page.pdf, tmp_path)
            found = score(page, document)
            assert found.share >= 0.98, (name, found.faults)
            assert found.rows_found == found.rows, (name, found.faults)
            assert not [fault for fault in found.faults if fault.startswith("not left out")], name
            assert_places(document)
            assert_boxes(document, page.pdf)
