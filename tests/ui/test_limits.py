import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.ui.serving import running
from ui.limits import BusyError, Pace, Room


def test_a_user_asks_a_minutes_worth_and_then_waits():
    now = [0.0]
    pace = Pace(3, clock=lambda: now[0])
    assert [pace.take("anna") for _ in range(3)] == [0, 0, 0]
    assert pace.take("anna") == pytest.approx(20)
    assert pace.take("bert") == 0
    now[0] += 20
    assert pace.take("anna") == 0


def test_made_up_users_do_not_fill_the_memory():
    pace = Pace(3)
    for number in range(10_050):
        pace.take(str(number))
    assert len(pace._buckets) == 10_000


@contextmanager
def _inside(room):
    with room.queue(), room.work():
        yield


def test_whoever_finds_no_place_to_wait_is_sent_away_at_once():
    room, hold, inside = Room(1, 1, longest_wait_s=5), threading.Event(), threading.Event()

    def work() -> None:
        with _inside(room):
            inside.set()
            hold.wait(5)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    inside.wait(5)
    while room.inside < 2:
        time.sleep(0.01)
    started = time.monotonic()
    with pytest.raises(BusyError), _inside(room):
        pass
    assert time.monotonic() - started < 1
    hold.set()
    for one in workers:
        one.join()
    with _inside(room):
        assert room.inside == 1
    assert room.inside == 0


def test_whoever_waits_too_long_is_sent_away():
    room = Room(1, 5, longest_wait_s=0.05)
    with _inside(room), pytest.raises(BusyError), _inside(room):
        pass
    with _inside(room):
        pass


def test_a_program_that_waits_too_long_for_its_turn_gets_429(tmp_path):
    hold = threading.Event()
    with (running(tmp_path, page=False, hold=hold, concurrent_questions=1, waiting_questions=3) as one,
          one.bearer("anna") as program, ThreadPoolExecutor(2) as pool):
        one.desk.room.longest_wait_s = 0.3
        asked = [pool.submit(program.post, "/api/ask", json={"question": "Wat?"}) for _ in range(2)]
        until = time.monotonic() + 10
        while not any(each.done() for each in asked) and time.monotonic() < until:
            time.sleep(0.02)
        assert [each.result().status_code for each in asked if each.done()] == [429]
        hold.set()
        assert sorted(each.result().status_code for each in asked) == [200, 429]


def test_overload_is_429_with_a_wait_and_no_question_is_lost(tmp_path):
    hold = threading.Event()
    with (running(tmp_path, page=False, hold=hold, concurrent_questions=2, waiting_questions=3) as one,
          one.bearer("anna") as program, ThreadPoolExecutor(20) as pool):
        asked = [pool.submit(program.post, "/api/ask", json={"question": "Wat?"}) for _ in range(20)]
        until = time.monotonic() + 10
        while sum(each.done() for each in asked) < 15 and time.monotonic() < until:
            time.sleep(0.02)
        refused = [each.result() for each in asked if each.done()]
        assert [each.status_code for each in refused] == [429] * 15
        assert all(int(each.headers["retry-after"]) >= 1 for each in refused)
        hold.set()
        assert sorted(each.result().status_code for each in asked) == [200] * 5 + [429] * 15


def test_many_more_users_than_threads_are_sent_away_and_not_left_waiting(tmp_path):
    hold = threading.Event()
    with (running(tmp_path, page=False, hold=hold, concurrent_questions=2, waiting_questions=8) as one,
          one.bearer("anna") as program, ThreadPoolExecutor(80) as pool):
        asked = [pool.submit(program.post, "/api/ask", json={"question": "Wat?"}) for _ in range(80)]
        until = time.monotonic() + 10
        while sum(each.done() for each in asked) < 70 and time.monotonic() < until:
            time.sleep(0.02)
        assert [each.result().status_code for each in asked if each.done()] == [429] * 70
        assert program.get("/health").status_code == 200, "the server goes on while questions wait"
        hold.set()
        assert sorted(each.result().status_code for each in asked) == [200] * 10 + [429] * 70


def test_one_user_who_asks_too_often_does_not_stop_another(tmp_path):
    with running(tmp_path, page=False, requests_per_minute=2) as one, one.bearer("anna") as anna, one.bearer("bert") as bert:
        codes = [anna.post("/api/ask", json={"question": "Wat?"}).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        assert bert.post("/api/ask", json={"question": "Wat?"}).status_code == 200
