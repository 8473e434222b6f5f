"""Registers: what is hidden in a workbook is never quoted, and no cell of a CSV is lost without a remark."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.ingest.reads import read

ROWS = (("Zaak", "BSN", "Telefoon", "Signaal"), ("1", "123456782", "0612345678", "Vissers varen uit."), ("2", "987654321", "0687654321", "De haven is dicht."))


def workbook(path: Path, rows: Sequence[Sequence[str]], *, hidden: tuple[str, str], merged: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.column_dimensions.group(*hidden, hidden=True)
    if merged:
        book.active.merge_cells(merged)
    book.save(path)
    return path


@pytest.mark.parametrize("merged", ["", "C2:C3", "B1:C1", "B3:C3"])
def test_no_column_of_a_hidden_range_is_read(tmp_path: Path, merged: str) -> None:
    document = read(workbook(tmp_path / "a.xlsx", ROWS, hidden=("B", "C"), merged=merged))
    assert [(one.text, one.metadata) for one in document.passages] == [("Vissers varen uit.", {"zaak": "1"}), ("De haven is dicht.", {"zaak": "2"})]
    assert [(remark.kind, "123456782" in remark.text) for remark in document.remarks] == [("quarantined", True)]
