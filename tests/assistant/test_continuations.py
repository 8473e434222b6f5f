"""What is quoted along with the sentence that answers: the subject it opens with, the list under its heading, the reason beside it."""

import pytest

from tests.real import real_assistant

GUIDE = """# Handreiking havendienst

## 1. Begrippen

**Loodsplicht.** De schipper neemt een loods aan boord voordat hij de vaargeul in gaat.

**Stille aankomst.** Een aankomst waarbij de schipper zijn schip niet vooraf meldt. Een melding per telefoon geldt niet als stille aankomst.

## 2. Werkwijze in vier stappen

1. Controleer de papieren. Gebruik daarvoor de lijst van de douane.
2. Meet de diepgang.
3. Wijs een ligplaats aan.
4. Maak de rekening op.

## 3. Besluiten

- De eigen sleepboot wordt verkocht.

Ook is gevraagd waarom de havendienst geen nieuw tolhuis bouwt. Een tolhuis zou twee miljoen euro kosten en er is weinig verkeer.

Ook is gevraagd waarom de oude kraan elke winter stilstaat. Daarom koopt de dienst een nieuwe wagen.

Ook is gevraagd waarom de kantine op zondag sluit. Honden liggen aan de lijn.

In de winter vroren drie sluizen dicht en moesten schepen omvaren. Daarom houdt de dienst sindsdien twee ijsbrekers gereed.

Een aanloop is ingewikkeld als er ten minste drie sleepboten bij nodig zijn. Bij een ingewikkelde aanloop beslist niet de loods, maar de havenmeester.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return real_assistant(tmp_path_factory.mktemp("along"), {"gids.md": GUIDE})


@pytest.mark.parametrize(("question", "quoted"), [
    ("Wat is een stille aankomst?", "Stille aankomst. Een aankomst waarbij de schipper zijn schip niet vooraf meldt."),
    ("What is meant by a stille aankomst?", "Stille aankomst. Een aankomst waarbij de schipper zijn schip niet vooraf meldt."),
    ("Waarom bouwt de havendienst geen nieuw tolhuis?",
     "Ook is gevraagd waarom de havendienst geen nieuw tolhuis bouwt. Een tolhuis zou twee miljoen euro kosten en er is weinig verkeer."),
    ("Waarom houdt de havendienst twee ijsbrekers gereed?",
     "In de winter vroren drie sluizen dicht en moesten schepen omvaren. Daarom houdt de dienst sindsdien twee ijsbrekers gereed."),
    ("Wanneer is een aanloop ingewikkeld?", "Een aanloop is ingewikkeld als er ten minste drie sleepboten bij nodig zijn.")])
def test_what_answers_is_quoted_with_what_it_goes_with(assistant, question, quoted):
    answer = assistant.ask(question)
    assert answer.status == "answered" and answer.evidence[0].quote.startswith(quoted)


@pytest.mark.parametrize(("question", "quoted"), [
    ("Waarom staat de oude kraan elke winter stil?", "Ook is gevraagd waarom de oude kraan elke winter stilstaat."),
    ("Waarom sluit de kantine op zondag?", "Ook is gevraagd waarom de kantine op zondag sluit.")])
def test_what_follows_from_it_or_is_about_something_else_is_no_reason(assistant, question, quoted):
    assert all(one.quote == quoted for one in assistant.ask(question).evidence if one.quote.startswith("Ook is"))


def test_steps_that_are_asked_for_are_the_whole_list_under_their_heading_and_no_more(assistant):
    quotations = [one.quote for one in assistant.ask("Uit welke stappen bestaat de werkwijze?").evidence]
    assert any(one.startswith("Controleer de papieren.") and one.endswith("Maak de rekening op.") for one in quotations)
    assert not any("sleepboot" in one for one in quotations)


def test_one_step_is_quoted_alone_where_no_list_is_asked_for(assistant):
    assert assistant.ask("Welke lijst is er voor de controle van de papieren?").evidence[0].quote == (
        "Controleer de papieren. Gebruik daarvoor de lijst van de douane.")
