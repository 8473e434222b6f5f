"""Word: text that a style hides, and footnotes and endnotes with their marks and sections."""

from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.text.paragraph import Paragraph

from ingest.documents import Document
from ingest.reading import ReadingSettings, read_document
from tests.ingest.reads import texts


def read(file: WordFile, path: Path) -> Document:
    file.save(str(path))
    return read_document(path, doc=path.name, settings=ReadingSettings())


def hide(style: CharacterStyle, how: str) -> None:
    style.font.hidden = True if how == "hidden" else None
    style.font.size = Pt(1) if how == "small" else None
    style.font.color.rgb = RGBColor(255, 255, 255) if how == "white" else None


def shade(style: CharacterStyle, fill: str) -> None:
    ground = parse_xml(f"<w:shd {nsdecls('w')} w:val='clear' w:fill='{fill}'/>")
    style.element.get_or_add_pPr().append(ground)


@pytest.mark.parametrize("how", ["hidden", "white", "small"])
@pytest.mark.parametrize("kind", [WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER])
def test_text_that_a_style_hides_is_quarantined(tmp_path: Path, how: str, kind: WD_STYLE_TYPE) -> None:
    file = docx.Document()
    hide(file.styles.add_style("Onzichtbaar", kind), how)
    based = file.styles.add_style("Afgeleid", kind)
    based.base_style = file.styles["Onzichtbaar"]
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        file.add_paragraph("De sluis is stuk.", style="Afgeleid")
        file.add_paragraph("Boten varen.")
    else:
        file.add_paragraph("Boten varen. ").add_run("De sluis is stuk.", style="Afgeleid")
    document = read(file, tmp_path / "a.docx")
    assert texts(document) == ["Boten varen."]
    assert [(remark.kind, remark.text) for remark in document.remarks] == [("quarantined", "De sluis is stuk.")]


