"""Plain text: the feet of its pages, the numbers of its pages, and lists among short statements."""

from pathlib import Path

import pytest

from ingest.text_feet import feet
from tests.ingest.reads import read

NOTE = "Verslag van de havenmeester\n\nEr liggen veel boten.\n\n"
STATEMENTS = ["De haven telt meer boten dan vorig jaar.", "Vissers melden minder vangst.", "Er komen vaker jachten uit België.", "De sluis sluit vroeger.",
              "Het water staat laag.", "Schippers klagen over slib."]


@pytest.mark.parametrize("last", ["Urk, 4 april 2023", "Totaal aantal boten in 2022: 317", "Bel bij brand altijd 112", "Nota - haven 14"])
def test_a_last_line_that_ends_in_a_number_is_text(tmp_path: Path, last: str) -> None:
    document = read(tmp_path / "a.txt", NOTE + last + "\n")
    assert document.text.endswith(last) and {one.page for one in document.passages} == {None}


@pytest.mark.parametrize("foot", ["14", "- 14 -", "Pagina 14", "blz. 14", "p. 14"])
def test_a_number_alone_at_the_foot_is_that_of_the_page(tmp_path: Path, foot: str) -> None:
    document = read(tmp_path / "a.txt", NOTE + foot + "\n")
    assert document.text.endswith("Er liggen veel boten.") and {one.page for one in document.passages} == {14}
    assert [one.text for one in document.remarks] == [foot]


def test_the_last_of_a_column_of_figures_is_no_page_number(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", NOTE + "Urk\n\n120\n\nZwolle\n\n45\n")
    assert document.text.endswith("45")


def test_a_running_title_goes_where_it_recurs_with_a_number_that_counts_on(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", f"{NOTE}Haven in beeld 7\f{NOTE}Haven in beeld 8\f{NOTE}Boten in 2022: 317\f{NOTE}Boten in 2022: 330")
    assert "Haven in beeld" not in document.text and "317" in document.text and "330" in document.text
    assert [page.label for page in document.pages] == ["7", "8", None, None]


def test_a_running_title_may_be_the_foot_of_a_printed_page_alone() -> None:
    sure, running = feet([[*NOTE.split("\n"), "nota - haven 14"]])
    assert sure == [None] and running[0] and running[0].number == "14"
    assert feet([[*NOTE.split("\n"), "Urk - 4 april 2023"]]) == ([None], [None])


def test_a_page_behind_an_empty_one_keeps_its_number(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", "Een eerste zin.\n\f\n\fEen derde zin.\n")
    assert [(one.page, one.text) for one in document.passages] == [(1, "Een eerste zin."), (3, "Een derde zin.")]


def test_what_announces_a_list_among_statements_is_its_introduction(tmp_path: Path) -> None:
    listed = "De steiger is niet toegankelijk voor:\n- boten met pech\n- vissers zonder vergunning\n"
    document = read(tmp_path / "a.txt", "\n\n".join([*STATEMENTS, listed, *STATEMENTS]))
    assert sum(one.kind == "signal" for one in document.passages) == 12
    assert [(one.text, one.context) for one in document.passages if one.kind == "item"] == [
        ("boten met pech", "De steiger is niet toegankelijk voor:"), ("vissers zonder vergunning", "De steiger is niet toegankelijk voor:")]
    assert all(one.context_span and document.text[slice(*one.context_span)] == one.context for one in document.passages if one.kind == "item")
