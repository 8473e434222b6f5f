"""What a PDF shows and what it only holds: hidden text, sections, printed page numbers, turned pages, tables over pages."""

import io
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.layout_pages import sentences, wrap
from ingest.documents import Document
from ingest.reading import ReadingSettings, read_document
from tests.ingest.test_places import letters, under_boxes

WIDTH, HEIGHT = A4


def canvas() -> tuple[Canvas, io.BytesIO]:
    file = io.BytesIO()
    return Canvas(file, pagesize=A4, invariant=True), file


def read(folder: Path, drawing: Canvas, file: io.BytesIO) -> Document:
    drawing.save()
    path = folder / "a.pdf"
    path.write_bytes(file.getvalue())
    return read_document(path, doc="a.pdf", settings=ReadingSettings())


def write(drawing: Canvas, x: float, y: float, text: str, *, font: str = "Helvetica", size: float = 10) -> None:
    drawing.setFont(font, size)
    drawing.drawString(x, y, text)


def test_text_that_no_reader_sees_is_quarantined_with_its_reason(tmp_path: Path) -> None:
    drawing, file = canvas()
    write(drawing, 60, 700, "Deze zin is te zien.")
    write(drawing, 60, 3000, "Buiten beeld.")
    write(drawing, 60, 660, "Veel te klein.", size=1)
    drawing.setFillGray(1)
    write(drawing, 60, 640, "Wit op wit.")
    drawing.setFillGray(0)
    write(drawing, 60, 620, "Onder de balk.")
    drawing.rect(55, 612, 200, 20, fill=1)
    for mode, text in ((3, "Onzichtbaar gezet."), (7, "En als vorm.")):
        hidden = drawing.beginText(60, 600 - 10 * mode)
        hidden.setTextRenderMode(mode)
        hidden.textOut(text)
        drawing.drawText(hidden)
    document = read(tmp_path, drawing, file)
    assert document.text == "Deze zin is te zien."
    reasons = {remark.text: remark.what.partition(": ")[2] for remark in document.remarks if remark.kind == "quarantined"}
    assert reasons == {"Buiten beeld.": "off the page", "Veel te klein.": "smaller than 2 pt", "Wit op wit.": "white on white",
                       "Onder de balk.": "covered", "Onzichtbaar gezet. En als vorm.": "invisible"}


def test_ligatures_are_read_as_their_letters(tmp_path: Path) -> None:
    shown = b"BT /F1 12 Tf 60 700 Td (Het r\x80k en \x81muiden \x82etsen.) Tj ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[128/ij/IJ/fi]>>>>"
    parts = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
             b"<</Length %d>>stream\n%b\nendstream" % (len(shown), shown), font)
    objects = b"".join(b"%d 0 obj%b endobj\n" % (number, part) for number, part in enumerate(parts, 1))
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + objects + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n")
    assert read_document(path, doc="a.pdf", settings=ReadingSettings()).text == "Het rijk en IJmuiden fietsen."


def test_white_text_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    drawing, file = canvas()
    drawing.setFillColorRGB(0.1, 0.2, 0.5)
    drawing.rect(50, 690, 400, 30, stroke=0, fill=1)
    drawing.setFillGray(1)
    write(drawing, 60, 700, "Witte letters op blauw zijn te lezen.")
    assert "Witte letters op blauw zijn te lezen." in read(tmp_path, drawing, file).text


def test_bookmarks_say_how_deep_headings_lie(tmp_path: Path) -> None:
    drawing, file = canvas()
    for number, (title, level, size) in enumerate((("Uitvoering", 0, 12), ("Toezicht op locatie", 1, 12), ("Zorg", 0, 12))):
        y = 720 - number * 120
        write(drawing, 60, y, title, font="Helvetica-Bold", size=size)
        drawing.bookmarkPage(title)
        drawing.addOutlineEntry(title, title, level)
        for line, text in enumerate(sentences(3, seed=number)):
            write(drawing, 60, y - 24 - line * 13, text, size=8)
    document = read(tmp_path, drawing, file)
    assert [section.path for section in document.sections] == [("Uitvoering",), ("Uitvoering", "Toezicht op locatie"), ("Zorg",)]


