"""An index that is opened for reading: all rows in their places, and only what an audience may see."""

from pathlib import Path

import numpy as np
import pytest

from index.manifest import read_manifest
from index.source_index import SourceIndex, may_see, sentence_rows
from index.update import remove, update
from ingest.errors import BronvastError, UsageError
from tests.index.small import FakeEncoder, document, small_index, sources


def test_every_passage_and_sentence_has_the_vector_of_its_own_text(tmp_path):
    encoder = FakeEncoder()
    view = SourceIndex.open(small_index(tmp_path, encoder), encoder=encoder).view()
    assert len(view.passages) == len(view.vectors) >= 2
    for passage, vector in zip(view.passages, view.vectors, strict=True):
        assert vector == pytest.approx(encoder.passages([passage.text])[0], abs=1e-6)
    for row, vector in enumerate(view.sentence_vectors):
        assert vector == pytest.approx(encoder.passages([view.sentence_text(row)])[0], abs=1e-6)


def test_sentences_are_slices_of_their_document(tmp_path):
    index = SourceIndex.open(small_index(tmp_path), encoder=FakeEncoder())
    view = index.view()
    for row, (start, end) in enumerate(view.sentence_spans):
        doc = view.passages[view.sentence_owner[row]].doc
        assert index.document(doc).text[start:end] == view.sentence_text(row)


def test_an_open_index_is_not_changed_by_a_later_ingest(tmp_path):
    folder = small_index(tmp_path)
    index = SourceIndex.open(folder, encoder=FakeEncoder())
    before = index.hash, len(index.view().passages)
    update(folder, [sources(tmp_path / "bronnen", nieuw="Een nieuwe zin.")], encoder=FakeEncoder())
    assert (index.hash, len(index.view().passages)) == before
    assert SourceIndex.open(folder, encoder=FakeEncoder()).hash != before[0]


def test_a_document_is_found_by_any_of_its_names_and_an_unknown_one_is_refused(tmp_path):
    folder = sources(tmp_path / "bronnen", een="Dezelfde zin.")
    (folder / "twee.md").write_bytes((folder / "een.md").read_bytes())
    update(tmp_path / "index", [folder], encoder=FakeEncoder())
    index = SourceIndex.open(tmp_path / "index", encoder=FakeEncoder())
    assert index.document("een.md") is index.document("twee.md")
    with pytest.raises(UsageError, match="no document drie"):
        index.document("drie.md")


@pytest.mark.parametrize(("audience", "asked", "seen"), [
    ("", frozenset(), True), ("", frozenset({"a"}), True), ("a", None, True), ("a", frozenset(), False),
    ("a", frozenset({"b"}), False), ("a, b", frozenset({"b"}), True), ("ab", frozenset({"a"}), False)])
def test_an_audience_sees_what_is_for_it_and_for_all(audience, asked, seen):
    assert may_see(document("d", "Zin.", audience=audience), asked) is seen


def test_a_view_holds_no_row_of_what_may_not_be_seen(tmp_path):
    folder = sources(tmp_path / "bronnen", open="Voor allen.", dicht="Voor partners.")
    (folder / "dicht.md.yaml").write_text("audience: partners\n", "utf-8")
    update(tmp_path / "index", [folder], encoder=FakeEncoder())
    index = SourceIndex.open(tmp_path / "index", encoder=FakeEncoder())
    for audiences, docs in ((frozenset(), {"open.md"}), (frozenset({"partners"}), {"open.md", "dicht.md"}), (None, {"open.md", "dicht.md"})):
        view = index.view(audiences)
        assert {passage.doc for passage in view.passages} == {one.doc for one in view.documents} == docs
        assert len(view.vectors) == len(view.passages) and set(view.sentence_owner) == set(range(len(view.passages)))


def test_a_view_of_nothing_is_empty(tmp_path):
    update(tmp_path / "index", [sources(tmp_path / "bronnen")], encoder=FakeEncoder())
    view = SourceIndex.open(tmp_path / "index", encoder=FakeEncoder()).view()
    assert view.passages == () and view.sentence_spans.shape == (0, 2)


def test_the_rows_of_sentences_name_their_vectors():
    one = document("d", "Een zin.", "Nog een.")
    rows, vector_of = sentence_rows(one)
    assert rows == [(0, 0, 8), (1, 9, 17)] and vector_of == [0, 1]


def test_another_model_is_refused(tmp_path):
    folder = small_index(tmp_path)
    with pytest.raises(UsageError, match="model fake"):
        SourceIndex.open(folder, encoder=FakeEncoder("other"))


def test_vectors_are_float32_of_length_one(tmp_path):
    view = SourceIndex.open(small_index(tmp_path), encoder=FakeEncoder()).view()
    assert view.vectors.dtype == np.float32 and np.linalg.norm(view.vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_an_index_that_loses_a_record_while_it_is_opened_is_opened_as_it_is_then(tmp_path, monkeypatch):
    folder, gone = small_index(tmp_path), []
    read = Path.read_text

    def late(path, *args, **kwargs):
        if path.suffix == ".json" and path.parent.name == "documents" and not gone:
            gone.append(path)
            remove(folder, ["brug.md"])
        return read(path, *args, **kwargs)

    monkeypatch.setattr(Path, "read_text", late)
    index = SourceIndex.open(folder, encoder=FakeEncoder())
    assert gone and [one.doc for one in index.documents] == ["kust.md"] and index.hash == read_manifest(folder).hash


@pytest.mark.parametrize(("kind", "content", "said"), [("json", None, "missing"), ("npy", None, "missing"), ("json", b"{", "damaged"),
                                                       ("npy", b"PK no", "damaged"), ("npy", b"", "damaged")])
def test_a_record_that_is_missing_or_damaged_is_one_line_with_the_way_out(tmp_path, kind, content, said):
    folder = small_index(tmp_path)
    path = next((folder / "documents").glob(f"*.{kind}"))
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(BronvastError, match=f"{said}: `bronvast doctor --mend`"):
        SourceIndex.open(folder, encoder=FakeEncoder())


def test_the_hash_for_an_audience_tells_nothing_of_what_it_may_not_see(tmp_path):
    for name, audience in (("open", ""), ("dicht", "OM")):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nDe brug gaat open.\n")
        (tmp_path / f"{name}.yaml").write_text(f"audience: {audience}\n" if audience else "title: Open\n")
    said = []
    for names in (["open"], ["open", "dicht"]):
        update(tmp_path / "index", [tmp_path / f"{name}.md" for name in names], encoder=FakeEncoder())
        index = SourceIndex.open(tmp_path / "index", encoder=FakeEncoder())
        said.append((index.hash_for(frozenset({"COA"})), index.hash_for(None), index.hash))
    (narrow, wide, whole), (narrow_after, wide_after, whole_after) = said
    assert narrow == narrow_after == wide == whole and wide_after == whole_after != whole
