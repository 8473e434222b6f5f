"""Ingesting again: what is known is neither embedded nor written, a new text replaces the old in one step, names follow their content."""

import json
from pathlib import Path

import pytest

from index.ingest_report import IngestReport, Progress
from index.manifest import read_manifest
from index.originals import note_moved
from index.source_index import SourceIndex
from index.update import remove, update
from ingest.errors import BronvastError, UsageError
from ingest.reading import ReadingSettings
from tests.index.small import FakeEncoder, sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sources(tmp_path / "bronnen", kust="Het water stijgt. De dijken niet.", brug="De brug gaat open.")
    assert run(tmp_path).added == ("brug.md", "kust.md")
    return tmp_path


def run(folder: Path, encoder: FakeEncoder | None = None, **options: object) -> IngestReport:
    return update(folder / "index", [folder / "bronnen"], encoder=encoder or FakeEncoder(), **options)


def passages(folder: Path) -> list[tuple[str, str]]:
    return [(passage.doc, passage.text) for passage in SourceIndex.open(folder / "index", encoder=FakeEncoder()).view().passages]


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file of the index was last written, and its size; locks and the note of places do not count."""
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in (folder / "index" / "documents").rglob("*") if path.is_file()}


def test_a_second_run_embeds_and_writes_nothing(folder):
    before, encoder = state(folder), FakeEncoder()
    report = run(folder, encoder)
    assert encoder.embedded == report.embedded == report.passages_read == 0 and state(folder) == before
    assert report.unchanged == ("brug.md", "kust.md") and not report.added


def test_a_changed_file_alone_is_embedded_again(folder):
    sources(folder / "bronnen", brug="De brug blijft dicht.")
    report = run(folder, encoder := FakeEncoder())
    assert (report.replaced, report.unchanged, encoder.embedded) == (("brug.md",), ("kust.md",), 1)
    assert ("brug.md", "De brug blijft dicht.") in passages(folder) and len(passages(folder)) == 2


def test_the_old_text_answers_until_the_new_is_whole(folder):
    class Breaks(FakeEncoder):
        def passages(self, texts):
            raise BronvastError("the model is away")

    sources(folder / "bronnen", brug="De brug blijft dicht.")
    before = passages(folder)
    with pytest.raises(BronvastError):
        run(folder, Breaks())
    assert passages(folder) == before
    (folder / "bronnen" / "brug.md").write_bytes(bytes(range(8)) * 99)
    report = run(folder)
    assert report.failed[0][0] == "brug.md" and passages(folder) == before


def test_a_renamed_file_is_not_embedded_again(folder):
    (folder / "bronnen" / "brug.md").rename(folder / "bronnen" / "sluis.md")
    report = run(folder, encoder := FakeEncoder())
    assert report.renamed == ("sluis.md",) and encoder.embedded == 0
    assert [doc for doc, _ in passages(folder)] == ["kust.md", "sluis.md"]


def test_a_link_that_is_not_followed_is_a_warning(folder):
    (folder / "bronnen" / "weg.md").symlink_to(folder / "nergens.md")
    assert [name for name, _ in run(folder).warnings] == ["weg.md"]


def test_every_name_of_content_that_cannot_be_read_is_named(folder):
    for name in ("kust.md", "leeg.md", "ook leeg.md"):
        (folder / "bronnen" / name).write_bytes(b"")
    assert [name for name, _ in run(folder, dry_run=True).failed] == [name for name, _ in run(folder).failed] == ["kust.md", "leeg.md", "ook leeg.md"]


def test_the_same_content_under_two_names_is_one_document_with_two_names(folder):
    (folder / "bronnen" / "kopie.md").write_bytes((folder / "bronnen" / "brug.md").read_bytes())
    report = run(folder, encoder := FakeEncoder())
    assert encoder.embedded == 0 and report.documents == 2 and len(passages(folder)) == 2
    manifest = read_manifest(folder / "index")
    assert manifest is not None and ("brug.md", "kopie.md") in [entry.names for entry in manifest.entries]
    (folder / "bronnen" / "brug.md").unlink()
    assert run(folder, prune=True).removed == ("brug.md",) and ("kopie.md", "De brug gaat open.") in passages(folder)


def test_pruning_removes_what_is_gone_and_only_then(folder):
    (folder / "bronnen" / "brug.md").unlink()
    assert run(folder).removed == () and len(passages(folder)) == 2
    assert run(folder, prune=True).removed == ("brug.md",) and len(passages(folder)) == 1


@pytest.mark.parametrize("changes", ["settings", "sidecar"])
def test_another_way_of_reading_reads_again_with_a_notice(folder, changes):
    told: list[Progress | str] = []
    if changes == "sidecar":
        (folder / "bronnen" / "kust.md.yaml").write_text("publisher: Waterschap\n")
    report = run(folder, encoder := FakeEncoder(), tell=told.append, reading=ReadingSettings(ocr=changes == "settings"))
    again = ("brug.md", "kust.md") if changes == "settings" else ("kust.md",)
    assert report.reread == report.replaced == again and encoder.embedded > 0 and len(passages(folder)) == 2
    assert [line for line in told if isinstance(line, str)][:-1] == [f"{len(again)} known documents are read again: how files are read, or what "
                                                               "their sidecars say, has changed"]


def test_a_dry_run_says_what_a_run_would_do_and_changes_nothing(folder):
    sources(folder / "bronnen", brug="De brug blijft dicht.", nieuw="Een nieuw stuk.")
    (folder / "bronnen" / "leeg.md").write_text("")
    (folder / "bronnen" / "kust.md").unlink()
    before, kept = state(folder), (folder / "index" / "manifest.json").read_bytes()
    rehearsed = run(folder, encoder := FakeEncoder(), dry_run=True, prune=True)
    assert encoder.embedded == 0 and state(folder) == before and (folder / "index" / "manifest.json").read_bytes() == kept
    done = run(folder, prune=True)
    for name in ("added", "replaced", "unchanged", "removed", "failed", "documents", "passages", "passages_read"):
        assert getattr(rehearsed, name) == getattr(done, name), name
    assert rehearsed.added == ("nieuw.md",) and rehearsed.replaced == ("brug.md",) and rehearsed.dry_run and not done.dry_run


def test_a_dry_run_makes_no_index(tmp_path):
    sources(tmp_path / "bronnen", brug="De brug gaat open.")
    assert run(tmp_path, dry_run=True).added == ("brug.md",) and not (tmp_path / "index").exists()


def test_progress_counts_files_pages_and_passages_to_the_end(folder):
    told: list[Progress | str] = []
    sources(folder / "bronnen", een="Een zin.", twee="Twee.\n\nDrie.")
    run(folder, tell=told.append)
    steps = [one for one in told if isinstance(one, Progress)]
    assert [(one.done, one.files, one.passages) for one in steps] == [(1, 2, 1), (2, 2, 3)]
    assert steps[-1].seconds_left == 0 and json.dumps(run(folder).to_json())


def test_an_index_inside_the_folder_of_the_sources_is_not_a_source(tmp_path):
    sources(tmp_path / "bronnen", brug="De brug gaat open.")
    for changed in (("brug.md",), ()):
        report = update(tmp_path / "bronnen" / "index", [tmp_path / "bronnen"], encoder=FakeEncoder())
        assert report.added == changed and not report.failed


def test_what_is_not_there_to_be_removed_is_said_with_what_to_do(folder):
    with pytest.raises(UsageError, match=r"no document geen\.md .*`bronvast passages` lists what there is"):
        remove(folder / "index", ["geen.md"])
    with pytest.raises(UsageError, match="no index at .*: make one with `bronvast ingest PATH"):
        remove(folder / "none", ["kust.md"])


def copy(folder: Path, name: str) -> None:
    """Put the bytes of brug.md under another name."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes((folder / "bronnen" / "brug.md").read_bytes())


