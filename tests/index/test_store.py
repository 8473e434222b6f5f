"""Chroma: rows by document, replaced and removed whole, and nothing of removed text left in its files."""

import numpy as np
import pytest

from index.store import VectorStore, compact
from tests.index.small import FakeEncoder, document

_ENCODER = FakeEncoder()


def _added(store, doc):
    store.remove([doc.doc])
    store.add([(doc.doc, doc, _ENCODER.passages([passage.text for passage in doc.passages]))])


@pytest.fixture
def store(tmp_path):
    return VectorStore(tmp_path / "chroma")


def test_rows_are_counted_by_document(store):
    _added(store, document("a", "Een zin.", "Nog een."))
    _added(store, document("b", "Een derde."))
    assert store.counts() == {"a": 2, "b": 1}


def test_a_document_that_is_added_again_is_replaced(store):
    _added(store, document("a", "Een zin.", "Nog een."))
    _added(store, document("a", "Alleen deze."))
    assert store.counts() == {"a": 1}


def test_removing_an_unknown_document_changes_nothing(store):
    _added(store, document("a", "Een zin."))
    store.remove(["none"])
    assert store.counts() == {"a": 1}


def test_what_was_added_is_there_for_the_next_process(tmp_path):
    _added(VectorStore(tmp_path / "chroma"), document("a", "Een zin."))
    assert VectorStore(tmp_path / "chroma").counts() == {"a": 1}


def test_llama_index_finds_the_nearest_passage(store):
    from llama_index.core.vector_stores.types import VectorStoreQuery

    _added(store, document("a", "Een zin.", "Nog een.", "Een derde."))
    vector = _ENCODER.queries(["Nog een."])[0]
    found = store.vector_store.query(VectorStoreQuery(query_embedding=[float(x) for x in vector], similarity_top_k=1))
    assert [node.get_content() for node in found.nodes] == ["Nog een."]


def test_more_rows_than_one_batch_are_added(store, monkeypatch):
    monkeypatch.setattr("index.store._LARGEST_BATCH", 3)
    _added(store, document("a", *(f"Zin nummer {number}." for number in range(10))))
    assert store.counts() == {"a": 10}


def test_vectors_that_do_not_fit_the_passages_are_refused(store):
    with pytest.raises(ValueError, match="zip"):
        store.add([("a", document("a", "Een zin.", "Nog een."), np.zeros((1, 16), np.float32))])


def test_removed_text_is_in_no_file_of_the_store(store, tmp_path):
    _added(store, document("geheim", "De zeester van Zwartewaterland zwijgt."))
    _added(store, document("open", "Een goede zin."))
    store.remove(["geheim"])
    compact(tmp_path / "chroma")
    left = [path.name for path in (tmp_path / "chroma").rglob("*") if path.is_file() and b"Zwartewaterland" in path.read_bytes()]
    assert left == [] and store.counts() == {"open": 1}


def test_compacting_what_is_not_there_does_nothing(tmp_path):
    compact(tmp_path / "none")
    assert not (tmp_path / "none").exists()
