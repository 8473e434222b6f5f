"""The vectors of single words: kept beside the index by who writes, read by who asks, never holding words that are gone."""

import numpy as np
import pytest

from index.manifest import read_manifest
from index.source_index import SourceIndex
from index.update import remove, update
from index.word_space import document_words, forget_words, keep_words, open_word_space, read_kept, sentence_words, stems_of
from tests.index.small import FakeEncoder, small_index, sources
from tests.real import real_encoder


class _Counting(FakeEncoder):
    asked: tuple[str, ...] = ()

    def queries(self, texts):
        self.asked += tuple(texts)
        return super().queries(texts)


def _all_words(folder):
    documents = SourceIndex.open(folder, encoder=FakeEncoder()).documents
    return sorted(set().union(*map(document_words, documents)))


def test_an_ingest_keeps_the_words_so_that_a_question_makes_none(tmp_path):
    folder, encoder = small_index(tmp_path), _Counting()
    space = open_word_space(folder, _all_words(folder), encoder=encoder)
    assert encoder.asked == () and {"Brug", "kust", "stijgt"} <= set(space.words)
    bare = open_word_space(tmp_path, space.words, encoder=FakeEncoder())  # no file there: made
    assert (bare.vectors == space.vectors).all()  # and the same to the bit


def test_only_new_words_are_embedded_by_the_next_ingest(tmp_path):
    folder, encoder = small_index(tmp_path), _Counting()
    update(folder, [sources(tmp_path / "bronnen", nieuw="De brug kraakt.")], encoder=encoder)
    assert set(encoder.asked) == {"Nieuw", "kraakt"} and "kraakt" in read_kept(folder).words
    update(folder, [tmp_path / "bronnen"], encoder=encoder)
    assert len(encoder.asked) == 2


def test_a_removed_document_takes_its_own_words_along_and_leaves_those_of_others(tmp_path):
    folder = small_index(tmp_path, een="De zeester slaapt.", twee="De zeester zwemt.")
    before = read_kept(folder)
    assert dict(zip(before.words, before.holding, strict=True))["zeester"] == 2
    remove(folder, ["een.md"])
    kept = read_kept(folder)
    assert kept.words == tuple(_all_words(folder)) and "slaapt" not in kept.words and "zeester" in kept.words
    assert (open_word_space(folder, ["zeester"], encoder=FakeEncoder()).vectors == before.vectors[before.words.index("zeester")].astype(np.float32)).all()
    remove(folder, ["twee.md"])
    assert read_kept(folder).words == () == read_kept(folder).holding


def test_a_view_of_some_words_leaves_the_file_as_it_is(tmp_path):
    folder = small_index(tmp_path)
    content = (folder / "words.npz").read_bytes()
    assert open_word_space(folder, ["brug", "onbekend"], encoder=FakeEncoder()).vectors.shape == (2, 16)
    assert (folder / "words.npz").read_bytes() == content


def test_what_was_not_counted_is_counted_by_the_next_writer(tmp_path):
    folder = small_index(tmp_path)
    words, entries = read_kept(folder), read_manifest(folder).entries
    for content in (None, b"", b"PK\x03\x04 no", words):
        if not isinstance(content, bytes):
            (folder / "words.npz").unlink()
        else:
            (folder / "words.npz").write_bytes(content)
        if content is words:
            keep_words(folder, entries[:1], encoder=FakeEncoder())
            assert read_kept(folder).keys == {entries[0].key}
        keep_words(folder, entries, encoder=FakeEncoder())
        assert (read_kept(folder).words, read_kept(folder).holding) == (words.words, words.holding)


def test_words_of_a_record_that_is_gone_are_counted_anew_and_without_a_file_nothing_is_kept(tmp_path):
    folder = small_index(tmp_path)
    entries = read_manifest(folder).entries
    (folder / "documents" / f"{entries[0].key}.json").unlink()
    forget_words(folder, entries[1:])
    assert read_kept(folder).keys == {entries[1].key} and "open" not in read_kept(folder).words
    (folder / "words.npz").write_bytes(b"damaged")
    forget_words(folder, entries[1:])
    assert not (folder / "words.npz").exists()


