"""Deleted means gone: after a document is removed, pruned or replaced, its words are in no file, in no encoding."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.doctor import examine
from index.update import remove, update
from tests.index.small import FakeEncoder, small_index, sources

_SECRET = "Zwartewaterlander"
_PROJECT = Path(__file__).resolve().parents[2]


def _holding(folder: Path) -> list[str]:
    """The files that hold the word as UTF-8 (Chroma, records), UTF-16 or UTF-32 (numpy), in either case."""
    forms = {word.encode(coding) for word in (_SECRET, _SECRET.lower()) for coding in ("utf-8", "utf-16-le", "utf-32-le")}
    files = [path for path in folder.rglob("*") if path.is_file() and "bronnen" not in path.parts]
    return sorted(str(path.relative_to(folder)) for path in files if any(form in path.read_bytes() for form in forms))


@pytest.fixture
def folder(tmp_path):
    folder = small_index(tmp_path, geheim=f"De zeester van de {_SECRET} zwijgt. Er is niets gezegd.", brug="De brug gaat open.")
    held = _holding(tmp_path)
    assert any("chroma.sqlite3" in one for one in held) and "index/words.npz" in held and len(held) >= 3, held
    return folder


def test_a_removed_document_is_gone(folder, tmp_path):
    remove(folder, ["geheim.md"])
    assert _holding(tmp_path) == []


def test_a_pruned_document_is_gone(folder, tmp_path):
    (tmp_path / "bronnen" / "geheim.md").unlink()
    update(folder, [tmp_path / "bronnen"], encoder=FakeEncoder(), prune=True)
    assert _holding(tmp_path) == []


def test_the_old_text_of_a_replaced_document_is_gone(folder, tmp_path):
    update(folder, [sources(tmp_path / "bronnen", geheim="Er staat nu iets anders.")], encoder=FakeEncoder())
    assert _holding(tmp_path) == []


def test_a_document_that_is_added_and_removed_again_is_gone(folder, tmp_path):
    remove(folder, ["geheim.md"])
    update(folder, [tmp_path / "bronnen"], encoder=FakeEncoder())
    assert _holding(tmp_path) != []
    remove(folder, ["geheim.md"])
    assert _holding(tmp_path) == []


def test_what_chroma_wrote_of_its_memory_is_gone(folder, tmp_path):
    (graph,) = folder.glob("chroma/*/data_level0.bin")
    size = graph.stat().st_size
    with graph.open("r+b") as file:
        file.seek(size // 2)
        file.write(_SECRET.encode())
    remove(folder, ["geheim.md"])
    assert _holding(tmp_path) == [] and graph.stat().st_size == size
    update(folder, [tmp_path / "bronnen"], encoder=FakeEncoder())
    assert examine(folder, encoder=FakeEncoder()) == ()


@pytest.mark.parametrize("killed_at", ["sweep", "compact"])
def test_a_removal_that_was_killed_is_finished_by_the_doctor_or_the_next_ingest(folder, tmp_path, killed_at):
    code = (f"import os, sys; from pathlib import Path; import index.update as u; u.{killed_at} = lambda *a, **k: os.kill(os.getpid(), 9)\n"
            "u.remove(Path(sys.argv[1]), ['geheim.md'])")
    killed = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=_PROJECT, env={**os.environ, "PYTHONPATH": str(_PROJECT)},
                            timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL and _holding(tmp_path) != []
    again = Path(shutil.copytree(folder, tmp_path / "again"))
    (tmp_path / "bronnen" / "geheim.md").unlink()
    examine(folder, encoder=FakeEncoder(), mend=True)
    update(again, [tmp_path / "bronnen"], encoder=FakeEncoder())
    assert _holding(tmp_path) == []
    assert examine(folder, encoder=FakeEncoder()) == examine(again, encoder=FakeEncoder()) == ()
