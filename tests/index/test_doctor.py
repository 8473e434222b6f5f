"""Each thing that may be wrong with an index is found, named in one line, and mended; and a sound index has nothing wrong."""

import json

import numpy as np
import pytest
from filelock import FileLock

from index.doctor import examine
from index.manifest import read_manifest
from index.source_index import SourceIndex
from index.store import VectorStore
from ingest.errors import UsageError
from tests.index.small import FakeEncoder, document, small_index


@pytest.fixture
def folder(tmp_path):
    return small_index(tmp_path)


def _record(folder, kind, name="kust.md"):
    entry, = (one for one in read_manifest(folder).entries if name in one.names)
    return folder / "documents" / f"{entry.key}.{kind}"


def _mended(folder, what):
    """Check that it is found, not changed without --mend, mended with it, and then gone."""
    found = examine(folder, encoder=FakeEncoder())
    assert [what in one.line and not one.mended for one in found] == [True], found
    assert examine(folder, encoder=FakeEncoder()) == found, "looking changes nothing"
    assert all(one.mended and "\n" not in one.line for one in examine(folder, encoder=FakeEncoder(), mend=True))
    assert examine(folder, encoder=FakeEncoder()) == ()
    SourceIndex.open(folder, encoder=FakeEncoder()).view()


def test_a_sound_index_has_nothing_wrong(folder):
    assert examine(folder, encoder=FakeEncoder()) == examine(folder, encoder=FakeEncoder(), mend=True) == ()


def test_passages_missing_from_chroma_are_added(folder):
    before = VectorStore(folder / "chroma").counts()
    VectorStore(folder / "chroma").remove([_record(folder, "json").stem])
    _mended(folder, "Chroma holds 0 of its")
    assert VectorStore(folder / "chroma").counts() == before


def test_passages_in_chroma_of_no_document_are_removed_with_their_text(folder):
    one = document("vreemd", "De zeester van Zwartewaterland zwijgt.")
    VectorStore(folder / "chroma").add([("vreemd", one, FakeEncoder().passages([one.text]))])
    _mended(folder, "chroma vreemd: belongs to no document")
    assert not any(b"Zwartewaterland" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"doc": "kust.md"}'])
def test_a_damaged_record_leaves_the_index_so_that_the_next_ingest_reads_it_again(folder, content):
    _record(folder, "json").write_bytes(content)
    found = examine(folder, encoder=FakeEncoder())
    assert [one.where for one in found] == ["kust.md"] and "damaged" in found[0].what and "ingest kust.md again" in found[0].remedy
    examine(folder, encoder=FakeEncoder(), mend=True)
    assert examine(folder, encoder=FakeEncoder()) == ()
    assert [entry.names for entry in read_manifest(folder).entries] == [("brug.md",)]
    small_index(folder.parent)
    assert len(read_manifest(folder).entries) == 2 and examine(folder, encoder=FakeEncoder()) == ()


def test_a_missing_record_is_found(folder):
    _record(folder, "json").unlink()
    assert "its record is missing" in examine(folder, encoder=FakeEncoder())[0].line


def test_a_record_of_another_document_is_found(folder):
    _record(folder, "json").write_bytes(_record(folder, "json", "brug.md").read_bytes())
    assert "another document" in examine(folder, encoder=FakeEncoder())[0].line


@pytest.mark.parametrize("spoil", ["cut", "rows", "nan", "gone"])
def test_vectors_that_are_damaged_are_made_again_equal(folder, spoil):
    path = _record(folder, "npy")
    whole = np.load(path)
    if spoil == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    elif spoil == "rows":
        np.save(path, whole[:1])
    elif spoil == "nan":
        np.save(path, whole * np.nan)
    else:
        path.unlink()
    _mended(folder, "vectors")
    assert np.load(path) == pytest.approx(whole)


def test_a_damaged_database_is_made_again_from_the_records(folder):
    before = VectorStore(folder / "chroma").counts()
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()  # as in a new process
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"this is not a database, whatever its name says" * 100)
    _mended(folder, "the database is damaged")
    assert VectorStore(folder / "chroma").counts() == before


def test_what_a_killed_run_left_is_removed(folder):
    (folder / "documents" / "abc.json.partial").write_text("{")
    _mended(folder, "belongs to no document")


def test_a_damaged_file_of_words_is_made_again(folder):
    (folder / "words.npz").write_bytes(b"PK\x03\x04 but not a whole file")
    _mended(folder, "words.npz: is damaged, or of an older version")


def test_another_version_and_another_model_are_named_and_nothing_is_touched(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    assert "model fake" in examine(folder, encoder=FakeEncoder("other"), mend=True)[0].line
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
    found = examine(folder, encoder=FakeEncoder(), mend=True)
    assert len(found) == 1 and "format 99" in found[0].line and not found[0].mended
    assert _files(folder) == 4


def _files(folder):
    return len(list((folder / "documents").iterdir()))


def test_a_manifest_that_is_gone_or_damaged_leaves_the_records_alone(folder):
    (folder / "manifest.json").write_text("{")
    assert not examine(folder, encoder=FakeEncoder(), mend=True)[0].mended
    (folder / "manifest.json").unlink()
    assert "missing" in examine(folder, encoder=FakeEncoder(), mend=True)[0].line
    assert _files(folder) == 4


def test_nobody_is_examined_while_an_ingest_writes(folder, monkeypatch):
    monkeypatch.setattr("index.doctor._WAIT_S", 0.1)
    with FileLock(folder / "writer.lock"), pytest.raises(UsageError, match="Another process is writing"):
        examine(folder, encoder=FakeEncoder())


def test_no_index_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no index"):
        examine(tmp_path / "none", encoder=FakeEncoder())
