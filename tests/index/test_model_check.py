"""The model is checked by hash: a folder that was changed is unpacked again."""

import json

import pytest

from index import model_check
from index.bundled import HASHES, file_hash, unpacked_folder
from index.model_check import examine_model


@pytest.fixture
def cache(tmp_path):
    folder = unpacked_folder(tmp_path)
    folder.mkdir()
    (folder / "weights").write_bytes(b"weights")
    (folder / HASHES).write_text(json.dumps({"weights": file_hash(folder / "weights")}))
    return tmp_path


def test_a_whole_model_has_nothing_wrong(cache):
    assert examine_model(cache) == ()


def test_a_model_that_is_not_unpacked_yet_is_not_wrong(tmp_path):
    assert examine_model(tmp_path) == ()


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda folder: (folder / "weights").write_bytes(b"other"), "another weights"), (lambda folder: (folder / "weights").unlink(), "lacks weights"),
    (lambda folder: (folder / HASHES).unlink(), "without noting"), (lambda folder: (folder / HASHES).write_text("{"), "without noting")])
def test_a_changed_model_is_found_and_unpacked_again(cache, spoil, said, monkeypatch):
    unpacked = []
    monkeypatch.setattr(model_check, "unpacked_model", unpacked.append)
    spoil(unpacked_folder(cache))
    assert said in examine_model(cache)[0].line and unpacked == [] and unpacked_folder(cache).exists()
    assert examine_model(cache, mend=True)[0].mended and unpacked == [cache] and not unpacked_folder(cache).exists()


def test_other_packed_weights_are_told_and_cannot_be_mended(cache, tmp_path, monkeypatch):
    (tmp_path / "packed").write_bytes(b"other")
    monkeypatch.setattr(model_check, "packed_file", lambda: tmp_path / "packed")
    found = examine_model(cache, mend=True)
    assert "reinstall" in found[0].remedy and not found[0].mended