def test_a_run_that_shows_itself_goes_before_its_style(tmp_path: Path) -> None:
    file = docx.Document()
    style = file.styles.add_style("Onzichtbaar", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden, style.font.size = True, Pt(1)
    run = file.add_paragraph(style="Onzichtbaar").add_run("De haven is open.")
    run.font.hidden, run.font.size = False, Pt(11)
    assert texts(read(file, tmp_path / "a.docx")) == ["De haven is open."]


@pytest.mark.parametrize(("fill", "seen"), [("1F3864", True), ("FFFFFF", False), ("auto", False)])
def test_white_text_is_seen_on_the_ground_of_its_style(tmp_path: Path, fill: str, seen: bool) -> None:
    file = docx.Document()
    style = file.styles.add_style("Balk", WD_STYLE_TYPE.PARAGRAPH)
    hide(style, "white")
    shade(style, fill)
    file.add_paragraph("De haven is open.", style="Balk")
    file.add_paragraph("Boten varen.")
    assert ("De haven is open." in read(file, tmp_path / "a.docx").text) == seen


@pytest.mark.parametrize(("fill", "style", "seen"), [
    ("<a:solidFill><a:srgbClr val='1F3864'/></a:solidFill>", "0", True), ("", "1", True), ("<a:noFill/>", "1", False), ("", "0", False)])
def test_white_text_is_seen_in_a_shape_that_is_filled(tmp_path: Path, fill: str, style: str, seen: bool) -> None:
    file = docx.Document()
    spaces = (f"{nsdecls('w', 'wp', 'a')} xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'")
    text = "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>De haven is open.</w:t></w:r></w:p>"
    file.add_paragraph("Boten varen.")._p.append(parse_xml(
        f"<w:r {spaces}><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr>"
        f"<wps:style><a:fillRef idx='{style}'/></wps:style><wps:txbx><w:txbxContent>{text}"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"))
    assert ("De haven is open." in texts(read(file, tmp_path / "a.docx"))) == seen


def cite(paragraph: Paragraph, kind: str, number: int) -> None:
    reference = OxmlElement(f"w:{kind}Reference")
    reference.set(qn("w:id"), str(number))
    paragraph.add_run()._r.append(reference)


def add_notes(file: WordFile, kind: str, *notes: str) -> None:
    stories = "".join(f"<w:{kind} w:id='{number}'><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:{kind}>" for number, note in enumerate(notes, 1))
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), content_type, f"<w:{kind}s {nsdecls('w')}>{stories}</w:{kind}s>".encode(), file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES if kind == "footnote" else RELATIONSHIP_TYPE.ENDNOTES)


def test_a_note_stands_in_the_section_in_which_it_is_cited_and_each_kind_counts_by_itself(tmp_path: Path) -> None:
    file = docx.Document()
    file.core_properties.title = "Verslag"
    cite(file.add_heading("Haven", 1), "endnote", 1)
    cite(file.add_paragraph("Een zin."), "footnote", 1)
    cite(file.add_heading("Sluis", 1), "endnote", 2)
    cite(file.add_paragraph("Nog een zin."), "footnote", 2)
    add_notes(file, "footnote", "Over de haven.", "Over de sluis.")
    add_notes(file, "endnote", "Bij de kop van de haven.", "Bij de kop van de sluis.")
    found = [(passage.section, passage.text) for passage in read(file, tmp_path / "a.docx").passages if passage.kind == "footnote"]
    assert found == [("Haven", "i Bij de kop van de haven."), ("Haven", "1 Over de haven."),
                     ("Sluis", "ii Bij de kop van de sluis."), ("Sluis", "2 Over de sluis.")]


def test_the_format_of_the_marks_is_that_of_the_file(tmp_path: Path) -> None:
    file = docx.Document()
    file.settings.element.append(parse_xml(f"<w:endnotePr {nsdecls('w')}><w:numFmt w:val='upperLetter'/></w:endnotePr>"))
    cite(file.add_paragraph("Een zin."), "endnote", 1)
    add_notes(file, "endnote", "Aan het eind.")
    assert texts(read(file, tmp_path / "a.docx"))[-1] == "A Aan het eind."


def test_a_note_in_a_frame_is_read_once(tmp_path: Path) -> None:
    file = docx.Document()
    frame = file.add_table(rows=1, cols=1).cell(0, 0)
    frame.text = "In een kader."
    cite(frame.paragraphs[0], "footnote", 1)
    cite(file.add_paragraph("Onder het kader."), "footnote", 2)
    add_notes(file, "footnote", "Bij het kader.", "Daaronder.")
    assert texts(read(file, tmp_path / "a.docx")) == ["In een kader.", "Onder het kader.", "1 Bij het kader.", "2 Daaronder."]


MATH = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"


def parsed(inside: str) -> str:
    return f"<w:p {nsdecls('w')} {MATH}>{inside}</w:p>"


@pytest.mark.parametrize("mark", ["<w:del w:id='3'/>", "<w:moveFrom w:id='3'/>"])
def test_paragraphs_between_which_the_mark_was_deleted_are_one(tmp_path: Path, mark: str) -> None:
    file = docx.Document()
    for properties, text in ((f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>", "De haven is"), ("", " dicht."), (f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>", "Slot.")):
        file.element.body.insert(-1, parse_xml(parsed(f"{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")))
    assert texts(read(file, tmp_path / "a.docx")) == ["De haven is dicht.", "Slot."]


@pytest.mark.parametrize(("written", "read_as"), [
    ("<m:oMath><m:r><m:t>n=5</m:t></m:r></m:oMath>", "n=5"), ("<m:oMathPara><m:oMath><m:r><m:t>n</m:t></m:r></m:oMath></m:oMathPara>", "n"),
    ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", None),
    ("<w:r><w:sym w:font='Symbol' w:char='F0A3'/></w:r>", "\u2264"), ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "\u2611"),
    ("<w:r><w:sym w:font='Arial' w:char='00A7'/></w:r>", "\u00a7"), ("<w:r><w:sym w:font='Webdings' w:char='F021'/></w:r>", None)])
def test_formulas_and_signs_are_read_or_their_sentence_is_in_doubt(tmp_path: Path, written: str, read_as: str | None) -> None:
    file = docx.Document()
    file.element.body.insert(-1, parse_xml(parsed(f"<w:r><w:t xml:space='preserve'>Vaar uit. Hooguit </w:t></w:r>{written}<w:r><w:t> boten.</w:t></w:r>")))
    document = read(file, tmp_path / "a.docx")
    quoted = [(one.text, one.quotable) for one in document.passages]
    if read_as:
        assert quoted == [(f"Vaar uit. Hooguit {read_as} boten.", True)] and not document.remarks
    else:
        assert quoted == [("Vaar uit.", True), ("Hooguit \ufffd boten.", False)] and [one.kind for one in document.remarks] == ["warning"]
