import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.ui.serving import PASSWORD, Running, running


def test_signing_in_gives_a_cookie_that_scripts_cannot_read_and_signing_out_takes_it(served: Running):
    with served.client() as browser:
        done = browser.post("/sign-in", data={"name": "Anna ", "password": PASSWORD})
        cookie = done.headers["set-cookie"].lower()
        assert done.status_code == 303 and done.headers["location"] == "/"
        assert "httponly" in cookie and "samesite=lax" in cookie and "max-age=3600" in cookie
        kept = dict(browser.cookies)
        assert browser.get("/config").status_code == 200
        assert browser.post("/sign-out").status_code == 303
        assert browser.get("/config").status_code == 401
    assert httpx.get(served.url + "/config", cookies=kept).status_code == 401, "a copy of the cookie has ended too"


def test_a_wrong_name_and_a_wrong_password_look_the_same(served: Running):
    with served.client() as browser:
        wrong = [browser.post("/sign-in", data={"name": name, "password": "x"}) for name in ("bert", "nobody", "<b>")]
    assert {one.status_code for one in wrong} == {401} and len({one.text for one in wrong}) == 1
    assert "<b>" not in wrong[2].text


def test_guessing_has_to_wait_even_with_the_right_password(tmp_path):
    with running(tmp_path, page=False, sign_in_attempts=3) as one, one.client() as browser:
        codes = [browser.post("/sign-in", data={"name": "anna", "password": "x"}).status_code for _ in range(4)]
        assert codes == [401, 401, 429, 429]
        late = browser.post("/sign-in", data={"name": "anna", "password": PASSWORD})
        assert late.status_code == 429 and int(late.headers["retry-after"]) > 0
        assert browser.post("/sign-in", data={"name": "bert", "password": PASSWORD}).status_code == 303


def test_the_page_to_sign_in_speaks_the_language_of_the_browser(served: Running):
    with served.client() as browser:
        assert '<html lang="nl">' in browser.get("/sign-in").text
        english = browser.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
        assert '<html lang="en">' in english and "Password" in english


def test_a_form_that_is_too_large_or_nonsense_is_refused(served: Running):
    with served.client() as browser:
        assert browser.post("/sign-in", content=b"x" * 10_000).status_code == 413
        assert browser.post("/sign-in", content=b"\xff\xfe\x00").status_code in (401, 429)


def test_without_users_only_requests_that_name_this_machine_are_let_in(tmp_path):
    with running(tmp_path, signing_in=False, page=False) as one, httpx.Client(base_url=one.url) as program:
        assert program.post("/api/ask", json={"question": "Wat?"}).status_code == 200
        rebound = program.post("/api/ask", json={"question": "Wat?"}, headers={"Host": "evil.example"})
        assert rebound.status_code == 403
        assert program.post("/api/ask", json={"question": "Wat?"}, headers={"Origin": "http://evil.example"}).status_code == 403
        assert program.get("/sign-in").status_code == 404


def test_the_language_of_the_page_to_sign_in_is_switched_and_kept_after_a_wrong_password(served: Running):
    with served.client() as stranger:
        dutch = stranger.get("/sign-in", headers={"Accept-Language": "nl"}).text
        assert 'lang="nl"' in dutch and 'href="/sign-in?language=en"' in dutch
        for path in ("/sign-in?language=en", "/sign-in?language=%3Cscript%3E"):
            assert "<script>" not in stranger.get(path, headers={"Accept-Language": "nl"}).text
        english = stranger.get("/sign-in?language=en", headers={"Accept-Language": "nl"}).text
        assert 'lang="en"' in english and "User name" in english and 'action="/sign-in?language=en"' in english
        refused = stranger.post("/sign-in?language=en", data={"name": "niemand", "password": "geen"}, headers={"Accept-Language": "nl"})
        assert refused.status_code == 401 and "do not belong together" in refused.text


def _at_once(one: Running, count: int, name: str) -> tuple[Counter, int, int]:
    """Guess so many times at once; the statuses, how many passwords were checked, and how many of them at the same time."""
    checked, inside, lock, check = [], set(), threading.Lock(), one.accounts.check

    def held(name: str, password: str):
        with lock:
            inside.add(password)
            checked.append(len(inside))
        time.sleep(0.05)
        found = check(name, password)
        with lock:
            inside.discard(password)
        return found

    one.accounts.check = held
    with ThreadPoolExecutor(count) as pool:
        statuses = list(pool.map(lambda number: httpx.post(one.url + "/sign-in", timeout=60, data={
            "name": name.format(number), "password": f"fout {number}"}).status_code, range(count)))
    one.accounts.check = check
    return Counter(statuses), len(checked), max(checked)


def test_of_many_guesses_at_once_no_more_are_checked_than_one_after_another_would_be(tmp_path):
    with running(tmp_path, page=False, sign_in_attempts=5) as one:
        statuses, checked, _ = _at_once(one, 30, "anna")
    assert checked == 5 and set(statuses) <= {401, 429} and statuses[429] >= 26


def test_two_passwords_are_checked_at_the_same_time_however_many_ask(tmp_path):
    with running(tmp_path, page=False) as one:
        statuses, checked, most = _at_once(one, 20, "naam{}")
    assert (checked, most) == (20, 2) and statuses == {401: 20}


def test_an_office_that_signs_in_rightly_does_not_use_up_the_guesses_of_its_address(tmp_path):
    with running(tmp_path, page=False) as one, one.client() as browser:
        codes = [browser.post("/sign-in", data={"name": "anna", "password": PASSWORD}).status_code for _ in range(60)]
    assert set(codes) == {303}
