"""Changing the sources in a real browser: several files with one that is broken, stop, replace, delete; and a megabyte of hostile text."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.browser.asking import ask
from tests.ui.serving import listening

HOSTILE = ("Kernwoord Zeearend <script>document.title='stuk'</script> <img src=http://elders.example/x.png onerror=\"document.title='stuk'\"> "
           "![beeld](http://elders.example/b.png) <form action=http://elders.example/><input name=q autofocus></form> [klik](javascript:document.title='stuk') "
           "[open](http://elders.example/) <style>body{display:none}</style> <iframe src=http://elders.example/></iframe> </bdi></mark></article><h1>weg "
           "\u202eneeb et gal\u202c \u2067\u05d0\u05d1\u2069 &lt;b&gt; <svg onload=alert(1)> ${7*7} {{constructor}} ")


@dataclass
class Own:
    """A server with an index of its own, whose reading of files can be held."""

    url: str
    free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1_000))


@pytest.fixture(scope="module")
def own(site, tmp_path_factory) -> Iterator[Own]:
    from ui.serve_command import opened_server
    from ui.settings import Settings
    from ui.source_changes import SourceChanges

    folder, add = tmp_path_factory.mktemp("own"), SourceChanges.add
    shutil.copytree(site.folder / "index", folder / "index")
    with pytest.MonkeyPatch.context() as patch:
        server = opened_server(Settings(index=folder / "index", state=folder / "state", requests_per_minute=1000, upload_mb=5))
        with listening(server.gate) as url:
            one = Own(url)

            def held(*given):
                one.free.acquire()
                return add(*given)

            patch.setattr(SourceChanges, "add", held)
            yield one


@pytest.fixture
def tab(browser, own):
    """The sources, opened by who may change them; every request to elsewhere is noted and fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL", reduced_motion="reduce")
    page, elsewhere = context.new_page(), []
    page.errors = []
    page.on("request", lambda request: None if request.url.startswith((own.url, "data:", "blob:")) else elsewhere.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(own.url)
    page.wait_for_selector("#examples button")
    yield page
    context.close()
    assert elsewhere == []


def _open_sources(tab) -> None:
    tab.get_by_role("tab", name="Bronnen").click()
    tab.wait_for_selector("#sources article")
    if not tab.locator("#add").is_visible():
        tab.locator("#manage .label-wrap, #manage > button").first.click()
        tab.wait_for_selector("#add")


def _names(tab) -> list[str]:
    """The names of the files in the list of documents."""
    return sorted(one.inner_text().split(" · ")[0] for one in tab.locator("#sources article > .place:first-of-type").all())


def _wait_listed(tab, doc: str, *, there: bool = True) -> None:
    tab.wait_for_function("([doc, there]) => [...document.querySelectorAll('#sources article')].some(one => one.innerText.includes(doc)) === there",
                          arg=[doc, there])


def _lines(tab) -> list[str]:
    return tab.locator("#manage-said li").all_inner_texts()


def _choose_and_add(tab, *files) -> None:
    for left in tab.locator("#add-files .label-clear-button").all()[:1]:
        left.click()
    tab.set_input_files("#add-files input[type=file]", list(files))
    tab.wait_for_selector(f"#add-files :text('{files[-1].stem}')")
    tab.click("#add")


def test_files_are_added_with_their_progress_and_reasons_and_one_is_replaced(tab, own, tmp_path):
    nota, broken, empty = tmp_path / "nota.md", tmp_path / "kapot.pdf", tmp_path / "leeg.txt"
    nota.write_text("# Zeenota\n\nDe wulp broedt in Zeeland.\n", encoding="utf-8")
    broken.write_bytes(b"dit is geen PDF")
    empty.write_bytes(b"")
    _open_sources(tab)
    before = _names(tab)
    own.free = threading.Semaphore(1)
    _choose_and_add(tab, nota, broken, empty)
    tab.wait_for_selector("#manage-said :text('Bezig met bestand 2 van 3: kapot.pdf')")
    assert _lines(tab) == ["nota.md: toegevoegd."]
    own.free.release(1_000)
    tab.wait_for_selector("#manage-said :text('Klaar: 3 bestanden verwerkt')")
    assert _lines(tab) == ["nota.md: toegevoegd.", "kapot.pdf: Dat lukte niet: geen PDF, al heet het zo: exporteer het opnieuw als PDF",
                           "leeg.txt: Dat lukte niet: het bestand is leeg: laat het weg of vul het"]
    _wait_listed(tab, "nota.md")
    assert _names(tab) == sorted([*before, "nota.md"])
    nota.write_text("# Zeenota\n\nDe grutto broedt in Drenthe.\n", encoding="utf-8")
    _choose_and_add(tab, nota)
    tab.wait_for_selector("#manage-said li:has-text('nota.md: vervangen.')")
    tab.wait_for_selector("#add-files .upload-container:visible")  # the box is empty again when the list is new
    assert _names(tab) == sorted([*before, "nota.md"]), "replaced, not doubled"
    tab.get_by_role("tab", name="Vragen").click()
    ask(tab, "Waar broedt de grutto?")
    assert "De grutto broedt in Drenthe." in tab.inner_text("#conversation") and tab.errors == []


def test_files_that_are_dropped_are_chosen_and_each_can_be_taken_off_by_its_name(tab, own):
    _open_sources(tab)
    dropped = tab.evaluate_handle("""() => { const all = new DataTransfer();
        for (const name of ["eend.txt", "gans.txt"]) all.items.add(new File([`De ${name} zwemt.`], name, {type: "text/plain"}));
        return all; }""")
    tab.dispatch_event("#add-files button.upload-container", "drop", {"dataTransfer": dropped})
    tab.wait_for_selector("#add-files button[aria-label='Haal weg: gans.txt']")
    tab.click("#add-files button[aria-label='Haal weg: eend.txt']")
    tab.wait_for_selector("#add-files button[aria-label='Haal weg: eend.txt']", state="detached")
    tab.click("#add")
    tab.wait_for_selector("#manage-said li:has-text('gans.txt: toegevoegd.')")
    assert _lines(tab) == ["gans.txt: toegevoegd."] and tab.errors == []


def test_stop_ends_after_the_file_at_hand_and_says_what_is_left(tab, own, tmp_path):
    files = [tmp_path / f"deel{number}.txt" for number in (1, 2, 3)]
    for number, file in enumerate(files, 1):
        file.write_text(f"Deel {number} gaat over polder nummer {number}.\n", encoding="utf-8")
    _open_sources(tab)
    own.free = threading.Semaphore(1)
    _choose_and_add(tab, *files)
    tab.wait_for_selector("#manage-said :text('Bezig met bestand 2 van 3')")
    tab.click("#stop")
    tab.wait_for_timeout(500)
    own.free.release(1_000)
    tab.wait_for_selector("#manage-said :text('Gestopt na 2 van 3 bestanden')")
    assert _lines(tab) == ["deel1.txt: toegevoegd.", "deel2.txt: toegevoegd."]
    _wait_listed(tab, "deel2.txt")
    assert "deel2.txt" in _names(tab) and "deel3.txt" not in _names(tab)
    tab.wait_for_selector("#add-files :text('deel3')")
    tab.click("#add")
    tab.wait_for_selector("#manage-said li:has-text('deel3.txt: toegevoegd.')")
    _wait_listed(tab, "deel3.txt")


def _ask_to_remove(tab, doc: str) -> None:
    tab.click("#remove-what input")
    tab.locator("#remove-what ul.options li, [role=option]", has_text=doc).first.click()
    tab.click("#remove")
    tab.wait_for_selector(f"#sure :text('{doc}')")


def test_a_document_is_deleted_only_after_it_was_confirmed(tab):
    _open_sources(tab)
    tab.set_viewport_size({"width": 390, "height": 844})
    _ask_to_remove(tab, "vijandig.txt")
    tab.click("#remove-no")
    tab.wait_for_selector("#sure", state="hidden")
    assert "vijandig.txt" in _names(tab)
    _ask_to_remove(tab, "vijandig.txt")
    tab.locator("#remove-yes").dblclick()
    tab.wait_for_selector("#manage-said :text('vijandig.txt is verwijderd')")
    _wait_listed(tab, "vijandig.txt", there=False)
    tab.get_by_role("tab", name="Vragen").click()
    ask(tab, "Hoe houdt de zeewering bij Petten stand?")
    assert "Petten houdt" not in tab.inner_text("#conversation") and tab.errors == []


def test_the_pages_before_and_after_a_quotation_can_be_turned_to_and_the_mark_stays_on_its_own(tab, tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "drieluik.pdf"), pagesize=(595, 842))
    for bird in ("wulp", "kluut", "scholekster"):
        canvas.drawString(72, 700, f"De {bird} eet vooral wormen op het wad.")
        canvas.showPage()
    canvas.save()
    _open_sources(tab)
    _choose_and_add(tab, tmp_path / "drieluik.pdf")
    tab.wait_for_selector("#manage-said li:has-text('drieluik.pdf: toegevoegd.')")
    _wait_listed(tab, "drieluik.pdf")
    tab.get_by_role("tab", name="Vragen").click()
    ask(tab, "Wat eet de kluut?")
    card = tab.locator("#conversation .card", has_text="De kluut eet").first
    card.locator(".source > summary").click()
    for step, place, marked in (("", 2, True), ("1", 3, False), ("-1", 2, True), ("-1", 1, False)):
        if step:
            card.locator(f"[data-step='{step}']").click()
        tab.wait_for_function("page => { const seen = document.querySelector('#conversation .source[open] figure.page img'); "
                              "return seen.src.endsWith(`page=${page}`) && seen.complete && seen.naturalWidth > 500; }", arg=place)
        assert card.locator("output").inner_text() == f"bladzijde {place} van 3" and card.locator(".spot:visible").count() == int(marked)
        assert [card.locator(f"[data-step='{one}']").is_disabled() for one in ("-1", "1")] == [place == 1, place == 3]


