"""An impatient person: stop, reload, back, two tabs, a server that starts again; nothing lost, nothing doubled."""

import subprocess
import sys
import threading
import time

import httpx
import pytest

from tests.browser.asking import ask, send

UKRAINE, CAPITAL = "Welke trends gelden voor Oekraïense vluchtelingen?", "Wat is de hoofdstad van Frankrijk?"


def _asked(tab) -> list[str]:
    return tab.locator("#conversation .asked bdi").all_inner_texts()


def test_reading_again_and_going_back_lose_nothing_and_two_tabs_stay_apart(page, site):
    ask(page, UKRAINE)
    other = page.context.new_page()
    other.goto(site.url)
    ask(other, CAPITAL)
    page.reload()
    page.wait_for_selector("#conversation .card")
    assert _asked(page) == [UKRAINE] and _asked(other) == [CAPITAL]
    ask(page, CAPITAL)
    page.goto(site.url + "/page/read?doc=bloemlezing-p14.pdf&start=0&end=0")
    page.go_back()
    page.wait_for_selector("#conversation .card")
    assert _asked(page) == [UKRAINE, CAPITAL]
    page.click("#new")
    page.wait_for_function("() => !document.querySelector('#conversation .turn')")
    page.reload()
    page.wait_for_selector("#examples button")
    page.wait_for_timeout(700)
    assert _asked(page) == []


def test_a_question_that_takes_long_can_be_stopped_and_stays_in_the_box(page, site):
    held, pressed, index_ask = threading.Event(), threading.Event(), type(site.desk.assistant()).ask
    assistant = site.desk.assistant()

    def slow(*given, told, **named):
        steps = []
        answer = index_ask(assistant, *given, **named, told=steps.append)
        until = time.monotonic() + 60
        while time.monotonic() < until and not held.wait(0.1):
            if pressed.is_set():
                told(steps[0])  # so that one is on its way when it is stopped
        return answer

    assistant.ask = slow
    try:
        for _ in range(3):
            page.fill("#question textarea", UKRAINE)
            page.press("#question textarea", "Enter")
            page.wait_for_selector("#waiting .late")
            page.wait_for_timeout(1_200)  # it shows itself after a second
            page.hover("#waiting .late")
            page.mouse.down()
            pressed.set()
            page.wait_for_timeout(250)  # a person's press; the steps draw the button anew meanwhile
            page.mouse.up()
            pressed.clear()
            page.wait_for_function("question => document.querySelector('#question textarea').value === question && "
                                   "!document.querySelector('#waiting .turn')", arg=UKRAINE)
            page.wait_for_timeout(600)
            assert page.locator("#waiting .turn").count() == 0, "what was on its way does not show it as worked on again"
    finally:
        held.set()
        del assistant.ask
    page.wait_for_timeout(1_500)  # the answer that nobody wants any more gives its place back
    ask(page, UKRAINE)
    assert _asked(page) == [UKRAINE]


# `bronvast serve` whose answers wait as long as there is a file `hold` in its state: so it can be killed while one is computed
SERVE = """
import os, time
from pathlib import Path
from assistant.assistant import Assistant
from ui.command import main
asked, state = Assistant.ask, Path(os.environ["BRONVAST_STATE"])
def held(*given, **named):
    if (state / "hold").exists() and "hoofdstad" in given[1]:
        (state / "held").touch()
        while (state / "hold").exists():
            time.sleep(0.05)
    return asked(*given, **named)
Assistant.ask = held
main()
"""


@pytest.fixture
def startable(site, tmp_path):
    """A server in a process of its own, that can be killed and started again on the same port."""
    from tests.ui.serving import free_port

    port, running = free_port(), []

    def start() -> str:
        serve = ["serve", "--index", str(site.folder / "index"), "--port", str(port)]
        running.append(subprocess.Popen([sys.executable, "-c", SERVE, *serve],
                                        env=site.environment(tmp_path), stderr=subprocess.DEVNULL))
        until = time.monotonic() + 300  # a busy machine is no fault
        while time.monotonic() < until:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/ready", timeout=30).status_code == 200:
                    return f"http://127.0.0.1:{port}"
            except httpx.TransportError:
                time.sleep(0.2)
        raise AssertionError("the server does not start")

    def kill() -> None:
        running[-1].kill()
        running[-1].wait()

    yield start, kill
    kill()


def _asked_of(browser, url: str):
    """A page of a server that has just started, on which the first question has been answered."""
    tab = browser.new_context(locale="nl-NL").new_page()
    tab.goto(url)
    tab.wait_for_selector("#examples button")
    ask(tab, UKRAINE)
    return tab


def test_a_server_that_starts_again_goes_on_with_the_conversation(browser, startable):
    start, kill = startable
    tab = _asked_of(browser, start())
    kill()
    send(tab, CAPITAL, "() => document.querySelector('#offline')?.textContent.includes('verbinding')")
    start()
    tab.wait_for_function("() => !document.querySelector('#offline')")
    tab.wait_for_selector("#conversation .card")
    assert tab.input_value("#question textarea") == CAPITAL
    ask(tab, CAPITAL)
    assert _asked(tab) == [UKRAINE, CAPITAL]
    tab.context.close()


def test_a_server_killed_while_it_answers_says_so_and_the_question_is_asked_once_more_by_the_person(browser, startable, tmp_path):
    start, kill = startable
    tab = _asked_of(browser, start())
    (tmp_path / "hold").touch()
    send(tab, CAPITAL, "() => document.querySelector('#waiting .turn')")
    until = time.monotonic() + 20
    while not (tmp_path / "held").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (tmp_path / "held").exists(), "the answer is being computed"
    kill()
    tab.wait_for_selector("#offline:has-text('Uw gesprek en uw vraag zijn bewaard')")
    (tmp_path / "hold").unlink()
    start()
    tab.wait_for_function("() => !document.querySelector('#offline')")
    tab.wait_for_selector("#conversation .card")
    assert tab.input_value("#question textarea") == CAPITAL and tab.locator("#waiting .turn").count() == 0
    assert _asked(tab) == [UKRAINE]
    tab.press("#question textarea", "Enter")
    tab.wait_for_function("() => document.querySelectorAll('#conversation .turn').length === 2")
    tab.wait_for_timeout(1_000)
    assert _asked(tab) == [UKRAINE, CAPITAL] and tab.input_value("#question textarea") == ""
    tab.get_by_role("tab", name="Geschiedenis").click()
    tab.wait_for_function("() => document.querySelectorAll('#history li').length > 1")  # the list of before stands there at first
    assert [one.split("?")[0] + "?" for one in tab.locator("#history li").all_inner_texts()] == [UKRAINE, CAPITAL], "nothing lost, nothing doubled"
    tab.context.close()
