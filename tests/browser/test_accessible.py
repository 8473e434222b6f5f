"""axe-core on every view, empty and full, in both languages, light and dark, wide and narrow; and the main tasks with the keyboard alone."""

import json
import os
from collections.abc import Iterator
from importlib import resources, util
from pathlib import Path

import pytest

from tests.browser.asking import ask, send, to_english
from tests.ui.serving import listening, running

# the animation of what is folded away does not go on, so it is waited for two seconds at most
VIOLATIONS = """() => Promise.race([
    Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0))), new Promise(ok => setTimeout(ok, 2000))]).then(
    () => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap(
    one => one.nodes.map(node => [one.id, one.impact, node.target.join(' '), (node.any[0] || node.all[0] || node.none[0] || {}).message].join(' | ')))))"""
WIDER = "() => document.documentElement.scrollWidth > innerWidth + 1 ? [`${document.documentElement.scrollWidth} pixels wide`] : []"
TABS = {"nl": {"ask": "Vragen", "history": "Geschiedenis", "sources": "Bronnen", "bench": "Evaluatie"},
        "en": {"ask": "Ask", "history": "History", "sources": "Sources", "bench": "Evaluation"}}
LOOKS = {"nl": ((1280, "light"), (390, "dark")), "en": ((1280, "dark"), (390, "light"))}
# of each kind of answer: the question and the status that it gets over the sources of `site`
ASKED = {"nl": {"answered": "Welke trends gelden voor Oekraïense vluchtelingen?", "narrowed": "En wat staat er onder Informatiedeling?",
                "text": "Hoe houdt de zeewering bij Petten stand?", "related": "Hoeveel Oekraïense vluchtelingen zijn er in Nederland?",
                "not_found": "Wat is de hoofdstad van Frankrijk?", "out_of_scope": "Hoeveel is 12 keer 7?"},
         "en": {"answered": "Which trends apply to Ukrainian refugees?", "narrowed": "And what is said under Informatiedeling?",
                "text": "Hoe houdt de zeewering bij Petten stand?", "related": "How many Ukrainian refugees are there in the Netherlands?",
                "not_found": "What is the capital of France?", "out_of_scope": "How much is 12 times 7?"}}
QUESTIONS = [{"id": "b1", "language": "nl", "kind": "list", "question": ASKED["nl"]["answered"], "answerable": True,
              "must": [[{"quote": "Oekraïners toenemend kwetsbaar."}]]},
             {"id": "b2", "language": "en", "kind": "near", "question": "How do I apply for a parking permit?", "answerable": False}]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; absent, the test is skipped, but not in CI."""
    if util.find_spec("axe_playwright_python") is None:
        if os.environ.get("CI"):
            pytest.fail("axe-playwright-python is missing: pip install -e '.[dev]'")
        pytest.skip("needs axe-playwright-python: pip install -e '.[dev]'")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def empty_url(tmp_path_factory) -> Iterator[str]:
    """The page over an index whose last document has been removed, for a user who has asked nothing."""
    from index.update import remove
    from ui.command import run
    from ui.serve_command import opened_server
    from ui.settings import Settings

    folder = tmp_path_factory.mktemp("empty")
    (folder / "nota.txt").write_text("Niets blijft.", encoding="utf-8")
    assert run(["ingest", str(folder / "nota.txt"), "--index", str(folder / "index")]) == 0
    remove(folder / "index", ["nota.txt"])
    with listening(opened_server(Settings(index=folder / "index", state=folder / "state", requests_per_minute=1000)).gate) as url:
        yield url


def _violations(tab, axe: str, view: str) -> list[str]:
    tab.evaluate(axe)
    return [f"{view}: {one}" for one in (*tab.evaluate(VIOLATIONS), *tab.evaluate(WIDER))]


def _everywhere(tab, axe: str, view: str, language: str) -> list[str]:
    """What is wrong with a view, wide and narrow, the one light and the other dark; in the other language the other way round."""
    found = []
    for width, scheme in LOOKS[language]:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        tab.wait_for_function("dark => !document.querySelector('.gradio-container') || document.body.classList.contains('dark') === dark",
                              arg=scheme == "dark")
        found += _violations(tab, axe, f"{view}, {width} pixels, {scheme}")
    return found


def _open_all(tab, within: str) -> None:
    tab.evaluate("within => document.querySelectorAll(`${within} details`).forEach(one => { one.open = true; })", within)
    tab.wait_for_timeout(300)


def _show(tab, language: str, name: str) -> None:
    """Turn to a tab; on a narrow page it may stand behind the button for more."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.get_by_role("tab", name=TABS[language][name]).click()
    tab.wait_for_timeout(700)


