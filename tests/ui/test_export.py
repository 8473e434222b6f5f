"""Exports as Markdown, CSV and Word: every quotation with its place, when it was made, from which index, with which settings."""

import csv
import io

import docx

from tests.ui.fakes import answer, document, evidence, place
from ui.export import Export, csv_of, markdown_of, word_of

SOURCES = {"nota.txt": document("nota.txt", "x", publisher="Rijk", published="2024-05-01")}


def _two(**changes: object) -> Export:
    return Export.of([answer("Wat stijgt?", evidence=(evidence(1, "Water stijgt."), evidence(2, "Het *peil* | daalt.")),
                             index_hash="1nd3x", settings_hash="s3t"),
                      answer("En de dijk?", status="not_found", evidence=(), text="De bronnen zeggen hier niets over.", index_hash="1nd3x", settings_hash="s3t",
                             **changes)], SOURCES)


def test_markdown_holds_each_quotation_with_a_footnote_to_its_place_and_says_what_it_was_made_of():
    made = _two()
    text = markdown_of(made)
    assert text.count("\n> ") == 2 and text.count("\n[^") == 2
    assert "[^1]: Nota water, p. 14, 1 \\> 1.2 Kust; Rijk; 2024-05-01; nota.txt, tekens 10–23." in text
    assert "> Het \\*peil\\* \\| daalt.[^2]" in text, "a source cannot write Markdown of its own"
    assert "**Niet gevonden.** De bronnen zeggen hier niets over." in text
    assert "uit index 1nd3x, met instellingen s3t." in text and made.made.strftime("%Y-%m-%d %H:%M") in text


def test_the_csv_has_a_row_for_each_quotation_and_one_for_an_answer_without():
    content = csv_of(_two())
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";"))
    assert content.startswith("\ufeff"), "so that Excel reads it as UTF-8"
    assert [(row["question"], row["status"], row["quote"], row["page"], row["section"]) for row in rows] == [
        ("Wat stijgt?", "answered", "Water stijgt.", "14", "1 > 1.2 Kust"), ("Wat stijgt?", "answered", "Het *peil* | daalt.", "14", "1 > 1.2 Kust"),
        ("En de dijk?", "not_found", "", "", "")]
    assert {(row["index"], row["settings"]) for row in rows} == {("1nd3x", "s3t")} and all(row["made"] for row in rows)
    assert rows[0]["publisher"] == "Rijk" and rows[0]["published"] == "2024-05-01"


def test_under_what_a_quotation_stands_is_in_each_form_and_no_part_of_the_quotation():
    under = evidence(1, "Nagelstudio's | 5", context="Sector | *Onderzoeken*", also=(place("Nagelstudio's | 5", doc="b.txt"),))
    made = Export.of([answer("How many?", language="en", evidence=(under, evidence(2, "Wind.")))], SOURCES)
    assert "\n\nUnder Sector \\| \\*Onderzoeken\\*\n\n> Nagelstudio's \\| 5[^1]\n\n> Wind.[^2]\n" in markdown_of(made)
    rows = list(csv.DictReader(io.StringIO(csv_of(made).removeprefix("\ufeff")), delimiter=";"))
    assert [(row["doc"], row["context"], row["quote"]) for row in rows] == [
        ("nota.txt", "Sector | *Onderzoeken*", "Nagelstudio's | 5"), ("b.txt", "", "Nagelstudio's | 5"), ("nota.txt", "", "Wind.")]
    written = [(one.text, one.style.name) for one in docx.Document(io.BytesIO(word_of(made))).paragraphs]
    at = written.index(("Under Sector | *Onderzoeken*", "Context"))
    assert written[at + 1:at + 3] == [("“Nagelstudio's | 5”", "Quote"), ("“Wind.”", "Quote")]


def test_no_cell_is_run_by_a_spreadsheet():
    said = csv_of(Export.of([answer("=1+1", evidence=(evidence(1, '=HYPERLINK("http://elders.example")'), evidence(2, "@SUM(A1)")))], SOURCES))
    cells = [cell for row in csv.reader(io.StringIO(said.removeprefix("\ufeff")), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))] and "'=1+1" in cells
