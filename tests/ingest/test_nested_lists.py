"""Lists in lists: an item that ends in a colon introduces the items of its own list, and none behind it."""

from pathlib import Path

import docx
import pytest

from benchmarks.layout_pages import MARGIN, Set, drawn
from ingest.documents import Document
from tests.ingest.reads import read
from tests.ingest.test_formats import odt, word

LINES = ((0, "De haven:"), (1, "meldt elk ongeval;"), (1, "staat niet toe:"), (2, "varen zonder licht;"), (2, "slapen aan boord;"), (1, "sluit om tien uur."))
OUTER, INNER = "De haven:", "De haven: … staat niet toe:"


def markdown(path: Path) -> Document:
    return read(path / "a.md", "\n".join(f"{'    ' * (depth - 1)}- {text}" if depth else f"{text}\n" for depth, text in LINES))


def plain(path: Path) -> Document:
    return read(path / "a.txt", "\n".join(f"{'  ' * (depth - 1)}- {text}" if depth else text for depth, text in LINES))


def page(path: Path) -> Document:
    return read(path / "a.html", "<p>De haven:<ul><li>meldt elk ongeval;<li>staat niet toe:<ul><li>varen zonder licht;<li>slapen aan boord;</ul>"
                "<li><p>sluit om tien uur.</ul>")


def opendocument(path: Path) -> Document:
    text = [f"<text:p>{text}</text:p>" for _, text in LINES]
    inner = f"<text:list><text:list-item>{text[3]}</text:list-item><text:list-item>{text[4]}</text:list-item></text:list>"
    items = "".join(f"<text:list-item>{item}</text:list-item>" for item in (text[1], text[2] + inner, text[5]))
    return read(path / "a.odt", odt(f"{text[0]}<text:list>{items}</text:list>"))


def styled(path: Path) -> Document:
    return read(word(path / "a.docx", *((("Normal", "List Bullet", "List Bullet 2")[depth], text) for depth, text in LINES)))


def numbered(path: Path) -> Document:
    file = docx.Document()
    for depth, text in LINES:
        properties = file.add_paragraph(text)._p.get_or_add_pPr()
        if depth:
            properties.get_or_add_numPr().get_or_add_numId().val = 1
            properties.numPr.get_or_add_ilvl().val = depth - 1
    file.save(str(path / "a.docx"))
    return read(path / "a.docx")


def pdf(path: Path) -> Document:
    lines = [Set(MARGIN + 20 * depth, 700 - 14 * number, f"{'• ' * bool(depth)}{text}") for number, (depth, text) in enumerate(LINES)]
    return read(path / "a.pdf", drawn(lines))


@pytest.mark.parametrize("made", [markdown, plain, page, opendocument, styled, numbered, pdf])
def test_the_items_of_a_list_in_a_list_keep_both_introductions(tmp_path: Path, made) -> None:
    document = made(tmp_path)
    assert [(one.context, one.text) for one in document.passages if one.kind == "item"] == [
        (OUTER, "meldt elk ongeval;"), (OUTER, "staat niet toe:"), (INNER, "varen zonder licht;"), (INNER, "slapen aan boord;"), (OUTER, "sluit om tien uur.")]
    span = document.passages[3].context_span
    assert span and document.text[slice(*span)].split() == ["De", "haven:", "meldt", "elk", "ongeval;", "staat", "niet", "toe:"]


def test_a_list_in_a_list_without_an_introduction_has_that_of_its_item(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "- Niet toegestaan is:\n    - varen zonder licht;\n- Wel toegestaan is:\n    - varen met licht.\n")
    assert [one.context for one in document.passages] == ["", "Niet toegestaan is:", "", "Wel toegestaan is:"]
    assert all(document.text[slice(*one.context_span)] == one.context for one in document.passages if one.context_span)


def test_introductions_that_follow_one_another_are_one_stretch(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", "De haven:\n- staat niet toe:\n  - varen zonder licht;\n  - slapen aan boord.\n")
    item = document.passages[-1]
    assert item.context_span and " ".join(document.text[slice(*item.context_span)].split()) == item.context == "De haven: staat niet toe:"


def test_what_lies_no_deeper_is_of_the_same_list(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", "De haven:\n- staat niet toe:\n- varen zonder licht;\n- slapen aan boord.\n")
    assert {one.context for one in document.passages[1:]} == {"De haven:"}
