"""Which sentences a condition leaves, in documents with running text and without."""

import numpy as np
import pytest

from assistant.corpus import Corpus
from assistant.filtering import allowed_rows
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
