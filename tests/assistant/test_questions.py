"""How a question is read: conditions become filters, follow-ups stand alone, false premises are seen; and its language."""

from collections import Counter
from dataclasses import replace

import pytest

from assistant.bridge import bundled_bridge
from assistant.directions import opposed
from assistant.filters import find_filters
from assistant.followups import complete
from assistant.function_words import without_preamble
from assistant.premises import denies, of_another_year
from assistant.question_kinds import kind_of
from assistant.understanding import Vocabulary, terms_of, understand
from ingest.language import language_of

SOURCES = Vocabulary(
    words=Counter(), surfaces={}, sections=("2.4 Havens", "2.4 Havens > Nachtwerk", "3 Zorg", "Artikel 5. Taken", "Online lokken"),
    documents=(("brief-partners.md", "CONCEPT – Brief aan de partners"), ("map/visserij.csv", "Register visserij"), ("w.md", "Wet op de havens")),
    audiences=("gemeenten", "zorg"), dated=True)


@pytest.mark.parametrize(("question", "expected", "left"), [
    ("Welke signalen staan in paragraaf 2.4?", ("section", "2.4 Havens"), "Welke signalen staan  ?"),
    ("What does section 3 say about care?", ("section", "3 Zorg"), "What does   say about care?"),
    ("Noem alles uit 2.4 Havens", ("section", "2.4 Havens"), "Noem alles  "),
    ("Wat staat onder Nachtwerk?", ("section", "2.4 Havens > Nachtwerk"), "Wat staat  ?"),
    ("Wat regelt artikel 5?", ("section", "Artikel 5. Taken"), "Wat regelt  ?"),
    ("Wat kost een pas (artikel 5) in de haven?", None, "Wat kost een pas (artikel 5) in de haven?"),
    ("Wat kost een pas voor wie onder artikel 5, onder c valt?", None, "Wat kost een pas voor wie onder artikel 5, onder c valt?"),
    ("Wie krijgt een pas op grond van artikel 5?", None, "Wie krijgt een pas op grond van artikel 5?"),
    ("Wat staat in artikel 5, onder c?", ("section", "Artikel 5. Taken"), "Wat staat  , onder c?"),
    ("Wat zegt de brief over loon?", ("document", "brief-partners.md"), "Wat   over loon?"),
    ("What does the act say?", ("document", "w.md"), "What   say?"),
    ("Wat staat in visserij?", None, "Wat staat in visserij?"),
    ("Wat staat in het Register visserij?", ("document", "map/visserij.csv"), "Wat  ?"),
    ("Wat speelt er sinds 2023?", ("since", "2023-01-01"), "Wat speelt er  ?"),
    ("Wat geldt voor gemeenten?", ("audience", "gemeenten"), "Wat geldt  ?"),
    ("Wat geldt volgens artikel 2.4 lid 1?", None, "Wat geldt volgens artikel 2.4 lid 1?"),
    ("Wat geldt volgens artikel 17f, paragraaf 2?", None, "Wat geldt volgens artikel 17f, paragraaf 2?"),
    ("What applies under article 17f paragraph 2?", None, "What applies under article 17f paragraph 2?"),
    ("Wat staat in paragraaf 9?", ("section", "9"), "Wat staat  ?"),
    ("What does article 5 say?", ("section", "Artikel 5. Taken"), "What does   say?"),
    ("Wat staat er volgens het register?", ("document", "map/visserij.csv"), "Wat staat er  ?"),
    ("Wat geldt voor havens?", None, "Wat geldt voor havens?"),
    ("Wat zeggen de bronnen over loon in de brief?", ("document", "brief-partners.md"), "Wat zeggen de bronnen over loon  ?"),
    ("Welk deel van de baten moet volgens het register naar loodsen gaan?", ("document", "map/visserij.csv"),
     "Welk deel van de baten moet   naar loodsen gaan?"),
    ("Who may be searched when caught in the act?", None, "Who may be searched when caught in the act?"),
    ("Who may act in the interest of the law?", None, "Who may act in the interest of the law?"),
])
def test_a_condition_becomes_a_filter_only_where_the_sources_have_it(question, expected, left):
    filters, rest = find_filters(question, SOURCES)
    assert [(one.field, one.value) for one in filters] == ([expected] if expected else [])
    assert rest == left


def test_the_words_of_a_condition_on_dates_or_readers_do_not_steer_the_search():
    dated = understand("Wat speelt er sinds 2023 in de havens voor gemeenten?", history=[], vocabulary=SOURCES, bridge=bundled_bridge())
    assert (dated.put, len(dated.filters)) == ("Wat speelt er in de havens?", 2)
    bare = replace(SOURCES, documents=(("rietbeek.md", "Jaarplan Rietbeek"), ("leerplichtwet.md", "Leerplichtwet")))
    for question, put in {"Wie betaalt het loon van Rietbeek?": "Wie betaalt het loon?", "Wie gaat volgens de Leerplichtwet naar school?": ""}.items():
        read = understand(question, history=[], vocabulary=bare, bridge=bundled_bridge())
        assert read.filters and read.put == (put or question)
    named = understand("Wat zegt de brief over loon?", history=[], vocabulary=SOURCES, bridge=bundled_bridge())
    assert named.put == named.text


