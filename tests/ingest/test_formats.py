"""Every format gives the same passages; hidden text is quarantined; what cannot be read says what to do."""

import io
import unicodedata
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.documents import Document
from ingest.errors import UnreadableError, UsageError
from tests.ingest.reads import read

ODT = ("<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
       "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
       "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
       "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
       "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' "
       "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'><office:automatic-styles>"
       "<style:style style:name='H'><style:text-properties text:display='none'/></style:style></office:automatic-styles>"
       "<office:body><office:text>{}</office:text></office:body></office:document-content>")


def odt(body: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", ODT.format(body))
    return file.getvalue()


def word(path: Path, *paragraphs: tuple[str, str]) -> Path:
    file = docx.Document()
    for style, text in paragraphs:
        file.add_paragraph(text, style=style)
    file.save(str(path))
    return path


def shape(document: Document) -> list[tuple[str, str, str, str]]:
    return [(passage.kind, passage.section, passage.context, passage.text) for passage in document.passages]


EXPECTED = [("sentences", "1 Signalen", "", "Het aantal steeg. De politie ziet:"),
            ("item", "1 Signalen", "De politie ziet:", "jonge mannen;"),
            ("item", "1 Signalen", "De politie ziet:", "schulden."), ("sentences", "1 Signalen > 1.1 Regio", "", "Geen cijfers.")]


def test_markdown_html_word_and_opendocument_give_the_same_passages(tmp_path: Path) -> None:
    markdown = ("# 1 Signalen\n\nHet aantal steeg. De politie ziet:\n\n- jonge mannen;\n- schulden.\n\n"
                "## 1.1 Regio\n\nGeen cijfers.\n")
    page = ("<h1>1 Signalen</h1><p>Het aantal\n steeg. De politie ziet:</p><ul><li>jonge mannen;<li><p>schulden.</p></ul>"
            "<h2>1.1 <b>Regio</b></h2>Geen cijfers.<script>var x</script>")
    body = ("<text:h text:outline-level='1'>1 Signalen</text:h><text:p>Het aantal<text:s/>steeg. De politie ziet:</text:p>"
            "<text:list>"
            "<text:list-item><text:p>jonge mannen;</text:p></text:list-item><text:list-item><text:p>schulden.</text:p>"
            "</text:list-item></text:list><text:h text:outline-level='2'>1.1 Regio</text:h><text:p>Geen cijfers.</text:p>")
    styled = word(tmp_path / "a.docx", ("Heading 1", "1 Signalen"), ("Normal", "Het aantal steeg. De politie ziet:"),
                  ("List Bullet", "jonge mannen;"), ("List Bullet", "schulden."), ("Heading 2", "1.1 Regio"),
                  ("Normal", "Geen cijfers."))
    for document in (read(tmp_path / "a.md", markdown), read(tmp_path / "a.html", page),
                     read(tmp_path / "a.odt", odt(body)), read(styled)):
        assert shape(document) == EXPECTED, document.doc
        assert all(passage.page is None for passage in document.passages)
        item = document.passages[1]
        assert item.context_span and document.text[slice(*item.context_span)] == item.context


ODD = "e\u0301ﬁĳ\u00ad\u200b\u00a0\u2009\u2028\u0085\u202e\ufeff\ufffd😀𝔸שع日"  # marks, ligatures, white space, direction, beyond 16 bits
WORDS = st.text(alphabet="abcdé AZ.:;*123|#-–\n" + ODD, min_size=1, max_size=80)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=6), suffix=st.sampled_from([".md", ".txt", ".html", ".docx", ".odt", ".csv", ".xlsx"]))
def test_a_passage_is_a_slice_of_its_document_in_every_format(tmp_path: Path, texts: list[str], suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    texts = ["Een eerste zin.", *texts]
    plain = [text.replace("\n", " ") for text in texts]
    if suffix == ".docx":
        word(path, *(("List Bullet" if number % 2 else "Normal", text) for number, text in enumerate(texts)))
    elif suffix == ".xlsx":
        book = openpyxl.Workbook()
        for text in ["signaal", *texts]:
            book.active.append([text, "x"])
        book.save(path)
    else:
        path.write_bytes({".md": "\n\n".join(texts).encode(),
                          ".txt": "\n\n".join(texts).encode("utf-16"),
                          ".html": "".join(f"<p>{text}</p>" for text in texts).encode(),
                          ".odt": odt("".join(f"<text:p>{text}</text:p>" for text in texts)),
                          ".csv": ("signaal;regio\n" + "".join(f"{text};x\n" for text in plain)).encode()}[suffix])
    document = read(path)
    for passage in document.passages:
        assert document.text[passage.start:passage.end] == passage.text != ""
        assert unicodedata.is_normalized("NFC", passage.text) and not set("ﬁĳ\u00ad\u200b\u2028\u0085") & set(passage.text)
        assert passage.sentences[0][0] == passage.start and passage.sentences[-1][1] == passage.end
        assert all(start < end for start, end in passage.sentences)
        assert all(end <= start for (_, end), (start, _) in zip(passage.sentences, passage.sentences[1:], strict=False))
    assert len({passage.passage_id for passage in document.passages}) == len(document.passages)


def test_hidden_elements_of_a_page_are_quarantined(tmp_path: Path) -> None:
    page = read(tmp_path / "a.html", "<style>.weg{display:none}</style><p>Zichtbaar. "
                "<span style='display:none'>Geheim een.</span></p>"
                "<p class=weg>Geheim twee.</p><p hidden>Geheim drie.</p><p style='font-size:1px'>Geheim vier.</p>"
                "<p style='color:#fff'>Geheim vijf.</p><p style='color:#fff;background:#000'>Wit op zwart.</p>"
                "<p style='position:absolute;left:-9999px'>Geheim zes.</p><!-- Geheim zeven. -->")
    assert [passage.text for passage in page.passages] == ["Zichtbaar.", "Wit op zwart."]
    kept = {remark.text for remark in page.remarks if remark.kind == "quarantined"}
    assert kept == {f"Geheim {number}." for number in ("een", "twee", "drie", "vier", "vijf", "zes")}


def test_hidden_runs_deletions_and_notes_of_a_word_file(tmp_path: Path) -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("Zichtbaar ")
    for setting in ("hidden", "white", "small"):
        run = paragraph.add_run(f"Geheim {setting}.")
        run.font.hidden = setting == "hidden"
        run.font.color.rgb = RGBColor(255, 255, 255) if setting == "white" else None
        run.font.size = Pt(1) if setting == "small" else None
    for tag, text in (("w:del", "geschrapt "), ("w:ins", "ingevoegd.")):
        change, run = OxmlElement(tag), OxmlElement("w:r")
        word_text = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        word_text.text = text
        run.append(word_text)
        change.append(run)
        paragraph._p.append(change)
    file.save(str(tmp_path / "a.docx"))
    document = read(tmp_path / "a.docx")
    assert document.text == "Zichtbaar ingevoegd."
    assert [remark.text for remark in document.remarks] == ["Geheim hidden.", "Geheim white.", "Geheim small."]


def test_word_footnotes_stand_after_the_text_with_their_number(shared_data: Path) -> None:
    document = read(shared_data / "robust" / "poi_word__test-data_document_footnotes.docx")
    assert document.passages[-1].kind == "footnote" and document.passages[-1].text.startswith("1 ")


def test_hidden_text_and_notes_of_an_opendocument_file(tmp_path: Path) -> None:
    document = read(tmp_path / "a.odt", odt(
        "<text:p>Zichtbaar<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>De noot.</text:p></text:note-body>"
        "</text:note>.<text:span text:style-name='H'>Geheim.</text:span></text:p><text:p text:style-name='H'>Ook geheim.</text:p>"
        "<text:tracked-changes><text:changed-region><text:p>Geschrapt.</text:p></text:changed-region></text:tracked-changes>"))
    found = [(passage.kind, passage.text) for passage in document.passages]
    assert found == [("sentences", "Zichtbaar."), ("footnote", "1 De noot.")]
    assert [remark.text for remark in document.remarks] == ["Geheim.", "Ook geheim."]


@pytest.mark.parametrize("shape", ["custom-shape", "rect", "frame><draw:text-box", "g><draw:ellipse"])
def test_the_text_of_a_shape_stands_by_itself(tmp_path: Path, shape: str) -> None:
    drawn = f"<draw:{shape}><text:p>In de vorm.</text:p>{''.join(f'</{tag}>' for tag in reversed(f'draw:{shape}'.split('><')))}"
    document = read(tmp_path / "a.odt", odt(f"<text:p>De zin {drawn}gaat door.</text:p>{drawn}"))
    assert [passage.text for passage in document.passages] == ["De zin gaat door.", "In de vorm.", "In de vorm."]


def test_a_note_of_an_opendocument_file_stands_behind_its_section(tmp_path: Path) -> None:
    note = "<text:note><text:note-citation>{0}</text:note-citation><text:note-body><text:p>Noot {0}.</text:p></text:note-body></text:note>"
    document = read(tmp_path / "a.odt", odt(
        f"<text:h text:outline-level='1'>1 Haven</text:h><text:p>Een zin.{note.format(1)}</text:p>"
        f"<text:h text:outline-level='1'>2 Sluis{note.format(2)}</text:h><text:p>Nog een.{note.format(3)}</text:p>"))
    found = [(passage.section, passage.text) for passage in document.passages if passage.kind == "footnote"]
    assert found == [("1 Haven", "1 Noot 1."), ("2 Sluis", "2 Noot 2."), ("2 Sluis", "3 Noot 3.")]


def test_a_row_carries_its_column_headings_in_every_format(tmp_path: Path) -> None:
    file = docx.Document()
    table = file.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("Regio", "Aantal", "Twente", "12"), strict=True):
        cell.text = text
    file.save(str(tmp_path / "a.docx"))
    page = "<table><thead><tr><th>Regio<th>Aantal</thead><tr><td>Twente<td>12</table>"
    for document in (read(tmp_path / "a.docx"), read(tmp_path / "a.html", page),
                     read(tmp_path / "a.md", "| Regio | Aantal |\n|---|---|\n| Twente | 12 |\n"),
                     read(tmp_path / "a.csv", "Regio,Aantal\nTwente,12\n")):
        row = document.passages[-1]
        assert (row.kind, row.text, row.context) == ("row", "Twente | 12", "Regio | Aantal"), document.doc


