"""What stands under a heading that asks a question answers it, though it repeats none of its words."""

import pytest

from ingest.replies import asked_above
from ingest.sentences import sentence_spans
from tests.real import real_assistant

QUESTIONS = """# Vragen over de haven

## Kan ik een ongeval anoniem melden?

Tegenover de schipper kan dat meestal wel, tegenover de havenmeester niet. De havenmeester moet terug kunnen bellen.
Een melder krijgt binnen tien dagen bericht.

## Moet ik zelf onderzoek doen?

Nee. Ga niet posten en volg niemand. Een melding van een ongeval is genoeg.

- Bewaar wel wat u zag.

## Wie betaalt de loods?

Dat is landelijk geregeld. De rederij betaalt de loods binnen een maand.

## Ligplaatsen

Wie een ligplaats wil, vraagt die aan bij het loket.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return real_assistant(tmp_path_factory.mktemp("replies"), {"vragen.md": QUESTIONS})


@pytest.mark.parametrize(("question", "opens"), [
    ("Kan ik een ongeval anoniem melden?", "Tegenover de schipper"), ("Can I report an accident anonymously?", "Tegenover de schipper"),
    ("Moet ik zelf onderzoek doen?", "Nee. Ga niet posten"), ("Wie betaalt de loods?", "De rederij betaalt")])
def test_the_reply_comes_first_and_is_quoted_without_its_heading(assistant, question, opens):
    answer = assistant.ask(question)
    assert answer.status == "answered" and answer.evidence[0].quote.startswith(opens)


def test_only_the_paragraph_that_opens_a_section_replies(assistant):
    passages = assistant.index.view(None).passages
    asked = {passage.text[:9]: asked_above(passages, number) for number, passage in enumerate(passages)}
    assert {text: heading for text, heading in asked.items() if heading} == {
        "Tegenover": "Kan ik een ongeval anoniem melden?", "Nee. Ga n": "Moet ik zelf onderzoek doen?"}


@pytest.mark.parametrize(("text", "count"), [
    ("Nee. Een vermoeden is genoeg. Bel dan.", 2), ("Ja! Dat kan.", 1), ("No. A suspicion is enough.", 1), ("Hij zei nee. Zij ging weg.", 2), ("Nee.", 1)])
def test_a_bare_yes_or_no_goes_with_what_follows(text, count):
    assert len(sentence_spans(text)) == count
