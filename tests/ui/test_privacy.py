import pytest

from ui.privacy import is_bsn, personal_data


def _kinds(question, **kwargs):
    return [(one.kind, question[one.start:one.end]) for one in personal_data(question, **kwargs)]


@pytest.mark.parametrize(("question", "kind", "piece"), [
    ("Wat is er bekend over 123456782?", "bsn", "123456782"),
    ("BSN 1234.56.782 komt in welk dossier voor?", "bsn", "1234.56.782"),
    ("Hoe zit het met V-nummer 2801234567?", "v_number", "2801234567"),
    ("status van 2801234567", "v_number", "2801234567"),
    ("Mag ik 06-12345678 bellen?", "phone", "06-12345678"),
    ("Mag ik +31 6 12345678 bellen?", "phone", "+31 6 12345678"),
    ("Bel 030 123 4567 even", "phone", "030 123 4567"),
    ("mail naar k.bakker@voorbeeld.nl graag", "email", "k.bakker@voorbeeld.nl"),
    ("Heeft mevrouw De Vries recht op opvang?", "name", "mevrouw De Vries"),
    ("Is dhr. Bakker slachtoffer?", "name", "dhr. Bakker"),
    ("Wat gebeurt er met J.P. van Dijk?", "name", "J.P. van Dijk"),
    ("Kan Fatima el Idrissi bedenktijd krijgen?", "name", "Fatima el Idrissi"),
    ("Can Mr Smith stay?", "name", "Mr Smith"),
    ("Is there a permit for Olena Kovalenko?", "name", "Olena Kovalenko")])
def test_what_looks_like_personal_data_is_found(question, kind, piece):
    assert (kind, piece) in _kinds(question)


@pytest.mark.parametrize("question", [
    "Welke trends gelden voor Oekraïense vluchtelingen?", "Which trends apply to Ukrainian refugees?",
    "Wat zegt artikel 273f lid 1 van het Wetboek over 2022?", "Hoeveel slachtoffers waren er in 2019-2021?",
    "Wat kost het: 12.500.000 euro of 123.456,78 euro?", "Gaat het om 123456789 meldingen?",
    "Welke Nederlandse gemeenten doen mee?", "Wat doet het COA op 1 januari 2023?", "Staatsblad 2020, 123"])
def test_ordinary_questions_give_no_warning(question):
    assert _kinds(question) == []


def test_names_of_bodies_that_the_sources_use_are_not_persons():
    question = "Wat doet de Koninklijke Marechaussee?"
    assert _kinds(question) == [("name", "Koninklijke Marechaussee")]
    assert _kinds(question, known={"koninklijke", "marechaussee"}.__contains__) == []


def test_the_eleven_test():
    assert is_bsn("123456782") and is_bsn("12345672") is is_bsn("012345672")
    assert not is_bsn("123456789") and not is_bsn("000000000")


def test_a_million_characters_take_no_time():
    import time

    started = time.perf_counter()
    for text in ("1" * 100_000, "0 " * 50_000, "A." * 50_000, "Aa " * 30_000, "a@" * 50_000, "a." * 50_000 + "@", "van " * 9_000):
        personal_data(text[:2_000])
    assert time.perf_counter() - started < 2
