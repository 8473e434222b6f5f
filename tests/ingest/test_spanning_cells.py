"""A cell over several rows keeps its place in each of them, so that no value stands under another heading."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.documents import Document
from ingest.tables import SpanningCell, with_covered
from tests.ingest.reads import read
from tests.ingest.test_formats import odt


def page(path: Path) -> Document:
    return read(path / "a.html", "<table><tr><th>Haven<th>2022<th>2023<tr><td rowspan=2>Urk<td>4<td>7<tr><td>5<td>8</table>")


def opendocument(path: Path) -> Document:
    rows = (("Haven", "2022", "2023"), ("Urk", "4", "7"), ("", "5", "8"))
    cells = [[f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" if cell else "<table:covered-table-cell/>" for cell in row] for row in rows]
    cells[1][0] = cells[1][0].replace("table-cell>", "table-cell table:number-rows-spanned='2'>", 1)
    return read(path / "a.odt", odt(f"<table:table>{''.join(f'<table:table-row>{chr(32).join(row)}</table:table-row>' for row in cells)}</table:table>"))


def word(path: Path) -> Document:
    file = docx.Document()
    table = file.add_table(rows=3, cols=3)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ["Haven", "2022", "2023", "Urk", "4", "7", "-", "5", "8"], strict=True):
        cell.text = text
    row = table.rows[2]._tr
    row.remove(row.tc_lst[0])
    row.insert(0, parse_xml(f"<w:trPr {nsdecls('w')}><w:gridBefore w:val='1'/></w:trPr>"))
    file.save(str(path / "a.docx"))
    return read(path / "a.docx")


@pytest.mark.parametrize("made", [page, opendocument, word])
def test_values_beside_a_cell_over_two_rows_keep_their_columns(tmp_path: Path, made) -> None:
    assert [one.text for one in made(tmp_path).passages][-2:] == ["Urk | 4 | 7", "| 5 | 8"]


@pytest.mark.parametrize(("rows", "placed"), [
    ([[("a", 1, 1), ("b", 1, 3)], [("c", 1, 1)], [("d", 1, 1)], [("e", 1, 1), ("f", 1, 1)]], [["a", "b"], ["c", ""], ["d", ""], ["e", "f"]]),
    ([[("a", 2, 2), ("b", 1, 1)], [("c", 1, 1)]], [["a", "b"], ["", "c"]]),
    ([[("a", 1, 2), ("b", 1, 2)], [], [("c", 1, 1)]], [["a", "b"], ["", ""], ["c"]])])
def test_a_place_is_covered_as_long_as_its_cell_lasts(rows: list[list[tuple[str, int, int]]], placed: list[list[str]]) -> None:
    assert with_covered([[SpanningCell(*cell) for cell in row] for row in rows]) == placed


@pytest.mark.parametrize("span", ["0", "9", "99999", "x"])
def test_a_cell_covers_no_row_of_another_section(tmp_path: Path, span: str) -> None:
    document = read(tmp_path / "a.html", f"<table><thead><tr><th rowspan={span}>Haven<th>2022</thead><tr><td>Urk<td>4</table>")
    assert [(one.text, one.context) for one in document.passages] == [("Urk | 4", "Haven | 2022")]
