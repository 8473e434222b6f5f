"""The bench in Chromium: an evaluator adds a set, runs it, opens an answer, judges it, compares, and makes a question of feedback."""

import json

from tests.browser.asking import ask

QUESTIONS = [
    {"id": "b1", "language": "nl", "kind": "list", "question": "Welke trends gelden voor Oekraïense vluchtelingen?", "answerable": True,
     "must": [[{"quote": "Oekraïners toenemend kwetsbaar."}]], "may": [
         {"quote": "Aandacht voor mogelijke uitbuiting van Oekraïense vluchtelingen."},
         {"quote": "Er is een grote focus op preventie bij Oekraïense ontheemden."}]},
    {"id": "b2", "language": "nl", "kind": "near", "question": "Hoe vraag ik <b>een</b> parkeervergunning aan?", "answerable": False},
    {"id": "b3", "language": "en", "kind": "fact", "question": "Which trends apply to Ukrainian refugees?", "answerable": True,
     "must": [[{"quote": "Dit staat er niet."}]]}]


def _choose(tab, part: str, text: str) -> None:
    tab.click(f"#bench-{part} input")
    tab.locator(f"#bench-{part} ul[role=listbox] li, ul.options li", has_text=text).first.click()


def test_an_evaluator_runs_judges_compares_and_makes_a_question(page, tmp_path):
    ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
    page.locator("#conversation .turn").last.locator("button[data-verdict=up]").first.click()
    page.click("#tabs button[role=tab]:has-text('Toetsen')")
    file = tmp_path / "toets.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS), encoding="utf-8")
    page.set_input_files("#bench-add-set input[type=file]", file)
    page.wait_for_selector("#bench-said :text('toets.jsonl')")
    for _ in range(2):  # two runs, to compare
        page.click("#bench-run")
        page.wait_for_selector("#bench-said :text('Klaar: 3')", timeout=30_000)
        page.wait_for_selector("#bench-lines tbody tr >> nth=10")
        page.wait_for_timeout(1_100)  # the next run is named by the second
    rows = page.locator("#bench-lines table").last.locator("tbody tr")
    assert [row.locator("td").first.inner_text() for row in rows.all()] == ["b3", "b1", "b2"]
    assert page.locator("#bench-lines table b").count() == 0, "a question is text, not markup"
    _choose(page, "question", "b3")
    page.wait_for_selector("#bench-opened .side-by-side")
    assert "Dit staat er niet." in page.inner_text("#bench-opened") and "Oekraïners toenemend kwetsbaar." in page.inner_text("#bench-opened")
    page.check("#bench-judgement input[value=incomplete]")
    page.fill("#bench-note textarea, #bench-note input", "een citaat ontbreekt")
    page.click("#bench-judge")
    page.wait_for_selector("#bench-opened :text('een citaat ontbreekt')")
    _choose(page, "compare-with", "toets-")
    page.click("#bench-compare")
    page.wait_for_selector("#bench-compared :text('Geen verschil')")
    _choose(page, "verdict", "onvolledig")
    page.wait_for_function("() => [...document.querySelectorAll('#bench-lines table')].pop().querySelectorAll('tbody tr').length === 1")
    page.reload()
    page.click("#tabs button[role=tab]:has-text('Toetsen')")
    _choose(page, "answered", "Oekraïense")
    page.locator("#bench-required label", has_text="toenemend kwetsbaar").click()
    page.click("#bench-make")
    page.wait_for_selector("#bench-said :text('made-from-feedback.jsonl')")
