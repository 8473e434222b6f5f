"""Ingesting again: what is known is neither embedded nor written, a new text replaces the old in one step, names follow their content."""

import json
from pathlib import Path

import pytest

from index.ingest_report import IngestReport, Progress
from index.manifest import read_manifest
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


def test_the_same_content_under_two_names_is_one_document_with_two_names(folder):
    (folder / "bronnen" / "kopie.md").write_bytes((folder / "bronnen" / "brug.md").read_bytes())
    report = run(folder, encoder := FakeEncoder())
    assert encoder.embedded == 0 and report.documents == 2 and len(passages(folder)) == 2
    manifest = read_manifest(folder / "index")
    assert manifest is not None and ("brug.md", "kopie.md") in [entry.names for entry in manifest.entries]
    (folder / "bronnen" / "brug.md").unlink()
    assert run(folder, prune=True).removed == () and ("kopie.md", "De brug gaat open.") in passages(folder)


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
