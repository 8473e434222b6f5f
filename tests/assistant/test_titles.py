"""Names from the title of a document: what it says, it says of these."""

import pytest

from assistant.titles import headed, in_titles, of_another_place, without_name
from tests.real import real_assistant

PLAN = ("# Jaarplan havenveiligheid regio Kromwater\n\n## Wie doet wat\n\nDe havencoördinator is in dienst van de gemeente Oudezijl en werkt 28 uur per week. "
        "Zij roept het overleg bijeen, maar heeft geen doorzettingsmacht tegenover de partners.\n\n## Overleg\n\nHet overleg komt elke twee weken bijeen. "
        "De regio Kromwater evalueert het overleg in maart.\n\n## Buren\n\nIn Oudezijl heeft de opvang veertig plaatsen.\n")
OTHER = "# Verslag van het strandtoezicht\n\nDe strandmeester van Duinoord werkt 20 uur per week. Het strand van Kromwater is schoon.\n"


@pytest.mark.parametrize(("question", "bare"), [
    ("Hoeveel uur werkt de havencoördinator van Kromwater?", "Hoeveel uur werkt de havencoördinator?"),
    ("Kan een schipper in de regio Kromwater anoniem melden?", "Kan een schipper anoniem melden?"),
    ("Wanneer noemt de regio Kromwater iets een melding?", "Wanneer noemt de regio iets een melding?"),
    ("Can the coordinator in Kromwater overrule the partners?", "Can the coordinator overrule the partners?"),
    ("What is the role of the pilot in the Kromwater plan?", "What is the role of the pilot in the plan?"),
    ("Which berths does the Kromwater region have?", "Which berths does the region have?"),
    ("Who pays for it, according to the Kromwater plan?", "Who pays for it, according to the plan?"),
    ("Welke signalen gaan over Kromwater en Duinoord?", "Welke signalen gaan over Kromwater en Duinoord?"),
    ("Is de haven Kromwater-West vol?", "Is de haven Kromwater-West vol?"), ("In Kromwater, wie helpt?", "wie helpt?"),
    ("Did Kromwater register any reports?", "Did Kromwater register any reports?"),
    ("Wat doet het Kromwaterse bestuur?", "Wat doet het Kromwaterse bestuur?")])
def test_a_question_is_put_without_the_name_and_what_puts_it_in_its_place(question, bare):
    assert without_name(question, "Kromwater") == bare


def test_only_a_document_that_has_all_the_names_counts():
    documents = [("a.md", "Plan Kromwater, met het strand van Duinoord"), ("b.md", "Verslag Kromwater"), ("c.md", "Kromwaterse zaken")]
    assert in_titles(["Kromwater"], documents) == (("Kromwater",), frozenset({"a.md", "b.md"}))
    assert in_titles(["kromwater", "Duinoord", "Oudezijl"], documents) == (("kromwater", "Duinoord"), frozenset({"a.md"}))
    assert in_titles(["Oudezijl"], documents) == ((), frozenset())


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return real_assistant(tmp_path_factory.mktemp("titles"), {"plan.md": PLAN, "strand.md": OTHER})


@pytest.mark.parametrize(("question", "said"), [
    ("Hoeveel uur per week werkt de havencoördinator van Kromwater?", "28 uur"), ("How often does the meeting in Kromwater take place?", "elke twee weken"),
    ("Heeft de havencoördinator van Kromwater doorzettingsmacht?", "geen doorzettingsmacht"), ("Hoe is het strand van Kromwater?", "is schoon")])
def test_a_sentence_need_not_repeat_the_name_of_its_document(assistant, question, said):
    answer = assistant.ask(question)
    assert answer.status == "answered" and said in answer.evidence[0].quote


def test_where_a_name_was_taken_from_a_title_is_told_and_can_be_taken_off(assistant):
    question = "Hoeveel uur per week werkt de havencoördinator van Kromwater?"
    assert assistant.ask(question).understood.titled == (("Kromwater", "Jaarplan havenveiligheid regio Kromwater"),)
    assert assistant.ask(question, literal=["Kromwater"]).understood.titled == ()


@pytest.mark.parametrize(("sentence", "elsewhere"), [
    ("In Duinoord heeft de opvang veertig plaatsen.", True), ("De buurgemeente Duinoord betaalt een loods.", True), ("In Kromwater is een loods.", False),
    ("De loods is in dienst van de gemeente Duinoord.", False), ("In het voorjaar komt er een loods.", False)])
def test_a_sentence_that_begins_with_another_place_is_of_that(sentence, elsewhere):
    assert of_another_place(sentence, "Jaarplan havenveiligheid regio Kromwater") is elsewhere


def test_a_title_with_two_names_says_nothing_of_either():
    assert in_titles(["Polen"], [("a.md", "Schippers uit Polen en Roemenië")]) == ((), frozenset())


def test_what_the_document_says_of_its_neighbours_is_no_answer(assistant):
    answer = assistant.ask("Hoeveel plaatsen heeft de opvang in Kromwater?")
    assert answer.status != "answered" or not any("Oudezijl" in one.quote for one in answer.evidence)


def test_what_another_document_says_of_another_place_is_no_answer(assistant):
    assert all("strandmeester" not in one.quote for one in assistant.ask("Hoeveel uur werkt de strandmeester van Kromwater?").evidence)


LETTER = ("# Brief aan de raad\n\nGemeente Kromwater, 3 mei 2031\n\n## Cijfers\n\nIn 2030 zijn 31 meldingen van gevaarlijke lading gedaan. De wethouder wil "
          "een tweede kraan.\n")


@pytest.mark.parametrize(("opening", "name"), [
    ("Gemeente Kromwater, 3 mei 2031", "Kromwater"), ("Nieuw Kromwater, 3 mei 2031 Aan: de raad van Duinoord", "Nieuw Kromwater"),
    ("Op 3 mei 2031 bezocht de wethouder een beurs in Duinoord.", ""), ("Vastgesteld in Kromwater, Postbus 12, op 3 mei 2031.", ""),
    ("De raad van Duinoord, 3 mei 2031", "")])
def test_only_the_name_before_the_date_is_that_of_a_letterhead(tmp_path, opening, name):
    view = real_assistant(tmp_path, {"brief.md": f"# Brief aan de raad\n\n{opening}\n\n## Cijfers\n\nEr zijn 31 meldingen.\n"}).index.view(None)
    assert headed(view.passages) == (("brief.md", "Brief aan de raad"), *([("brief.md", name)] if name else []))


def test_a_letterhead_says_of_whom_a_letter_is(tmp_path):
    answer = real_assistant(tmp_path, {"brief.md": LETTER, "strand.md": OTHER}).ask("Hoeveel meldingen van gevaarlijke lading waren er in 2030 in Kromwater?")
    assert answer.status == "answered" and "31 meldingen" in answer.evidence[0].quote
    assert answer.understood.titled == (("Kromwater", "Brief aan de raad"),)


def test_a_document_that_takes_no_part_is_not_told_as_asked(assistant):
    question = "Hoeveel uur per week werkt de havencoördinator van Kromwater?"
    assert assistant.ask(question, filters=[("document", "strand.md")]).understood.titled == ()
