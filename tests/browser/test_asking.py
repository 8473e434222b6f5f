"""The page in a real browser: the main questions, hostile text, the source, and saving."""

import pytest

from tests.browser.asking import ask, quotes, send, to_english

THREE = {"Aandacht voor mogelijke uitbuiting van Oekraïense vluchtelingen.", "Er is een grote focus op preventie bij Oekraïense ontheemden.",
         "Oekraïners toenemend kwetsbaar."}


@pytest.mark.parametrize("question", ["Welke trends gelden voor Oekraïense vluchtelingen?", "Which trends apply to Ukrainian refugees?"])
def test_the_three_quotations_are_shown_in_either_language(page, question: str):
    ask(page, question)
    assert {one.strip("“”\n") for one in quotes(page)} == THREE


def test_a_question_that_the_sources_do_not_answer_gets_no_quotation(page):
    ask(page, "Wat is de hoofdstad van Frankrijk?")
    assert quotes(page) == []
    assert page.locator("#conversation .status").last.inner_text() in ("Niet gevonden", "Geen vraag aan de bronnen", "Geen antwoord, wel verwant")


def test_hostile_text_of_source_and_user_is_shown_as_text(page):
    ask(page, "Hoe houdt de zeewering bij Petten stand? <img src=x onerror=\"document.title='stuk'\">")
    ask(page, "Wat gebeurt er met de zeewering bij Camperduin?")
    shown = page.locator("#conversation").inner_text()
    assert "<script>document.title='stuk'</script>" in shown and "![b](http://elders.example/b.png)" in shown and "onerror" in shown
    assert page.title() == "Bronvast" and page.locator("#conversation :is(script, img[src=x], input[type=text])").count() == 0
    assert page.locator("#conversation form:not(.judge)").count() == 0


HOSTILE = ("Wat is er met <script>document.title='stuk'</script> <img src=http://elders.example/x onerror=\"document.title='stuk'\"> "
           "![b](http://elders.example/b.png) [klik](javascript:document.title='stuk') <form action=http://elders.example><input></form> \u202efdsa\u202c?")


def test_a_hostile_question_is_shown_as_text_and_a_megabyte_is_refused_in_one_line(page):
    ask(page, HOSTILE)
    assert page.locator("#conversation .asked bdi").last.inner_text().startswith("Wat is er met <script>document.title='stuk'</script> <img src=http")
    assert page.title() == "Bronvast" and page.locator("#conversation :is(script, [src*=elders], a[href*=elders], a[href^=javascript])").count() == 0
    page.evaluate("text => fill('question', text)", HOSTILE * 6000)  # the page's own function: typing a megabyte takes minutes
    page.click("#send")
    page.wait_for_selector("#conversation .notice:has-text('2000')")
    send(page, "Welke trends gelden voor Oekraïense vluchtelingen?", "() => document.querySelectorAll('#conversation .asked').length === 2")
    assert len(quotes(page)) >= 1 and page.errors == []


def test_the_picture_of_the_page_marks_the_quoted_words(page):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    page.locator("#conversation .source summary").first.click()
    page.wait_for_function("() => document.querySelector('#conversation figure.page img')?.naturalWidth > 500")
    sheet, spot = page.locator(".sheet").first.bounding_box(), page.locator(".spot").first.bounding_box()
    assert sheet["x"] < spot["x"] and spot["x"] + spot["width"] < sheet["x"] + sheet["width"]
    assert page.locator("#conversation .leaf output").first.inner_text() == "bladzijde 1 van 1"
    assert page.locator("#conversation .source mark").first.inner_text() in THREE


def test_an_answer_and_a_conversation_are_saved_in_three_forms(page):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    ask(page, "Wat is de hoofdstad van Frankrijk?")
    for kind, holds in (("md", b"[^1]:"), ("csv", "Oekraïners toenemend kwetsbaar.".encode()), ("docx", b"word/footnotes.xml")):
        with page.expect_download() as found:
            page.locator(f"#conversation .whole a[href*='kind={kind}']").click()
        content = found.value.path().read_bytes()
        assert holds in content, kind


def test_a_filter_read_from_the_question_can_be_taken_off(page):
    ask(page, "Wat staat er onder Internationaal?")
    assert page.locator("#conversation .chips li", has_text="Alleen onder").count() == 1
    page.locator("#conversation .chips .off").click()
    page.wait_for_function("() => document.querySelectorAll('#conversation .turn:not(.waiting)').length === 2")
    assert page.locator("#conversation .turn").last.locator(".chips li", has_text="Alleen onder").count() == 0