@pytest.mark.parametrize(("question", "dates", "of_signals"), [
    ("Welke signalen zijn er vóór 2023?", ("", "2022-12-31"), False), ("What was said before 2023?", ("", "2022-12-31"), False),
    ("Wat is er gezegd tot 2023?", ("", "2023-12-31"), False), ("Wat is het budget voor 2023?", ("", "2023-12-31"), False),
    ("Wat speelt er na 2023?", ("2024-01-01", ""), False), ("What came after 2023?", ("2024-01-01", ""), False),
    ("Wat speelt er na begin 2023?", ("2023-01-01", ""), False), ("Wat speelt er vanaf 2023?", ("2023-01-01", ""), False),
    ("Welke signalen zijn er in 2022?", ("2022-01-01", "2022-12-31"), True), ("Which signals are from 2022?", ("2022-01-01", "2022-12-31"), True),
    ("Welke signalen uit 2022 gaan over mist?", ("2022-01-01", "2022-12-31"), True),
    ("Welke signalen zijn er tussen 2022 en 2023?", ("2022-01-01", "2023-12-31"), True),
    ("Welke signalen zijn er van 2022 tot en met 2023?", ("2022-01-01", "2023-12-31"), True),
    ("Which signals on fog are there in 2021, 2022 or 2024?", ("2021-01-01", "2024-12-31"), True),
    ("Welke signalen over mist zijn er van 2021 tot nu?", ("2021-01-01", ""), True),
    ("Welke signalen uit 2022 of later gaan over mist?", ("2022-01-01", ""), True),
    ("Welke signalen gaan over mist, maar niet in 2022?", ("", ""), True), ("Welke signalen zijn er in 2021 en welke in 2023?", ("", ""), True),
    ("What do the signals from 2022 say about fog?", ("2022-01-01", "2022-12-31"), True),
    ("Welke signalen gaan over de wet uit 2022?", ("", ""), True), ("Hoeveel schepen voeren er in 2022?", ("", ""), True)])
def test_a_time_is_a_condition_on_dates(question, dates, of_signals):
    for signals_dated in (True, False):
        found = {one.field: one.value for one in find_filters(question, replace(SOURCES, signals_dated=signals_dated))[0]}
        if signals_dated or not of_signals:
            assert (found.get("since", ""), found.get("until", "")) == dates


def test_from_a_year_on_is_one_end_of_a_time():
    dated = replace(SOURCES, signals_dated=True)
    found = [[(one.field, one.value) for one in find_filters(question, dated)[0]] for question in (
        "Which signals are there from 2022 onwards?", "Which signals are there from 2022 on?")]
    assert found == [[("since", "2022-01-01")]] * 2


def test_several_conditions_are_read_together():
    filters, _ = find_filters("Wat zegt de Wet op de havens in artikel 5 sinds 2024?", SOURCES)
    assert {one.field for one in filters} == {"document", "section", "since"}


@pytest.mark.parametrize(("earlier", "question", "expected"), [
    ("Welke regels gelden voor schepen?", "En voor vissers?", "Welke regels gelden voor vissers?"),
    ("Hoe lang duurt de wachttijd?", "En voor kinderen?", "Hoe lang duurt de wachttijd voor kinderen?"),
    ("How long does the waiting time last?", "And for children?", "How long does the waiting time last for children?"),
    ("Wie betaalt de opvang?", "En bij ziekte?", "Wie betaalt de opvang bij ziekte?"),
    ("Wordt de haven drukker?", "Hoe reageren schippers daarop?", "Hoe reageren schippers daarop (de haven drukker)?"),
    ("Voor hoe lang wordt de ligplaats van een schipper toegewezen?", "En voor een visser?", "Voor hoe lang wordt de ligplaats van een visser?"),
    ("For how long is the berth of a skipper granted?", "And for a fisher?", "For how long is the berth of a fisher granted?"),
    ("Hoeveel schepen telde de haven Oosterwijk in 2036?", "En in Westerwijk?", "Hoeveel schepen telde de haven Westerwijk in 2036?"),
    ("Wat zeggen de bronnen over schippers uit Chili?", "En uit Peru?", "Wat zeggen de bronnen over schippers uit Peru?"),
    ("Hoeveel meldingen deden schippers?", "En vissers?", "Hoeveel meldingen deden vissers?"),
    ("Hoeveel schepen lagen er in 2036?", "En voor vissers?", "Hoeveel schepen lagen er in 2036 voor vissers?"),
    ("Hoe lang mag een schip aan de kade liggen?", "En als de schipper ziek is?", "Hoe lang mag een schip aan de kade liggen als de schipper ziek is?"),
    ("Voor hoeveel jaar wordt de loods benoemd?", "Kan dat daarna nog een keer, en voor hoe lang dan?",
     "Kan dat daarna nog een keer, en voor hoe lang dan (de loods benoemd)?"),
    ("Hoe staat het ervoor in de haven?", "En werkt het beleid daar een beetje?", "werkt het beleid daar een beetje (het ervoor in de haven)?"),
    ("Must a ship be inspected before it moors?", "And in which situations can that be skipped?",
     "in which situations can that be skipped (a ship be inspected before it moors)?"),
    ("Was agreed with Chili?", "And is there anything like that with Peru?", "is there anything like that with Peru (agreed with Chili)?"),
    ("Welke regels gelden voor schepen?", "Als het stormt, wie sluit dan de kade?", "Als het stormt, wie sluit dan de kade?"),
    ("Hoe lang duurt de wachttijd voor schippers?", "En wanneer begint die?", "wanneer begint die (de wachttijd voor schippers)?"),
    ("Hoe lang duurt de wachttijd voor schippers?", "En?", "Hoe lang duurt de wachttijd voor schippers?"),
    ("Hoe lang duurt de wachttijd voor schippers?", "What trends are there in forced mooring?", "What trends are there in forced mooring?"),
    ("Welke regels gelden voor schepen?", "En de havens?", "Welke regels gelden voor de havens?"),
    ("Welke regels gelden voor schepen?", "Hoeveel schippers hebben zich vorig jaar bij de haven gemeld die ziek waren?",
     "Hoeveel schippers hebben zich vorig jaar bij de haven gemeld die ziek waren?"),
    ("Welke regels gelden voor schepen?", "Wanneer vertrekt de boot naar Texel vandaag?", "Wanneer vertrekt de boot naar Texel vandaag?"),
    ("Welke regels gelden voor schepen?", "Zijn er signalen over mist?", "Zijn er signalen over mist?"),
    ("Welke regels gelden voor schepen?", "Wat zijn hun rechten?", "Wat zijn hun rechten (regels gelden voor schepen)?"),
    ("Welke signalen zijn er over mist sinds 2022?", "En over storm sinds 2024?", "Welke signalen zijn er over storm sinds 2024?"),
    ("Wat staat er in de wet van 2019?", "En die van 2023?", "Wat staat er in de wet van 2023?"),
    ("Welke signalen zijn er over mist?", "En sinds 2024?", "Welke signalen zijn er over mist sinds 2024?"),
    ("Which signals are about fog?", "And before May 2023?", "Which signals are about fog before May 2023?"),
    ("Noem de signalen over mist.", "Vanaf 2023?", "Noem de signalen over mist vanaf 2023?"),
    ("Welke signalen zijn er sinds 2024 over mist?", "En sinds 2023?", "Welke signalen zijn er sinds 2023 over mist?"),
    ("Welke signalen zijn er tussen 2022 en 2023 over mist?", "En 2024?", "Welke signalen zijn er in 2024 over mist?"),
    ("Welke signalen gaan over mist?", "En vorig jaar?", "Welke signalen gaan over mist vorig jaar?"),
    ("Wat zegt het Jaarverslag 2023?", "En 2024?", "Wat zegt het Jaarverslag 2024?"),
    ("Welke signalen zijn er over mist sinds 2024?", "En over storm?", "Welke signalen zijn er over storm sinds 2024?"),
    ("Hoeveel schepen lagen er in 2036?", "En in de haven?", "Hoeveel schepen lagen er in 2036 in de haven?"),
    ("Welke regels gelden in de Havenwet 2000?", "En sinds 2024?", "Welke regels gelden in de Havenwet 2000 sinds 2024?"),
])
def test_a_follow_up_stands_alone(earlier, question, expected):
    assert complete(question, history=[earlier]) == expected


