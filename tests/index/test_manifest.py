"""The manifest decides what exists: whole or not at all, and refused in one line where it cannot be read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.manifest import NAME, Entry, Manifest, checked_manifest, parse_manifest, read_manifest, write_manifest
from ingest.errors import BronvastError, UsageError

_A = Entry("a" * 64, "123456789abc", ("b.md", "é \"aan\" haal.md"), 3)
_B = Entry("b" * 64, "123456789abc", ("a.md",), 0)


def test_a_manifest_is_read_back_equal_and_sorted_by_name(tmp_path):
    manifest = Manifest("model").with_entries([_A, _B])
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    assert [entry.names[0] for entry in manifest.entries] == ["a.md", "b.md"]
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_folder_without_a_manifest_has_none(tmp_path):
    assert read_manifest(tmp_path) is None


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 9)), max_size=5))
def test_any_name_comes_back(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("m")
    manifest = Manifest("model").with_entries([Entry(f"{i:064}", "r", (name,), n) for i, (name, n) in enumerate(names)])
    write_manifest(folder, manifest)
    assert read_manifest(folder) == manifest


@pytest.mark.parametrize("change", [{"names": ("c.md",)}, {"sha256": "c" * 64}, {"reading": "0"}, {"passages": 4}])
def test_the_hash_changes_with_every_part_of_a_document(change):
    from dataclasses import replace

    assert Manifest("m", (_A,)).hash != Manifest("m", (replace(_A, **change),)).hash
    assert Manifest("m", (_A,)).hash == Manifest("m", (replace(_A),)).hash != Manifest("n", (_A,)).hash


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"', '{"format": 1}', '{"format": 1, "model": "m", "documents": [{}]}',
                                     '{"format": 1, "model": "m", "documents": 5}', "[" * 100_000])
def test_a_damaged_manifest_is_one_line_with_the_way_out(content, tmp_path):
    (tmp_path / NAME).write_text(content, "utf-8")
    with pytest.raises(BronvastError, match=r"damaged.*restore") as caught:
        read_manifest(tmp_path)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_a_damaged_manifest(tmp_path):
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BronvastError, match="damaged"):
        read_manifest(tmp_path)


def test_another_version_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(BronvastError, match=r"another version.*format 99.*ingest"):
        parse_manifest(json.dumps({"format": 99}), where=tmp_path)


def test_a_killed_writer_leaves_the_old_manifest(tmp_path):
    write_manifest(tmp_path, Manifest("m", (_A,)))
    (tmp_path / (NAME + ".partial")).write_text('{"format": 1, "mod', "utf-8")
    assert read_manifest(tmp_path) == Manifest("m", (_A,))


def test_no_index_and_another_model_are_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no index"):
        checked_manifest(tmp_path, "m")
    write_manifest(tmp_path, Manifest("m", (_A,)))
    with pytest.raises(UsageError, match=r"model m.* name n"):
        checked_manifest(tmp_path, "n")
    assert checked_manifest(tmp_path, "m").model == "m"
