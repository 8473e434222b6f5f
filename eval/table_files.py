"""Rows in CSV and XLSX files, as spreadsheets write and read them."""

import contextlib
import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from eval.question_rows import Cell
from ingest.errors import UsageError

Rows = list[list[Cell]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # a spreadsheet would reckon with a text that begins so
_LONGEST_CELL = 32_767
# what openpyxl, zipfile and the XML parser raise for a workbook that was damaged or made by hand
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
            RuntimeError, AssertionError)
_LARGEST_WORKBOOK = 100_000_000  # bytes of XML; openpyxl needs some 30 times as much


def read_csv(path: Path) -> Rows:
    """Read a CSV in UTF-8 with commas, semicolons or tabs. Raises UsageError where it is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text: save it as `CSV UTF-8`") from None
    head = text.partition("\n")[0]
    csv.field_size_limit(10_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True))
    except csv.Error as error:
        raise UsageError(f"{path} is not a CSV: {error}") from None
    return [[_plain(cell) for cell in row] for row in rows]


def write_csv(path: Path, rows: Iterable[Iterable[Cell]]) -> None:
    """Write a CSV in UTF-8 that a spreadsheet opens: a text that it would take for a formula has an apostrophe before it."""
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        csv.writer(file).writerows([_guarded(cell) for cell in row] for row in rows)


def read_xlsx(path: Path) -> Rows:
    """Read the first sheet of a workbook. Raises UsageError where it is none."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as package:
            size = sum(info.file_size for info in package.infolist() if info.filename.endswith(".xml"))
        if size > _LARGEST_WORKBOOK:
            raise UsageError(f"{path} is too large a workbook: save its sheet as CSV")
        with contextlib.closing(openpyxl.load_workbook(path, data_only=True, read_only=True)) as book:
            return [[_cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)] if book.worksheets else []
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or 'its content is damaged'}") from None
    except (*_DAMAGED, InvalidFileException):
        raise UsageError(f"{path} is not a workbook that can be read: open it in Excel or LibreOffice and save it again") from None


def write_xlsx(path: Path, rows: Iterable[Iterable[Cell]]) -> None:
    """Write a workbook of one sheet. Raises UsageError for a text that a cell cannot hold, before anything is written."""
    import openpyxl
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = "questions", "A2"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > _LONGEST_CELL:
                raise UsageError(f"row {number}: a text of {len(value)} characters does not fit into a cell of a workbook ({_LONGEST_CELL}): write JSONL")
            try:
                cell = sheet.cell(number, column, value)
            except IllegalCharacterError:
                raise UsageError(f"row {number}: {value!r} has a character that a workbook cannot hold: write JSONL or CSV") from None
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
    book.save(path)


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