def test_an_empty_cell_keeps_its_place_in_every_format(tmp_path: Path) -> None:
    rows = [("Haven", "Boten", "Steigers", "Sinds", ""), ("Urk", "", "4", "2022", ""), ("", "", "", "", ""), ("", "7", "", "", "")]
    file, book = docx.Document(), openpyxl.Workbook()
    table = file.add_table(rows=len(rows), cols=5)
    for cells, row in zip(table.rows, rows, strict=True):
        book.active.append(["", *row])
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    file.save(str(tmp_path / "a.docx"))
    book.save(str(tmp_path / "a.xlsx"))
    page = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    body = "".join(f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in row)}</table:table-row>"
                   for row in rows)
    repeated = body.replace("<table:table-cell><text:p></text:p></table:table-cell>" * 3, "<table:table-cell table:number-columns-repeated='3'/>")
    lines = [f"|{'|'.join(row)}|" for row in rows]
    for document in (read(tmp_path / "a.docx"), read(tmp_path / "a.xlsx"), read(tmp_path / "a.html", f"<table>{page}</table>"),
                     read(tmp_path / "a.odt", odt(f"<table:table>{repeated}</table:table>")), read(tmp_path / "a.csv", "\n".join(map(";".join, rows))),
                     read(tmp_path / "a.md", "\n".join([lines[0], "|-|-|-|-|-|", *lines[1:]]))):
        found = [(one.text, one.context) for one in document.passages if one.context]
        assert found == [("Urk |  | 4 | 2022", "Haven | Boten | Steigers | Sinds"), ("| 7", "Haven | Boten | Steigers | Sinds")], document.doc


