"""Opens the page of a running server in Chromium and asks, several times; prints how long a person waits.

    bronvast serve --index INDEX --port 7860 &
    python -m benchmarks.page_speed http://localhost:7860 "Welke trends gelden voor Oekraïense vluchtelingen?" [times]
"""

import statistics
import sys
import time

CHROMIUM = "/usr/bin/chromium"


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


def main(url: str, question: str, times: int = 8) -> None:
    """Print median and worst of each."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = []
        for _ in range(times + 1):
            context = browser.new_context()
            found.append(measured(context.new_page(), url, question))
            context.close()
        for name, values in zip(("page opened", "first words", "answer"), zip(*found[1:], strict=True), strict=True):  # the first warms up
            print(f"{name}: median {statistics.median(values):.0f} ms, worst {max(values):.0f} ms")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(one) for one in sys.argv[3:]))
