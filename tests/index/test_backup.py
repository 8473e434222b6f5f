"""Backup and restore: the same index again, or nothing changed."""

import gzip
import io
import json
import tarfile

import pytest
from filelock import FileLock

from index.backup import backup, restore
from index.doctor import examine
from index.manifest import Entry, Manifest, read_manifest, write_manifest
from index.source_index import SourceIndex
from index.update import remove, update
from ingest.errors import BronvastError, UsageError
from tests.index.small import FakeEncoder, small_index, sources


@pytest.fixture
def folder(tmp_path):
    return small_index(tmp_path)


@pytest.fixture
def file(folder, tmp_path):
    backup(folder, tmp_path / "b.tar.gz")
    return tmp_path / "b.tar.gz"


def _bytes(folder):
    return {path.name: path.read_bytes() for path in (folder / "documents").iterdir()} | {"m": (folder / "manifest.json").read_bytes()}


def test_a_restored_index_is_the_same_to_the_byte_and_sound(folder, file, tmp_path):
    report = restore(tmp_path / "new", file)
    assert _bytes(tmp_path / "new") == _bytes(folder) and report.documents == 2
    assert examine(tmp_path / "new", encoder=FakeEncoder()) == ()
    index = SourceIndex.open(tmp_path / "new", encoder=FakeEncoder())
    assert index.hash == SourceIndex.open(folder, encoder=FakeEncoder()).hash


def test_restoring_takes_away_what_came_later_and_brings_back_what_was_removed(folder, file, tmp_path):
    before = _bytes(folder)
    remove(folder, ["kust.md"])
    update(folder, [sources(tmp_path / "later", later="De zeester van Zwartewaterland zwijgt.")], encoder=FakeEncoder())
    open_index = SourceIndex.open(folder, encoder=FakeEncoder())
    restore(folder, file)
    assert _bytes(folder) == before and examine(folder, encoder=FakeEncoder()) == ()
    assert not any(b"Zwartewaterland" in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(open_index.view().passages) == 2, "what a running server has open stays what it was"


def test_a_backup_is_readable_by_its_owner_alone_and_never_overwritten(folder, file):
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(UsageError, match="exists"):
        backup(folder, file)


def _refused(folder, file, match):
    before = _bytes(folder)
    with pytest.raises(BronvastError, match=match) as caught:
        restore(folder, file)
    assert _bytes(folder) == before and "\n" not in str(caught.value)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
def test_a_backup_that_was_cut_off_changes_nothing(folder, file, share):
    content = file.read_bytes()
    file.write_bytes(content[:int(len(content) * share)])
    _refused(folder, file, "not a whole backup")


def test_a_backup_with_another_letter_changes_nothing(folder, file):
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()).replace(b"De brug gaat open.", b"De brug gaat dicht")))
    _refused(folder, file, r"damaged \(documents/")


def _rewritten(file, change):
    with tarfile.open(file) as archive:
        members = {one.name: archive.extractfile(one).read() for one in archive}
    members = change(members)
    with tarfile.open(file, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def test_a_backup_that_lacks_a_file_changes_nothing(folder, file):
    _rewritten(file, lambda members: {name: content for name, content in members.items() if not name.endswith(".npy")})
    _refused(folder, file, "damaged")


@pytest.mark.parametrize("name", ["../outside.json", "/tmp/outside.json", "documents/../../x.json", "words.npz"])
def test_names_that_are_not_those_of_records_are_refused(folder, file, name):
    _rewritten(file, lambda members: {name: b"x", **members})
    _refused(folder, file, "not a backup")


def test_a_backup_of_another_version_is_refused_with_the_way_out(folder, file):
    def change(members):
        import hashlib

        manifest = json.dumps({"format": 99}).encode()
        contents = json.loads(members["backup.json"])
        contents["files"]["manifest.json"] = hashlib.sha256(manifest).hexdigest()
        return {**members, "manifest.json": manifest, "backup.json": json.dumps(contents).encode()}

    _rewritten(file, change)
    _refused(folder, file, "another version")


def test_a_backup_of_another_model_is_refused_for_an_index_that_is_there(folder, file):
    write_manifest(folder, Manifest("other", read_manifest(folder).entries))
    _refused(folder, file, "restore into a new folder")


def test_a_file_that_is_none_or_something_else_is_wrong_use_or_no_backup(folder, tmp_path):
    _refused(folder, tmp_path / "none.tar.gz", "no file")
    (tmp_path / "text").write_text("hello")
    _refused(folder, tmp_path / "text", "not a whole backup")


def test_a_backup_into_a_folder_that_is_not_there_says_so(folder, tmp_path):
    (tmp_path / "file").write_text("x")
    for where in ("none", "file"):
        with pytest.raises(UsageError, match=f"there is no folder {tmp_path / where}: make it first"):
            backup(folder, tmp_path / where / "b.tar.gz")
    assert not (tmp_path / "none").exists()


def test_a_folder_is_no_backup(folder, tmp_path):
    _refused(folder, tmp_path, "is a folder: name the file")
    with pytest.raises(UsageError):
        restore(tmp_path / "new", tmp_path)
    assert not (tmp_path / "new").exists()


def test_a_restore_that_is_killed_before_the_manifest_leaves_the_old_index(folder, file, monkeypatch):
    remove(folder, ["kust.md"])
    before = read_manifest(folder)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("index.backup.write_manifest", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(folder, file)
    assert read_manifest(folder) == before
    examine(folder, encoder=FakeEncoder(), mend=True)
    assert examine(folder, encoder=FakeEncoder()) == () and len(list((folder / "documents").iterdir())) == 2


def test_a_damaged_manifest_does_not_stop_a_restore(folder, file):
    before = _bytes(folder)
    (folder / "manifest.json").write_text("{")
    restore(folder, file)
    assert _bytes(folder) == before


def test_a_record_that_is_missing_stops_a_backup_with_the_way_out(folder, tmp_path):
    write_manifest(folder, read_manifest(folder).with_entries([Entry("f" * 64, "0" * 12, ("weg.md",), 1)]))
    with pytest.raises(BronvastError, match="doctor"):
        backup(folder, tmp_path / "c.tar.gz")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("c.")] == []


def test_backup_and_restore_wait_for_an_ingest(folder, file, tmp_path, monkeypatch):
    monkeypatch.setattr("index.backup._WAIT_S", 0.1)
    with FileLock(folder / "writer.lock"):
        for call in (lambda: backup(folder, tmp_path / "c.tar.gz"), lambda: restore(folder, file)):
            with pytest.raises(UsageError, match="Another process is writing"):
                call()
