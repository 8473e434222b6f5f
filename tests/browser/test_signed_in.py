"""Signing in and out in the browser, over the page with the real sources of nobody else."""

from tests.ui.serving import PASSWORD, running


def test_a_user_signs_in_sees_who_is_signed_in_and_signs_out(browser, tmp_path):
    from ui.page import build_page

    with running(tmp_path, build_page=build_page) as one:
        context = browser.new_context(locale="nl-NL")
        tab = context.new_page()
        tab.goto(one.url)
        tab.fill("[name=name]", "pim")
        tab.fill("[name=password]", PASSWORD)
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".who:has-text('Aangemeld als pim')")
        tab.click(".who button")
        tab.wait_for_selector("[name=password]")
        tab.goto(one.url)
        assert tab.url.endswith("/sign-in") and tab.locator("#question").count() == 0
        context.close()
