"""`bronvast ingest`: reads files and folders into the index and says what happened to each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import BronvastError, UsageError
from ui.command_options import IndexOption, JsonOption, SettingsOption
from ui.ingest_progress import IngestTeller
from ui.output import note, write_json, write_text
from ui.settings import load
from ui.stores import chroma_of

if TYPE_CHECKING:
    from index.ingest_report import IngestReport


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files and folders to read.")],
    prune: Annotated[bool, typer.Option("--prune", help="Remove documents that are no longer in the folders.")] = False,
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
    from ui.originals import Originals

    encoder = open_encoder(values)
    report = update(values.index, paths, encoder=encoder, reading=reading_settings(values, ocr=ocr), prune=prune, dry_run=dry_run,
                    tell=IngestTeller(), chroma=chroma_of(values))
    if not dry_run:
        try:
            Originals(values.state / "originals.json").note(paths)
        except OSError as error:
            note(f"the page will show no pictures of these files: {values.state} cannot be written ({error.strerror})")
    show(report, as_json=json)
    if report.failed_all:
        raise BronvastError(f"no file could be read; {report.failed[0][0]}: {report.failed[0][1]}")


def show(report: IngestReport, *, as_json: bool) -> None:
    """Print the report: a table of counts, and each file that could not be read with its reason."""
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
    for name, reason in report.warnings:
        write_text(f"warning: {_line(name)}: {_line(reason)}\n")
    for name, reason in report.failed:
        write_text(f"not read: {_line(name)}: {_line(reason)}\n")


def _line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
