"""A file that hangs, explodes or crashes its reader costs that file alone."""

import os
import time
import zipfile
from pathlib import Path

import pytest

from ingest import reading, worker
from ingest.blocks import Block, Draft
from ingest.documents import Document
from ingest.reading import ReadingSettings
from ingest.sources import find_sources
from ingest.worker import read_all

ENTITIES = ("<!DOCTYPE a [<!ENTITY x0 'bom'>" + "".join(f"<!ENTITY x{n} '{f'&x{n - 1};' * 10}'>" for n in range(1, 10)) + "]>")


def behave(path: Path, **_: object) -> Draft:
    """A reader that does what the name of its file says."""
    name = path.stem
    if name.startswith("hangs"):
        time.sleep(60)
    if name.startswith("crashes"):
        os.kill(os.getpid(), 11)
    if name.startswith("explodes"):
        bytearray(3 << 30)
    return Draft((Block("paragraph", f"Bestand {name}."),))


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that inherit the reader of the test; a fork server would import the real one."""
    get_context = worker.multiprocessing.get_context
    monkeypatch.setattr(worker.multiprocessing, "get_context", lambda _: get_context("fork"))
    monkeypatch.setattr(reading, "read_draft", behave)


@pytest.mark.parametrize("workers", [1, 3])
def test_bad_files_cost_themselves_alone_and_the_order_stays(tmp_path: Path, forking: None, workers: int) -> None:
    names = ["a", "crashes1", "b", "hangs1", "c", "explodes1", "d", "crashes2", "e"]
    for name in names:
        (tmp_path / f"{name}.md").write_text(name)
    began = time.perf_counter()
    sources = sorted(find_sources([tmp_path]), key=lambda source: names.index(source.path.stem))
    outcomes = list(read_all(sources, ReadingSettings(seconds=3.0), workers=workers))
    assert time.perf_counter() - began < 30
    assert [source.path.stem for source, _ in outcomes] == names
    for source, outcome in outcomes:
        name = source.path.stem
        if len(name) == 1:
            assert isinstance(outcome, Document) and outcome.text == f"Bestand {name}."
        else:
            reason = {"c": "crashes its reader", "h": "longer than 3 s", "e": "more than 1024 MiB"}[name[0]]
            assert isinstance(outcome, str) and reason in outcome


def test_a_reader_stops_its_processes_when_nobody_wants_more(tmp_path: Path, forking: None) -> None:
    for name in ("a", "b", "hangs"):
        (tmp_path / f"{name}.md").write_text(name)
    began = time.perf_counter()
    outcomes = read_all(find_sources([tmp_path]), ReadingSettings(), workers=2)
    next(outcomes)
    outcomes.close()
    assert time.perf_counter() - began < 5 and not worker.multiprocessing.active_children()


def test_bombs_end_within_the_limits_and_the_next_file_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as package, \
            package.open("word/document.xml", "w") as part:
        for _ in range(600):
            part.write(bytes(1 << 20))
    with zipfile.ZipFile(tmp_path / "b.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", ENTITIES + "<a>&x9;</a>")
    with zipfile.ZipFile(tmp_path / "c.docx", "w") as package:
        package.writestr("[Content_Types].xml", ENTITIES + "<a>&x9;</a>")
        package.writestr("word/document.xml", ENTITIES + "<a>&x9;</a>")
    with zipfile.ZipFile(tmp_path / "d.xlsx", "w") as package:
        package.writestr("[Content_Types].xml", ENTITIES + "<a>&x9;</a>")
        package.writestr("xl/workbook.xml", ENTITIES + "<a>&x9;</a>")
    (tmp_path / "e.html").write_text("<div>" * 100_000 + "diep")
    (tmp_path / "f.md").write_text(">" * 50_000 + "diep")
    (tmp_path / "g.csv").write_text('signaal;bron\n"' + "a;" * 1_000_000)
    (tmp_path / "h.md").write_text("Een gewoon bestand.")
    found = read_all(find_sources([tmp_path]), ReadingSettings(seconds=20.0), workers=1)
    outcomes = {source.doc: outcome for source, outcome in found}
    assert isinstance(outcomes["h.md"], Document) and len(outcomes) == 8
    for name in ("a.docx", "b.odt", "c.docx", "d.xlsx"):
        assert isinstance(outcomes[name], str), name
    assert all(len(outcome) < 200 and "\n" not in outcome for outcome in outcomes.values() if isinstance(outcome, str))


def test_every_file_of_the_robust_set_is_read_or_named(shared_data: Path) -> None:
    sources = [source for source in find_sources([shared_data / "robust"]) if source.doc != "MANIFEST.jsonl"]
    outcomes = list(read_all(sources, ReadingSettings()))
    assert [source for source, _ in outcomes] == sources and len(sources) == 100
    assert all(outcome.passages if isinstance(outcome, Document) else outcome and "\n" not in outcome for _, outcome in outcomes)
    assert not any(isinstance(outcome, str) and ("longer than" in outcome or "crashes" in outcome) for _, outcome in outcomes)
