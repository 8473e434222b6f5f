"""Takes the pictures of docs/ from a running server: every view, wide and narrow, light and dark.

    bronvast serve --index INDEX --port 7860 &
    python -m benchmarks.screenshots http://localhost:7860 FOLDER [--sign-in http://localhost:7861] [--set questions.jsonl]
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from benchmarks.page_speed import CHROMIUM

ASKED = {"answer": "Welke trends gelden voor Oekraïense vluchtelingen?", "related": "Hoeveel Oekraïense vluchtelingen zijn er in Nederland?",
         "not_found": "Wat is de hoofdstad van Frankrijk?", "out_of_scope": "Hoeveel is 12 keer 7?"}


def ask(tab, question: str) -> None:
    """Ask in a new conversation and wait for the answer."""
    if tab.locator("#conversation .turn").count():
        tab.click("#new")
        tab.wait_for_function("() => !document.querySelector('#conversation .turn')")
    tab.fill("#question textarea", question)
    tab.press("#question textarea", "Enter")
    tab.wait_for_function("() => document.querySelector('#conversation .turn') && !document.querySelector('#waiting .waiting')", timeout=60_000)
    tab.wait_for_timeout(400)


def views(tab, url: str, questions: Path | None) -> Iterator[str]:
    """Bring each view before the camera, in the order of a visit."""
    tab.goto(url)
    tab.wait_for_selector("#examples button", timeout=60_000)
    yield "empty"
    reading = ""
    for name, question in ASKED.items():
        ask(tab, question)
        yield name
        if name == "answer":
            tab.locator("#conversation .source > summary").first.click()
            tab.wait_for_function("() => document.querySelector('#conversation figure.page img')?.naturalWidth > 500", timeout=60_000)
            tab.locator("#conversation .why > summary").first.click()
            tab.evaluate("document.querySelector('#conversation .card').scrollIntoView()")
            reading = tab.locator("#conversation .source a[href^='/page/read']").first.get_attribute("href") or ""
            yield "source"
    for place, name in ((1, "history"), (2, "sources"), (3, "evaluation")):
        tab.locator("#tabs [role=tab]").nth(place).click()
        tab.wait_for_timeout(1_500)
        yield name
        if name == "sources" and tab.locator("#manage button").first.is_visible():
            tab.locator("#manage .label-wrap, #manage > button").first.click()
            tab.wait_for_timeout(600)
            yield "manage"
    if questions:
        yield from _judging(tab, questions)
    tab.goto(url + reading)
    yield "reading"


def _judging(tab, questions: Path) -> Iterator[str]:
    """Run a question set where none was run yet, and open one of its answers."""
    tab.click("#bench-runs input")
    tab.wait_for_timeout(500)
    runs = tab.locator("ul.options li, [role=option]")
    if runs.count():
        runs.first.click()
    else:
        tab.keyboard.press("Escape")
        tab.set_input_files("#bench-add-set input[type=file]", questions)
        tab.wait_for_selector(f"#bench-said :text('{questions.name}')", timeout=30_000)
        tab.click("#bench-run")
    tab.wait_for_selector("#bench-lines tbody tr >> nth=3", timeout=300_000)
    tab.wait_for_timeout(700)
    yield "run"
    tab.click("#bench-question input")
    tab.locator("#bench-question ul.options li, [role=option]").first.click()
    tab.wait_for_selector("#bench-opened .side-by-side", timeout=20_000)
    tab.evaluate("document.querySelector('#bench-opened').scrollIntoView()")
    yield "judging"


def main() -> None:
    """Write one picture a view, width and scheme."""
    from playwright.sync_api import sync_playwright

    reading = argparse.ArgumentParser()
    reading.add_argument("url")
    reading.add_argument("folder", type=Path)
    reading.add_argument("--sign-in", default="")
    reading.add_argument("--set", type=Path, default=None, dest="questions")
    reading.add_argument("--whole", action="store_true", help="the whole length of each view")
    given = reading.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width, height in ((1280, 900), (390, 844)):
            context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", reduced_motion="reduce")
            tab = context.new_page()
            for view in views(tab, given.url, given.questions):
                _taken(tab, given.folder, f"{view}-{width}", whole=given.whole)
            if given.sign_in:
                tab.goto(given.sign_in)
                _taken(tab, given.folder, f"sign-in-{width}", whole=given.whole)
            context.close()
        browser.close()


def _taken(tab, folder: Path, name: str, *, whole: bool) -> None:
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.wait_for_timeout(250)
        path = folder / f"{name}{'-dark' if scheme == 'dark' else ''}.png"
        tab.screenshot(path=path, full_page=whole)
        Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)  # a fifth of the bytes, and reads the same
    tab.emulate_media(color_scheme="light")


if __name__ == "__main__":
    main()