@pytest.mark.parametrize(("question", "asked"), [
    ("Welke signalen gaan over schippers?", True), ("Which trends apply to skippers?", True), ("Welke trend is er rond mist?", True),
    ("skippers, pilots - any trends?", True), ("What do the signals say about fog?", True), ("Noem alle nieuwe signalen over mist", True),
    ("Noem de signalen over mist en over schippers.", True), ("Geef me de trends waarin een schipper voorkomt.", True),
    ("Voor een folder zoek ik de trends over mist.", True), ("I need the signals on fog and on skippers.", True), ("Is there a trend about fog?", True),
    ("Which signals concern recognised skippers?", True), ("Noem de signalen van smokkel.", False), ("Waarom is het lastig om signalen te stapelen?", False),
    ("Does the harbour use cameras to find signals?", False), ("Aan welke signalen herken je een smokkelaar?", False),
    ("Welke signalen wijzen op smokkel?", False), ("Which signals of smuggling are there?", False),
    ("Wat staat er over een seinpaal met signalen?", False), ("Wat zeggen de bronnen over mist?", False)])
def test_signals_are_asked_for_alone_where_there_are_other_documents(question, asked):
    found, left = find_filters(question, replace(SOURCES, signals_apart=True))
    assert [(one.field, one.value) for one in found if one.field == "kind"] == [("kind", "signal")] * asked
    assert not [one for one in find_filters(question, SOURCES)[0] if one.field == "kind"]


def test_a_section_of_just_that_name_comes_before_one_that_is_also_called_so():
    sources = replace(SOURCES, sections=("Mistbericht", "2.1 Zichtmelding"))
    (found,), _ = find_filters("Wat staat er onder Zichtmelding?", sources, also_called=lambda _: ["mistbericht"])
    (other,), _ = find_filters("Wat staat er onder Nevelbericht?", replace(SOURCES, sections=("Mistbericht",)), also_called=lambda _: ["mistbericht"])
    assert (found.value, other.value) == ("2.1 Zichtmelding", "Mistbericht")


@pytest.mark.parametrize(("question", "document"), [
    ("Wat staat er in op-de-kade?", "op-de-kade.md"), ("Wat zegt de Leerplichtwet over verzuim?", "plicht.md"),
    ("Wat staat er in Visserij?", "map/register visserij.md"),
    ("Wat staat er in het verdrag over zee?", "zee.md"), ("Wat staat er in de Visserijwet?", ""), ("Wat staat er in bijlage-12?", "bijlage-12.md")])
def test_the_document_that_is_named_is_found_among_many(question, document):
    others = tuple((f"bijlage-{number}.md", f"Bijlage nummer {number}") for number in range(300))
    named = (("op-de-kade.md", "Kades"), ("plicht.md", "CONCEPT – Leerplichtwet"), ("map/register visserij.md", "Visserij in 2031"),
             ("zee.md", "Verdrag over de zee"))
    found, _ = find_filters(question, replace(SOURCES, documents=(*others, *named)))
    assert [one.value for one in found if one.field == "document"] == ([document] if document else [])


