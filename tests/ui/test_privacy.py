import time

import httpx
import pytest

from tests.ui.fakes import FakeAssistant
from tests.ui.serving import listening
from ui.asking import Conversation, Wanted, ask
from ui.audit import Audit
from ui.desk import Desk
from ui.history import History
from ui.keeping import Feedback, Keeping
from ui.limits import Pace, Room
from ui.monitoring import Measures
from ui.privacy import is_bsn, personal_data
from ui.server import build_server
from ui.settings import Settings


def _kinds(question, **kwargs):
    return [(one.kind, question[one.start:one.end]) for one in personal_data(question, **kwargs)]


@pytest.mark.parametrize(("question", "kind", "piece"), [
    ("Wat is er bekend over 123456782?", "bsn", "123456782"),
    ("BSN 1234.56.782 komt in welk dossier voor?", "bsn", "1234.56.782"),
    ("Hoe zit het met V-nummer 2801234567?", "v_number", "2801234567"),
    ("status van 2801234567", "v_number", "2801234567"),
    ("Mag ik 06-12345678 bellen?", "phone", "06-12345678"),
    ("Mag ik +31 6 12345678 bellen?", "phone", "+31 6 12345678"),
    ("Bel 030 123 4567 even", "phone", "030 123 4567"),
    ("mail naar k.bakker@voorbeeld.nl graag", "email", "k.bakker@voorbeeld.nl"),
    ("Heeft mevrouw De Vries recht op opvang?", "name", "mevrouw De Vries"),
    ("Is dhr. Bakker slachtoffer?", "name", "dhr. Bakker"),
    ("Wat gebeurt er met J.P. van Dijk?", "name", "J.P. van Dijk"),
    ("Kan Fatima el Idrissi bedenktijd krijgen?", "name", "Fatima el Idrissi"),
    ("Can Mr Smith stay?", "name", "Mr Smith"),
    ("Is there a permit for Olena Kovalenko?", "name", "Olena Kovalenko")])
def test_what_looks_like_personal_data_is_found(question, kind, piece):
    assert (kind, piece) in _kinds(question)


@pytest.mark.parametrize("question", [
    "Welke trends gelden voor Oekraïense vluchtelingen?", "Which trends apply to Ukrainian refugees?",
    "Wat zegt artikel 273f lid 1 van het Wetboek over 2022?", "Hoeveel slachtoffers waren er in 2019-2021?",
    "Wat kost het: 12.500.000 euro of 123.456,78 euro?", "Gaat het om 123456789 meldingen?",
    "Welke Nederlandse gemeenten doen mee?", "Wat doet het COA op 1 januari 2023?", "Staatsblad 2020, 123"])
def test_ordinary_questions_give_no_warning(question):
    assert _kinds(question) == []


def test_names_of_bodies_that_the_sources_use_are_not_persons():
    question = "Wat doet de Koninklijke Marechaussee?"
    assert _kinds(question) == [("name", "Koninklijke Marechaussee")]
    assert _kinds(question, known={"koninklijke", "marechaussee"}.__contains__) == []


def test_the_eleven_test():
    assert is_bsn("123456782") and is_bsn("12345672") is is_bsn("012345672")
    assert not is_bsn("123456789") and not is_bsn("000000000")


def test_a_million_characters_take_no_time():
    import time

    started = time.perf_counter()
    for text in ("1" * 100_000, "0 " * 50_000, "A." * 50_000, "Aa " * 30_000, "a@" * 50_000, "a." * 50_000 + "@", "van " * 9_000):
        personal_data(text[:2_000])
    assert time.perf_counter() - started < 2


def _desk(state, clock=time.time, days=30):
    keeping = Keeping(history=History(state / "history", days=days, clock=clock), feedback=Feedback(state / "feedback.jsonl", days=days, clock=clock))
    assistant = FakeAssistant()
    return Desk(lambda: assistant, Pace(1000), Room(2, 2), Audit(state / "audit.jsonl", secret=b"s" * 32, days=days, clock=clock), Measures(), 2000,
                keeping=keeping)


def _asked(desk, question):
    return list(ask(desk, None, Wanted(question), Conversation(), "nl"))[-1]


def _judge(desk, key, note=""):
    with listening(build_server(Settings(), desk, page=lambda: None, signing=None, keys=None).gate) as url:
        return httpx.post(f"{url}/page/feedback", json={"answer": key, "verdict": "down", "note": note}).status_code


def _bytes(state):
    return b"".join(path.read_bytes() for path in state.rglob("*") if path.is_file())


@pytest.mark.parametrize(("question", "said", "piece"), [
    ("Heeft mevrouw De Vries recht op opvang?", "naam", b"Vries"), ("Wat is er bekend over BSN 123456782?", "burgerservicenummer", b"123456782"),
    ("Mag ik 06-12345678 bellen?", "telefoon", b"12345678"), ("Hoe zit het met V-nummer 2801234567?", "V-nummer", b"2801234567")])
def test_a_question_that_names_a_person_is_warned_of_and_is_in_no_file_not_of_a_judgement_either(tmp_path, monkeypatch, question, said, piece):
    monkeypatch.setattr("ui.server._mount", lambda *_: None)
    desk = _desk(tmp_path)
    shown = _asked(desk, question)
    assert said.casefold() in shown.html.casefold() and "niet bewaard" in shown.html
    assert _judge(desk, shown.conversation.turns[-1].key, note=f"zie {piece.decode()}: {question}") == 200
    assert piece not in _bytes(tmp_path) and b'"asked"' in _bytes(tmp_path) and b'"down"' in _bytes(tmp_path)
    _asked(desk, "Welke signalen gaan over arbeid?")
    assert b"signalen gaan over arbeid" in _bytes(tmp_path)


def test_a_judgement_keeps_what_was_asked_before_but_no_question_that_names_a_person(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.server._mount", lambda *_: None)
    desk, conversation = _desk(tmp_path), Conversation()
    for question in ("Heeft mevrouw De Vries recht op opvang?", "Welke signalen gaan over arbeid?", "En over zorg?"):
        conversation = list(ask(desk, None, Wanted(question, filters=(("kind", "signal"),)), conversation, "nl"))[-1].conversation
    assert _judge(desk, conversation.turns[-1].key) == 200 and b"Vries" not in _bytes(tmp_path)
    (kept,) = desk.keeping.feedback.lines()
    assert (kept["question"], kept["history"], kept["filters"]) == ("En over zorg?", ["", "Welke signalen gaan over arbeid?"], [["kind", "signal"]])


def test_what_is_past_its_time_leaves_the_disk_while_the_server_runs_and_nobody_asks(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.server._mount", lambda *_: None)
    monkeypatch.setattr("ui.server._SWEEP_EVERY_S", 0.05)
    now = [time.time() - 40 * 86_400]
    desk = _desk(tmp_path, clock=lambda: now[0])
    shown = _asked(desk, "Welke signalen gaan over arbeid?")
    desk.keeping.feedback.add(desk.keeping.shelf.find("local", shown.conversation.turns[-1].key), "down")
    assert _bytes(tmp_path).count(b"signalen gaan over arbeid") == 2 and b'"asked"' in _bytes(tmp_path)
    now[0] = time.time()
    with listening(build_server(Settings(), desk, page=None, signing=None, keys=None).gate):
        until = time.monotonic() + 20
        while _bytes(tmp_path).strip() and time.monotonic() < until:
            time.sleep(0.05)
    assert _bytes(tmp_path).strip() == b""
