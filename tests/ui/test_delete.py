"""Deleted means gone also beside the index: history, exports, uploads, runs, made questions, and what the server wrote while it ran."""

import json
import os
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from index.doctor import examine
from index.manifest import read_manifest, writing
from index.originals import note_moved
from index.update import update
from ingest.errors import BronvastError, UsageError
from tests.index.small import FakeEncoder, small_index
from tests.ui.serving import listening
from ui.asking import Conversation, Wanted, ask
from ui.keeping import Keeping
from ui.settings import Settings
from ui.source_changes import forget, remove_everywhere
from ui.sources_tab import added, removed

_SECRET = "Zwartewaterlander"
_QUOTE = f"De {_SECRET} gemeente kreeg twaalf meldingen van arbeidsuitbuiting in de tuinbouw."
_TEXT = f"# Nota\n\n{_QUOTE}\n\nDe zeester van de {_SECRET} zwijgt.\n"
_QUESTION = "Hoeveel meldingen van arbeidsuitbuiting waren er in de tuinbouw?"


def _holding(*folders: Path) -> list[str]:
    forms = {word.encode(coding) for word in (_SECRET, _SECRET.lower()) for coding in ("utf-8", "utf-16-le", "utf-32-le")}
    return sorted(str(path) for folder in folders for path in folder.rglob("*")
                  if path.is_file() and any(form in path.read_bytes() for form in forms))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Everything that a server may write to: index, state, cache of uploads and the system's temporary folder."""
    for name in ("tmp", "state", "state/uploads/abc"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "state" / "uploads"))
    return tmp_path


def test_after_upload_answers_exports_a_run_and_removal_the_text_is_in_no_file(place):
    from assistant.verification import hash_of
    from index.originals import original_of
    from ui.bench_room import BenchRoom
    from ui.opening import open_encoder
    from ui.serve_command import opened_server
    from ui.source_changes import SourceChanges

    settings = Settings(index=place / "index", state=place / "state")
    encoder = open_encoder(settings)
    upload = place / "state" / "uploads" / "abc" / "nota.md"
    upload.write_text(_TEXT, "utf-8")
    changes = SourceChanges(settings, encoder)
    (place / "brug.md").write_text("# Brug\n\nDe brug gaat open voor schepen.\n", "utf-8")
    update(settings.index, [place / "brug.md"], encoder=encoder)
    desk = (server := opened_server(settings)).desk
    assert "nota.md" in list(added(desk, changes, None, [str(upload)], {"publisher": _SECRET}, "nl"))[-1].lines[0] and not upload.exists()
    assert original_of(settings.index, "nota.md", hash_of(settings.state / "sources" / "nota.md")) == settings.state / "sources" / "nota.md"
    time.sleep(1.1)
    shown = list(ask(desk, None, Wanted(_QUESTION), Conversation(), "nl"))[-1]
    (key,) = [turn.key for turn in shown.conversation.turns]
    with listening(server.gate) as url:
        for kind in ("docx", "md", "csv"):
            export = httpx.get(f"{url}/page/export", params={"kind": kind, "answers": key})
            assert export.status_code == 200 and (kind == "docx" or _SECRET in export.text)
    (settings.state / "questions").mkdir()
    (settings.state / "questions" / "own.jsonl").write_text(json.dumps(
        {"id": "q1", "language": "nl", "kind": "fact", "question": _QUESTION, "must": [[{"quote": _QUOTE}], [{"quote": "De brug gaat open voor schepen."}]]}))
    room = BenchRoom(desk, settings.state, settings.answering, encoder.name)
    run = list(room.run("own.jsonl"))[-1].path
    room.make_question({"language": "nl", "question": _QUESTION}, [_QUOTE])
    assert len(_holding(place)) >= 5 and str(run) in _holding(place)
    assert "role=\"status\"" in removed(desk, changes, None, "nota.md", "nl")
    (settings.state / "questions" / "own.jsonl").unlink()  # a set that an evaluator gave is the evaluator's
    assert _holding(place) == []
    assert [line.answer["evidence"][0]["quote"] for line in room.lines(run.name)] == [""] and room.runs() == [run.name]