def test_an_example_answers(page):
    page.locator("#examples button").first.click()
    page.wait_for_selector("#conversation .turn .card")
    assert len(quotes(page)) == 3


def test_a_double_click_asks_once(page):
    page.fill("#question textarea", "Welke trends gelden voor Oekraïense vluchtelingen?")
    page.locator("#send").dblclick()
    page.wait_for_selector("#conversation .card")
    page.wait_for_timeout(1000)
    assert page.locator("#conversation .turn:not(.waiting) .asked").count() == 1


def test_a_judgement_with_a_reason_is_kept_for_the_evaluators(page, site):
    import json

    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    form = page.locator("#conversation form.judge").last
    form.locator("[data-verdict=down]").click()
    form.locator("[value=missing]").check()
    form.locator("textarea").fill("Er is meer.")
    form.locator("[type=submit]").click()
    page.wait_for_function("() => document.querySelector('form.judge output').textContent.startsWith('Dank')")
    line = json.loads((site.folder / "state" / "feedback.jsonl").read_text().splitlines()[-1])
    assert line["verdict"] == "down" and line["reasons"] == ["missing"] and line["note"] == "Er is meer." and len(line["evidence"]) == 3


def test_an_answer_is_judged_once_also_after_a_next_question_and_when_the_page_is_read_again(page, site):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    page.locator("#conversation [data-verdict=up]").click()
    page.wait_for_selector("form.judge output:has-text('Dank')")
    ask(page, "Wat is de hoofdstad van Frankrijk?")
    page.wait_for_selector("form.judge[data-judged] output:has-text('Dank')")
    assert page.locator("[data-verdict=up]:visible").count() == 1
    page.reload()
    page.wait_for_selector("form.judge[data-judged] output:has-text('Dank')")
    assert page.locator("[data-verdict=up]:visible").count() == 1


def test_what_is_no_longer_at_hand_is_not_saved_without_a_word(page, site):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    ask(page, "Wat is de hoofdstad van Frankrijk?")
    site.desk.keeping.shelf.drop("local", page.locator("#conversation .turn").first.get_attribute("data-key"))
    for links in (".turn:first-of-type .after", ".whole"):
        page.locator(f"#conversation {links} a[href*='kind=docx']").first.click()
        page.wait_for_selector(f"#conversation {links} output:has-text('niet meer bij de hand')")
    page.reload()
    page.wait_for_selector("#conversation .whole")
    with page.expect_download() as found:
        page.locator("#conversation .whole a[href*='kind=md']").click()
    assert found.value.path().read_text("utf-8").count("\n## ") == 2 and found.value.suggested_filename == "bronvast.md"


WRITING = '<h3>Model</h3><p class="explained writing">Het taalmodel schrijft nog.</p>'


@pytest.mark.parametrize(("lines", "shown"), [
    ([(WRITING, True)], "Model Het taalmodel is niet bereikbaar."), ([], "Het taalmodel is niet bereikbaar."), (None, "Het taalmodel is niet bereikbaar."),
    ([(WRITING, True), ("<h3>Klaar</h3>", False)], "Klaar")])
def test_what_a_model_adds_or_that_it_broke_off_is_shown_and_told_to_a_screen_reader(page, lines, shown):
    import json

    from tests.ui.fakes import answer
    from ui.beside import slot_html

    body = "".join(json.dumps({"html": html, "glosses": {}, "writing": writing}) + "\n" for html, writing in lines or ())
    page.route("**/page/generated*", lambda route: route.abort() if lines is None else route.fulfill(body=body, content_type="application/x-ndjson"))
    page.evaluate("html => document.querySelector('#conversation').insertAdjacentHTML('beforeend', html)", slot_html(answer(), "sleutel"))
    page.wait_for_function("shown => document.querySelector('#live')?.textContent.startsWith(shown)", arg=shown)
    assert "".join(shown.split()) in "".join(page.inner_text(".generated").split()) and not page.locator(".generated .writing").count()


def test_the_keyboard_goes_on_from_the_answer_that_is_opened_in_the_history(page):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    page.get_by_role("tab", name="Geschiedenis").click()
    page.locator("#history .plain").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement?.matches('#conversation .status')")


