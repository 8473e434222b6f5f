"""An ingest that is killed leaves an index that the next run completes to what a clean run gives (`benchmarks.interruptions` does it twenty times)."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.interruptions import PROJECT, RUN, write_sources
from index.source_index import SourceIndex
from index.update import update
from tests.index.small import FakeEncoder


def printed(index: Path) -> list[tuple[str, str, int]]:
    return [(one.passage_id, one.doc, one.start) for one in SourceIndex.open(index, encoder=FakeEncoder()).view().passages]


@pytest.mark.parametrize("moment", ["lock", "first file", "first manifest"])
def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, moment: str) -> None:
    write_sources(tmp_path / "bronnen", files=24, paragraphs=12)
    index = tmp_path / "killed"
    awaited = {"lock": index / "writer.lock", "first file": index / "documents", "first manifest": index / "manifest.json"}[moment]
    process = subprocess.Popen([sys.executable, "-c", RUN, str(index), str(tmp_path / "bronnen")], cwd=PROJECT)
    while not awaited.exists() and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the run ended before it was killed"
    update(tmp_path / "clean", [tmp_path / "bronnen"], encoder=FakeEncoder())
    update(index, [tmp_path / "bronnen"], encoder=FakeEncoder())
    assert printed(index) == printed(tmp_path / "clean") and len(printed(index)) == 24 * 12
