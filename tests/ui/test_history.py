"""A user's own history: searched, deleted to the byte, gone after its time, and nobody else's."""

from html import unescape

import pytest

from ui.history import History, history_html

DAY = 86_400


@pytest.fixture
def kept(tmp_path):
    """A history of ten days whose clock the test moves."""
    now = [1_000_000.0]
    history = History(tmp_path / "history", days=10, clock=lambda: now[0])
    return history, now, tmp_path / "history"


def _bytes(folder) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_questions_are_found_by_all_their_words_newest_first_and_by_their_user_alone(kept):
    history, now, _ = kept
    for question in ("Waar broedt de wulp?", "Waar broedt de GRUTTO?", "Wie telt ze?"):
        history.add("anna", "c1", question, status="answered", filters=[("section", "1.2")])
        now[0] += 1
    assert [one.question for one in history.all("anna")] == ["Wie telt ze?", "Waar broedt de GRUTTO?", "Waar broedt de wulp?"]
    assert [one.question for one in history.all("anna", containing="grutto waar")] == ["Waar broedt de GRUTTO?"]
    assert history.all("anna")[0].filters == (("section", "1.2"),)
    assert history.all("bert") == [] and history.conversation("bert", "c1") == []


def test_words_as_typed_and_a_question_asked_alone_are_kept_and_a_line_without_them_is_read(kept):
    history, _, folder = kept
    history.add("anna", "c1", "En in Drente?", status="answered", literal=("Drente",), alone=True)
    path = next(folder.glob("*.jsonl"))
    path.write_bytes(path.read_bytes() + b'{"id": "x", "conversation": "c1", "at": 1000000.0, "question": "Oud?", "status": "answered", "filters": null}\n')
    assert [(one.question, one.literal, one.alone) for one in history.conversation("anna", "c1")] == [("En in Drente?", ("Drente",), True), ("Oud?", (), False)]


def test_a_question_past_its_time_is_not_shown_and_leaves_the_disk(kept):
    history, now, folder = kept
    history.add("anna", "c1", "Een oude vraag?", status="answered")
    now[0] += 9 * DAY
    history.add("anna", "c2", "Een nieuwe vraag?", status="answered")
    assert len(history.all("anna")) == 2
    now[0] += 2 * DAY
    assert [one.question for one in history.all("anna")] == ["Een nieuwe vraag?"]
    history.sweep()
    assert b"oude" not in _bytes(folder) and b"nieuwe" in _bytes(folder)
    now[0] += 10 * DAY
    history.sweep()
    assert list(folder.glob("*.jsonl")) == [], "of a user too who does not come back"


def test_what_is_deleted_is_gone_to_the_byte_and_the_others_stay(kept):
    history, _, folder = kept
    for question in ("Waar ligt de zeeanemoon?", "Waar ligt de dijk?"):
        history.add("anna", "c1", question, status="answered")
    history.add("bert", "c9", "Waar ligt de zeeanemoon?", status="answered")
    gone = [one.id for one in history.all("anna", containing="zeeanemoon")]
    assert history.forget("bert", gone) == 0, "an id of another user deletes nothing"
    assert history.forget("anna", gone) == 1
    assert [one.question for one in history.all("anna")] == ["Waar ligt de dijk?"] and len(history.all("bert")) == 1
    assert history.forget("bert") == 1 and b"zeeanemoon" not in _bytes(folder)


def test_a_conversation_opens_at_its_end_and_one_that_was_searched_for_at_what_was_found(kept):
    history, _, _ = kept
    for question in ("Waar ligt de zeeanemoon?", "Waar ligt de dijk?"):
        id = history.add("anna", "c1", question, status="answered")
    assert '"question"' not in unescape(history_html(history, "anna", "", "nl"))
    assert f'"question": "{id}"' in unescape(history_html(history, "anna", "dijk", "nl"))


def test_with_no_days_nothing_is_written_and_what_was_there_is_swept(kept):
    history, _, folder = kept
    history.add("anna", "c1", "Een vraag?", status="answered")
    none = History(folder, days=0)
    none.add("anna", "c1", "Nog een vraag?", status="answered")
    assert b"Nog een" not in _bytes(folder)
    none.sweep()
    assert _bytes(folder) == b""


def test_a_line_that_a_crash_cut_off_costs_itself_alone(kept):
    history, _, folder = kept
    history.add("anna", "c1", "Een hele vraag?", status="answered")
    path = next(folder.glob("*.jsonl"))
    path.write_bytes(path.read_bytes() + b'{"id": "x", "conver')
    assert [one.question for one in history.all("anna")] == ["Een hele vraag?"]
    path.write_bytes(path.read_bytes() + b'\n3\n[1]\n"x"\n{"id": "x", "conversation": "c1", "at": "nu", "question": "?", "status": ""}\n{"id"')
    history.add("anna", "c1", "Nog een hele vraag?", status="answered")
    assert [one.question for one in history.all("anna")] == ["Nog een hele vraag?", "Een hele vraag?"]
