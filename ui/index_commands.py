"""Calls that change the index: `bronvast ingest`, `backup` and `restore`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import BronvastError, UsageError
from ui.command_line import IndexOption, JsonOption, SettingsOption, note, write_json, write_text
from ui.opening import check_there, chroma_of
from ui.settings import load

if TYPE_CHECKING:
    from index.ingest_report import IngestReport, Progress


_EVERY_S = {True: 0.2, False: 5.0}  # by whether a person watches the line change
_WIDTH = 118
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup: a .tar.gz file.")]


def progress_line(progress: Progress) -> str:
    """Files, pages, passages a second, time left, and the file that was just read."""
    left = progress.seconds_left
    rest = f"{left:.0f} s left" if left < 120 else f"{left / 60:.0f} min left"
    doc = "".join(one if one.isprintable() else " " for one in progress.doc)
    return (f"{progress.done}/{progress.files} files, {progress.pages} pages, {progress.passages} passages "
            f"({progress.passages_a_second:.0f}/s), {rest}: {doc}")


@dataclass(slots=True)
class IngestTeller:
    """Shows notices, and progress not too often; the last line is always shown."""

    terminal: bool = field(default_factory=lambda: sys.stderr.isatty())
    clock: Callable[[], float] = time.monotonic
    _next: float = 0.0

    def __call__(self, notice: Progress | str) -> None:
        """Show a notice, or how far the run is."""
        if isinstance(notice, str):
            note(notice)
            return
        last = notice.done == notice.files
        if self.clock() < self._next and not last:
            return
        self._next = self.clock() + _EVERY_S[self.terminal]
        if self.terminal:
            line = progress_line(notice)[:_WIDTH].encode("utf-8", "backslashreplace").decode()
            sys.stderr.write(f"\r\x1b[K{line}" + "\n" * last)
            sys.stderr.flush()
        else:
            note(progress_line(notice))


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files and folders to read.")],
    prune: Annotated[bool, typer.Option("--prune", help="Remove documents that came from these folders and are there no more.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    ocr: Annotated[bool | None, typer.Option("--ocr/--no-ocr", help="Recognise the text of scanned pages with tesseract; without either: "
                                             "what the settings say.")] = None,
    index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None,
) -> None:
    """Read files and folders; add, replace and (with --prune) remove documents."""
    values = load(settings, index=index).values
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    from index.update import update
    from ui.opening import open_encoder, reading_settings
    from ui.source_changes import forget

    encoder = open_encoder(values)
    report = update(values.index, paths, encoder=encoder, reading=reading_settings(values, ocr=ocr), prune=prune, dry_run=dry_run,
                    tell=IngestTeller(), chroma=chroma_of(values), leaving=partial(forget, values))
    show(report, as_json=json)
    if report.failed_all:
        raise BronvastError(f"no file could be read; {report.failed[0][0]}: {report.failed[0][1]}")


def show(report: IngestReport, *, as_json: bool) -> None:
    """Print the report: a table of counts, each document that was removed, and each file that could not be read with its reason."""
    if as_json:
        write_json(report.to_json())
        return
    rows = [(what, len(names)) for what, names in (
        ("added", report.added), ("replaced", report.replaced), ("  of these read again", report.reread), ("unchanged", report.unchanged),
        ("renamed", report.renamed), ("removed", report.removed), ("not read", report.failed)) if names]
    if report.dry_run:
        write_text("What would happen; nothing was changed:\n")
    for what, count in rows or [("nothing to do", 0)]:
        write_text(f"{what:<22}{count:>8,}\n")
    write_text(f"{'pages read':<22}{report.pages_read:>8,}\n{'passages read':<22}{report.passages_read:>8,}\n"
               f"{'texts embedded':<22}{report.embedded:>8,}\n{'seconds':<22}{report.seconds:>8,.1f}\n")
    write_text(f"{report.documents} documents, {report.passages} passages in the index\n")
    for name in report.removed:
        write_text(f"removed: {_line(name)}\n")
    for name, reason in report.warnings:
        write_text(f"warning: {_line(name)}: {_line(reason)}\n")
    for name, reason in report.failed:
        write_text(f"not read: {_line(name)}: {_line(reason)}\n")


def _line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def backup(file: FileArgument, index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Write a backup of the index to FILE, which must not exist; questions go on meanwhile."""
    values = load(settings, index=index).values
    check_there(values)
    from index.backup import backup as write_backup

    report = write_backup(values.index, file)
    if json:
        write_json({"file": str(file), **asdict(report)})
    else:
        note(f"{file}: {report.documents} documents, {report.passages} passages, {report.bytes} bytes")


def restore(file: FileArgument, index: IndexOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Make the index what it was in a backup; the backup is checked whole before anything is changed."""
    values = load(settings, index=index).values
    from index.backup import restore as read_backup

    report = read_backup(values.index, file, chroma=chroma_of(values))
    if json:
        write_json({"file": str(file), **asdict(report)})
    else:
        note(f"restored to {values.index}: {report.documents} documents, {report.passages} passages")
