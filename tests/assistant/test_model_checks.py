"""Every sentence of a model is checked against the quotations that it names; one that strays is left out and counted."""

import json

import pytest

from assistant.writing.checking.crossing import other
from ingest.language import language_of
from tests.assistant.scripted import GOOD, QUOTES, about, about_first, lobith, quotations, raw, says, written


def test_a_faithful_sentence_is_shown_with_the_number_of_its_quotation():
    generated, script = written(about_first(GOOD))
    assert [(one.text, one.rests_on) for one in generated.sentences] == [(GOOD, (1,))]
    assert (generated.notice, generated.dropped, generated.model) == ("", (), "scripted")
    assert script.requests[0]["authorization"] == "Bearer geheim"


@pytest.mark.parametrize(("text", "reason"), [
    ("Bij Lobith steeg het waterpeil in 2021 met 60 procent.", "number"),
    ("Bij Lobith steeg het waterpeil in 2021 met 40.", "number"),
    ("Bij Lobith steeg het waterpeil drie keer.", "number"),
    ("Bij Nijmegen steeg het waterpeil in 2021.", "name"),
    ("Bij Lobith daalde het waterpeil, zegt België.", "name"),
    ("Jansen meldt dat het waterpeil bij Lobith steeg.", "name"),
    ("Bij Lobith steeg het waterpeil niet in 2021.", "negation"),
    ("Bij Lobith daalt het waterpeil in 2021.", "direction"),
    ("Het waterpeil bij Lobith “steeg met 40 procent”.", "quotation_marks"),
    ("At Lobith the water level rose in 2021.", "language"),
    ("Der Wasserstand bei Lobith stieg im Jahr 2021 deutlich an.", "language"),
    ("<b>Lobith</b> kreeg in 2021 meer water.", "markup"),
    ("Zie https://lobith.example voor het waterpeil.", "markup"),
    ("![x](http://evil.example/x.png) Lobith steeg.", "markup"),
    ("Het waterpeil bij Lobith steeg in 2021 met 40 procent.", "copy"),
    ("Steeg het waterpeil bij Lobith in 2021?", "shape"), ("Het waterpeil bij Lobith", "shape"),
    ("De bronnen zeggen wat er bij Lobith steeg.", "meta"), ("Ik ben een assistent en help met Lobith.", "meta"),
    ("Niveau wody w Lobith w roku 2021 wzrasta.", "language"),
    ("Het kabinet wil bij Lobith nieuwe woningen en scholen bouwen.", "support"), ("Dat is er daar ook.", "support"),
    ("Bij Lobith steeg het waterpeil" + " en het waterpeil steeg" * 20 + ".", "length"),
])
def test_an_unfaithful_sentence_is_left_out_and_counted(text, reason):
    generated, _ = written(about_first(text))
    assert generated.sentences == ()
    assert dict(generated.dropped) == {reason: 1}
    assert generated.notice == "nothing_left"


@pytest.mark.parametrize(("text", "reason"), [
    ("De gemeente heeft de dijk verhoogd.", "negation"), ("Geen gemeente heeft de dijk nog verhoogd in 2022.", "number")])
def test_a_dropped_negation_is_left_out(text, reason):
    generated, _ = written(about(2, text))
    assert dict(generated.dropped) == {reason: 1}


def test_a_lost_reservation_is_left_out():
    generated, _ = written(says("Er is schade aan de kade."), to=lobith(QUOTES[2]))
    assert dict(generated.dropped) == {"hedge": 1}


def test_an_invented_id_is_left_out():
    generated, _ = written(says(GOOD, ids=["E1"]), to=lobith())
    assert dict(generated.dropped) == {"unknown_id": 1}
    generated, _ = written(says(GOOD, ids=[]))
    assert dict(generated.dropped) == {"no_id": 1}