def test_sections_follow_type_size_and_numbers_without_bookmarks(tmp_path: Path) -> None:
    drawing, file = canvas()
    heads = (("Jaarbericht", 22), ("1 Beeld", 14), ("1.1 Cijfers", 11), ("2 Aanpak", 14))
    for number, (title, size) in enumerate(heads):
        y = 760 - number * 100
        write(drawing, 60, y, title, font="Helvetica-Bold", size=size)
        for line, text in enumerate(sentences(3, seed=number)):
            write(drawing, 60, y - 26 - line * 13, text)
    paths = [section.path for section in read(tmp_path, drawing, file).sections]
    assert paths == [("Jaarbericht",), ("Jaarbericht", "1 Beeld"), ("Jaarbericht", "1 Beeld", "1.1 Cijfers"), ("Jaarbericht", "2 Aanpak")]


def test_a_heading_at_the_top_with_a_number_is_no_page_number_and_the_printed_number_stands_beside_the_physical(tmp_path: Path) -> None:
    drawing, file = canvas()
    for page in range(3):
        write(drawing, 60, HEIGHT - 50, f"{page + 3} Hoofdzaken van deel {'abc'[page]}", font="Helvetica-Bold", size=14)
        for line, text in enumerate(sentences(6, seed=page)):
            write(drawing, 60, 740 - line * 13, text, size=8)
        write(drawing, 290, 40, str(page + 21), size=8)
        drawing.showPage()
    document = read(tmp_path, drawing, file)
    assert [(page.number, page.label) for page in document.pages] == [(1, "21"), (2, "22"), (3, "23")]
    assert [section.path[-1] for section in document.sections] == ["3 Hoofdzaken van deel a", "4 Hoofdzaken van deel b", "5 Hoofdzaken van deel c"]
    assert {passage.page for passage in document.passages} == {21, 22, 23}


def test_of_three_numbers_that_run_on_at_the_foot_the_highest_is_the_page_number_every_time(tmp_path: Path) -> None:
    drawing, file = canvas()
    for page in range(2):
        for line, text in enumerate(sentences(6, seed=page)):
            write(drawing, 60, 740 - line * 13, text)
        for place, number in enumerate((31, 7, 52)):
            write(drawing, 290, 80 - 20 * place, str(page + number))
        drawing.showPage()
    assert [page.label for page in read(tmp_path, drawing, file).pages] == ["31", "32"]


@pytest.mark.parametrize("rotation", [90, 270])
def test_boxes_lie_on_the_page_as_it_is_shown(tmp_path: Path, rotation: int) -> None:
    drawing, file = canvas()
    drawing.setPageRotation(rotation)  # reportlab then lies the page on its side: A4 upright is what is shown
    drawing.translate(*((HEIGHT, 0) if rotation == 90 else (0, WIDTH)))
    drawing.rotate(90 if rotation == 90 else -90)
    write(drawing, 100, 300, "Een gedraaide bladzijde.")
    document = read(tmp_path, drawing, file)
    page, box = document.pages[0], document.passages[0].boxes[0]
    assert (round(page.width), round(page.height)) == (round(WIDTH), round(HEIGHT))
    assert abs(box.x0 - 100) < 2 and abs(HEIGHT - 300 - (box.y0 + box.y1) / 2) < 8 and document.text == "Een gedraaide bladzijde."


SIDEWAYS = {90: (WIDTH, 0.0), 270: (0.0, HEIGHT), 180: (WIDTH, HEIGHT)}  # how far to move before turning to the left


@pytest.mark.parametrize("angle", [90, 270, 180])
def test_a_page_that_is_drawn_sideways_is_read_and_its_boxes_lie_where_it_is_shown(tmp_path: Path, angle: int) -> None:
    drawing, file = canvas()
    lines = [line for text in sentences(8, seed=3) for line in wrap(text, 380)]
    for page in range(2):
        if page:
            write(drawing, 60, 20, "Haven in beeld")
            drawing.translate(*SIDEWAYS[angle])
            drawing.rotate(angle)
        for number, line in enumerate(lines):
            write(drawing, 60, 500 - 13 * number, line)
        drawing.showPage()
    document = read(tmp_path, drawing, file)
    upright, sideways = ([one for one in document.passages if one.page == page] for page in (1, 2))
    assert [one.text for one in sideways] == [one.text for one in upright] != []
    assert {(round(page.width), round(page.height)) for page in document.pages} == {(round(WIDTH), round(HEIGHT))}
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert all(letters(one.text) == letters(under_boxes(pdf, one)) for one in sideways)


