"""HTML: headings that are buttons, legends, and the marks of notes."""

from pathlib import Path

import pytest

from tests.ingest.reads import read, texts


def test_a_button_that_is_a_heading_opens_a_section(tmp_path: Path) -> None:
    document = read(tmp_path / "a.html", "<h1>Haven</h1><h2><button><span>Liggeld</span></button></h2><p>Elke boot betaalt.</p>"
                    "<h2>Sluis <button>Kopieer</button></h2><p>Dicht om tien uur.<button>Deel</button></p>"
                    "<details><summary><button>Meer weten</button></summary><p>Bel de havenmeester.</p></details>")
    assert [(passage.section, passage.text) for passage in document.passages] == [
        ("Liggeld", "Elke boot betaalt."), ("Sluis", "Dicht om tien uur."), ("Sluis", "Meer weten"), ("Sluis", "Bel de havenmeester.")]


def test_a_legend_stands_by_itself(tmp_path: Path) -> None:
    assert texts(read(tmp_path / "a.html", "<fieldset><legend>Uw boot</legend>Hoe lang is die?</fieldset>")) == ["Uw boot", "Hoe lang is die?"]


@pytest.mark.parametrize("mark", ["<sup>1</sup>", "<sup>[2]</sup>", "<sup>1, 2</sup>", "<a href='#n'><sup>1</sup></a>", "<sup><a href='#n'>noot</a></sup>"])
def test_the_mark_of_a_note_leaves_its_sentence(tmp_path: Path, mark: str) -> None:
    document = read(tmp_path / "a.html", f"<p>Het aantal boten steeg in 2023{mark}. De sluis is oud.{mark} Er komt een nieuwe.</p>")
    assert texts(document) == ["Het aantal boten steeg in 2023. De sluis is oud. Er komt een nieuwe."]
    assert [remark.what for remark in document.remarks] == ["mark of a note"]


@pytest.mark.parametrize("raised", ["20 m<sup>2</sup>", "5 km<sup>2</sup>", "10<sup>6</sup>", "de 2<sup>e</sup>", "a<sup>2</sup>"])
def test_other_superscripts_stay(tmp_path: Path, raised: str) -> None:
    assert texts(read(tmp_path / "a.html", f"<p>Er is {raised} nodig.</p>")) == [f"Er is {raised.replace('<sup>', '').replace('</sup>', '')} nodig."]


SHEET = ("<style>.sr{position:absolute;clip:rect(0,0,0,0)} div .diep{display:none} .paneel{display:none} .paneel.open{display:block}"
         " .held{background:#003} .held p{color:#fff} @media (max-width: 600px){.breed{display:none}} a:hover::before{display:none}</style>")


@pytest.mark.parametrize("hidden", [
    "<p class=sr>", "<div><p class=diep>", "<p class=paneel>", "<p><font color=white>", "<p style='color:transparent'>", "<p style='color:rgba(0, 0, 0, 0)'>",
    "<p style='color:rgba(255,255,255,1)'>", "<p style='color:#ffff'>", "<p style='color:white;background:transparent'>", "<dialog>",
    "<p style='clip-path:inset(50%)'>"])
def test_what_a_browser_does_not_show_is_quarantined(tmp_path: Path, hidden: str) -> None:
    document = read(tmp_path / "a.html", f"{SHEET}<p>Boten varen.</p>{hidden}Geheim.")
    assert texts(document) == ["Boten varen."]
    assert [(remark.kind, remark.text) for remark in document.remarks] == [("quarantined", "Geheim.")]


@pytest.mark.parametrize("shown", [
    "<p class=diep>", "<p class='paneel open'>", "<div class=held><p>", "<p class=breed>", "<dialog open>", "<p style='clip:rect(0,0,0,0)'>",
    "<div style='background:#003'><font color=white>", "<p style='color:transparent;background:linear-gradient(red, blue);background-clip:text'>"])
def test_what_a_browser_shows_is_read(tmp_path: Path, shown: str) -> None:
    assert texts(read(tmp_path / "a.html", f"{SHEET}<p>Boten varen.</p>{shown}Te zien.")) == ["Boten varen.", "Te zien."]


@pytest.mark.parametrize("said", ["iso-8859-1", "ISO-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_a_page_in_latin_1_is_read_as_browsers_read_it(tmp_path: Path, said: str) -> None:
    page = f"<meta charset={said}><p>Cafés betalen ‘€ 5’ – altijd…</p>"
    assert texts(read(tmp_path / "a.html", page.encode("cp1252"))) == ["Cafés betalen ‘€ 5’ – altijd…"]


def test_a_mark_of_utf_8_goes_before_what_a_page_says(tmp_path: Path) -> None:
    assert texts(read(tmp_path / "a.html", "\ufeff<meta charset=iso-8859-1><p>Cafés: € 5.</p>")) == ["Cafés: € 5."]