def _visited(tab, url: str, language: str) -> None:
    tab.goto(url)
    tab.wait_for_selector("#question textarea")
    if language == "en":
        to_english(tab)
        tab.wait_for_function("() => document.documentElement.lang === 'en' && document.querySelector('#send')?.innerText === 'Ask'")


def _answers(tab, language: str) -> Iterator[str]:
    """The tab for asking: before the first question, then each kind of answer with everything unfolded, and what is said of a question that fails."""
    yield "asking, nothing asked"
    statuses = []
    for kind, question in ASKED[language].items():
        ask(tab, question)
        turn = tab.locator("#conversation .turn").last
        statuses.append(turn.locator(".answer").get_attribute("class").split()[-1])
        if kind == "answered":
            yield kind
            turn.locator(".near > summary").first.click()
            turn.locator(".why > summary").first.click()
            turn.locator(".source > summary").first.click()
            tab.wait_for_function("() => document.querySelector('#conversation figure.page img')?.naturalWidth > 500")
            yield "answered, near misses, reason and picture of the page open"
            turn.locator("[data-verdict=down]").click()
            yield "answered, what was wrong"
            tab.click("#new")
            tab.wait_for_function("() => !document.querySelector('#conversation .turn')")
        else:
            _open_all(tab, "#conversation")
    assert statuses == ["answered", "answered", "answered", "related", "not_found", "out_of_scope"]
    tab.locator("#narrow > button, #narrow .label-wrap").first.click()
    send(tab, "dijk " * 500, "() => document.querySelector('#conversation .notice')")
    yield "each kind of answer, all open, filters open, a question that is refused"


def _history(tab, language: str) -> Iterator[str]:
    _show(tab, language, "history")
    tab.wait_for_selector("#history article")
    _open_all(tab, "#history")
    yield "history"
    tab.locator("#search textarea, #search input").press_sequentially("komt nergens voor", delay=20)
    tab.wait_for_function("() => !document.querySelector('#history article')")
    yield "history, nothing found"


def _sources(tab, language: str, broken: Path) -> Iterator[str]:
    _show(tab, language, "sources")
    tab.wait_for_selector("#sources article")
    tab.locator("#manage .label-wrap, #manage > button").first.click()
    _open_all(tab, "#sources")
    yield "sources, upload open"
    tab.set_input_files("#add-files input[type=file]", broken)
    tab.wait_for_selector(f"#add-files :text('{broken.stem}')")
    yield "sources, a file chosen"
    tab.click("#add")
    tab.wait_for_selector(f"#manage-said li:has-text('{broken.name}')")
    tab.wait_for_timeout(1_500)
    tab.click("#remove-what input")
    tab.locator("#remove-what ul.options li, [role=option]").first.click()
    tab.click("#remove")
    tab.wait_for_selector("#remove-yes")
    yield "sources, after an upload, asked whether to remove"
    tab.click("#remove-no")