def test_a_page_on_which_no_text_runs_straight_is_named_not_quoted(tmp_path: Path) -> None:
    drawing, file = canvas()
    write(drawing, 60, 700, "Deze zin staat recht.")
    drawing.showPage()
    drawing.rotate(30)
    write(drawing, 300, 300, "Deze zin staat scheef.")
    document = read(tmp_path, drawing, file)
    assert [one.text for one in document.passages] == ["Deze zin staat recht."]
    assert ("text that does not run from left to right", "Deze zin staat scheef.", 2) in [(one.what, one.text, one.page) for one in document.remarks]


def test_an_empty_cell_keeps_its_place_and_an_empty_column_goes(tmp_path: Path) -> None:
    drawing, file = canvas()
    rows = [("Haven", "", "Boten", "Steigers", "Sinds"), ("Urk", "", "", "4", "2022"), ("Elburg", "", "7", "", "2021"), ("Zwolle", "", "9", "2", "2019")]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            drawing.rect(60 + 90 * column, 694 - 20 * number, 90, 20)
            write(drawing, 64 + 90 * column, 700 - 20 * number, cell)
    document = read(tmp_path, drawing, file)
    assert [(one.text, one.context) for one in document.passages[1:]] == [
        (text, "Haven | Boten | Steigers | Sinds") for text in ("Urk |  | 4 | 2022", "Elburg | 7 |  | 2021", "Zwolle | 9 | 2 | 2019")]


@pytest.mark.parametrize(("cap", "first", "opening"), [
    ("E", "en boot vaart uit.", "Een boot"), ("U", "kunt vissen.", "U kunt"), ("U", "it zee komt wind.", "Uit zee"), ("A", "boat sails.", "A boat")])
def test_a_drop_cap_belongs_to_its_word(tmp_path: Path, cap: str, first: str, opening: str) -> None:
    drawing, file = canvas()
    write(drawing, 60, 678, cap, size=36)
    lines = [line for text in sentences(8, seed=3) for line in wrap(text, 380)]
    for number, line in enumerate([first, *lines]):
        write(drawing, 90 if number < 3 else 60, 700 - 13 * number, line)
    document = read(tmp_path, drawing, file)
    assert document.passages[0].text.startswith(opening)


def test_a_table_that_goes_on_keeps_its_column_headings(tmp_path: Path) -> None:
    drawing, file = canvas()
    rows = [("Gemeente", "Jaar", "Meldingen"), *((name, "2023", str(10 * number + 7)) for number, name in enumerate(("Assen", "Breda", "Delft", "Ede")))]
    for number, row in enumerate(rows):
        if number == 3:
            drawing.showPage()
        y = 700 - 20 * (number % 3)
        for column, cell in enumerate(row):
            drawing.rect(60 + 150 * column, y - 6, 150, 20)
            write(drawing, 64 + 150 * column, y, cell, font="Helvetica" if number else "Helvetica-Bold")
    found = [(one.context, one.text) for one in read(tmp_path, drawing, file).passages if one.kind == "row"]
    assert found == [("Gemeente | Jaar | Meldingen", " | ".join(row)) for row in rows[1:]]


def test_marks_of_notes_leave_the_sentence_and_other_superscripts_stay(tmp_path: Path) -> None:
    drawing, file = canvas()
    write(drawing, 60, 700, "De opvang telt")
    drawing.drawString(130, 700, "40 m")
    write(drawing, 152, 704, "2", size=6)
    write(drawing, 157, 700, "per gezin")
    write(drawing, 200, 704, "1", size=6)
    write(drawing, 207, 700, "en een tuin.")
    write(drawing, 60, 120, "1 Gemeten in maart.", size=7)
    document = read(tmp_path, drawing, file)
    text, note = document.passages
    assert (text.kind, text.text) == ("sentences", "De opvang telt 40 m2 per gezin en een tuin.")
    assert (note.kind, note.text) == ("footnote", "1 Gemeten in maart.")
    assert len(document.passages[0].boxes) == 2