@pytest.mark.parametrize(("asked", "bare"), [
    ("Goedemiddag, ik schrijf een memo voor de wethouder. Kunt u mij vertellen of schippers overal terechtkunnen?", "Schippers overal terechtkunnen?"),
    ("Zou u mij alstublieft kunnen zeggen welke haven open is?", "Welke haven open is?"),
    ("Would you happen to know which harbour is open?", "Which harbour is open?"),
    ("Ik werk met schippers. Welke regels gelden voor hen?", "Ik werk met schippers. Welke regels gelden voor hen?"),
    ("Could you please tell me: why was the law changed?", "Why was the law changed?"), ("“Why was the law changed?”", "Why was the law changed?"),
    ("My question is: why was the law changed?", "Why was the law changed?"), ("Mijn vraag is: wie betaalt de huur?", "Wie betaalt de huur?"),
    ("Ik vraag me af: wie betaalt de huur?", "Wie betaalt de huur?"), ("- Wie betaalt de huur?", "Wie betaalt de huur?"),
    ("1. \"Wie betaalt de huur?\"", "Wie betaalt de huur?"), ("Wat betekent \"mist\"?", "Wat betekent \"mist\"?"), ("1.7 Havens", "1.7 Havens"),
    ("Wij maken een plan. Daarvoor heb ik informatie nodig. Welke haven is open?", "Welke haven is open?"),
    ("Tomorrow I have a meeting with the skipper. Which harbour is open?", "Which harbour is open?"),
    ("Goedemorgen! Ik werk in de haven. Ik heb een vraag. Wie betaalt de huur?", "Wie betaalt de huur?"),
    ("Ik heb een vraag over jonge schippers. Wie betaalt de huur?", "Ik heb een vraag over jonge schippers. Wie betaalt de huur?"),
    ("Een schipper is 17 jaar. Mag zij varen?", "Een schipper is 17 jaar. Mag zij varen?"),
    ("Welke haven is open? Met vriendelijke groet, Jan", "Welke haven is open?"), ("Welke haven is open? Alvast bedankt!", "Welke haven is open?"),
    ("Which harbour is open? Thank you in advance.", "Which harbour is open?"), ("Welke haven is open? Dank u wel.", "Welke haven is open?"),
    ("Is the harbour open? Thanks to the pilot?", "Is the harbour open? Thanks to the pilot?"), ("Dank u wel.", "Dank u wel."),
])
def test_what_only_asks_politely_is_left_out(asked, bare):
    assert without_preamble(asked, language_of(asked)) == bare


@pytest.mark.parametrize(("question", "terms"), [
    ("Voor hoe lang wordt de loods benoemd?", ["loods", "benoemd"]), ("How fast must someone moor until then?", ["moor"]),
    ("Hoe hoog is de hoge kade?", ["hoge", "kade"]), ("What does the Wet op de loodsen say?", ["Wet", "loodsen"]),
    ("How large ports deal with fog", ["large", "ports", "deal", "fog"]), ("Wat weten we daarover?", ["daarover"]),
    ("Waar is het de schippers vooral om te doen?", ["schippers"]), ("Wat doen schippers daarmee zonder anker?", ["schippers", "anker"]),
    ("What do skippers mainly want?", ["skippers", "want"]), ("Wat is vooral daarop?", ["vooral", "daarop"])])
def test_a_word_that_asks_by_which_measure_is_no_term(question, terms):
    empty = Vocabulary(words={}, surfaces={}, sections=(), documents=())
    assert [term.text for term in understand(question, history=[], vocabulary=empty, bridge=bundled_bridge()).terms] == terms


@pytest.mark.parametrize(("question", "terms"), [
    ("Waar leidt de drukte in de haven toe?", ["drukte", "haven"]), ("What does the fog in the harbour lead to?", ["fog", "harbour"]),
    ("What causes fog?", ["fog"]), ("Wat veroorzaakt de mist?", ["mist"]), ("Who leads the harbour?", ["leads", "harbour"]),
    ("What leads does the harbour have?", ["leads", "harbour"]), ("What can a skipper do about the root cause?", ["skipper", "root cause"]),
    ("Waartoe kan mist leiden?", ["mist"]), ("Waar zitten de dode hoeken?", ["dode", "hoeken"]), ("Zit er een grens aan de mist?", ["grens", "mist"]),
    ("Waarom leidt mist niet meer tot schade?", ["mist", "schade"]), ("Mag dat als de mist tot schade heeft geleid?", ["mist", "schade"]),
    ("Why has the fog led to damage?", ["fog", "damage"]), ("Wie leidt de loodsen in de haven op?", ["opleiden", "loodsen", "haven"]),
    ("Wat gebeurt er in Leiden tot 2030 in de haven?", ["Leiden", "2030", "haven"]),
    ("Which pilot leads the way to the port?", ["pilot", "leads", "way", "port"]),
    ("Waar ligt het?", ["ligt"]), ("Mag je in de haven liggen?", ["haven", "liggen"]),
    ("Hoe lang mag een schip blijven liggen?", ["schip", "blijven", "liggen"])])
def test_a_verb_that_only_asks_is_no_term(question, terms):
    empty = Vocabulary(words={}, surfaces={}, sections=(), documents=())
    assert [term.text for term in understand(question, history=[], vocabulary=empty, bridge=bundled_bridge()).terms] == terms


def test_a_pair_that_is_one_name_has_no_parts():
    empty = Vocabulary(words={}, surfaces={}, sections=(), documents=())
    read = [understand(f"Welke signalen gaan over {things}?", history=[], vocabulary=empty, bridge=bundled_bridge()) for things in (
        "Bosnië en Herzegovina", "Polen en Roemenië")]
    assert [len(one.parts) for one in read] == [0, 2]


def test_a_verb_that_te_parts_is_one_term():
    empty = Vocabulary(words={}, surfaces={}, sections=(), documents=())
    assert "opsporen" in [term.text for term in understand("Wie probeert daders op te sporen?", history=[], vocabulary=empty, bridge=bundled_bridge()).terms]


@pytest.mark.parametrize(("question", "terms"), [
    ("Wat doet het OM?", ["OM"]), ("Wat vraagt de OM-officier om?", ["vraagt", "OM-officier"]), ("Who advises the WHO?", ["advises", "WHO"]),
    ("Waarom gaat het om boten?", ["boten"])])
def test_an_organisation_whose_name_is_a_function_word_is_a_term(question, terms):
    assert [term.text for term in understand(question, history=(), vocabulary=SOURCES, bridge=bundled_bridge()).terms] == terms


