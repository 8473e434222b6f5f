"""A signal register, CSV or XLSX: each row is a signal, its other columns are metadata."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.blocks import Block, Draft, Remark
from ingest.errors import UnreadableError, UsageError
from ingest.hidden import quarantined
from ingest.prose import folded
from ingest.sources import REGISTER_KEYS
from ingest.tables import cells_text, row_blocks
from ingest.text_files import decoded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADINGS: dict[str, tuple[str, ...]] = {
    "text": ("signaal", "tekst", "signaaltekst", "omschrijving", "beschrijving", "trend", "observatie", "bevinding", "melding",
             "inhoud", "signal", "text", "description", "observation", "finding", "content"),
    "date": ("datum", "datum signaal", "gepubliceerd", "publicatiedatum", "meldingsdatum", "date", "published", "jaar", "year"),
    "source": ("bron", "bronnen", "herkomst", "organisatie", "melder", "publicatie", "source", "origin", "organisation",
               "organization", "publication", "reporter"),
    "theme": ("thema", "onderwerp", "categorie", "rubriek", "theme", "topic", "subject", "category"),
    "target_group": ("doelgroep", "groep", "slachtoffergroep", "target group", "audience", "group"),
    "region": ("regio", "gebied", "provincie", "gemeente", "land", "locatie", "region", "area", "province", "municipality",
               "country", "location")}
_HEAD_ROWS = 10  # a register may begin with a title and notes above its column headings
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_LARGEST_SHEETS = 100_000_000  # bytes of XML; openpyxl needs some 30 times as much

_TOLD = re.compile(r"\s*sep=(\S|\t)[^\S\n]*\n", re.I)  # by which Excel is told the mark
_NO_MARK = "\x1f"  # stands in no text, see `decoded`

Row = Sequence[object]


def read_csv(path: Path, columns: Mapping[str, str]) -> Draft:
    """Read a CSV of any usual delimiter and encoding; `columns` names the columns that its headings do not tell."""
    told = _TOLD.match(text := decoded(path))
    text = text[told.end():] if told else text
    csv.field_size_limit(10_000_000)
    try:
        mark = told[1] if told else _delimiter(text, columns)
        rows = list(csv.reader(io.StringIO(text), delimiter=mark, strict=False))
    except csv.Error as error:
        raise UnreadableError(f"not a CSV: {error}; save it again as CSV UTF-8") from error
    remarks: list[Remark] = []
    return Draft(tuple(_blocks(rows, columns, remarks, mark=mark)), remarks=tuple(remarks))


def read_xlsx(path: Path, columns: Mapping[str, str]) -> Draft:
    """Read the sheets of a workbook, each as a register; what is hidden in it is quarantined."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as package:
            size = sum(info.file_size for info in package.infolist() if info.filename.endswith(".xml"))
        if size > _LARGEST_SHEETS:
            raise UnreadableError("too large a workbook: save its sheets as CSV")
        book = openpyxl.load_workbook(path, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, InvalidFileException) as error:
        raise UnreadableError("a damaged workbook: open it in Excel or LibreOffice and save it again") from error
    blocks: list[Block] = []
    remarks: list[Remark] = []
    for sheet in book.worksheets:
        shown, hidden = _cells(sheet)
        remarks += quarantined(" | ".join(hidden), f"hidden cells of sheet {sheet.title}")
        if len(book.worksheets) > 1 and shown:
            blocks.append(Block("heading", folded(sheet.title), level=1))
        blocks += _blocks(shown, columns, remarks)
    return Draft(tuple(blocks), remarks=tuple(remarks))


def _cells(sheet: "Worksheet") -> tuple[list[list[object]], list[str]]:
    """Return the rows of a sheet as shown, and the texts of hidden cells."""
    away = {number for column in sheet.column_dimensions.values() if column.hidden for number in range(column.min, column.max + 1)}
    rows, hidden = [], []
    for number, row in enumerate(sheet.iter_rows(), 1):
        unseen = sheet.sheet_state != "visible" or (number in sheet.row_dimensions and sheet.row_dimensions[number].hidden)
        kept = [cell.value for cell in row if not unseen and cell.column not in away]
        hidden += [_text(cell.value) for cell in row if cell.value is not None and (unseen or cell.column in away)]
        rows += [kept] if kept else []
    return rows, hidden


