"""axe-core on every view, in both languages, light and dark, wide and narrow; and the main tasks with the keyboard alone."""

import os
from importlib import resources, util

import pytest

from tests.browser.asking import ask
from tests.ui.serving import running

VIOLATIONS = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap(
    one => one.nodes.map(node => [one.id, one.impact, node.target.join(' '), (node.any[0] || node.all[0] || node.none[0] || {}).message].join(' | '))))"""
TABS = {"nl": ("Geschiedenis", "Bronnen", "Evaluatie"), "en": ("History", "Sources", "Evaluation")}


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; absent, the test is skipped, but not in CI."""
    if util.find_spec("axe_playwright_python") is None:
        if os.environ.get("CI"):
            pytest.fail("axe-playwright-python is missing: pip install -e '.[dev]'")
        pytest.skip("needs axe-playwright-python: pip install -e '.[dev]'")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def _violations(tab, axe: str, view: str) -> list[str]:
    tab.evaluate(axe)
    return [f"{view}: {one}" for one in tab.evaluate(VIOLATIONS)]


def _open_all(tab, within: str) -> None:
    tab.evaluate("within => document.querySelectorAll(`${within} details`).forEach(one => { one.open = true; })", within)


@pytest.mark.parametrize(("language", "scheme", "width"), [("nl", "light", 1280), ("nl", "dark", 390), ("en", "light", 390), ("en", "dark", 1280)])
def test_no_view_has_a_violation(browser, site, axe, language: str, scheme: str, width: int):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(site.url)
    tab.wait_for_selector("#examples button")
    if language == "en":
        tab.get_by_label("English").check()
        tab.wait_for_function("() => document.documentElement.lang === 'en' && document.querySelector('#send')?.innerText === 'Ask'", timeout=10_000)
    found = _violations(tab, axe, "empty")
    ask(tab, "Welke trends gelden voor Oekraïense vluchtelingen?" if language == "nl" else "Which trends apply to Ukrainian refugees?")
    ask(tab, "En wat staat er onder Informatiedeling?")
    ask(tab, "Wat is de hoofdstad van Frankrijk?")
    _open_all(tab, "#conversation")
    tab.locator("#conversation [data-verdict=down]").last.click()
    tab.locator("#narrow > button, #narrow .label-wrap").first.click()
    tab.wait_for_timeout(300)
    found += _violations(tab, axe, "answers")
    for name in TABS[language]:
        tab.get_by_role("tab", name=name).click()
        if name in ("Bronnen", "Sources"):
            tab.locator("#manage .label-wrap, #manage > button").first.click()
        tab.wait_for_timeout(500)
        _open_all(tab, "#tabs")
        found += _violations(tab, axe, name)
    tab.goto(f"{site.url}/page/read?doc=bloemlezing-p14.pdf&start=40&end=90&language={language}")
    found += _violations(tab, axe, "read")
    context.close()
    assert found == []


def test_the_page_to_sign_in_has_no_violation(browser, axe, tmp_path):
    with running(tmp_path, page=False, oidc_issuer="http://127.0.0.1:9", oidc_client_id="bronvast") as one:
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, locale="nl-NL")
            tab = context.new_page()
            tab.goto(one.url + "/sign-in")
            tab.fill("[name=name]", "anna")
            tab.fill("[name=password]", "fout wachtwoord")
            tab.keyboard.press("Enter")
            tab.wait_for_selector("[role=alert]")
            assert _violations(tab, axe, scheme) == []
            context.close()


def _tab_to(tab, selector: str, most: int = 80) -> None:
    """Press Tab until the focus is on what the selector finds."""
    for _ in range(most):
        if tab.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def test_asking_reading_copying_saving_and_judging_with_the_keyboard_alone(page):
    keys = page.keyboard
    _tab_to(page, "#question textarea")
    keys.type("Welke trends gelden voor Oekraïense vluchtelingen?")
    keys.press("Enter")
    page.wait_for_selector("#conversation .card", timeout=20_000)
    assert page.evaluate("document.activeElement.matches('#question textarea')"), "the focus stays where the next question is typed"
    page.evaluate("document.activeElement.blur()")
    _tab_to(page, "#conversation .copy")
    keys.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent === 'Gekopieerd'")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“Aandacht voor mogelijke uitbuiting van Oekraïense vluchtelingen.” (Bloemlezing, p. 14, 1.7 Internationaal)")
    _tab_to(page, "#conversation .source > summary")
    keys.press("Enter")
    page.wait_for_function("() => document.querySelector('#conversation figure.page img')?.naturalWidth > 500", timeout=20_000)
    _tab_to(page, "#conversation .after a")
    with page.expect_download() as found:
        keys.press("Enter")
    assert found.value.suggested_filename == "bronvast.docx"
    _tab_to(page, "#conversation [data-verdict=down]")
    keys.press("Enter")
    _tab_to(page, "#conversation .judge [value=unclear]")
    keys.press("Space")
    _tab_to(page, "#conversation .judge [type=submit]")
    keys.press("Enter")
    page.wait_for_function("() => document.querySelector('form.judge output').textContent.startsWith('Dank')", timeout=10_000)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost when the buttons have gone"
