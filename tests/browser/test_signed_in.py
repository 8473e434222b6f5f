"""Signing in and out in the browser, over the page with the real sources of nobody else."""

import pytest

from tests.browser.asking import ask
from tests.ui.serving import PASSWORD, running


def test_a_user_signs_in_sees_who_is_signed_in_and_signs_out(browser, tmp_path):
    from ui.page import build_page

    with running(tmp_path, build_page=build_page) as one:
        context = browser.new_context(locale="nl-NL")
        tab = context.new_page()
        _sign_in(tab, one.url, "pim")
        tab.click(".who button")
        tab.wait_for_selector("[name=password]")
        tab.goto(one.url)
        assert tab.url.endswith("/sign-in") and tab.locator("#question").count() == 0
        context.close()


def _sign_in(tab, url: str, name: str) -> None:
    tab.goto(url)
    tab.fill("[name=name]", name)
    tab.fill("[name=password]", PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_selector(f".who:has-text('Aangemeld als {name}')")


@pytest.mark.parametrize("left", ["signed out", "expired"])
def test_what_was_typed_and_asked_in_a_tab_is_for_its_user_alone(browser, tmp_path, left: str):
    from ui.page import build_page

    with running(tmp_path, build_page=build_page) as one:
        context = browser.new_context(locale="nl-NL")
        tab = context.new_page()
        _sign_in(tab, one.url, "pim")
        ask(tab, "Wat staat er in de openbare zin?")
        tab.locator("#question textarea").press_sequentially("Klopt het vermoeden over")
        tab.wait_for_timeout(300)
        if left == "expired":
            context.clear_cookies()
            _sign_in(tab, one.url, "pim")
            tab.wait_for_function("() => document.querySelector('#question textarea').value === 'Klopt het vermoeden over'")
            tab.wait_for_selector("#conversation .asked")
            context.clear_cookies()
        else:
            tab.click(".who button")
            tab.wait_for_selector("[name=password]")
            assert tab.evaluate("JSON.stringify(sessionStorage)") == "{}"
        _sign_in(tab, one.url, "anna")
        tab.wait_for_timeout(1_500)
        assert tab.input_value("#question textarea") == "" and tab.locator("#conversation .asked").count() == 0
        kept = tab.evaluate("JSON.stringify(sessionStorage)")
        assert "vermoeden" not in kept and kept == '{"bronvast-user":"anna"}'
        context.close()