def test_another_model_makes_all_words_anew(tmp_path):
    folder, encoder = small_index(tmp_path), _Counting("other")
    open_word_space(folder, ["brug"], encoder=encoder)
    assert "brug" in encoder.asked


def test_a_word_is_nearest_to_itself(tmp_path):
    space = open_word_space(tmp_path, ["brug", "dijk", "kust"], encoder=FakeEncoder())
    near = space.similarity(FakeEncoder().queries(["dijk"]), language="nl")
    assert near.shape == (1, 3) and near[0].argmax() == 1 and near[0, 1] == pytest.approx(1, abs=1e-2)
    assert space.similarity(FakeEncoder().queries([]), language="nl").shape == (0, 3)


def test_a_folder_without_words_serves_and_no_words_give_an_empty_space(tmp_path):
    assert open_word_space(tmp_path / "none", ["brug"], encoder=FakeEncoder()).words == ("brug",) and not (tmp_path / "none").exists()
    assert open_word_space(tmp_path, [], encoder=FakeEncoder()).vectors.shape == (0, 16)


def test_stems_are_kept_with_the_words_and_made_anew_when_words_are_stemmed_in_another_way(tmp_path, monkeypatch):
    folder = small_index(tmp_path)
    before, asked = read_kept(folder), []
    monkeypatch.setattr("index.word_space.stems_of", lambda word: asked.append(word) or (("x",), ("y",)))
    space = open_word_space(folder, ["dijken", "verhoogd"], encoder=FakeEncoder())
    assert asked == [] and space.stems == (stems_of("dijken"), stems_of("verhoogd")) and stems_of("dijken")[0][0] == "dijk"
    monkeypatch.setattr("index.word_space._stemming", lambda: "another")
    assert read_kept(folder).stems == (((("x",), ("y",)),) * len(before.words)) and asked == list(before.words)


def test_where_words_are_found_in_another_way_the_next_writer_counts_all_and_embeds_new_ones_only(tmp_path, monkeypatch):
    folder, encoder = small_index(tmp_path), _Counting()
    entries, before = read_manifest(folder).entries, read_kept(folder)
    monkeypatch.setattr("index.word_space._stemming", lambda: "another")
    monkeypatch.setattr("index.word_space.sentence_words", lambda text: [*sentence_words(text), "bronlanden"])
    assert not read_kept(folder).keys
    keep_words(folder, entries, encoder=encoder)
    after = read_kept(folder)
    assert after.keys == {entry.key for entry in entries} and set(after.words) == {*before.words, "bronlanden"} and encoder.asked == ("bronlanden",)
    assert dict(zip(after.words, after.holding, strict=True)) == {**dict(zip(before.words, before.holding, strict=True)), "bronlanden": len(entries)}


def test_words_found_in_another_way_go_with_their_document_too(tmp_path, monkeypatch):
    folder = small_index(tmp_path)
    entries, before = read_manifest(folder).entries, read_kept(folder)
    monkeypatch.setattr("index.word_space._stemming", lambda: "another")
    forget_words(folder, entries[1:])
    less = read_kept(folder)
    assert not less.keys and 0 < len(less.words) < len(before.words)
    keep_words(folder, entries[1:], encoder=FakeEncoder())
    assert read_kept(folder).keys == {entries[1].key} and read_kept(folder).words == less.words


def test_the_shipped_centres_are_of_the_bundled_model_so_that_a_first_ingest_embeds_no_common_words(tmp_path, monkeypatch):
    encoder = real_encoder()
    common = {"nl": ["jaar", "mensen", "huis", "tijd", "water"], "en": ["year", "people", "house", "time", "water"]}
    means = {language: encoder.queries(words).mean(axis=0) for language, words in common.items()}
    asked: list[str] = []
    monkeypatch.setattr(encoder, "queries", lambda texts: asked.extend(texts) or np.zeros((len(texts), encoder.dimensions), np.float32))
    space = open_word_space(tmp_path, ["brug"], encoder=encoder)
    assert asked == ["brug"]
    assert all(np.linalg.norm(space.centres[language] - means[language]) < 0.2 for language in ("nl", "en"))
