"""The sources on human trafficking come before those on anything else, for questions that could be put to either."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.bridge import bundled_bridge, read_bridge
from assistant.corpus import Corpus
from assistant.field import about_field, begins_with
from assistant.settings import AssistantSettings
from index.source_index import SourceIndex
from index.update import update
from tests.real import real_encoder

FIELD = "Havensignalen\n\nMensenhandel komt in de haven vaker voor. Jonge schippers zijn kwetsbaar voor uitbuiting.\n"
GAMES = "Spelregels\n\nKwetsbare spelers zijn spelers onder de achttien jaar. De speelhal sluit om elf uur.\n"


def index_of(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    update(folder / "index", [folder / f"{name}.txt" for name in texts], encoder=real_encoder())
    return SourceIndex.open(folder / "index", encoder=real_encoder())


def corpus_of(index):
    return Corpus.of(index.view(None), folder=index.folder, encoder=real_encoder())


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("both"), field=FIELD, games=GAMES)


def test_a_document_that_never_names_the_field_is_not_about_it(both, tmp_path):
    corpus = corpus_of(both)
    about = about_field(corpus, bundled_bridge())
    documents = [corpus.view.passages[int(owner)].doc for owner in corpus.view.sentence_owner]
    assert {doc: float(share) for doc, share in zip(documents, about, strict=True)} == {"field.txt": 1, "games.txt": 0}
    alone = corpus_of(index_of(tmp_path, games=GAMES))
    assert set(about_field(alone, bundled_bridge())) == {1}, "where no document is about the field, none is the less probable"
    other = read_bridge(':loon a skos:Concept ;\n    skos:prefLabel "loon"@nl .\n', name="t.ttl")
    assert set(about_field(corpus, other)) == {1}, "a bridge without the field"


@pytest.mark.parametrize(("terms", "least"), [(1, -1.5), (2, -1.5), (3, -1), (5, 0), (9, 0)])
def test_the_more_words_a_question_has_the_less_is_taken_off(terms, least, both):
    corpus = corpus_of(both)
    every = np.ones(len(corpus.view.sentence_owner), dtype=bool)
    assert not begins_with(corpus, terms, most=1.5, allowed=every).any(), "nobody has looked"
    corpus = replace(corpus, about=np.array([1, 1, 1, 1, 0.5, 0], dtype=np.float32))
    assert begins_with(corpus, terms, most=1.5, allowed=every).tolist() == pytest.approx([0, 0, 0, 0, least / 2, least])
    others = np.arange(6) >= 4
    assert not begins_with(corpus, terms, most=1.5, allowed=others).any(), "a filter that leaves nothing on the field"


def test_a_label_names_the_field_in_its_own_language_only(tmp_path):
    corpus = corpus_of(index_of(tmp_path, field=FIELD, games=GAMES.replace("De speelhal", "De exploitant van de speelhal")))
    assert about_field(corpus, bundled_bridge())[3:].tolist() == [0, 0, 0], "an operator is no exploitation"


def test_a_question_of_few_words_is_put_to_the_sources_on_the_field(both):
    def first(question, **settings):
        answer = Assistant(both, real_encoder(), AssistantSettings(**settings)).ask(question)
        return answer.evidence[0].place.doc if answer.evidence else answer.status

    assert first("Wie zijn kwetsbaar?", field_log_odds=0.0) == "games.txt"
    assert first("Wie zijn kwetsbaar?") == "field.txt"
    assert first("Hoe laat sluit de speelhal?") == "games.txt"