def test_the_history_is_searched_reopened_and_deleted(page, site):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    ask(page, "Is er iets bekend over zeeanemonen?")
    page.get_by_role("tab", name="Geschiedenis").click()
    page.wait_for_function("() => document.querySelector('#history article')?.innerText.includes('zeeanemonen')")
    page.locator("#search textarea, #search input").press_sequentially("zeeanemonen", delay=30)
    page.wait_for_function("() => document.querySelectorAll('#history article').length === 1")
    page.locator("#history .plain").first.click()
    page.wait_for_function("() => document.querySelector('#tabs [role=tab][aria-selected=true]')?.innerText.includes('Vragen')")
    assert page.locator("#conversation .asked").count() == 2
    page.get_by_role("tab", name="Geschiedenis").click()
    page.locator("#history .forget summary").click()
    page.locator("#history .forget button").click()
    page.wait_for_function("() => document.querySelectorAll('#history article').length === 0")
    left = [path for path in (site.folder / "state").rglob("*") if path.is_file() and b"zeeanemonen" in path.read_bytes()]
    assert left == []


def test_the_language_of_the_page_is_switched_and_remembered(page):
    assert page.evaluate("document.documentElement.lang") == "nl"
    to_english(page)
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    page.get_by_role("tab", name="Sources").wait_for()
    page.reload()
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    page.wait_for_function("() => document.querySelector('#send')?.innerText === 'Ask'")


def test_the_chosen_language_is_seen_under_the_mouse_too(page):
    chosen = page.locator("#language input:checked")
    colour = "one => getComputedStyle(one).backgroundColor"
    away = chosen.evaluate(colour)
    chosen.hover()
    page.wait_for_function("one => one.matches(':hover')", arg=chosen.element_handle())
    page.wait_for_timeout(400)  # a colour that changes slowly
    assert chosen.evaluate(colour) == away != page.locator("#language input:not(:checked)").evaluate(colour)


def test_a_chosen_filter_leaves_only_what_stands_there_and_stays_chosen(page):
    page.locator("#narrow > button, #narrow .label-wrap").first.click()
    page.click("#filters input")
    page.locator("#filters ul.options li, [role=option]", has_text="Onder: 1.6 Informatiedeling").first.click()
    page.keyboard.press("Escape")
    ask(page, "Welke trends zijn er?")
    turn = page.locator("#conversation .turn").last
    assert "Alleen onder: 1.6 Informatiedeling" in turn.locator(".chips").inner_text()
    places = turn.locator(".answer > .card > .place").all_inner_texts()
    assert {one.rpartition(", ")[2] for one in places} <= {"1.6 Informatiedeling"}
    assert "1.6 Informatiedeling" in page.inner_text("#filters")


def test_a_typed_filter_is_the_one_that_is_called_so_and_what_is_none_is_said(page):
    page.locator("#narrow > button, #narrow .label-wrap").first.click()
    for typed in ("informatiedeling", "zeeanemonen"):
        page.locator("#filters input").press_sequentially(typed, delay=20)
        page.keyboard.press("Enter")
        page.wait_for_function("typed => !document.querySelector('#filters').innerText.includes(typed)", arg=typed)
    page.wait_for_selector("#unknown [role=alert]:has-text('‘zeeanemonen’')")
    page.wait_for_function("() => !document.querySelector('#filters [role=option]')")  # it would lie over what is said
    ask(page, "Welke trends zijn er?")
    assert page.locator("#conversation .chips").last.inner_text().startswith("Alleen onder: 1.6 Informatiedeling")
    assert "1.6 Informatiedeling" in page.inner_text("#filters")


def test_a_screen_reader_meets_the_question_the_answer_each_quotation_with_its_place_and_then_the_box(page):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    read = page.locator("main, .gradio-container").first.aria_snapshot()
    order = ["Welke trends gelden voor", "Zo is uw vraag gelezen", 'heading "Antwoord uit de bronnen"', "3 signalen in 1 document gaan hierover.",
             'article "Citaat 1"', "Aandacht voor mogelijke uitbuiting", "Bloemlezing, p. 14", "Kopieer met verwijzing", "Lees in de bron",
             "Waarom dit citaat",
             'article "Citaat 2"', 'article "Citaat 3"', "Net niet geciteerd", "bekeken, 3 gaan hierover", "Bewaar",
             "Had u hier iets aan?", 'textbox "Uw vraag"']
    places, at = [], 0
    for words in order:
        assert words in read[at:], f"{words} does not come after {order[max(0, order.index(words) - 1)]}: {read}"
        at = read.index(words, at)
        places.append(at)
    assert places == sorted(places)
