"""Which words of a question point at the question before."""

import pytest

from assistant.pointing import only_points, points_at_once, points_back


@pytest.mark.parametrize("question", [
    "Wat zijn hun rechten?", "Welke rechten hebben zij?", "Hoe lang mag hun verblijf duren?", "Wie helpt hen?", "Wie betaalt die ligplaats?",
    "Hoe lang duurt dat?", "Wat gebeurt er met hun schepen?", "Wat wordt er aan gedaan?", "Welke ligplaats is er voor hen?", "Wat is zijn rol?",
    "Wat staat daarover in de wet?", "Welke havens doen dat?", "Wie is verantwoordelijk voor haar loods?", "What are their rights?", "Who helps them?",
    "How long does that take?", "Are they allowed to moor?", "What happens to their ships?", "Does it also apply to pilots?", "What is her name?"])
def test_a_word_points_back(question):
    assert points_back(question)


@pytest.mark.parametrize("question", [
    "Zijn er signalen over mist?", "Wat zijn de taken van de havenmeester?", "Hoeveel meldingen waren er in 2024?", "Hoeveel ligplaatsen zijn er?",
    "Welke schippers zijn vaak ziek?", "Welke rechten hebben schippers als zij getuigen?", "Mag een schipper zijn hond meenemen?",
    "Waarom moeten schippers hun vergunning tonen?", "Hoe hoog is het voorschot dat een loods krijgt?", "Hoe komt het dat loodsen zo weinig melden?",
    "Kan iemand die vastzit een ligplaats aanvragen?", "Waar moet de vergunning afkomstig van zijn?", "What is said about pilots and their licences?",
    "Which harbours are closed these days?", "Is it proven that fog is the cause?", "Do pilots receive the fee they were promised?",
    "Are skippers fined even if they were ill?", "Bedankt, dat was alles!", "How large is the advance that a pilot receives?"])
def test_a_word_that_points_at_the_question_itself_does_not(question):
    assert not points_back(question)


def test_a_word_alone_and_one_at_once_point():
    assert only_points("them") and only_points("er") and not only_points("zijn hond")
    assert points_at_once("Mogen ze in Ede varen?") and not points_at_once("Is it allowed to sail in Ede?")