def test_the_good_sentence_among_bad_ones_is_kept():
    generated, _ = written(says(GOOD, "Bij Lobith steeg het waterpeil in 2021 met 99 procent."), to=lobith(QUOTES[0]))
    assert [one.text for one in generated.sentences] == [GOOD]
    assert dict(generated.dropped) == {"number": 1}


SHELTER = "The municipality does not provide shelter to workers who have not been registered, unless they are minors."
GLOSSES = (("De politie beschuldigt de gemeente van nalatigheid.", "The police accuse the municipality of negligence.", True),
           ("De politie beschuldigt de gemeente van nalatigheid.", "The municipality accuses the police of negligence.", False),
           ("De politie beschuldigt de gemeente van nalatigheid.", "The police do not accuse the municipality of negligence.", False),
           ("Volgens de raad zijn kinderen mogelijk slachtoffer.", "According to the council, children are possibly victims.", True),
           ("Volgens de raad zijn kinderen mogelijk slachtoffer.", "Children are victims.", False),
           ("In 2021 waren er 40 slachtoffers.", "In 2021 there were 40 victims.", True),
           ("In 2021 waren er 40 slachtoffers.", "In 2021 there were forty-one victims.", False),
           (SHELTER, "De gemeente verstrekt geen opvang aan werknemers die niet zijn geregistreerd, tenzij zij minderjarig zijn.", True),
           (SHELTER, "De gemeente verstrekt opvang aan werknemers die niet zijn geregistreerd, tenzij zij minderjarig zijn.", False),
           (SHELTER, "De gemeente verstrekt geen opvang aan werknemers die niet zijn geregistreerd, als zij minderjarig zijn.", False),
           ("Slachtoffers mogen niet worden uitgezet, tenzij zij daarmee instemmen.", "Victims may not be expelled, unless they agree to it.", True),
           ("Slachtoffers mogen niet worden uitgezet, tenzij zij daarmee instemmen.", "Victims may be expelled, unless they agree to it.", False),
           ("Workers may not be detained without a warrant.", "Werknemers mogen worden vastgehouden zonder bevel.", False),
           ("Victims shall not be punished if they were forced.", "Slachtoffers worden niet gestraft als zij zijn gedwongen.", True),
           ("De werkgever moet de werknemer registreren, als deze minderjarig is.", "The employer registers the employee, if he is a minor.", False),
           ("Shelter is not provided, unless the victim is a minor.", "Opvang wordt niet verstrekt, tenzij het slachtoffer minderjarig is.", True),
           ("De rapporteur ontkent dat de opvang vol is.", "The rapporteur denies that the shelter is full.", True),
           ("Oekraïners toenemend kwetsbaar.", "Ukrainians increasingly vulnerable.", True),
           ("Oekraïners toenemend kwetsbaar.", "Russians increasingly vulnerable.", False),
           ("De opvang in Utrecht is vol.", "The sun is shining and the birds sing.", False))


@pytest.mark.parametrize(("quote", "text", "shown"), GLOSSES)
def test_a_translation_is_shown_when_it_has_all_of_its_original_and_no_more(quote, text, shown):
    generated, _ = written(raw('{"text": "x"}'), says(text), to=lobith(quote, language=other(language_of(quote))))
    assert [one.text for one in generated.glosses] == ([text] if shown else [])


def test_a_quotation_in_the_other_language_gets_a_checked_translation():
    quotes = ("De gemeente heeft de dijk bij Lobith niet verhoogd.", "In 2021 waren er 40 meldingen.")

    def act(handler, body):
        first, second = (one["id"] for one in quotations(body))
        raw(json.dumps({"translations": [{"text": "The municipality has not raised the dike at Lobith.", "ids": [first]},
                                         {"text": "In 2021 there were 400 reports.", "ids": [second]}]}))(handler, body)

    generated, _ = written(raw('{"text": "x"}'), act, to=lobith(*quotes, language="en"))
    assert [(one.n, one.text) for one in generated.glosses] == [(1, "The municipality has not raised the dike at Lobith.")]
    assert dict(generated.dropped) == {"no_id": 1, "number": 1}
