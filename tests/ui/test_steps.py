"""What is said while a question is answered, and why a sentence was quoted: in plain words, in the user's language, as text."""

import threading
from html import unescape

from assistant.answers import Reading, Step
from tests.ui.fakes import FakeAssistant
from ui.asking import Conversation, Wanted, ask, waiting_html
from ui.audit import Audit
from ui.cards import why_html, why_words
from ui.desk import Desk
from ui.limits import Pace, Room
from ui.monitoring import Measures

READ = Reading("Wat stijgt <b>er</b> in Drenthe?", "fact")


def _lines(html: str) -> list[str]:
    return [unescape(part.split("</bdi>")[0].split("<bdi>")[1]) for part in html.split("<li ")[1:]]


def test_the_steps_follow_each_other_and_the_last_is_the_one_at_hand():
    steps = [Step("searching", READ, 343), Step("reading", READ, 60), Step("checking", READ, 12)]
    assert _lines(waiting_html("Wat?", (), "nl")) == ["De vraag lezen…"]
    assert _lines(waiting_html("Wat?", steps[:1], "nl")) == ["Begrepen als: Wat stijgt <b>er</b> in Drenthe?", "343 passages doorzoeken"]
    html = waiting_html("Wat?", steps, "nl")
    assert _lines(html)[1:] == ["343 passages doorzoeken", "60 zinnen lezen", "Citaten controleren"] and html.count('class="now"') == 1
    assert html.index('class="now"') > html.index("60 zinnen") and "<b>er</b>" not in html and 'data-press="stop-asking"' in html
    assert _lines(waiting_html("Wat?", steps, "en"))[-1] == "Checking quotations"


def test_the_reason_tells_words_that_come_back_from_those_that_come_near():
    assert why_words("trends: 40%, Oekraïense vluchtelingen: 100%, preventie: 97%", "nl") == (
        "Uit de vraag komt erin terug: ‘Oekraïense vluchtelingen’ en ‘preventie’.", "Met een verwant woord, of in de zinnen eromheen: ‘trends’.")
    assert why_words("refugees: 100%", "en") == ("Of the question it takes up: ‘refugees’.",)
    assert "%" not in why_html("trends: 40%", "nl") and why_html("", "nl") == ""


def test_a_term_is_shown_as_text():
    assert "<img" not in why_html("<img src=x>: 100%", "nl")


def test_while_nothing_happens_nothing_is_shown_anew(tmp_path):
    """A question that is stopped then has nothing on its way that shows it as worked on again."""
    assistant, held = FakeAssistant(), threading.Event()
    at_once = assistant.ask

    def slow(*given, **named):
        held.wait(20)
        return at_once(*given, **named)

    assistant.ask = slow
    desk = Desk(lambda: assistant, Pace(1000), Room(2, 2), Audit(tmp_path / "audit.jsonl", secret=b"s" * 32, days=1), Measures(), 2000)
    shown = ask(desk, None, Wanted("Wat stijgt?"), Conversation(), "nl")
    assert "Wat stijgt?" in next(shown).waiting
    assert [next(shown).waiting for _ in range(3)] == [None] * 3
    held.set()
    assert list(shown)[-1].waiting == ""
