"""A document read through: its outline beside its text, exactly the quoted words marked, all of it text."""

import re
from dataclasses import replace
from html import unescape

from ingest.documents import Section
from tests.ui.fakes import document
from ui.document_html import document_html, reading_page

TEXT = "Vooraf.\nDe kust\nDe dijk <b>houdt</b>. Het peil stijgt.\nHet land\nDe polder <script>x</script> zakt."


def _document():
    coast, land = TEXT.index("De kust"), TEXT.index("Het land")
    return replace(document("nota.md", TEXT, publisher="Rijk & land", published="2024-05-01"), title="Nota <i>",
                   sections=(Section(("De kust",), coast, land), Section(("De kust", "Het land"), land, len(TEXT))))


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html[html.index("<main"):]))


def test_the_text_is_there_whole_in_its_order_with_an_outline_of_links():
    html = reading_page(_document(), (0, 0), "nl")
    assert "".join(_text(html).split()) == "".join(TEXT.split())
    assert re.findall(r'href="#(s\d)"', html) == ["s0", "s1"] == re.findall(r'<section class="text" id="(s\d)"', html)
    assert '<nav class="outline" aria-label="Inhoud">' in html and "<mark" not in html and '<html lang="nl">' in html


def test_exactly_the_quotation_is_marked_in_a_sentence_or_over_a_heading():
    for quote in ("De dijk <b>houdt</b>.", "stijgt.\nHet land\nDe polder"):
        start = TEXT.index(quote)
        html = reading_page(_document(), (start, start + len(quote)), "en")
        marked = "".join(unescape(found) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.S))
        assert "".join(marked.split()) == "".join(quote.split()) and html.count('id="mark"') == 1


def test_a_span_that_is_not_in_the_text_marks_nothing():
    for span in ((5, 5), (9, 3), (10_000, 10_001)):
        assert "<mark" not in reading_page(_document(), span, "nl")


def test_what_the_document_says_makes_no_element():
    html = reading_page(_document(), (0, 4), "nl")
    body = html[html.index("<body"):]
    assert "<script" not in body and "<b>" not in body and "<i>" not in body and "Rijk &amp; land" in body and "http" not in body


def test_the_list_shows_hidden_text_repairs_and_passages_that_are_not_quoted_in_words():
    from ingest.blocks import Remark

    one = _document()
    remarks = (Remark("quarantined", "text that no reader sees: white on white", "geheime opdracht", 3), Remark("repaired", "hidden text"),
               Remark("left_out", "running head, foot or page number", "14", 14))
    html = document_html(replace(one, remarks=remarks, passages=(replace(one.passages[0], quotable=False),)), "nl")
    shown = unescape(re.sub(r"<[^>]+>", "", html))
    assert "1 verborgen tekst apart gezet, 1 hersteld, 1 weggelaten" in shown
    assert "tekst die geen lezer ziet: wit op wit: geheime opdracht (p. 3)" in shown and "1 passage wordt niet geciteerd" in shown
    assert "Rijk & land · 2024-05-01" in shown and "voor iedereen" in shown
