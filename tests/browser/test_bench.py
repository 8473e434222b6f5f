"""The bench in Chromium: two evaluators add a set, run and stop it, judge, settle, compare, and make a question of feedback."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.browser.asking import ask, to_english
from tests.browser.conftest import copy_sample
from tests.ui.serving import PASSWORD, listening
from ui.accounts import Account, Accounts

QUESTIONS = [
    {"id": "b1", "language": "nl", "kind": "list", "question": "Welke trends gelden voor Oekraïense vluchtelingen?", "answerable": True,
     "must": [[{"quote": "Oekraïners toenemend kwetsbaar."}]], "may": [
         {"quote": "Aandacht voor mogelijke uitbuiting van Oekraïense vluchtelingen."},
         {"quote": "Er is een grote focus op preventie bij Oekraïense ontheemden."}]},
    {"id": "b2", "language": "nl", "kind": "near", "question": "Hoe vraag ik <b>een</b> parkeervergunning aan?", "answerable": False},
    {"id": "b3", "language": "en", "kind": "fact", "question": "Which trends apply to Ukrainian refugees?", "answerable": True,
     "must": [[{"quote": "Dit staat er niet."}]]}]


@dataclass
class Gate:
    """Lets questions through; closed, it holds the one after the next `free`."""

    free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1_000))


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A server with two evaluators over the sample page, whose runs can be held."""
    from assistant.assistant import Assistant
    from ui.command import run
    from ui.serve_command import opened_server
    from ui.settings import Settings

    folder, gate = tmp_path_factory.mktemp("bench"), Gate()
    (folder / "bronnen").mkdir()
    copy_sample(folder / "bronnen")
    assert run(["ingest", str(folder / "bronnen"), "--index", str(folder / "index")]) == 0
    accounts = Accounts(folder / "state" / "users.json")
    for name in ("anna", "ben"):
        accounts.add(Account(name, "evaluator"), PASSWORD)
    asked = Assistant.ask

    def held(self, *given, **named):
        if named.get("id"):  # a question of a run; those of the page have no id
            gate.free.acquire()
        return asked(self, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assistant, "ask", held)
        server = opened_server(Settings(index=folder / "index", state=folder / "state", requests_per_minute=1000))
        with listening(server.gate) as url:
            yield url, gate


