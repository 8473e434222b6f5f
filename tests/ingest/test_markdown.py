"""Markdown: nothing of the text is lost without a remark, in whatever block it stands."""

from pathlib import Path

import pytest

from tests.ingest.reads import read, texts


def test_indented_and_fenced_text_is_paragraphs(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "De haven:\n\n    Ingesprongen zin\n    over boten.\n\n    Nog een.\n\n"
                    "```\nZin in een blok.\n```\n\n- een item\n\n  ~~~\n  in een lijst\n  ~~~\n")
    assert texts(document) == ["De haven:", "Ingesprongen zin over boten.", "Nog een.", "Zin in een blok.", "een item", "in een lijst"]


def test_a_block_of_html_is_read_as_a_page_is(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "# Haven\n\n<div align=center>Boten varen.</div>\n\n<h2>Sluis</h2>\n\n<p hidden>Geheim.</p>\n\n<!-- niets -->\n\n"
                    "<table><tr><th>Haven<th>Boten<tr><td>Urk<td>4</table>\n\nSlot.\n")
    assert [(one.section, one.text, one.context) for one in document.passages] == [
        ("", "Boten varen.", ""), ("Sluis", "Urk | 4", "Haven | Boten"), ("Sluis", "Slot.", "")]
    assert [(remark.kind, remark.text) for remark in document.remarks] == [("quarantined", "Geheim.")]


def test_a_block_of_html_that_is_not_read_is_remarked(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "Boten varen.\n\n<tr><td>Urk</td><td>4</td></tr>\n\n<form><button>Verzenden</button></form>\n")
    assert texts(document) == ["Boten varen."]
    assert [(remark.kind, remark.text) for remark in document.remarks] == [("left_out", "Urk 4"), ("left_out", "Verzenden")]


@pytest.mark.parametrize(("written", "read_as"), [
    ("Urk<br>Emmeloord", "Urk Emmeloord"), ("Boten varen.<br/>Daarna niet.", "Boten varen. Daarna niet."), ("20 m<sup>2</sup> & `<b>`", "20 m2 & <b>"),
    ("Vissers<sup>1</sup> varen.", "Vissers varen."), ('Boten <span style="display:none">geheim</span>varen.', "Boten varen."),
    ("Kies <select> en ga <em>verder</em>.", "Kies en ga verder."), ("Van <!-- niets --> Urk", "Van Urk")])
@pytest.mark.parametrize("around", ["{}", "- {}", "# {}\n\nSlot.", "| {} | a |\n|---|---|\n| b | c |"])
def test_a_line_with_html_is_read_as_a_page_is(tmp_path: Path, written: str, read_as: str, around: str) -> None:
    document = read(tmp_path / "a.md", around.format(written))
    found = f"{document.text} {document.passages[0].context}"
    assert read_as in found and "geheim" not in found


@pytest.mark.parametrize(("front", "title"), [
    ("title: Nota haven\nauthor: J. Jansen\ntags: [a, b]\n", "Nota haven"), ("date: 2024-03-01\ntags:\n- a\n\n# iets\n", "a.md")])
def test_fields_above_the_text_give_its_title_and_are_no_text(tmp_path: Path, front: str, title: str) -> None:
    document = read(tmp_path / "a.md", f"---\n{front}---\n\nBoten varen.\n")
    assert (document.title, document.text) == (title, "Boten varen.")
    assert [remark.kind for remark in document.remarks] == ["left_out"]


@pytest.mark.parametrize("text", ["---\nEen zin.\n\n---\nSlot.", "---\nLet op: dit geldt.\n\n---\nSlot.", "---\nhaven: [a\n---\nSlot.", "---\nhaven: open\n"])
def test_a_text_between_rules_stays(tmp_path: Path, text: str) -> None:
    document = read(tmp_path / "a.md", text)
    assert text.splitlines()[1] in document.text and not document.remarks
