"""Which files are found, how they are named, and what their sidecars say."""

import hashlib
from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.sources import find_sources, of_no_file, passed_over


def test_names_are_relative_and_sidecars_and_hidden_files_are_skipped(tmp_path: Path) -> None:
    for name in ("b.md", "sub/a.md", ".hidden.md", ".git/c.md", "b.yaml", "sub/bronnen.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("title: Titel" if name == "b.yaml" else "")
    found = find_sources([tmp_path])
    assert [source.doc for source in found] == ["b.md", "sub/a.md"]
    assert found[0].sha256 == hashlib.sha256(b"").hexdigest() and found[0].metadata == {"title": "Titel"}
    assert [source.doc for source in find_sources([tmp_path / "sub" / "a.md"])] == ["a.md"]


def test_a_files_own_sidecar_wins_over_the_folders(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Tekst.")
    (tmp_path / "bronnen.yaml").write_text("a.md: {title: Map, publisher: IND, published: 2024-05-01, audience: [politie, OM]}")
    (tmp_path / "a.yaml").write_text("title: Eigen")
    assert find_sources([tmp_path])[0].metadata == {"title": "Eigen", "publisher": "IND", "published": "2024-05-01",
                                                    "audience": "politie,OM"}


def test_a_sidecar_may_end_in_yml(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Tekst.")
    (tmp_path / "bronnen.yml").write_text("a.md: {title: Map, audience: OM}")
    (tmp_path / "a.md.yml").write_text("audience: politie")
    (tmp_path / "b.yml").write_text("audience: COA")
    assert [source.metadata for source in find_sources([tmp_path])] == [{"title": "Map", "audience": "politie"}, {"audience": "COA"}]


def test_a_sidecar_that_belongs_to_no_file_is_named(tmp_path: Path) -> None:
    for name in ("deel/a.md", "deel/a.yaml", "deel/b.pdf.yaml", "deel/c.yml", ".git/d.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "bronnen.yaml").write_text("deel: {}\ne.md: {audience: OM}")
    said = dict(of_no_file([tmp_path, tmp_path / "deel" / "a.md"]))
    assert said.keys() == {"deel/b.pdf.yaml", "deel/c.yml", "bronnen.yaml"}
    assert "e.md" in said["bronnen.yaml"] and ".yml behind it" in said["deel/c.yml"]


def test_a_name_is_the_same_however_its_accents_and_the_ending_of_its_sidecar_are_written(tmp_path: Path) -> None:
    for name in ("cafe\u0301.md", "b.md"):
        (tmp_path / name).write_text("Tekst.")
    (tmp_path / "bronnen.yaml").write_text("caf\u00e9.md: {audience: OM}", encoding="utf-8")
    (tmp_path / "b.YAML").write_text("audience: COA")
    assert {source.doc: source.metadata for source in find_sources([tmp_path])} == {"cafe\u0301.md": {"audience": "OM"}, "b.md": {"audience": "COA"}}
    assert not list(of_no_file([tmp_path]))


def test_a_sidecar_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Tekst.")
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(UsageError, match=r"a\.yaml cannot be read"):
        find_sources([tmp_path])


@pytest.mark.parametrize(("sidecar", "reason"), [
    ("titel: x", "unknown keys titel"), ("- a", "must hold keys"), ("a: [", "not YAML"), ("published: 2024-02-30", "not YAML: day"),
    *((f"audience: {none}", "empty audience") for none in ("[]", "", "''", "','", "'  '", "' , '", "[' ']", "['']", "[null]", "[OM, '']", "'OM,,COA'"))])
def test_a_wrong_sidecar_is_an_error_that_names_it(tmp_path: Path, sidecar: str, reason: str) -> None:
    (tmp_path / "a.md").write_text("Tekst.")
    (tmp_path / "a.yaml").write_text(sidecar)
    with pytest.raises(UsageError, match=reason):
        find_sources([tmp_path])


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        find_sources([tmp_path / "x"])


def test_two_folders_with_a_file_of_one_name_keep_both_apart(tmp_path: Path) -> None:
    for folder in ("een", "twee"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.md").write_text(folder)
    with pytest.raises(UsageError, match="a.md"):
        find_sources([tmp_path / "een", tmp_path / "twee"])


def test_links_that_are_not_followed_are_named(tmp_path: Path) -> None:
    for name in ("elders/a.md", "bron/b.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Een zin.")
    for name, target in (("map", "elders"), ("weg", "nergens"), (".map", "elders"), ("c.md", "elders/a.md")):
        (tmp_path / "bron" / name).symlink_to(tmp_path / target)
    assert [one.doc for one in find_sources([tmp_path / "bron"])] == ["b.md", "c.md"]
    assert [(name, said.partition(":")[0]) for name, said in passed_over([tmp_path / "bron"])] == [
        ("map", "is a link to a folder, which is not followed"), ("weg", "is a link to nothing")]