@contextmanager
def signed_in(browser, url: str, name: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    tab = context.new_page()
    tab.goto(url)
    tab.fill("[name=name]", name)
    tab.fill("[name=password]", PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#examples button")
    yield tab
    context.close()


def _choose(tab, part: str, text: str) -> None:
    tab.click(f"#bench-{part} input")
    tab.locator(f"#bench-{part} ul[role=listbox] li, ul.options li", has_text=text).first.click()


def _filter(tab, outcome: str, rows: int) -> None:
    _choose(tab, "verdict", outcome)
    tab.wait_for_function("rows => [...document.querySelectorAll('#bench-lines table')].pop().querySelectorAll('tbody tr').length === rows", arg=rows)


def _judge(tab, name: str, question: str, judgement: str) -> None:
    _choose(tab, "question", question)
    tab.wait_for_selector(f"#bench-opened h2:has-text('{next(one['question'] for one in QUESTIONS if one['id'] == question)[:12]}')")
    assert tab.locator("#bench-judgement input:checked").count() == 0 and tab.input_value("#bench-note textarea, #bench-note input") == ""
    tab.check(f"#bench-judgement input[value={judgement}]")
    tab.fill("#bench-note textarea, #bench-note input", f"van {name}")
    tab.click("#bench-judge")
    tab.wait_for_selector(f"#bench-opened li:has-text('{name}: ')")  # of this question: what is said below may be of the one before
    tab.wait_for_selector("#bench-said :text('Uw oordeel is bewaard')")


def test_two_evaluators_run_stop_judge_settle_compare_and_make_a_question(browser, bench, tmp_path):
    url, gate = bench
    file = tmp_path / "toets.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS), encoding="utf-8")
    (tmp_path / "fout.jsonl").write_text('{"id": 1}\n{kapot\n')
    with signed_in(browser, url, "anna") as page, signed_in(browser, url, "ben") as other:
        ask(page, "Welke trends gelden voor Oekraïense vluchtelingen?")
        form = page.locator("#conversation .turn").last.locator("form.judge")
        form.locator("[data-verdict=down]").click()
        form.locator("[value=missing]").check()
        form.locator("[type=submit]").click()
        page.wait_for_function("() => document.querySelector('form.judge output').textContent.startsWith('Dank')")
        for tab in (page, other):
            tab.click("#tabs button[role=tab]:has-text('Evaluatie')")
        page.set_input_files("#bench-add-set input[type=file]", tmp_path / "fout.jsonl")
        page.wait_for_selector("#bench-said li:has-text('2: geen JSON')")
        assert page.locator("#bench-said li").count() >= 3
        page.reload()
        page.click("#tabs button[role=tab]:has-text('Evaluatie')")
        page.set_input_files("#bench-add-set input[type=file]", file)
        page.wait_for_selector("#bench-said :text('toets.jsonl')")

        gate.free = threading.Semaphore(1)  # the second question waits until the run has been stopped
        page.click("#bench-run")
        page.wait_for_selector("#bench-said :text('1 van 3 vragen')")
        page.click("#bench-stop")
        page.wait_for_timeout(500)
        gate.free.release()
        page.wait_for_selector("#bench-said :text('Gestopt na 2 van 3')")
        gate.free = threading.Semaphore(1_000)
        for _ in range(2):  # two runs, to compare; a run is named by the second
            page.wait_for_timeout(1_100)
            shown = page.input_value("#bench-runs input")
            page.click("#bench-run")
            page.wait_for_function("shown => document.querySelector('#bench-runs input').value !== shown", arg=shown)
            page.wait_for_selector("#bench-said :text('Klaar: 3')")
            page.wait_for_selector("#bench-lines tbody tr >> nth=10")
        _filter(page, "onvolledig", 1)  # the table of the second run
        _filter(page, "alle", 3)
        rows = page.locator("#bench-lines table").last.locator("tbody tr")
        assert [row.locator("td").first.inner_text() for row in rows.all()] == ["b3", "b1", "b2"]
        assert page.locator("#bench-lines table b").count() == 0, "a question is text, not markup"
        run = page.input_value("#bench-runs input")

        _choose(page, "question", "b3")
        page.wait_for_selector("#bench-opened .side-by-side")
        assert "Dit staat er niet." in page.inner_text("#bench-opened") and "Oekraïners toenemend kwetsbaar." in page.inner_text("#bench-opened")
        for question, judgement in (("b1", "right"), ("b2", "right"), ("b3", "wrong_quotation")):
            _judge(page, "anna", question, judgement)
        other.reload()
        other.click("#tabs button[role=tab]:has-text('Evaluatie')")
        _choose(other, "runs", run)
        other.wait_for_selector("#bench-lines tbody tr >> nth=10")
        _choose(other, "question", "b1")
        other.wait_for_selector("#bench-opened :text('Oordelen van anderen ziet u na het uwe')")
        for question, judgement in (("b1", "right"), ("b2", "incomplete"), ("b3", "wrong_quotation")):
            _judge(other, "ben", question, judgement)
        # two of three agree, 2/3; by chance 2/3 x 1/3 + 1/3 x 1/3 = 1/3; (2/3 - 1/3) / (1 - 1/3) = .50
        other.wait_for_selector("#bench-agreements :text('Cohens kappa anna en ben: 0,50 (3 samen beoordeeld)')")
        differ = [cell.inner_text() for cell in other.locator("#bench-agreements tbody tr td").all()]
        assert differ == ["b2", "goed", "onvolledig", "nog open"]
        _choose(other, "question", "b2")
        other.wait_for_selector("#bench-opened h2:has-text('parkeervergunning')")
        other.check("#bench-judgement input[value=right]")
        other.fill("#bench-note textarea, #bench-note input", "samen bekeken")
        other.click("#bench-settle")
        other.wait_for_selector("#bench-opened :text('samen bekeken')")
        assert other.locator("#bench-agreements tbody tr td").last.inner_text() == "goed" and "0,50" in other.inner_text("#bench-agreements")
        to_english(other)  # the run and the question that are chosen are shown again
        other.wait_for_selector("#bench-lines span:text('incomplete')")
        other.wait_for_selector("#bench-opened :text('Expected')")
        other.wait_for_selector("#bench-agreements :text(\"Cohen's kappa\")")
        assert other.input_value("#bench-runs input") == run and other.input_value("#bench-question input").startswith("b2")

        _choose(page, "compare-with", run)
        page.click("#bench-compare")
        page.wait_for_selector("#bench-compared :text('Geen verschil')")
        page.reload()
        page.click("#tabs button[role=tab]:has-text('Evaluatie')")
        page.wait_for_selector("#bench-feedback-list :text('duim omlaag')")
        _choose(page, "answered", "Oekraïense")
        page.locator("#bench-required label", has_text="toenemend kwetsbaar").click()
        page.click("#bench-make")
        page.wait_for_selector("#bench-said :text('made-from-feedback.jsonl')")