def test_a_table_without_rules_joins_the_lines_of_its_cells(tmp_path: Path) -> None:
    drawing, file = canvas()
    rows = ((("Maatregel",), ("Wie",), ("2024",)),
            (("Controle op woningen in", "het buitengebied."), ("Gemeente",), ("mei",)),
            (("Voorlichting aan nieuwe", "werknemers in hun taal."), ("Vakbond",), ("juni",)), (("Nazorg voor wie wordt", "uitgebuit."),
                ("Opvang",), ("juli",)))
    for number, row in enumerate(rows):
        for column, lines in enumerate(row):
            for line, text in enumerate(lines):
                write(drawing, 60 + (0, 160, 300)[column], 700 - 40 * number - 13 * line, text)
    found = [(one.context, one.text) for one in read(tmp_path, drawing, file).passages if one.kind == "row"]
    assert found[1:] == [("Maatregel | Wie | 2024", " | ".join(" ".join(cell) for cell in row)) for row in rows[1:]]


def test_notes_in_the_margin_stay_out_of_the_text_beside_them(tmp_path: Path) -> None:
    drawing, file = canvas()
    text = sentences(12, seed=1)
    for number, line in enumerate(wrap(" ".join(text), 340)):
        write(drawing, 170, 700 - 13 * number, line)
    for number in range(3):
        write(drawing, 60, 700 - 91 * number, "Korte duiding", size=8)
    document = read(tmp_path, drawing, file)
    assert {document.text[slice(*span)] for one in document.passages for span in one.sentences} >= set(text)


def test_what_announces_a_list_among_statements_is_its_introduction(tmp_path: Path) -> None:
    drawing, file = canvas()
    statements = ["De haven telt meer boten", "Vissers melden minder vangst", "Er komen vaker jachten", "De sluis sluit vroeger", "Het water staat laag",
                  "Schippers klagen over slib"]
    for number, text in enumerate(statements):
        write(drawing, 60, 760 - 30 * number, text)
        write(drawing, 60, 748 - 30 * number, "dan vorig jaar.")
    for number, text in enumerate(["De steiger is niet toegankelijk voor:", "- boten met pech", "- vissers zonder vergunning"]):
        write(drawing, 60, 580 - 12 * number, text)
    document = read(tmp_path, drawing, file)
    assert [one.text for one in document.passages if one.kind == "signal"] == [f"{text} dan vorig jaar." for text in statements]
    items = [(one.text, one.context) for one in document.passages if one.kind == "item"]
    assert items == [(text, "De steiger is niet toegankelijk voor:") for text in ("boten met pech", "vissers zonder vergunning")]


@pytest.mark.parametrize("note", ["{0} Stb. 2021, {1}.", "{0} Kamerstukken II 2022/23, 28 638, nr. {1}.", "{0} Idem."])
def test_a_note_of_one_form_on_each_page_stays_and_its_number_is_not_that_of_the_page(tmp_path: Path, note: str) -> None:
    drawing, file = canvas()
    for number in range(1, 5):
        write(drawing, 60, 810, "Nota haven")
        for place, line in enumerate(wrap(" ".join(sentences(14, seed=number)), 470)):
            write(drawing, 60, 760 - 14 * place, line)
        write(drawing, 60, 60, note.format(number, 7 * number), size=8)
        write(drawing, 300, 30, str(12 + number))
        drawing.showPage()
    document = read(tmp_path, drawing, file)
    assert [(one.page, one.text) for one in document.passages if one.kind == "footnote"] == [
        (12 + number, note.format(number, 7 * number)) for number in range(1, 5)]
    assert [page.label for page in document.pages] == ["13", "14", "15", "16"]
    assert "Nota haven" not in document.text