def test_what_the_bridge_knows_of_those_is_no_name():
    named = {word: understand(f"Wat vindt de {word} van boten?", history=(), vocabulary=SOURCES, bridge=bundled_bridge()).terms[0].is_name
             for word in ("OM", "WHO", "COA")}
    assert named == {"OM": False, "WHO": True, "COA": True}


def test_the_country_of_the_sources_is_no_term_of_its_own():
    empty = Vocabulary(words={}, surfaces={}, sections=(), documents=())
    read = [understand(question, history=[], vocabulary=empty, bridge=bundled_bridge()) for question in (
        "How long may a skipper stay in the Netherlands?", "Welke Nederlandse schippers zijn er?")]
    assert [any("@nl" in term.stems for term in one.terms) for one in read] == [False, True]


def premise(question, sentence):
    empty = Vocabulary(words={}, surfaces={}, sections=(), documents=())
    return denies(understand(question, history=[], vocabulary=empty, bridge=bundled_bridge()), sentence)


@pytest.mark.parametrize(("question", "sentence", "denied"), [
    ("Waarom is het reglement gewijzigd?", "Het reglement is niet gewijzigd.", True),
    ("Is het reglement gewijzigd?", "Het reglement is niet gewijzigd.", False),
    ("Waarom daalt het aantal aangiften?", "Het aantal aangiften stijgt al jaren.", True),
    ("Waarom stijgt het aantal aangiften?", "Het aantal aangiften stijgt al jaren.", False),
    ("Hoe lang mag een verhoor duren?", "Een verhoor duurt niet langer dan twee uur.", False),
    ("Hoe oud mag de pas van een schipper zijn?", "De pas van een schipper is niet eerder afgegeven dan vorige zomer.", False),
    ("Hoe oud mag de pas van een schipper zijn?", "De pas van een schipper is niet ouder van datum.", True),
    ("Waardoor steeg het aantal aangiften?", "De stijging van het aantal aangiften zegt niet zonder meer iets over de haven.", False),
    ("Which skippers get help because they lack papers?", "Skippers who do not have papers get help.", False),
    ("Waarom krijgen schippers met onvoldoende papieren hulp?", "Schippers die geen papieren hebben, krijgen hulp.", False),
    ("Why is there a lack of papers?", "There is no lack of papers.", True),
    ("Why are pilots left out of the campaign?", "Loodsen zijn niet opgenomen in de campagne.", False),
    ("Waarom zijn loodsen van hulp uitgesloten?", "Loodsen krijgen geen hulp.", False),
    ("Waarom zijn loodsen van hulp uitgesloten?", "Loodsen zijn niet van hulp uitgesloten.", True),
    ("Why were the pilots refused help?", "De loodsen is geen hulp geweigerd.", True),
    ("Waarom treden loodsen op tijdens een zitting?", "Vermeden wordt dat schippers wachten, en dat loodsen optreden tijdens een zitting.", True),
    ("Waarom wordt vermeden dat loodsen optreden?", "Vermeden wordt dat loodsen optreden.", False),
    ("Hoe heeft de haven de toestand van schippers verbeterd?", "De toestand van schippers in de haven verslechtert.", True),
    ("Hoe heeft de haven de toestand van schippers verbeterd?", "De toestand van schippers in de haven wordt niet gemeld.", False),
    ("Waarom kan de haven weinig doen voor schippers?", "De haven mag niet bij schippers binnen.", False),
    ("Waarom kan de haven veel doen voor schippers?", "De haven kan voor schippers niets doen, en bereikt schippers niet.", True),
    ("How much of their pay do skippers hand over?", "Schippers zonder vaste haven staan de helft van hun loon af.", False),
    ("Why are skippers used to carry boxes?", "Schippers dragen dozen omdat zij niet gestraft worden.", False),
    ("Waarom wachten schippers in de haven?", "Als schippers niet in de haven wachten, betalen zij meer.", False),
    ("Hoe heeft de wet het werk van schippers makkelijker gemaakt?", "De wet belemmert het werk van schippers.", True),
    ("How did the law make it harder to help skippers?", "De wet maakt hulp aan schippers makkelijker.", True),
    ("Why do skippers travel by bus?", "Skippers travel by bus to avoid checks.", False),
    ("Waarom worden schippers apart gehoord?", "Schippers worden apart gehoord om te voorkomen dat de loods meeluistert.", False),
    ("How did the pilots manage to stop the ship?", "The pilots did not manage to stop the ship.", True),
    ("Hoe wordt melden in de haven makkelijker gemaakt?", "Belemmeringen om in de haven te melden worden weggenomen.", False),
    ("How has the port made it easier to report?", "The port takes away what makes it difficult to report.", False),
    ("Waarom is melden bij de haven moeilijk?", "Melden bij de haven is niet moeilijk.", True),
    ("Why do skippers in difficult weather get shelter?", "Skippers in difficult weather do not get shelter.", True),
    ("Waarom is de wet tegen verboden handel gewijzigd?", "De wet is niet gewijzigd.", True),
    ("Why do skippers report to the police?", "Skippers want no contact and do not report to the police.", True),
    ("Why do skippers get shelter?", "Since 2020 skippers do not get shelter.", True),
    ("Waarom wordt een schipper vervolgd?", "Als schipper wordt iemand niet vervolgd.", True),
    ("Why does the port visit the skippers?", "The police did not come, that is why the port visits skippers.", False),
    ("Hoe worden gegevens van schippers gedeeld?", "Gegevens van schippers worden niet gedeeld met loodsen.", False),
    ("Waarom wordt de pas automatisch verlengd?", "De pas wordt niet automatisch verlengd.", True),
    ("Why do skippers get more help than pilots?", "Skippers do not get more free help than pilots.", True),
    ("Why were skippers without papers sent away?", "Skippers were never sent away.", True),
    ("Waarom is de hulp aan schippers gestopt wegens gebrek aan geld?", "De hulp aan schippers is niet gestopt.", True),
    ("Door wie wordt de aanvraag ingediend?", "De aanvraag wordt ingediend door de gemeente, niet door de aanvrager zelf.", False),
    ("Since when do minors sleep in the barracks?", "Minors never sleep in the barracks.", True),
    ("Why were the victims deported?", "Slachtoffers worden niet uitgezet.", True),
    ("Waarom is het aantal aangiften gedaald?", "Het aantal aangiften steeg van 12 naar 47.", True),
    ("Hoe hoog is de toelage die een schipper krijgt?", "Een schipper komt niet voor een toelage in aanmerking.", True),
    ("Welke schippers betalen liggeld?", "Vissers betalen geen liggeld.", False),
    ("Waarom wordt het logboek al na vijf jaar vernietigd?", "Het logboek wordt na vijftien jaar vernietigd.", True),
    ("Waarom wordt het logboek al na 15 jaar vernietigd?", "Het logboek wordt na vijftien jaar vernietigd.", False),
    ("Why is the logbook destroyed after five years?", "Het logboek wordt na 15 jaar vernietigd.", True),
    ("Wordt het logboek na vijf jaar vernietigd?", "Het logboek wordt na vijftien jaar vernietigd.", False),
    ("Waarom kreeg artikel 5 een tweede lid?", "Artikel 5 heeft drie leden.", False),
    ("Why has the harbour become a front runner in safety?", "De haven loopt achter in veiligheid.", True),
    ("Waarom is de haven soepeler met vergunningen?", "De haven is strenger met vergunningen.", True),
    ("Waarom moesten in 2031 schippers buiten slapen?", "In Rietbeek moesten 700 schippers buiten slapen, omdat de haven vol was.", False),
    ("Waarom verlieten duizenden schippers Rietbeek?", "Ruim 8000 schippers verlieten Rietbeek, omdat de haven dicht ging.", False),
    ("Waarom worden na 12 jaar boten gekeurd?", "Boten vanaf 6 jaar worden gekeurd, omdat zij roesten.", False),
    ("Waarom wordt er harder opgetreden tegen smokkelaars?", "Tegen smokkelaars wordt strenger opgetreden, omdat zij gemakkelijk wegkwamen.", False),
    ("Waarom wordt het toezicht strenger?", "De haven vindt het toezicht te soepel en maakt het strakker.", False),
    ("Waarom duurt de keuring langer?", "De keuring duurt lang omdat het aanbod sneller groeit.", False),
    ("Why does the fine of 5000 euros apply?", "The fine of 5,000 euros applies to every skipper, because it is the law.", False),
    ("Why does loading take longer?", "Het laden gaat sneller dan eerst.", True),
    ("How did the harbour come to outweigh the town?", "De stad gaat er boven de haven.", True),
    ("Why does the town take precedence over the harbour?", "De stad gaat er boven de haven.", False),
    ("Why do ships move from the river to the sea?", "Schepen verplaatsen zich van zee naar de rivier.", True),
    ("Why do ships move from the river to the sea?", "Schepen verplaatsen zich van de rivier naar zee.", False),
    ("Do ships move from the river to the sea?", "Schepen verplaatsen zich van zee naar de rivier.", False),
    ("Now that women prefer the harbour to the shelter, what follows?", "Vrouwen kiezen opvang in plaats van de haven.", True),
    ("Waarom gebruiken daders woningen in plaats van hotels?", "Hotels hebben meer toezicht dan woningen.", False),
    ("Wanneer wordt de ligplaats van een schipper verlengd?", "De ligplaats van een schipper met schulden wordt niet verlengd.", False),
    ("Waarom is er steeds minder vraag naar loodsen?", "Er is steeds meer vraag naar loodsen.", True),
    ("Waarom is er steeds meer vraag naar loodsen?", "Er is steeds meer vraag naar loodsen.", False),
    ("Why is there a section on non-prosecution of skippers?", "Er is een paragraaf over niet-vervolging van schippers.", False),
    ("Waarom werd de schipper ontvankelijk verklaard?", "De schipper werd niet-ontvankelijk verklaard.", True),
    ("Waarom worden schippers niet meer aangehouden?", "Schippers worden aangehouden in en door Rietbeek.", True),
    ("When is the berth of a skipper extended?", "De ligplaats van een schipper met schulden wordt niet verlengd.", False),
    ("Wanneer is een ligplaats vrij?", "Bij vorst is een ligplaats niet vrij.", False),
    ("Wanneer heeft de raad de ligplaats verlengd?", "De raad heeft de ligplaats niet verlengd.", True),
    ("Why does the harbour have too many staff?", "In de haven zijn er veel schepen en te weinig personeel.", True),
    ("Waarom liggen er te veel schepen in de haven?", "In de haven zijn er veel schepen en te weinig personeel.", False),
    ("Waarom is er een tekort aan personeel in de haven?", "De haven heeft een overschot aan personeel.", True),
    ("Waarom is er te weinig personeel in de haven?", "De haven kampt met een tekort aan personeel.", False),
    ("Why are children sent back from France to Vietnam?", "Kinderen worden verhandeld uit Vietnam naar Frankrijk.", True),
    ("Why are children trafficked from Vietnam to France?", "Kinderen worden verhandeld uit Vietnam naar Frankrijk.", False),
    ("Waarom moeten slachtoffers van brand naar de haven?", "Van de haven krijgen zij een verwijzing naar opvang voor slachtoffers van brand.", False),
    ("Why are children above 12 placed in shelters?", "Shelters above all take children who have lost their family.", False),
    ("Waarom is er geen aandacht meer voor schippers?", "Aandacht voor schippers.", True),
    ("Waarom is er geen aandacht meer voor schippers?", "Aandacht voor schippers ontbreekt.", False),
    ("Waarom is er geen aandacht meer voor schippers?", "De aandacht gaat naar vissers, omdat hun aantal groeit.", False),
    ("Waarom doen schippers geen aangifte?", "Schippers zijn bang voor de havenmeester.", False),
    ("Why do skippers not leave?", "Skippers cannot leave their ship.", False), ("Why do skippers never report?", "They don't trust the port.", False),
    ("Waarom beschermt het reglement niet alleen vrouwen?", "Het reglement beschermt vrouwen.", False),
    ("Waarom zijn schippers zonder papieren kwetsbaar?", "Schippers met papieren zijn kwetsbaar.", False),
    ("How was port management organised?", "Port management is not organised centrally but by each town.", False),
    ("Hoe werden schippers geworven?", "Schippers werden niet op straat maar via de kantine geworven.", False),
    ("Now that the law has changed, has the number of ships fallen?", "The number of ships has risen since the law changed.", False),
    ("Now that the port is full, where can ships go?", "If the port has no room, ships can go to the river.", False),
    ("Nu de haven is gesloten, waar liggen de schepen?", "De haven is niet gesloten.", True),
    ("Now that every small harbour has a pilot of its own, how do the larger ones divide the work with skippers?", "Kleine havens hebben geen loods.", True),
    ("Waarom loopt de haven achter met toezicht?", "De haven loopt niet achter.", True),
    ("Nu geldt er een reglement?", "Het reglement geldt niet.", False),
])
def test_a_false_premise_is_seen_and_an_answer_is_not_taken_for_one(question, sentence, denied):
    assert premise(question, sentence) is denied


