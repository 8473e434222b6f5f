"""An impatient person: stop, reload, back, two tabs, a server that starts again; nothing lost, nothing doubled."""

import subprocess
import sys
import threading
import time

import httpx
import pytest

from tests.browser.asking import ask

UKRAINE, CAPITAL = "Welke trends gelden voor Oekraïense vluchtelingen?", "Wat is de hoofdstad van Frankrijk?"


def _asked(tab) -> list[str]:
    return tab.locator("#conversation .asked bdi").all_inner_texts()


def test_reading_again_and_going_back_lose_nothing_and_two_tabs_stay_apart(page, site):
    ask(page, UKRAINE)
    other = page.context.new_page()
    other.goto(site.url)
    ask(other, CAPITAL)
    page.reload()
    page.wait_for_selector("#conversation .card", timeout=20_000)
    assert _asked(page) == [UKRAINE] and _asked(other) == [CAPITAL]
    ask(page, CAPITAL)
    page.goto(site.url + "/page/read?doc=bloemlezing-p14.pdf&start=0&end=0")
    page.go_back()
    page.wait_for_selector("#conversation .card", timeout=20_000)
    assert _asked(page) == [UKRAINE, CAPITAL]
    page.click("#new")
    page.wait_for_function("() => !document.querySelector('#conversation .turn')")
    page.reload()
    page.wait_for_selector("#examples button")
    page.wait_for_timeout(700)
    assert _asked(page) == []


def test_a_question_that_takes_long_can_be_stopped_and_stays_in_the_box(page, site):
    held, index_ask = threading.Event(), type(site.desk.assistant()).ask
    assistant = site.desk.assistant()

    def slow(*given, **named):
        held.wait(20)
        return index_ask(assistant, *given, **named)

    assistant.ask = slow
    try:
        page.fill("#question textarea", UKRAINE)
        page.press("#question textarea", "Enter")
        page.wait_for_selector("#waiting .late", timeout=10_000)
        page.wait_for_timeout(1_200)  # it shows itself after a second
        page.click("#waiting .late")
        page.wait_for_function("question => document.querySelector('#question textarea').value === question && "
                               "!document.querySelector('#waiting .turn')", arg=UKRAINE, timeout=10_000)
    finally:
        held.set()
        del assistant.ask
    page.wait_for_timeout(1_500)  # the answer that nobody wants any more gives its place back
    ask(page, UKRAINE)
    assert _asked(page) == [UKRAINE]


@pytest.fixture
def startable(site, tmp_path):
    """A server in a process of its own, that can be killed and started again on the same port."""
    from tests.ui.serving import free_port

    port, running = free_port(), []

    def start() -> str:
        serve = ["serve", "--index", str(site.folder / "index"), "--port", str(port)]
        running.append(subprocess.Popen([sys.executable, "-c", "from ui.command import main; main()", *serve],
                                        env=site.environment(tmp_path), stderr=subprocess.DEVNULL))
        until = time.monotonic() + 120
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


def test_a_server_that_starts_again_goes_on_with_the_conversation(browser, startable):
    start, kill = startable
    url = start()
    context = browser.new_context(locale="nl-NL")
    tab = context.new_page()
    tab.goto(url)
    tab.wait_for_selector("#examples button", timeout=20_000)
    ask(tab, UKRAINE)
    kill()
    tab.fill("#question textarea", CAPITAL)
    tab.press("#question textarea", "Enter")
    tab.wait_for_selector("#offline:has-text('verbinding')", timeout=15_000)
    start()
    tab.wait_for_function("() => !document.querySelector('#offline')", timeout=20_000)
    tab.wait_for_selector("#conversation .card", timeout=20_000)
    assert tab.input_value("#question textarea") == CAPITAL
    ask(tab, CAPITAL)
    assert _asked(tab) == [UKRAINE, CAPITAL]
    context.close()
