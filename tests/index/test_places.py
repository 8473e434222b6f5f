"""A country and its people share one stem in both languages; ordinary words and other countries do not."""

import pytest

from index.places import territory_stem


@pytest.mark.parametrize("words", [
    ("Oekraïne", "Oekraïense", "Oekraïners", "Ukraine", "Ukrainian", "ukrainians"), ("Syrië", "Syrische", "Syriërs", "Syria", "Syrian"),
    ("Nederland", "Nederlandse", "Dutch"), ("Bulgarije", "Bulgaarse", "Bulgaren", "Bulgaria", "Bulgarian"), ("Italië", "Italiaanse", "Italy", "Italian"),
    ("Vietnam", "Vietnamese", "Vietnamezen"), ("Roemenië", "Roemeense", "Romania", "Romanian"), ("Turkije", "Turken", "Turkey"),
    ("Iran", "Iraanse", "Iranian"), ("Irak", "Iraq", "Irakees", "Iraqi"), ("Cuba", "Cubaanse"), ("Palestina", "Palestijnen", "Palestinian"),
    ("Europa", "Europese", "European")])
def test_names_of_one_place_share_a_stem(words):
    found = {territory_stem(word) for word in words}
    assert len(found) == 1 and found.pop().startswith("@")


@pytest.mark.parametrize("word", ["fiets", "mensenhandel", "uitbuiting", "slachtoffers", "vergunning", "niet", "lets", "de", "", "123", "IND", "wereld"])
def test_an_ordinary_word_is_no_place(word):
    assert territory_stem(word) == ""


@pytest.mark.parametrize(("one", "other"), [("Syrisch", "Oekraïens"), ("Niger", "Nigeria"), ("Slowakije", "Slovenië"), ("Guinee", "Guyana")])
def test_other_places_have_other_stems(one, other):
    assert territory_stem(one) != territory_stem(other)


@pytest.mark.parametrize(("word", "stem"), [
    ("Litouwse", "@lt"), ("Oezbeken", "@uz"), ("Portugezen", "@pt"), ("Eritreeërs", "@er"), ("Iranian", "@ir"), ("letten", ""), ("lets", "")])
def test_peoples_whose_names_follow_no_rule(word, stem):
    assert territory_stem(word) == stem