@pytest.fixture
def small(tmp_path):
    """An index of two documents, of which one was uploaded, beside a run that was interrupted within a letter."""
    settings = Settings(index=small_index(tmp_path, nota=_QUOTE, brug="De brug gaat open voor schepen."), state=tmp_path / "state")
    (settings.state / "runs").mkdir(parents=True)
    shutil.move(tmp_path / "bronnen", settings.state / "sources")
    (hash_of_nota,) = [entry.sha256 for entry in read_manifest(settings.index).entries if entry.names == ("nota.md",)]
    quoted = {"quote": _QUOTE, "doc_sha256": hash_of_nota, "also": []}
    line = json.dumps({"question": {"id": "q1"}, "answer": {"text": _QUOTE, "evidence": [quoted], "near": []}}, ensure_ascii=False)
    (settings.state / "runs" / "own.jsonl.partial").write_bytes(f'{{"run": {{}}}}\n{line}\n'.encode() + f'{{"question": "{_SECRET} \u00e9'.encode()[:-1])
    return settings


def test_the_words_of_a_removed_document_are_in_no_run_that_was_interrupted_either(small):
    remove_everywhere(small, ["nota.md"])
    assert _holding(small.index, small.state) == []
    assert [json.loads(line).get("answer", {}).get("text") for line in (small.state / "runs" / "own.jsonl.partial").read_text().splitlines()] == [None, ""]


def test_a_removal_that_a_damaged_store_stops_is_finished_when_that_is_mended(small):
    whole = (small.index / "chroma" / "chroma.sqlite3").read_bytes()
    SharedSystemClient.clear_system_cache()
    (small.index / "chroma" / "chroma.sqlite3").write_bytes(b"\xff" * 4096 + whole[4096:])
    with pytest.raises(BronvastError, match="doctor"):
        remove_everywhere(small, ["nota.md"])
    assert [path.name for path in (small.state / "sources").iterdir()] == ["brug.md"]
    examine(small.index, encoder=FakeEncoder(), mend=True)
    remove_everywhere(small, ["nota.md"])
    assert _holding(small.index, small.state) == [] and examine(small.index, encoder=FakeEncoder()) == ()


def test_a_name_that_is_unknown_takes_nothing_away(small):
    before = _holding(small.index, small.state)
    with pytest.raises(UsageError, match="no document weg.md"):
        remove_everywhere(small, ["nota.md", "weg.md"])
    assert _holding(small.index, small.state) == before


def test_a_removal_takes_nothing_away_before_it_has_the_writers_lock(small):
    before = _holding(small.index, small.state)
    with ThreadPoolExecutor(1) as pool:
        with writing(small.index, wait_s=0):
            asked = pool.submit(remove_everywhere, small, ["nota.md"])
            time.sleep(0.5)
            assert _holding(small.index, small.state) == before and not asked.done()
        assert asked.result() == ("nota.md",) and _holding(small.index, small.state) == []


def test_pruning_takes_the_words_of_what_goes_out_of_runs_and_leaves_uploads_alone(small, tmp_path):
    (tmp_path / "bronnen").mkdir()
    for name, text in (("pier", _QUOTE + " Ook hier."), ("kade", "De kade is hoog.")):
        (tmp_path / "bronnen" / f"{name}.md").write_text(text, "utf-8")
    update(small.index, [tmp_path / "bronnen"], encoder=FakeEncoder())
    for name in ("nota.md", "brug.md"):
        note_moved(small.index, name, small.state / "sources" / name)
    (sha256,) = [entry.sha256 for entry in read_manifest(small.index).entries if entry.names == ("pier.md",)]
    line = {"question": {"id": "q1"}, "answer": {"text": _QUOTE, "evidence": [{"quote": _QUOTE, "doc_sha256": sha256, "also": []}], "near": []}}
    (run := small.state / "runs" / "own.jsonl").write_text(json.dumps(line) + "\n")
    (tmp_path / "bronnen" / "pier.md").unlink()
    report = update(small.index, [tmp_path / "bronnen"], encoder=FakeEncoder(), prune=True, leaving=partial(forget, small))
    assert report.removed == ("pier.md",) and _SECRET not in run.read_text()
    assert (small.state / "sources" / "nota.md").exists() and {"nota.md"} <= {name for one in read_manifest(small.index).entries for name in one.names}


def test_an_upload_that_nobody_finished_goes_after_a_day(tmp_path):
    old, new = tmp_path / "uploads" / "old", tmp_path / "uploads" / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "a.md").write_text(_SECRET)
    (broken_off := tmp_path / "uploads" / "tmpabc").write_text(_SECRET)
    for path in (old, broken_off):
        os.utime(path, (time.time() - 90_000,) * 2)
    Keeping(uploads=tmp_path / "uploads").sweep()
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["new"]