def audiences(folder: Path) -> dict[str, str]:
    """Who may see each document: by every name that it has."""
    index = SourceIndex.open(folder / "index", encoder=FakeEncoder())
    return {name: index.document(name).metadata.get("audience", "") for entry in index.entries for name in entry.names}


def test_the_same_bytes_with_other_sidecars_are_documents_of_their_own_and_stay_so(folder):
    copy(folder, "bronnen/kopie.md")
    (folder / "bronnen" / "kopie.yaml").write_text("audience: OM")
    said = {"brug.md": "", "kopie.md": "OM", "kust.md": ""}
    assert run(folder).added == ("kopie.md",) and audiences(folder) == said
    again = run(folder)
    assert (again.unchanged, again.replaced, again.reread) == (tuple(said), (), ()) and audiences(folder) == said
    open_view = SourceIndex.open(folder / "index", encoder=FakeEncoder()).view(frozenset({"COA"}))
    assert [document.doc for document in open_view.documents] == ["brug.md", "kust.md"]
    (folder / "bronnen" / "kopie.yaml").unlink()
    assert run(folder).renamed == ("kopie.md",) and audiences(folder) == dict.fromkeys(said, "")


def test_a_copy_that_is_deleted_keeps_its_name_until_it_is_pruned(folder):
    copy(folder, "bronnen/kopie.md")
    run(folder)
    (folder / "bronnen" / "kopie.md").unlink()
    assert run(folder).removed == () and set(audiences(folder)) == {"brug.md", "kopie.md", "kust.md"}
    assert run(folder, prune=True).removed == ("kopie.md",) and set(audiences(folder)) == {"brug.md", "kust.md"}