def test_directions_oppose_each_other_only_where_both_are_named():
    assert opposed("Waarom neemt het af?", "Het neemt toe.")
    assert not opposed("Waarom neemt het af?", "Het gebeurt vaak.")
    assert not opposed("Waarom daalt de een en stijgt de ander?", "De ander stijgt.")


@pytest.mark.parametrize(("text", "language"), [
    ("Ukrainian refugees", "en"), ("Show all signals in section 1.6", "en"), ("kinderen in de opvang", "nl"), ("AVG", "nl"), ("", "nl"),
    ("forced begging", "en"), ("gedwongen bedelen", "nl")])
def test_the_language_of_a_few_words(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(("question", "sentence", "around", "expected"), [
    ("Hoeveel schepen vergingen er in 2032?", "In 2031 vergingen zeven schepen.", "", True),
    ("How many ships sank in 2032?", "In 2031 vergingen zeven schepen, in 2033 geen.", "", True),
    ("Hoeveel schepen vergingen er in 2032?", "In 2031 vergingen zeven schepen, in 2032 negen.", "", False),
    ("Hoeveel schepen vergingen er in 2032?", "Dat zijn er twee meer dan in 2031.", "Jaarbericht 2032", False),
    ("Hoeveel schepen vergingen er in 2032?", "Er vergingen zeven schepen.", "", False),
    ("Hoeveel schepen vergingen er sinds 2030?", "In 2031 vergingen zeven schepen.", "", False),
    ("How many ships sank between early 2029 and 2032?", "In 2031 vergingen zeven schepen.", "", False),
    ("Hoeveel schepen vergingen er?", "In 2031 vergingen zeven schepen.", "", False),
    ("Hoeveel schepen vergingen er in maart 2032?", "In 2031 vergingen zeven schepen.", "", True),
    ("Wat zegt de Havenwet 2000 over schepen?", "Sinds 2009 betaalt elk schip.", "", False),
    ("How many ships sank in the years 2030 and 2032?", "In 2031 vergingen zeven schepen.", "", False),
])
def test_a_sentence_about_one_year_does_not_answer_a_question_about_another(question, sentence, around, expected):
    assert of_another_year(question, sentence, around) is expected


@pytest.mark.parametrize(("question", "kind"), [
    ("Wat speelt er in de haven?", "list"), ("Wat gaat er mis bij het laden?", "list"), ("Zijn er signalen over schippers?", "list"),
    ("Are there any trends about skippers?", "list"), ("Anything about ports?", "list"), ("In welke gevallen vervalt de vergunning?", "list"),
    ("From which ports do boats leave?", "list"), ("What problems do skippers have?", "list"), ("What is going on at sea?", "list"),
    ("preventie, wat staat daar allemaal over?", "list"), ("Binnen welke termijn vervalt de vergunning?", "fact"), ("Is er een haven?", "yesno"),
    ("Wat gebeurt er als de vergunning vervalt?", "fact"), ("What does the port do?", "fact"), ("Zijn er havens in zee?", "yesno"),
    ("On what basis can I appeal?", "fact"), ("What status do skippers have?", "fact"), ("In welke plaats staat de loods?", "fact"),
    ("Tell me what the deadline is", "fact"), ("Do all of them need a permit?", "yesno"), ("What is rising? Give all of them.", "list"),
    ("A skipper lost her permit. Can she get a new one?", "yesno"), ("Een schipper verkoopt zijn boot. Welke papieren zijn nodig?", "list"),
    ("Hoe snel beslist de havenmeester?", "number"), ("Wie bepaalt hoe lang de wachttijd duurt?", "fact"), ("Who decides how many boats may leave?", "fact"),
    ("Mag zij varen? Zij heeft geen pas.", "yesno"), ("Is een loods verplicht? Geef de bron.", "yesno"),
    ("Do ports make a difference between skippers?", "comparison"), ("Does her consent make any difference?", "yesno"),
    ("Maakt haar leeftijd verschil uit?", "yesno"),
    ("Hoeveel signalen zijn er?", "number"), ("Wat is een havenmeester?", "definition"),
    ("Wat bedoelt de haven met een vaste ligplaats?", "definition"), ("Wat valt er onder het slepen?", "definition"), ("What counts as a ship?", "definition"),
    ("What is a 'pilot'?", "definition"), ("What is a pilot under the harbour rules?", "definition"), ("Wat betekent dat voor de haven?", "fact")])
def test_the_kind_of_answer_that_is_asked_for(question, kind):
    assert kind_of(question) == kind


def test_a_sentence_that_goes_the_other_way_denies_with_the_words_of_its_signal():
    empty = Vocabulary(words={}, surfaces={}, sections=(), documents=())
    asked = understand("Waarom gaan loodsen soepeler om met toezicht?", history=[], vocabulary=empty, bridge=bundled_bridge())
    sentence = "De wet is gelijk maar loodsen gaan er krampachtig mee om."
    assert not denies(asked, sentence)
    assert denies(asked, sentence, around=f"Het toezicht groeit. {sentence}")
    assert not denies(asked, "De politie is strenger.", around="Loodsen houden toezicht. De politie is strenger.")


def test_an_article_with_a_point_is_no_section_of_its_first_number():
    sources = Vocabulary(words={}, surfaces={}, sections=("Artikel 3",), documents=())
    found = [find_filters(question, sources)[0] for question in ("Wat staat in artikel 3?", "Wat geldt op grond van artikel 3.51?")]
    assert [[one.value for one in filters] for filters in found] == [["Artikel 3"], []]


def test_an_article_of_several_laws_is_no_section_where_it_is_cited():
    sources = Vocabulary(words={}, surfaces={}, sections=("Wet A > Artikel 5", "Wet B > Artikel 5", "Wet B > Artikel 6"), documents=())
    found = [bool(find_filters(question, sources)[0]) for question in (
        "Who is excluded under article 5?", "Who is excluded under article 6?", "Wat staat in artikel 5?")]
    assert found == [False, True, True]


def test_a_section_is_found_by_what_its_heading_is_called_in_the_other_language():
    asked = understand("Which trends are listed under Care?", history=[], vocabulary=SOURCES, bridge=bundled_bridge())
    assert [(one.field, one.value) for one in asked.filters] == [("section", "3 Zorg")] and asked.terms == ()
    assert understand("What is the duty of the Care ombudsman?", history=[], vocabulary=SOURCES, bridge=bundled_bridge()).filters == ()
    assert understand("Which rules under Care law apply to skippers?", history=[], vocabulary=SOURCES, bridge=bundled_bridge()).filters == ()
    assert understand("Which trends are about care?", history=[], vocabulary=SOURCES, bridge=bundled_bridge()).filters == ()


@pytest.mark.parametrize(("question", "text"), [
    ("Ik schrijf een notitie over schippers. Welke trends kan ik aanhalen?", "Welke trends gaan over schippers?"),
    ("Ik schrijf een notitie over schippers. Daarvoor heb ik gegevens nodig. Welke trends kan ik aanhalen?", "Welke trends gaan over schippers?"),
    ("I am preparing a talk on skippers in ports. Which signals can I use for it?", "Which signals are about skippers in ports?"),
    ("Which trends are about skippers and which about pilots?", "Which trends are about skippers and about pilots?"),
    ("The trends on skippers", "The trends on skippers")])
def test_what_is_wanted_for_a_text_is_asked_about_its_topic(question, text):
    asked = understand(question, history=[], vocabulary=SOURCES, bridge=bundled_bridge())
    assert (asked.text, asked.kind) == (text, "list")


def test_a_text_without_a_topic_leaves_the_question_as_it_is():
    for asked in ("Welke trends kan ik aanhalen over loodsen?", "Welke trends kunnen wij verwachten?"):
        assert understand(f"Ik schrijf een notitie over schippers. {asked}", history=[], vocabulary=SOURCES, bridge=bundled_bridge()).text == asked
    said = "Ik schrijf een notitie over schippers. Wie betaalt de huur?"
    assert understand(said, history=[], vocabulary=SOURCES, bridge=bundled_bridge()).text == "Wie betaalt de huur?"


@pytest.mark.parametrize(("question", "text"), [
    ("Hoeveel signalen gaan over schippers?", "Welke signalen gaan over schippers?"),
    ("How many trends are about skippers?", "Which trends are about skippers?"),
    ("En hoeveel signalen zijn er rond havens?", "En welke signalen zijn er rond havens?")])
def test_signals_are_counted_by_quoting_them(question, text):
    asked = understand(question, history=[], vocabulary=SOURCES, bridge=bundled_bridge())
    assert (asked.text, asked.kind) == (text, "list")
    typed = understand(question, history=[], vocabulary=SOURCES, bridge=bundled_bridge(), literal=[question])
    assert (typed.text, typed.kind) == (question, "number"), "as it was typed"
    none = understand(question, history=[], vocabulary=replace(SOURCES, signals=False), bridge=bundled_bridge())
    assert (none.text, none.kind) == (question, "number"), "sources without signals speak of reports"


@pytest.mark.parametrize("question", ["Hoeveel signalen kreeg de haven in 2031?", "How many trends did the port report?"])
def test_a_number_that_the_sources_may_give_is_asked_for_as_it_is(question):
    assert understand(question, history=[], vocabulary=SOURCES, bridge=bundled_bridge()).kind == "number"


@pytest.mark.parametrize(("question", "language", "terms"), [
    ("I'm a victim, who's the one that lets me off the fine?", "en", ["victim", "fine"]), ("What's the reflection period?", "en", ["reflection period"]),
    ("Doesn't the shelter take him in for up to a year?", "en", ["shelter", "year"]), ("Who can sign up?", "en", ["sign"]),
    ("Who picks up the costs?", "en", ["picks up", "costs"]), ("Mag een slachtoffer ons vanuit de opvang bellen?", "nl", ["slachtoffer", "opvang", "bellen"]),
    ("Wat doet de ME?", "nl", ["ME"])])
def test_particles_pronouns_and_contractions_are_no_terms(question, language, terms):
    assert [one.text for one in terms_of(question, language, bundled_bridge())] == terms
