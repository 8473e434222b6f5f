"""What is worked out of a sentence for the decision: here the names of places, peoples and organisations in it and in the question."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.bridge import bundled_bridge
from assistant.candidates import FEATURES, about_an_unnamed_kind, candidates, of_that_people, of_the_named, rank, says_something
from assistant.corpus import Corpus
from assistant.settings import FusionSettings
from assistant.understanding import Vocabulary, understand
from index.source_index import SourceIndex
from index.update import update
from tests.real import real_encoder

SIGNALS = """# Haven en zorg

- In Drenthe verdwijnen jongeren uit de opvang.
- Het Leger des Heils ziet meer daklozen in de winter.
- Jongeren verdwijnen uit de opvang na een bezoek.
- Koerdische en Syrische mannen werken in de haven van Vlissingen.
- Oekraïners werken vaker in de haven.
- Er slapen Oekraïense vluchtelingen in de loods.
- Criminele uitbuiting groeit in de haven.
- Oekraïne
"""
DRENTHE, ARMY, NOWHERE, PORT, PEOPLE, REFUGEES, CRIME, COUNTRY = (line.removeprefix("- ") for line in SIGNALS.splitlines() if line.startswith("- "))
EVERY = {DRENTHE, ARMY, NOWHERE, PORT, PEOPLE, REFUGEES, CRIME, COUNTRY}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder, encoder = tmp_path_factory.mktemp("index"), real_encoder()
    (folder / "bron.md").write_text(SIGNALS, encoding="utf-8")
    update(folder / "index", [folder / "bron.md"], encoder=encoder)
    index = SourceIndex.open(folder / "index", encoder=encoder)
    return Corpus.of(index.view(None), folder=index.folder, encoder=encoder)


def features(question, sentence, corpus):
    understood = understand(question, history=(), vocabulary=Vocabulary.of(corpus.view), bridge=bundled_bridge())
    ranking = rank(understood, corpus, real_encoder(), allowed=np.ones(len(corpus.view.sentence_owner), dtype=bool), fusion=FusionSettings())
    found = {corpus.view.sentence_text(one.row): one.features for one in candidates(ranking, understood, corpus, bundled_bridge())}
    return dict(zip(FEATURES, found[sentence], strict=True))


@pytest.mark.parametrize(("question", "sentence", "other"), [
    ("Verdwijnen jongeren in Drenthe uit de opvang?", DRENTHE, 0), ("Verdwijnen jongeren in Flevoland uit de opvang?", DRENTHE, 1),
    ("Do young people disappear from shelters in Friesland?", DRENTHE, 1), ("Do young people disappear from shelters in the northern provinces?", DRENTHE, 0),
    ("Verdwijnen jongeren in Flevoland uit de opvang?", NOWHERE, 0), ("Verdwijnen jongeren in Nederland uit de opvang?", DRENTHE, 0),
    ("Ziet het Leger des Heils meer daklozen?", ARMY, 0), ("Does the Salvation Army see more homeless people?", ARMY, 0),
    ("Ziet FairWork meer daklozen?", ARMY, 1), ("Welke signalen gaan over Syrische en Afghaanse mannen?", PORT, 0),
    ("Werken Oekraïense vluchtelingen in de haven?", PEOPLE, 0), ("Do Ukrainian refugees work in the port?", PEOPLE, 0),
    ("Werken Oekraïense vluchtelingen in de haven?", PORT, 1), ("Werken Afghaanse mannen in de haven?", PORT, 1),
    ("Werken Syrische mannen in de haven van Rotterdam?", PORT, 1), ("Slapen er Syrische vluchtelingen in de loods?", REFUGEES, 1),
    ("Do Ukrainian refugees sleep in the shed?", REFUGEES, 0),
    ("Groeit seksuele uitbuiting in de haven?", CRIME, 1), ("Is online exploitation growing in the port?", CRIME, 0),
    ("Is sexual exploitation growing in the port?", CRIME, 1),
    ("Which forms of exploitation besides sexual exploitation grow in the port?", CRIME, 0), ("Groeit uitbuiting in de haven?", CRIME, 0),
    ("Is criminal exploitation growing in the port?", CRIME, 0), ("Groeit gedwongen criminaliteit in de haven?", CRIME, 0)])
def test_a_sentence_about_another_place_or_organisation_is_seen(question, sentence, other, corpus):
    assert features(question, sentence, corpus)["other_name"] == other


@pytest.mark.parametrize(("question", "kept"), [
    ("Welke signalen gaan over Oekraïense vluchtelingen?", {PEOPLE, REFUGEES, COUNTRY}), ("Welke signalen gaan over Somalische vluchtelingen?", set()),
    ("Which signals of Somali refugees are there?", set()), ("Which signals of Ukrainian refugees are there?", {PEOPLE, REFUGEES, COUNTRY}),
    ("Werken Somalische vluchtelingen in de haven?", EVERY), ("Hoeveel jongeren verdwenen er in 2031?", set()),
    ("Noem drie voorbeelden van jongeren die verdwijnen", EVERY),
    ("Welke signalen gaan over de opvang?", EVERY), ("Which signals concern victims from outside Ukraine?", EVERY),
    ("Welke signalen gaan over vluchtelingen uit Europa?", EVERY),
    ("How long may a Somali victim work in the port?", EVERY), ("Welke signalen gaan over Oekraïners en jongeren?", EVERY)])
def test_a_list_about_a_name_leaves_out_what_does_not_hold_it(question, kept, corpus):
    understood = understand(question, history=(), vocabulary=Vocabulary.of(corpus.view), bridge=bundled_bridge())
    ranking = rank(understood, corpus, real_encoder(), allowed=np.ones(len(corpus.view.sentence_owner), dtype=bool), fusion=FusionSettings())
    left = [corpus.view.sentence_text(one.row) for one in of_the_named(candidates(ranking, understood, corpus, bundled_bridge()), understood)]
    assert set(left) == kept


@pytest.mark.parametrize(("question", "left_out"), [
    ("Werken Irakezen in de haven?", {PORT, PEOPLE, REFUGEES, COUNTRY}), ("Werken Koerden en Syriërs in de haven?", set()),
    ("Do Syrian men work in the port?", {PEOPLE, REFUGEES, COUNTRY}), ("Werken er anderen dan Syriërs in de haven?", set()),
    ("Verdwijnen Syrische en Irakese jongeren?", set())])
def test_what_is_said_of_another_people_is_left_out(question, left_out, corpus):
    understood = understand(question, history=(), vocabulary=Vocabulary.of(corpus.view), bridge=bundled_bridge())
    ranking = rank(understood, corpus, real_encoder(), allowed=np.ones(len(corpus.view.sentence_owner), dtype=bool), fusion=FusionSettings())
    left = of_that_people(candidates(ranking, understood, corpus, bundled_bridge()), understood, corpus, bundled_bridge())
    assert {corpus.view.sentence_text(one.row) for one in left} == EVERY - left_out


@pytest.mark.parametrize(("question", "something"), [
    ("Welke signalen gaan over Oekraïense vluchtelingen?", False), ("Welke landen worden genoemd?", True), ("Welke landen in Oost-Europa zijn er?", True),
    ("Is er iets over Oekraïne?", True)])
def test_the_bare_name_that_is_asked_about_says_nothing(question, something, corpus):
    understood = understand(question, history=(), vocabulary=Vocabulary.of(corpus.view), bridge=bundled_bridge())
    ranking = rank(understood, corpus, real_encoder(), allowed=np.ones(len(corpus.view.sentence_owner), dtype=bool), fusion=FusionSettings())
    said = {corpus.view.sentence_text(one.row): says_something(one, replace(understood, kind="yesno" if question.startswith("Is ") else understood.kind),
                                                               corpus, bundled_bridge()) for one in candidates(ranking, understood, corpus, bundled_bridge())}
    assert said[COUNTRY] == something and said[PEOPLE] and said[NOWHERE]


def test_the_name_of_a_neighbour_does_not_cover_a_name(corpus):
    assert features("Verdwijnen jongeren in Drenthe?", DRENTHE, corpus)["names_own"] == 1
    assert features("Verdwijnen jongeren in Flevoland?", DRENTHE, corpus)["names_own"] == 0


@pytest.mark.parametrize(("question", "unnamed"), [
    ("Wat wordt gezegd over uitbuiting in de tuinbouw?", True), ("What is said about exploitation in car washes?", True),
    ("Welke trends zijn er rond orgaanhandel?", True), ("Welke signalen gaan over criminele uitbuiting?", False),
    ("Welke signalen gaan over criminele uitbuiting in de horeca?", False),  # something is said of one of the two
    ("Welke signalen gaan over jongeren?", False), ("What are the drivers of exploitation?", False), ("Krijgt een jongere vervoer naar de opvang?", False)])
def test_a_sector_or_form_that_nothing_names_is_seen(question, unnamed, corpus):
    understood = understand(question, history=(), vocabulary=Vocabulary.of(corpus.view), bridge=bundled_bridge())
    every = np.ones(len(corpus.view.sentence_owner), dtype=bool)
    ranking = rank(understood, corpus, real_encoder(), allowed=every, fusion=FusionSettings())
    assert about_an_unnamed_kind(understood, ranking, every, bundled_bridge()) == unnamed


def test_what_only_stands_where_the_filters_do_not_look_names_nothing(corpus):
    understood = understand("Welke signalen gaan over criminele uitbuiting?", history=(), vocabulary=Vocabulary.of(corpus.view), bridge=bundled_bridge())
    elsewhere = np.array([corpus.view.sentence_text(row) != CRIME for row in range(len(corpus.view.sentence_owner))])
    ranking = rank(understood, corpus, real_encoder(), allowed=elsewhere, fusion=FusionSettings())
    assert about_an_unnamed_kind(understood, ranking, elsewhere, bundled_bridge())
