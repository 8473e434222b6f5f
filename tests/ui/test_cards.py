"""The rendering of answers: everything that comes from a source or a user is shown as text, and the marks are exact."""

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Place, Reading, Scope
from tests.ui.fakes import answer, document, evidence
from ui.asking import Conversation, Turn
from ui.cards import answer_html, card_html, chips_html, filter_words, reference
from ui.document_html import documents_html
from ui.strings import scope_line

HOSTILE = ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><b onmouseover=alert(1)>x', "' onclick='alert(1)",
           '<form action="http://elders.example"><input></form>', '</blockquote></article><h1>x', "<!-- open", "&lt;b&gt;",
           "![beeld](http://elders.example/x.png)", "[klik](javascript:alert(1))", "links \u202etfel\u202c \u200fweg\u2067 x"]
OWN_TAGS = {"section", "p", "span", "bdi", "div", "h2", "h3", "article", "blockquote", "button", "details", "summary", "mark", "ul", "li",
            "figure", "img", "a", "form", "fieldset", "legend", "label", "input", "textarea", "i", "nav", "output"}


class Reader(HTMLParser):
    """Collects the elements, attributes and text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(sorted(attributes))) for tag, attributes in read(html).elements]


def everywhere(text: str) -> str:
    """An answer that holds the text in every place that a source or a user can fill."""
    place = Place(text, "ab" * 32, text, text, 3, 0, len(text))
    one = evidence(quote=text, why=text, context=text, also=(place,))
    return answer_html(answer(text, text=text, evidence=(one,), near=(one,),
                              understood=Reading(text + " anders", "list", ((text, text),), (("section", text),), ((text, (text,)),))),
                       {"nota.txt": document("nota.txt", text * 5)})


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_source_or_user_says_makes_no_element_and_no_attribute(text: str):
    assert shape(everywhere(text)) == shape(everywhere("gewoon"))


@given(st.text(max_size=60).filter(str.strip))
@settings(max_examples=60, deadline=None)
def test_no_text_at_all_changes_the_elements_of_a_turn(text: str):
    assert {tag for tag, _ in read(everywhere(text)).elements} <= OWN_TAGS
    assert shape(everywhere("x" + text)) == shape(everywhere("gewoon"))


@pytest.mark.parametrize("text", HOSTILE)
def test_the_quotation_is_shown_to_the_character(text: str):
    html = card_html(evidence(quote=text), "nl", {})
    shown = re.search(r"<blockquote[^>]*><bdi>(.*?)</bdi></blockquote>", html, re.S)
    assert shown and unescape(shown[1]) == text


def test_text_of_the_other_direction_stays_within_its_own_run():
    html = everywhere("\u202eomgekeerd")
    for found in re.finditer("\u202e", html):
        before = html[:found.start()]
        inside_attribute = before.rfind('="') > before.rfind('"', 0, before.rfind('="') + 1) and before.rfind(">") < before.rfind("<")
        assert inside_attribute or before.rfind("<bdi>") > before.rfind("</bdi>"), before[-80:]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_list_of_documents_shows_names_and_remarks_as_text(text: str):
    from dataclasses import replace

    from ingest.blocks import Remark

    def listed(said: str) -> str:
        one = replace(document(said, said, publisher=said, published=said), title=said, remarks=(Remark("left_out", said, said),))
        return documents_html([one], "nl")

    assert shape(listed(text)) == shape(listed("gewoon"))


def test_the_copied_reference_fits_a_memo():
    html = card_html(evidence(quote='Water "stijgt".'), "nl", {})
    copied = next(attributes["data-copy"] for tag, attributes in read(html).elements if "data-copy" in attributes)
    assert copied == '“Water "stijgt".” (Nota water, p. 14, 1 > 1.2 Kust)'


def test_under_what_a_quotation_stands_is_copied_on_a_line_of_its_own_above_it():
    html = card_html(evidence(quote="Nagelstudio's | 5", context="Sector | Onderzoeken"), "nl", {})
    copied = next(attributes["data-copy"] for tag, attributes in read(html).elements if "data-copy" in attributes)
    assert copied == "Onder Sector | Onderzoeken\n“Nagelstudio's | 5” (Nota water, p. 14, 1 > 1.2 Kust)"


def test_a_place_without_a_page_is_named_without_one():
    place = Place("a.md", "ab" * 32, "Nota", "", None, 0, 3)
    assert reference(place, "nl") == reference(place, "en") == "Nota"


def test_the_words_of_the_mark_are_the_quotation():
    text = "Eerst dit. Water <b>stijgt</b>. Dan dat."
    quote = "Water <b>stijgt</b>."
    one = evidence(quote=quote)
    placed = type(one)(1, quote, Place("nota.txt", "ab" * 32, "Nota", "", None, text.index(quote), text.index(quote) + len(quote)), 0.9, "p")
    html = card_html(placed, "nl", {"nota.txt": document("nota.txt", text)})
    assert unescape(re.search(r"<mark[^>]*>(.*?)</mark>", html, re.S)[1]) == quote
    shown = read(html).text
    assert "Eerst dit." in shown and "Dan dat." in shown


def test_a_source_that_the_user_may_not_see_is_not_opened():
    html = card_html(evidence(), "nl", {})
    assert "<mark" not in html


@pytest.mark.parametrize(("status", "nl", "en"), [
    ("answered", "Antwoord uit de bronnen", "Answer from the sources"), ("related", "Geen antwoord, wel verwant", "No answer, but related"),
    ("not_found", "Niet gevonden", "Not found"), ("out_of_scope", "Geen vraag aan de bronnen", "Not a question to the sources")])
def test_the_status_is_said_in_words_in_the_language_of_the_answer(status: str, nl: str, en: str):
    for language, words in (("nl", nl), ("en", en)):
        html = answer_html(answer(status=status, language=language, evidence=(), near=(evidence(),)), {})
        assert words in read(html).text and f'lang="{language}"' in html


def test_the_scope_line_says_how_much_was_looked_at():
    assert scope_line(answer(scope=Scope(1, 24, 24, 3))) == "24 van 24 passages in 1 document bekeken, 3 gaan hierover."
    assert scope_line(answer(scope=Scope(2, 9, 9, 1), language="en")) == "9 of 9 passages in 2 documents looked at, 1 speaks to this."


def test_near_misses_are_folded_away_and_counted():
    html = answer_html(answer(near=(evidence(1), evidence(2))), {})
    folded = re.search(r'<details class="near"[^>]*>.*', html, re.S)[0]
    assert "Net niet geciteerd (2)" in folded and folded.count("<article") == 2


def test_an_answer_without_near_misses_says_nothing_of_them():
    assert 'class="near"' not in answer_html(answer(), {})


def test_a_term_that_was_added_and_a_typing_error_that_was_read_are_shown():
    understood = Reading("Wat stijgt?", "fact", (("stijtg", "stijgt"),), (), (("zee", ("oceaan", "water")),))
    shown = read(answer_html(answer("Wat stijtg?", understood=understood), {})).text
    assert "Gelezen als: stijgt" in shown and "oceaan, water (zee)" in shown


def test_each_chip_asks_the_question_without_it():
    understood = Reading("Wat stijgt er in Drenthe?", "fact", (("stijtg", "stijgt"),), (("section", "1.2"), ("document", "a.md")), (("zee", ("oceaan",)),))
    buttons = [json.loads(attributes["data-wish"]) for _, attributes in
               read(chips_html("Wat stijtg?", understood, "nl", literal=("dijk",))).elements if "data-wish" in attributes]
    both = [["section", "1.2"], ["document", "a.md"]]
    assert {one["question"] for one in buttons} == {"Wat stijtg?"}
    assert [(one["filters"], one["literal"], one["alone"]) for one in buttons] == [
        (both, ["dijk", "stijtg"], False), (None, ["dijk", "Wat stijtg?"], True), ([both[1]], ["dijk"], False), ([both[0]], ["dijk"], False),
        (both, ["dijk", "zee"], False)]


def test_what_was_left_out_and_what_was_asked_of_a_document_by_its_title_is_shown_and_can_be_taken_off():
    titled = tuple(("Edam", f"Jaarplan {year} Edam") for year in (2021, 2022, 2023, 2024))
    understood = Reading("Wat stijgt er in Edam, naast koks en Polen?", "fact", left_out=("koks", "Polen"), titled=titled)
    html = chips_html("Wat stijgt er in Edam, naast koks en Polen?", understood, "nl", literal=("dijk",))
    assert "Buiten beschouwing gelaten: koks, Polen" in html
    assert "Ook gevraagd aan: Jaarplan 2021 Edam; Jaarplan 2022 Edam; Jaarplan 2023 Edam; … (Edam)" in html
    wishes = [json.loads(attributes["data-wish"]) for _, attributes in read(html).elements if "data-wish" in attributes]
    assert [wish["literal"] for wish in wishes] == [["dijk", "koks", "Polen"], ["dijk", "Edam"]]


def test_a_question_asked_alone_stays_so_when_another_chip_is_taken_off():
    understood = Reading("En in Drenthe?", "fact", (("Drente", "Drenthe"),), (("section", "1.2"),), (("zee", ("oceaan",)),))
    wishes = [json.loads(attributes["data-wish"]) for _, attributes in
              read(answer_html(answer("En in Drente?", understood=understood), {}, alone=True)).elements if "data-wish" in attributes]
    assert [wish["alone"] for wish in wishes] == [True, True, True]


def test_no_documents_is_said():
    assert "nog geen bronnen" in documents_html([], "nl") and "no sources yet" in documents_html([], "en")


def test_quotations_are_offered_as_csv_only_where_there_are_quotations():
    answered, refused = (answer_html(answer("Wat stijgt?", evidence=quoted), {}, key="sleutel") for quoted in ((evidence(1, "De zee stijgt."),), ()))
    assert all("kind=docx" in html and "kind=md" in html for html in (answered, refused))
    assert "kind=csv" in answered and "kind=csv" not in refused
    whole = [Conversation().after(Turn("a", refused, "een", False)).after(Turn("b", answered, "twee", quoted)).html("nl") for quoted in (True, False)]
    assert ["kind=csv&amp;answers=een,twee" in html for html in whole] == [True, False]


def test_another_file_of_the_same_title_page_and_section_is_told_apart_by_its_name():
    one = evidence(1, "De zee stijgt.")
    also = replace(one.place, doc="kopie/" + one.place.doc)
    said = read(card_html(replace(one, also=(also, replace(also, section="2 Elders"))), "nl", {})).text
    assert said.count(f"({also.doc})") == 1 and f"{reference(also, 'nl')} ({also.doc})" in said


def test_a_question_for_signals_alone_says_so():
    assert [filter_words(("kind", "signal"), language) for language in ("nl", "en")] == ["Alleen signalen", "Only signals"]
