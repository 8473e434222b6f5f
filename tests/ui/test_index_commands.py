"""`bronvast ingest` in the terminal: progress not too often, a table at the end, each file with its reason."""

from pathlib import Path

import pytest

from index.ingest_report import IngestReport, Progress
from ingest.errors import UsageError
from ui.index_commands import IngestTeller, progress_line, show
from ui.opening import reading_settings
from ui.settings import Settings


def test_progress_says_files_pages_passages_a_second_and_time_left():
    assert progress_line(Progress(3, 12, 40, 500, 25.0, "nota\n.pdf")) == "3/12 files, 40 pages, 500 passages (20/s), 75 s left: nota .pdf"
    assert "8 min left" in progress_line(Progress(1, 21, 1, 5, 25.0, "a.pdf"))


def test_lines_come_every_few_seconds_and_at_the_end(capsys):
    now = [0.0]
    teller = IngestTeller(terminal=False, clock=lambda: now[0])
    for number in range(1, 101):
        now[0] += 0.125
        teller(Progress(number, 100, number, number, now[0], f"{number}.md"))
    teller("2 known documents are read again")
    lines = capsys.readouterr().err.splitlines()
    assert [line.split("/")[0] for line in lines] == ["1", "41", "81", "100", "2 known documents are read again"]


def test_a_terminal_shows_one_line_that_changes(capsys):
    teller = IngestTeller(terminal=True, clock=lambda: 0.0)
    teller(Progress(1, 2, 1, 1, 1.0, "a" * 500))
    teller(Progress(2, 2, 1, 1, 1.0, "b.md"))
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and said.count("\r") == 2 and max(map(len, said.split("\r"))) < 130


def test_the_summary_is_a_table_with_every_file_that_was_not_read(capsys):
    show(IngestReport(added=("a.md", "b.md"), failed=(("c\n.doc", "an old Word file:\nsave it"),), warnings=(("a.md", "2 of 3 pages hold no text"),),
                      removed=("e\nf.md",), documents=2, passages=30, pages_read=4, passages_read=30, embedded=41, seconds=1.25), as_json=False)
    said = capsys.readouterr().out.splitlines()
    assert [line.split() for line in said[:7]] == [["added", "2"], ["removed", "1"], ["not", "read", "1"], ["pages", "read", "4"], ["passages", "read", "30"],
                                                  ["texts", "embedded", "41"], ["seconds", "1.2"]]
    assert said[-3:] == ["removed: e f.md", "warning: a.md: 2 of 3 pages hold no text", "not read: c .doc: an old Word file: save it"]


def test_text_recognition_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setitem(__import__("sys").modules, "pytesseract", None)
    with pytest.raises(UsageError, match=r"bronvast\[ocr\]"):
        reading_settings(Settings(), ocr=True)
    assert not reading_settings(Settings()).ocr and not reading_settings(Settings(ocr=True), ocr=False).ocr