def _bench(tab, language: str, questions: Path) -> Iterator[str]:
    _show(tab, language, "bench")
    yield "evaluation"
    tab.set_input_files("#bench-add-set input[type=file]", questions)
    tab.wait_for_selector(f"#bench-said :text('{questions.name}')")
    tab.click("#bench-run")
    tab.wait_for_selector("#bench-lines tbody tr >> nth=9")
    yield "evaluation, a run"
    tab.click("#bench-question input")
    tab.locator("#bench-question ul.options li, [role=option]").first.click()
    tab.wait_for_selector("#bench-opened .side-by-side")
    tab.check("#bench-judgement input[value=right]")
    tab.click("#bench-judge")
    tab.wait_for_selector("#bench-opened li:has-text(': ')")
    yield "evaluation, judging"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_view_has_a_violation(browser, site, axe, tmp_path, language: str):
    (tmp_path / "kapot.pdf").write_bytes(b"%PDF-1.4 geen bladzijde")
    (tmp_path / "toets.jsonl").write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="nl-NL")
    tab = context.new_page()
    _visited(tab, site.url, language)
    found = []
    for views in (_answers(tab, language), _history(tab, language), _sources(tab, language, tmp_path / "kapot.pdf"),
                  _bench(tab, language, tmp_path / "toets.jsonl")):
        for view in views:
            found += _everywhere(tab, axe, view, language)
    for doc in ("bloemlezing-p14.pdf", "vijandig.txt"):
        tab.goto(f"{site.url}/page/read?doc={doc}&start=40&end=90&language={language}")
        found += _everywhere(tab, axe, f"reading {doc}", language)
    context.close()
    assert found == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_view_has_a_violation_where_there_is_nothing_yet(browser, empty_url, axe, language: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="nl-NL")
    tab = context.new_page()
    _visited(tab, empty_url, language)
    found = _everywhere(tab, axe, "nothing asked", language)
    for name in ("history", "sources", "bench"):
        _show(tab, language, name)
        found += _everywhere(tab, axe, name, language)
    _show(tab, language, "ask")
    ask(tab, ASKED[language]["not_found"])
    found += _everywhere(tab, axe, "an answer without sources", language)
    context.close()
    assert found == []


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_the_page_to_sign_in_has_no_violation(browser, axe, tmp_path, locale: str):
    with running(tmp_path, page=False, oidc_issuer="http://127.0.0.1:9", oidc_client_id="bronvast") as one:
        context = browser.new_context(locale=locale)
        tab = context.new_page()
        tab.goto(one.url + "/sign-in")
        found = _everywhere(tab, axe, "sign-in", locale[:2])
        tab.fill("[name=name]", "anna")
        tab.fill("[name=password]", "fout wachtwoord")
        tab.keyboard.press("Enter")
        tab.wait_for_selector("[role=alert]")
        found += _everywhere(tab, axe, "sign-in, refused", locale[:2])
        context.close()
    assert found == []


def test_at_twice_the_size_nothing_is_cut_off_and_nothing_lies_over_the_answer(browser, site):
    context = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2, locale="nl-NL", reduced_motion="reduce")  # 1280 by 900 at 200%
    tab = context.new_page()
    _visited(tab, site.url, "nl")
    ask(tab, ASKED["nl"]["answered"])
    _open_all(tab, "#conversation")
    assert tab.evaluate(WIDER) == []
    for name in ("copy", "thumb"):
        button = tab.locator(f"#conversation .{name}").last
        button.scroll_into_view_if_needed()
        button.click(timeout=5_000)  # fails where something lies over it
    covered = tab.locator("#ask-row").bounding_box()["height"]
    assert covered < 450 / 3, f"the box for the question takes {covered} of 450 pixels"
    for name in ("history", "sources", "bench", "ask"):
        tab.get_by_role("tab", name=TABS["nl"][name]).click()
        tab.wait_for_timeout(500)
        assert tab.evaluate(WIDER) == [], name
    context.close()


def test_in_print_the_answer_stands_with_its_places_and_marks_and_without_buttons(browser, site, tmp_path):
    import pypdfium2

    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL", color_scheme="dark")
    tab = context.new_page()
    _visited(tab, site.url, "nl")
    ask(tab, ASKED["nl"]["answered"])
    tab.locator("#conversation .source > summary").first.click()
    tab.wait_for_function("() => document.querySelector('#conversation figure.page img')?.naturalWidth > 500")
    tab.emulate_media(media="print")
    for hidden in ("#ask-row", ".copy", ".thumb", "#narrow", "[role=tablist]", "#language", ".leaf", ".chips .off"):
        assert not tab.locator(hidden).first.is_visible(), hidden
    assert tab.locator(".spot").first.is_visible() and tab.locator("#conversation .place").first.is_visible()
    tab.pdf(path=tmp_path / "print.pdf", format="A4", print_background=True)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "print.pdf")]
    text = " ".join(" ".join(pages).split())
    assert text.count("Bloemlezing, p. 14, 1.7 Internationaal") >= 3 and "Oekraïners toenemend kwetsbaar." in text and "Kopieer" not in text
    assert all(page.strip() for page in pages), "no empty sheet"
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
    page.wait_for_selector("#conversation .card")
    assert page.evaluate("document.activeElement.matches('#question textarea')"), "the focus stays where the next question is typed"
    page.evaluate("document.activeElement.blur()")
    _tab_to(page, "#conversation .copy")
    keys.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent === 'Gekopieerd'")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“Aandacht voor mogelijke uitbuiting van Oekraïense vluchtelingen.” (Bloemlezing, p. 14, 1.7 Internationaal)")
    _tab_to(page, "#conversation .source > summary")
    keys.press("Enter")
    page.wait_for_function("() => document.querySelector('#conversation figure.page img')?.naturalWidth > 500")
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
    page.wait_for_function("() => document.querySelector('form.judge output').textContent.startsWith('Dank')")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost when the buttons have gone"
