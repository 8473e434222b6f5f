"""The words of a question that only ask are no terms; in another place they are."""

from collections import Counter

import pytest

from assistant.bridge import bundled_bridge
from assistant.question_frames import without_frame
from assistant.understanding import Vocabulary, understand

EMPTY = Vocabulary(Counter(), {}, (), ())


@pytest.mark.parametrize(("question", "left"), [
    ("Who counts as a foster parent?", "Who   as a foster parent?"),
    ("Who is considered a witness?", "Who is   a witness?"),
    ("Wanneer wordt iemand beschouwd als getuige?", "Wanneer wordt iemand als getuige?"),
    ("Wie wordt als getuige aangemerkt?", "Wie wordt als getuige  ?"),
    ("When does the service treat a skipper as a witness?", "When does the service   a skipper as a witness?"),
    ("Wanneer ziet de dienst iemand als getuige?", "Wanneer   de dienst iemand als getuige?"),
    ("Welk bewijs merkt de dienst aan als voldoende?", "Welk bewijs   de dienst aan als voldoende?"),
    ("Wat verstaat de dienst onder loondienst?", "Wat   de dienst onder loondienst?"),
    ("In welke gevallen vervalt de toelage?", "In welke   vervalt de toelage?"),
    ("Is it true that hostels keep passports?", "Is it   that hostels keep passports?"),
    ("Maakt het uit of iemand betaald kreeg?", "  het   of iemand betaald kreeg?"),
    ("Welke rol speelt de havenmeester?", "Welke   speelt de havenmeester?"),
    ("What role does the harbour master play?", "What   does the harbour master  ?"),
])
def test_what_only_asks_is_taken_out(question: str, left: str) -> None:
    assert without_frame(question).split() == left.split()


@pytest.mark.parametrize("question", [
    "Hoeveel bewoners telt de opvang?", "Welke gevallen van dwang zijn er?", "Wat valt op bij jongeren?", "Who counts the beds?",
    "When was the application considered by the court?", "Which clinics treat victims?", "Wie ziet de bewoners dagelijks?",
    "Which hospitals can treat victims as well as children?", "Which clinics do not treat victims as well as children?",
    "Who can view the register as an employer?",
    "Welke merken worden verkocht als echt?", "Wat merken bewoners als de opvang sluit?", "Welke instanties zien zowel mannen als vrouwen?",
    "Wie ziet het schip als eerste?", "Wat ziet de loods als het mist?", "Which role models visit schools?", "Is the register correct?",
])
def test_the_same_words_elsewhere_stay(question: str) -> None:
    assert without_frame(question) == question


@pytest.mark.parametrize(("question", "terms"), [
    ("Who counts as a family member?", ["family member"]), ("Wat verstaat de IND onder referent?", ["IND", "referent"]),
    ("What role does the municipality play in the reception of victims?", ["municipality", "reception", "victims"]),
    ("Hoeveel slachtoffers telt de regio?", ["slachtoffers", "telt", "regio"]),
    ("In which cases?", ["cases"]),  # all that it has
])
def test_terms_leave_out_the_frame(question: str, terms: list[str]) -> None:
    assert [term.text for term in understand(question, history=(), vocabulary=EMPTY, bridge=bundled_bridge()).terms] == terms