def test_a_copy_given_from_another_folder_takes_no_name_from_a_file_that_is_still_there(folder):
    copy(folder, "elders/tweede.md")
    report = update(folder / "index", [folder / "elders"], encoder=FakeEncoder())
    assert report.renamed == ("tweede.md",) and set(audiences(folder)) == {"brug.md", "kust.md", "tweede.md"}


def test_a_name_that_now_holds_another_known_text_is_that_of_one_document(folder):
    copy(folder, "bronnen/kust.md")
    run(folder)
    assert sorted(passages(folder)) == [("brug.md", "De brug gaat open.")] and set(audiences(folder)) == {"brug.md", "kust.md"}


def test_pruning_leaves_what_can_no_longer_be_read(folder):
    (folder / "bronnen" / "brug.md").rename(folder / "bronnen" / "dicht.pdf")
    update(folder / "index", [folder / "bronnen"], encoder=FakeEncoder())
    before = set(audiences(folder))
    (folder / "bronnen" / "kust.md").write_bytes(b"\x00\x01")
    report = run(folder, prune=True)
    assert {name for name, _ in report.failed} >= {"kust.md"} and "kust.md" in before & set(audiences(folder))


def test_pruning_takes_nothing_that_came_from_another_folder_or_from_the_page(folder):
    sources(folder / "elders", pier="De pier is dicht.", kade="De kade is hoog.")
    update(folder / "index", [folder / "elders"], encoder=FakeEncoder())
    note_moved(folder / "index", "pier.md", folder / "state" / "sources" / "pier.md")
    (folder / "bronnen" / "brug.md").unlink()
    heard: list[tuple[list[str], list[str]]] = []
    run(folder, prune=True, dry_run=True, leaving=lambda *said: heard.append(said))
    assert heard == [] and len(audiences(folder)) == 4
    report = run(folder, prune=True, leaving=lambda names, entries: heard.append((list(names), [entry.names for entry in entries])))
    assert report.removed == ("brug.md",) and heard == [(["brug.md"], [("brug.md",)])] and set(audiences(folder)) == {"kade.md", "kust.md", "pier.md"}
    assert run(folder, prune=True).removed == ()


def test_a_folder_that_may_not_be_looked_into_is_named_and_nothing_below_it_pruned(folder, monkeypatch):
    sources(folder / "bronnen" / "deel", nota="De pier is dicht.")
    run(folder)
    (folder / "bronnen" / "deel" / "nota.md").unlink()  # as root every folder can be looked into: as if it could not
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "deel")
    report = run(folder, prune=True)
    assert report.removed == () and report.failed[0][0] == "deel" and "deel/nota.md" in audiences(folder)


def test_a_name_that_is_not_utf8_is_named_and_the_rest_is_read(folder):
    (folder / "bronnen" / "rapport\udce9.md").write_text("De kade.")
    sources(folder / "bronnen", pier="De pier.")
    report = run(folder)
    assert report.added == ("pier.md",) and report.failed[0][0] == "rapport?.md" and "UTF-8" in report.failed[0][1]


def test_a_sidecar_of_no_file_is_a_warning(folder):
    (folder / "bronnen" / "burg.yaml").write_text("audience: OM")
    assert [name for name, _ in run(folder).warnings] == ["burg.yaml"] == [name for name, _ in run(folder, dry_run=True).warnings]


def test_removing_one_name_of_a_text_says_which_others_went(folder):
    copy(folder, "bronnen/kopie.md")
    run(folder)
    assert remove(folder / "index", ["kopie.md"]) == ("brug.md", "kopie.md")