def test_a_merged_cell_is_one_cell_of_its_row(tmp_path: Path) -> None:
    page = read(tmp_path / "a.html", "<table><tr><th>Haven<th>Boten<th>Sinds</tr><tr><td colspan=2>Urk<td>2022</tr></table>")
    assert page.passages[-1].text == "Urk | 2022"


def test_a_register_in_cp1252_with_semicolons(tmp_path: Path) -> None:
    text = "Nr;Signaal;Datum;Bron;Doelgroep\n1;\"Oekraïners werken; vaak zwart.\";1-12-2024;KMar;vrouwen\n2;Één pooier.;2025;;\n"
    document = read(tmp_path / "a.csv", text.encode("cp1252"))
    assert [passage.text for passage in document.passages] == ["Oekraïners werken; vaak zwart.", "Één pooier."]
    assert document.passages[0].kind == "signal"
    assert document.passages[0].metadata == {"nr": "1", "date": "2024-12-01", "source": "KMar", "target_group": "vrouwen"}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_title_without_a_mark_above_a_register_hides_no_column(tmp_path: Path, mark: str) -> None:
    rows = [("datum", "signaal", "regio"), ("2024-01-05", "Minder schippers, meer vissers.", "Zwolle"), ("2024-02-06", "Vissers varen uit.", "Urk")]
    text = "Register van de haven\n" + "".join(mark.join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    document = read(tmp_path / "a.csv", text)
    assert [one.text for one in document.passages if one.kind == "signal"] == ["Minder schippers, meer vissers.", "Vissers varen uit."]


def test_a_sidecar_names_the_columns_of_a_register(tmp_path: Path) -> None:
    document = read(tmp_path / "a.csv", "Kolom A,Kolom B\nEen signaal.,Zwolle\n", text="kolom a", region="Kolom B")
    assert (document.passages[0].text, document.passages[0].metadata) == ("Een signaal.", {"region": "Zwolle"})
    punctuated = read(tmp_path / "b.csv", "Kolom A:,Kolom B\nEen signaal.,Zwolle\n", text="Kolom A:")
    assert punctuated.passages[0].text == "Een signaal."
    with pytest.raises(UsageError, match="Kolom C"):
        read(tmp_path / "a.csv", None, text="Kolom C")


def test_a_row_of_a_register_without_a_signal_is_remarked(tmp_path: Path) -> None:
    document = read(tmp_path / "a.csv", "Nr;Signaal;Toelichting\n1;Vissers varen uit.;dossier\n2;;Over de schippers.\n;;\n3\n")
    assert [one.text for one in document.passages] == ["Vissers varen uit."]
    assert [(remark.kind, remark.text) for remark in document.remarks] == [("left_out", "2 |  | Over de schippers."), ("left_out", "3")]


def test_a_workbook_register_skips_its_title_and_hidden_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Register 2024"], [], ["Thema", "Signaal"], ["Arbeid", "Eerste signaal."], ["Arbeid", "Verborgen."]):
        book.active.append(row)
    book.active.row_dimensions[5].hidden = True
    book.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    signals = [passage for passage in document.passages if passage.kind == "signal"]
    assert [(signal.text, signal.metadata) for signal in signals] == [("Eerste signaal.", {"theme": "Arbeid"})]
    assert [remark.kind for remark in document.remarks] == ["quarantined"] and "Verborgen." in document.remarks[0].text


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
    ("a.png", b"\x89PNG\r\n", "picture"), ("a.zip", b"PK\x05\x06" + bytes(18), "unpack"),
    ("a.docx", b"PK\x03\x04 broken", "damaged"), ("a.docx", b"plain text", "damaged"),
    ("a.pdf", b"plain text", "not a PDF"), ("a.md", b"", "empty"), ("a.md", b" \n", "no text"),
    ("a.html", b"<script>x</script>", "no text"), ("a.csv", b"signaal;bron\n", "no text"), ("a.7z", b"7z\xbc\xaf", "unpack"),
    ("a.pdf", b"\x89PNG\r\n", "not a PDF"), ("a.xlsx", b"a;b", "damaged"),
    ("a", b"{\\rtf1 Een brief.}", "rich text"), ("a.md", b"\x00\x01\x02\x03\x04" * 99, "not text")])
def test_what_cannot_be_read_says_why_in_one_line(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read(tmp_path / name, content)
    assert "\n" not in str(caught.value)


def test_content_goes_before_the_ending_of_a_name(tmp_path: Path) -> None:
    word(tmp_path / "a.docx", ("Normal", "Een brief."))
    assert read(tmp_path / "a.docx").text == read(tmp_path / "b.txt", (tmp_path / "a.docx").read_bytes()).text == "Een brief."


def test_the_same_content_has_the_same_hash_and_passages_under_two_names(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.md", "Een zin."), read(tmp_path / "b.md", "Een zin.")
    assert first.sha256 == second.sha256 and first.passages[0].passage_id == second.passages[0].passage_id
