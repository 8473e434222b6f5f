"""The page of a running server in Chromium: how long a person waits, and the pictures of docs/.

    bronvast serve --index INDEX --port 7860 &
    python -m benchmarks.page speed http://localhost:7860 "Welke trends gelden voor Oekraïense vluchtelingen?" [times]
    python -m benchmarks.page pictures http://localhost:7860 FOLDER [--sign-in http://localhost:7861] [--set questions.jsonl]

`speed` opens the page and asks, several times. `pictures` takes every view, wide and narrow, light and dark.
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

CHROMIUM = "/usr/bin/chromium"
QUIET = ("--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
ASKED = {"answer": "Welke trends gelden voor Oekraïense vluchtelingen?", "related": "Hoeveel Oekraïense vluchtelingen zijn er in Nederland?",
         "not_found": "Wat is de hoofdstad van Frankrijk?", "out_of_scope": "Hoeveel is 12 keer 7?"}


@contextmanager
def chromium():
    """A browser, closed when the block is left."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *QUIET])
        yield browser
        browser.close()


def measured(tab, url: str, question: str) -> tuple[float, float, float]:
    """Return milliseconds until the page can be used, until the first words after Enter, and until the answer stands there."""
    started = time.perf_counter()
    tab.goto(url)
    tab.wait_for_selector("#question textarea")
    opened = time.perf_counter()
    tab.wait_for_selector("#examples button")
    tab.fill("#question textarea", question)
    words = tab.evaluate("""() => new Promise(done => {
        const at = {}, began = performance.now();
        new MutationObserver(() => {
            if (!at.first && document.querySelector('#waiting .turn, #conversation .turn')) at.first = performance.now() - began;
            if (document.querySelector('#conversation .turn')) done([at.first, performance.now() - began]);
        }).observe(document.body, {childList: true, subtree: true});
        document.querySelector('#send').click();
    })""")
    return 1000 * (opened - started), words[0], words[1]


def speed(given: argparse.Namespace) -> None:
    """Print median and worst of each."""
    found = []
    with chromium() as browser:
        for _ in range(given.times + 1):
            context = browser.new_context()
            found.append(measured(context.new_page(), given.url, given.question))
            context.close()
    for name, values in zip(("page opened", "first words", "answer"), zip(*found[1:], strict=True), strict=True):  # the first warms up
        print(f"{name}: median {statistics.median(values):.0f} ms, worst {max(values):.0f} ms")


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


def pictures(given: argparse.Namespace) -> None:
    """Write one picture a view, width and scheme."""
    given.folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for width, height in ((1280, 900), (390, 844)):
            context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", reduced_motion="reduce")
            tab = context.new_page()
            for view in views(tab, given.url, given.questions):
                _taken(tab, given.folder, f"{view}-{width}", whole=given.whole)
            if given.sign_in:
                tab.goto(given.sign_in)
                _taken(tab, given.folder, f"sign-in-{width}", whole=given.whole)
            context.close()


def _taken(tab, folder: Path, name: str, *, whole: bool) -> None:
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.wait_for_timeout(250)
        path = folder / f"{name}{'-dark' if scheme == 'dark' else ''}.png"
        tab.screenshot(path=path, full_page=whole)
        Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)  # a fifth of the bytes, and reads the same
    tab.emulate_media(color_scheme="light")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(required=True)
    timed = ways.add_parser("speed", help="how long a person waits")
    timed.set_defaults(run=speed)
    timed.add_argument("url")
    timed.add_argument("question")
    timed.add_argument("times", type=int, nargs="?", default=8)
    taken = ways.add_parser("pictures", help="a picture of each view")
    taken.set_defaults(run=pictures)
    taken.add_argument("url")
    taken.add_argument("folder", type=Path)
    taken.add_argument("--sign-in", default="")
    taken.add_argument("--set", type=Path, default=None, dest="questions")
    taken.add_argument("--whole", action="store_true", help="the whole length of each view")
    given = parser.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
