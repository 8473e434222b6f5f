import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.anchors import Span, Texts, letters, unfit_anchors, unmarked
from eval.questions import Anchor, Question
from ingest.documents import Document

TEXT = "Het water stijgt. De dijk is vier meter hoog. Het water stijgt. De officier beslist."


def texts(*pairs):
    return Texts(Document(doc, "ab" * 32, "Titel", text) for doc, text in pairs)


def slices(fitted, text=TEXT):
    return [text[place.start:place.end] for place in fitted.places]


def test_an_anchor_whose_words_still_stand_at_its_offsets_fits_there_alone():
    fitted = texts(("nota.txt", TEXT)).fit(Anchor("Het water stijgt.", "nota.txt", 46, 63))
    assert (fitted.fit, fitted.places) == ("exact", (Span("nota.txt", 46, 62),))


def test_words_that_moved_are_found_at_the_place_nearest_to_the_old_one():
    fitted = texts(("nota.txt", TEXT)).fit(Anchor("Het water stijgt.", "nota", 60, 77))
    assert fitted.fit == "moved" and [place.start for place in fitted.places] == [46]


def test_without_offsets_every_place_of_the_words_counts():
    fitted = texts(("nota.txt", TEXT)).fit(Anchor("Het water stijgt."))
    assert [place.start for place in fitted.places] == [0, 46]


def test_another_reading_of_the_same_words_fits():
    fitted = texts(("nota.pdf", TEXT)).fit(Anchor("de  dijk is vier-\nmeter  hoog", "nota.pdf", 500, 530))
    assert slices(fitted) == ["De dijk is vier meter hoog"]
    assert slices(texts(("a", "De officier beslist.")).fit(Anchor("De o\ufb03cier beslist", "a")), "De officier beslist.") == ["De officier beslist"]


@pytest.mark.parametrize(("named", "fits"), [
    ("2024/rapport.md", ["2024/rapport.md"]), ("bronnen/2024/rapport.md", ["2024/rapport.md"]), ("2024/rapport", ["2024/rapport.md"]),
    ("rapport.md", ["rapport.md"]), ("rapport", ["2023/rapport.md", "2024/rapport.md", "rapport.md"]),
    ("2025/rapport.md", ["2023/rapport.md", "2024/rapport.md", "rapport.md"])])
def test_of_documents_with_the_same_file_name_the_one_that_is_named_is_meant(named, fits):
    found = texts(*((doc, TEXT) for doc in ("2023/rapport.md", "2024/rapport.md", "rapport.md")))
    assert [place.doc for place in found.fit(Anchor("De dijk is vier meter hoog.", named)).places] == fits
    exact = found.fit(Anchor("De dijk is vier meter hoog.", named, 18, 45))
    assert (exact.fit, exact.places[0].doc) == ("exact", fits[0])


def test_another_document_serves_where_the_named_one_lacks_the_words():
    fitted = texts(("oud.txt", "Niets."), ("nieuw.txt", TEXT)).fit(Anchor("De dijk is vier meter hoog.", "oud.txt", 0, 27))
    assert [place.doc for place in fitted.places] == ["nieuw.txt"]


def test_the_marks_of_list_items_that_the_source_has_and_the_index_does_not_keep_are_passed_over():
    kept = "Een lid wordt ontslagen:\n\nop eigen verzoek;\nbij een andere functie; of\nbij ziekte."
    for quote in ("a. op eigen verzoek;", "- op eigen verzoek;", "a) “op eigen verzoek”;", "a.op eigen verzoek; b. bij een andere functie; of\nc) bij ziekte."):
        assert texts(("wet.md", kept)).fit(Anchor(quote, "wet")).fit == "moved"
    assert texts(("wet.md", kept)).fit(Anchor("a. op verzoek;", "wet")).fit == "unfit"
    assert slices(texts(("wet.md", "a. op eigen verzoek")).fit(Anchor("a. op eigen verzoek", "wet")), "a. op eigen verzoek") == ["a. op eigen verzoek"]


def test_words_inside_a_longer_word_are_not_a_place():
    assert texts(("a", "De dijken zijn hoog.")).fit(Anchor("De dijk", "a")).fit == "unfit"


def test_an_anchor_that_fits_nowhere_is_reported_with_its_question_and_line():
    question = Question("v1", "?", must=((Anchor("De dijk is zes meter hoog.", "nota"), Anchor("Het water stijgt.")),), line=7)
    (fault,) = unfit_anchors([question], texts(("nota.txt", TEXT)))
    assert fault.line == 7 and "v1" in fault.reason and "zes meter" in fault.reason and "nota" in fault.reason


@given(st.text(alphabet="abcde .,-\n", min_size=1, max_size=60), st.data())
def test_what_is_found_has_the_letters_that_were_sought(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    fitted = texts(("a", text)).fit(Anchor(text[start:end]))
    for place in fitted.places:
        assert letters(text[place.start:place.end]) in (letters(text[start:end]), letters(unmarked(text[start:end])))
    whole = (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum())
    if whole and letters(text[start:end]):
        assert fitted.places
