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


@pytest.mark.parametrize(("rows", "signals"), [
    ("signaal\nMeer boten, vooral in Urk.\nVissers, zegt men, varen uit.\nDe haven, die oud is, zakt.\n",
     ["Meer boten, vooral in Urk.", "Vissers, zegt men, varen uit.", "De haven, die oud is, zakt."]),
    ("Register\nSignaal\n\"Meer boten; minder vis.\"\nNiets; nieuws.\n", ["Meer boten; minder vis.", "Niets; nieuws."]),
    ("nr;signaal\n1;Meer boten; minder vis.\n2;De haven zakt.;\n3;Geen vis.\n", ["Meer boten; minder vis.", "De haven zakt.", "Geen vis."]),
    ("sep=;\nsignaal;bron\nMeer boten.;KMar\n", ["Meer boten."]), ("sep=,\r\nsignaal,bron\r\nMeer boten.,KMar\r\n", ["Meer boten."])])
def test_a_text_of_a_csv_is_whole(tmp_path: Path, rows: str, signals: list[str]) -> None:
    document = read(tmp_path / "a.csv", rows)
    assert [one.text for one in document.passages if one.kind == "signal"] == signals
    assert not document.remarks and "sep" not in document.text


def test_a_row_wider_than_the_headings_is_a_warning(tmp_path: Path) -> None:
    document = read(tmp_path / "a.csv", "nr;signaal;bron;\n1;Meer boten; minder vis.;KMar\n2;De haven zakt.;KMar;\n")
    assert [(one.kind, one.what[:37], one.text) for one in document.remarks] == [
        ("warning", "1 rows have more cells than there are", "1 | Meer boten | minder vis. | KMar")]