def test_a_megabyte_of_hostile_text_is_shown_as_text_and_the_page_goes_on(tab, tmp_path):
    paragraph = HOSTILE * 45  # some 30 kB without the end of a sentence
    file = tmp_path / "zeearend.txt"
    count = 1 + 1_000_000 // len(paragraph.encode())
    file.write_text("\n\n".join(f"Alinea {number} over de zeearend: {paragraph}." for number in range(count)), "utf-8")
    assert file.stat().st_size > 1_000_000
    _open_sources(tab)
    _choose_and_add(tab, file)
    tab.wait_for_selector("#manage-said li:has-text('zeearend.txt: toegevoegd.')", timeout=300_000)
    _wait_listed(tab, "zeearend.txt")
    tab.get_by_role("tab", name="Vragen").click()
    ask(tab, "Welke alinea gaat over het kernwoord zeearend?")
    turn = tab.locator("#conversation .turn").last
    turn.locator(".source > summary").first.click()
    shown = turn.inner_text()
    assert "<script>document.title='stuk'</script>" in shown and "![beeld](http://elders.example/b.png)" in shown and "${7*7} {{constructor}}" in shown
    assert tab.title() == "Bronvast" and tab.locator("body").is_visible()
    assert turn.locator(":is(script, iframe, style, svg, h1, img[src*=elders], a[href*=elders], a[href^=javascript], input[name=q])").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no long word makes the page wider"
    with tab.context.expect_page() as opened:
        turn.locator("a[href^='/page/read']").first.click()
    reading = opened.value
    reading.wait_for_selector("mark")
    assert reading.title().startswith("zeearend") and reading.locator(":is(script, iframe, form, img, h1 ~ h1, a[href*=elders])").count() == 0
    reading.close()
    ask(tab, HOSTILE)
    assert "<iframe src=http://elders.example/>" in tab.locator("#conversation .asked bdi").last.inner_text()
    ask(tab, "Welke trends gelden voor Oekraïense vluchtelingen?")
    assert tab.locator("#conversation .turn").last.locator(".answer > .card").count() == 3 and tab.errors == []