def _delimiter(text: str, columns: Mapping[str, str]) -> str:
    """Return the mark that parts most of the first lines into the same number of columns; a title above them need not have it.

    Where the column of texts has the only heading its texts may hold any mark: it is parted by none.
    """
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    mark = max(";\t,|", key=lambda mark: _steadiness([len(row) for row in csv.reader(lines[:20], delimiter=mark)]))
    found = next((row for row in csv.reader(lines[:_HEAD_ROWS], delimiter=mark) if "text" in _recognised(row, columns)), ())
    return _NO_MARK if len(found) == 1 else mark


def _steadiness(widths: Sequence[int]) -> float:
    """Return the share of rows that have the most frequent number of columns, if that is more than one."""
    if not widths:
        return 0.0
    width, count = Counter(widths).most_common(1)[0]
    return count / len(widths) * (width > 1)


def _blocks(rows: Iterable[Row], columns: Mapping[str, str], remarks: list[Remark], *, mark: str = "") -> Iterator[Block]:
    """Yield a signal for each row of a register, or the rows of a table that has no column of signals; say which rows hold no signal.

    `mark` is what parts the cells of a CSV: a text in the last column that holds it is whole again.
    """
    given = [row for row in rows if any(_text(cell) for cell in row)]
    filled = [[_text(cell) for cell in row] for row in given]
    for position, row in enumerate(filled[:_HEAD_ROWS]):
        found = _recognised(row, columns)
        if "text" in found:
            yield from (Block("paragraph", " ".join(cell for cell in above if cell)) for above in filled[:position])
            width = max(place for place, name in enumerate(row, 1) if name)
            below = [_joined(one, width, mark) for one in given[position + 1:]] if mark and found["text"] == width - 1 else filled[position + 1:]
            yield from _signals(below, row, found)
            remarks += _too_wide(below, width)
            remarks += [Remark("left_out", "a row without a signal", cells_text(one)) for one in below if not _signal(one, found)]
            return
    if columns.get("text") and filled:
        raise UsageError(f"the sidecar names a column {columns['text']!r} that the register does not have")
    yield from row_blocks(filled, heads=1 if len(filled) > 1 else 0) if filled else ()


def _joined(row: Row, width: int, mark: str) -> list[str]:
    """Return the cells of a row with all from the last column on in one, as where a text was not set in quotation marks."""
    last = mark.join(str(cell) for cell in row[width - 1:])
    return [*(_text(cell) for cell in row[:width - 1]), _text(last.rstrip(f"{mark} "))]


def _too_wide(rows: Iterable[Sequence[str]], width: int) -> list[Remark]:
    wide = [cells_text(row) for row in rows if any(row[width:])]
    return [Remark("warning", f"{len(wide)} rows have more cells than there are headings: set texts that hold the mark between cells in quotation marks",
                   "; ".join(wide)[:2000])] if wide else []


def _recognised(row: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return which column holds what: as the sidecar says, then by usual headings in Dutch and English.

    One cell alone is a title, not a row of headings, unless the sidecar names it.
    """
    names = [_name(cell) for cell in row]
    found: dict[str, int] = {}
    for key in REGISTER_KEYS:
        told = columns.get(key)
        wanted = (_name(told),) if told else _HEADINGS[key]
        place = next((names.index(name) for name in wanted if name in names), None)
        if place is not None and place not in found.values():
            found[key] = place
    return found if len([name for name in names if name]) > 1 or columns.get("text") or len(names) == 1 else {}


def _name(heading: str) -> str:
    """Return a column heading as it is compared, whoever wrote it: the register or its sidecar."""
    return re.sub(r"[\s_]+", " ", heading.casefold()).strip(" :*")


def _signals(rows: Iterable[Sequence[str]], heads: Sequence[str], found: Mapping[str, int]) -> Iterator[Block]:
    keys = {place: key for key, place in found.items()}
    for row in rows:
        text = _signal(row, found)
        if not text:
            continue
        said = {keys.get(place) or folded(heads[place]).casefold(): cell for place, cell in enumerate(row)
                if cell and place != found["text"] and place < len(heads) and heads[place]}
        if "date" in said:
            said["date"] = _iso(said["date"])
        yield Block("signal", text, metadata=said)


def _signal(row: Sequence[str], found: Mapping[str, int]) -> str:
    return row[found["text"]] if found["text"] < len(row) else ""


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else folded(f"{cell:g}" if isinstance(cell, float) and cell.is_integer() else str(cell))


def _iso(text: str) -> str:
    """Return a date as year-month-day where it is written day-month-year; other dates as they are."""
    found = _DATE.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found and int(found[2]) <= 12 else text
