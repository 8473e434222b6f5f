"""A real server over the sample page, and Chromium where it is there."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.ui.serving import listening

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
PATIENCE_MS = 180_000
QUIET = ("--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


@dataclass(frozen=True)
class Site:
    url: str
    folder: Path
    desk: object

    def environment(self, state: Path) -> dict[str, str]:
        """The environment of a server with its own state."""
        return {**os.environ, "BRONVAST_STATE": str(state), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def copy_sample(folder: Path) -> None:
    """Put the sample page into a folder, with the sidecar that names it."""
    for ending in ("pdf", "yaml"):
        shutil.copy(Path(__file__).resolve().parents[2] / "samples" / f"bloemlezing-p14.{ending}", folder)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the sample and a note full of hostile text, for the one user of this machine."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from ui.command import run
    from ui.serve_command import opened_server
    from ui.settings import Settings

    folder = tmp_path_factory.mktemp("site")
    sources = folder / "bronnen"
    sources.mkdir()
    copy_sample(sources)
    (sources / "vijandig.txt").write_text(
        "Kustnota\n\nDe zeewering bij <script>document.title='stuk'</script> Petten houdt <img src=x onerror=\"document.title='stuk'\"> stand.\n\n"
        "De zeewering bij Camperduin ![b](http://elders.example/b.png) verzakt <form action=http://elders.example><input></form> langzaam.\n", "utf-8")
    os.environ["BRONVAST_STATE"] = str(folder / "state")
    try:
        assert run(["ingest", str(sources), "--index", str(folder / "index")]) == 0
        server = opened_server(Settings(index=folder / "index", state=folder / "state", requests_per_minute=1000))
    finally:
        del os.environ["BRONVAST_STATE"]
    with listening(server.gate) as url:
        yield Site(url, folder, server.desk)


def _patient(new_context, **options):
    """Open a context that waits long for what should come: a busy machine is no fault."""
    context = new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture(scope="session")
def browser():
    """Chromium without a sandbox; skips where it or Playwright is absent."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not Path(CHROMIUM).exists():
        pytest.skip("needs chromium: `make browser` installs it")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *QUIET])
        opened.new_context = partial(_patient, opened.new_context)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, site):
    """A page of 1280 pixels that notes each request to elsewhere and each error of a script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True, locale="nl-NL")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.elsewhere, tab.errors = [], []
    tab.on("request", lambda request: None if request.url.startswith((site.url, "data:", "blob:")) else tab.elsewhere.append(request.url))
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.goto(site.url)
    tab.wait_for_selector("#examples button")
    yield tab
    context.close()
    assert tab.elsewhere == []
