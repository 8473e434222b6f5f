"""Which sentences a condition leaves, in documents with running text and without."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.corpus import Corpus
from assistant.filtering import allowed_rows
from assistant.settings import AssistantSettings
from index.source_index import SourceIndex
from index.update import update
from tests.real import real_encoder

SIGNAL, LISTED, RUNNING = "Meer mist in de haven van Rietbeek.", "Loodsen varen vaker bij nacht.", "Een schipper meldt zich bij de havenmeester."
TABLE = "| plant | naam |\n|---|---|\n| Kleine maagdenpalm | Vinca minor |\n"
ROW = "Kleine maagdenpalm | Vinca minor"  # as a whole as long as a signal, but no cell of it


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder, encoder = tmp_path_factory.mktemp("index"), real_encoder()
    (folder / "signalen.md").write_text(f"# Signalen\n\n## 1.7 Haven\n\n- {SIGNAL}\n- {LISTED}\n- Aruba\n\n{TABLE}", encoding="utf-8")
    (folder / "wet.md").write_text(f"# Wet\n\n## Artikel 2\n\n{RUNNING} Hij toont zijn pas.\n", encoding="utf-8")
    update(folder / "index", [folder / "signalen.md", folder / "wet.md"], encoder=encoder)
    index = SourceIndex.open(folder / "index", encoder=encoder)
    return Corpus.of(index.view(None), folder=index.folder, encoder=encoder)


@pytest.mark.parametrize(("chosen", "left"), [
    ((), {SIGNAL, LISTED, "Aruba", ROW, RUNNING, "Hij toont zijn pas."}), ((("document", "wet.md"),), {RUNNING, "Hij toont zijn pas."}),
    ((("section", "1.7"),), {SIGNAL, LISTED, "Aruba", ROW}), ((("section", "1.7 Haven"),), {SIGNAL, LISTED, "Aruba", ROW}),
    ((("kind", "signal"),), {SIGNAL, LISTED}), ((("kind", "item"),), {SIGNAL, LISTED, "Aruba"}), ((("kind", "row"),), {ROW}),
    ((("kind", "sentences"),), {RUNNING, "Hij toont zijn pas."}), ((("document", "signalen.md"), ("kind", "sentences")), set())])
def test_a_condition_leaves_what_meets_it(chosen, left, corpus):
    allowed, applied = allowed_rows(corpus, (), chosen=chosen)
    assert {corpus.view.sentence_text(int(row)) for row in np.flatnonzero(allowed)} == left and applied == chosen


def test_a_list_on_anything_else_holds_no_signals_where_others_are_on_the_field(corpus):
    names = np.array([corpus.view.passages[int(owner)].doc for owner in corpus.view.sentence_owner])
    elsewhere = replace(corpus, about=(names == "wet.md").astype(np.float32))
    for subject, left in ((True, {SIGNAL, LISTED}), (False, set())):
        allowed, _ = allowed_rows(elsewhere, (), chosen=[("kind", "signal")], subject=subject)
        assert {elsewhere.view.sentence_text(int(row)) for row in np.flatnonzero(allowed)} == left


def test_a_condition_that_was_taken_off_is_made_of_words_like_others(tmp_path):
    encoder = real_encoder()
    (tmp_path / "wet.md").write_text(f"# Wet\n\n## 1.6 Loodsen\n\n{RUNNING}\n\n## 1.7 Pieren\n\nDe pier is verlicht. Er staat een bank.\n", encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "wet.md"], encoder=encoder)
    assistant = Assistant(SourceIndex.open(tmp_path / "index", encoder=encoder), encoder, AssistantSettings())
    asked = "Wat staat er onder 1.6 Loodsen?"
    assert [one.quote for one in assistant.ask(asked).evidence] == [RUNNING]
    off = assistant.ask(asked, filters=[])
    assert not off.understood.filters and len(off.evidence) < 3 and "filters" not in off.text
    silent = assistant.ask("Wat zegt 1.6 Loodsen over bevers en konijnen?")
    assert (silent.status, silent.understood.filters) == ("not_found", (("section", "1.6 Loodsen"),)) and "Buiten de gekozen filters" in silent.text


def test_signals_of_a_year_are_those_of_that_date_whatever_years_they_name(tmp_path):
    encoder, new, old = real_encoder(), "Schippers melden sinds 2021 vaker mist.", "Schippers melden dat storm hun schepen vertraagt."
    (tmp_path / "signalen.csv").write_text(f"Signaal;Jaar\n{new};2024\n{old};2023\n", encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "signalen.csv"], encoder=encoder)
    assistant = Assistant(SourceIndex.open(tmp_path / "index", encoder=encoder), encoder, AssistantSettings())
    for asked, quotes in (("Welke signalen gaan over schippers in 2024?", [new]), ("Welke signalen zijn er van 2023?", [old]),
                          ("Welke signalen gaan over schippers sinds 2023?", [new, old])):
        assert [one.quote for one in assistant.ask(asked).evidence] == quotes
