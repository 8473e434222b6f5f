"""A question set as a table in a CSV or XLSX file, as spreadsheets write and read them.

One row for each quotation, the fields of the question in its first row. Columns: id, language, kind, question, history, answerable,
filters, pair, note; then required, doc, start, end, quote. Rows with the same number under `required` are alternatives of which one
suffices; `may` is a quotation that counts neither way; nothing is a quotation required by itself. `history` has one earlier question
a line, `filters` one NAME=VALUE a line; what would not come back from lines stands as JSON.
"""

import contextlib
import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.question_fields import slip_of
from eval.questions import Anchor, Entry, Fault, Question
from ingest.errors import UsageError
from ingest.given_text import given_text

Cell = str | int | float | bool | None
Rows = list[list[Cell]]
OF_QUESTION = ("language", "kind", "question", "history", "answerable", "filters", "pair", "note")
OF_QUOTATION = ("required", "doc", "start", "end", "quote")
COLUMNS = ("id", *OF_QUESTION, *OF_QUOTATION)
MAY = "may"
_FLAGS = {**dict.fromkeys(("true", "yes", "1", "1.0", "ja", "waar"), True), **dict.fromkeys(("false", "no", "0", "0.0", "nee", "onwaar"), False)}


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # a spreadsheet would reckon with a text that begins so
_LONGEST_CELL = 32_767
# what openpyxl, zipfile and the XML parser raise for a workbook that was damaged or made by hand
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
            RuntimeError, AssertionError)
_LARGEST_WORKBOOK = 100_000_000  # bytes of XML; openpyxl needs some 30 times as much


def rows_of(questions: Iterable[Question]) -> Iterator[list[Cell]]:
    """Yield the rows of a question set, the names of the columns first."""
    yield list(COLUMNS)
    for question in questions:
        first: Mapping[str, Cell] = {
            "language": question.language, "kind": question.kind, "question": question.question, "history": _listed(question.history),
            "answerable": question.answerable, "filters": _filters(question.filters), "pair": question.pair, "note": _note(question.note)}
        quotations: list[tuple[str, Anchor]] = [(str(number), anchor) for number, group in enumerate(question.must, 1) for anchor in group]
        quotations += [(MAY, anchor) for anchor in question.may]
        for place, (required, anchor) in enumerate(quotations or [("", None)]):
            said = first if place == 0 else {}
            named: dict[str, Cell] = {} if anchor is None else {
                "required": required, "doc": anchor.doc, "start": anchor.start, "end": anchor.end, "quote": anchor.quote}
            values = {"id": question.id, **said, **named}
            yield [values.get(column) for column in COLUMNS]


def entries_of(rows: Iterable[Sequence[Cell]]) -> Iterator[Entry]:
    """Yield the questions of a table whose first row names the columns; `line` is a row, from 1. A slip of a known one is a fault, and a cell beyond."""
    numbered = iter(enumerate(rows, 1))
    _, head = next(numbered, (1, ()))
    columns = [_text(cell).strip().casefold() for cell in head]
    while columns and not columns[-1]:
        columns.pop()
    missing = [name for name in ("id", "question") if name not in columns]
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if missing or twice:
        reasons = [f"there is no column `{name}`; the first row names the columns" for name in missing] + [f"column `{name}` stands twice" for name in twice]
        yield Entry(1, None, tuple(Fault(1, reason) for reason in reasons))
        return
    slips = {name: meant for name in columns if name and name not in COLUMNS and (meant := slip_of(name, dict.fromkeys(columns), COLUMNS))}
    if slips:  # read on as what is meant, for the other faults
        yield Entry(1, None, tuple(Fault(1, f"unknown column {name!r}: is `{meant}` meant?") for name, meant in slips.items()))
        columns = [slips.get(name, name) for name in columns]
    gathered: dict[str, _Gathered] = {}
    latest = ""
    for number, row in numbered:
        beyond = [Fault(number, f"{_text(cell)!r} stands beyond the last column: put quotation marks around a text that holds the sign between columns")
                  for cell in row[len(columns):] if _text(cell).strip()]
        if beyond:
            yield Entry(number, None, tuple(beyond))
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if name and _text(cell).strip()}
        if not cells:
            continue
        latest = _whole(cells.get("id")).strip() or latest
        gathered.setdefault(latest, _Gathered(number, latest)).add(number, cells)
    yield from (one.entry() for one in gathered.values())


@dataclass(slots=True)
class _Gathered:
    """The rows of one question so far."""

    line: int
    id: str
    value: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    may: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, number: int, cells: Mapping[str, Cell]) -> None:
        """Take a row; what an earlier row said of the question may be left out or must be the same."""
        for name, cell in cells.items():
            if name == "id" or name in OF_QUOTATION:
                continue
            value = self._read(number, name, cell)
            if self.value.setdefault(name, value) != value:
                self.faults.append(Fault(number, f"`{name}` is another than in row {self.line}, which has the same id {self.id!r}"))
        if any(name in cells for name in OF_QUOTATION):
            self._quotation(number, cells)

    def entry(self) -> Entry:
        """Return the question as a line of JSONL would have it."""
        named = {"id": self.id} if self.id else {}
        return Entry(self.line, {**self.value, **named, "must": list(self.groups.values()), "may": self.may}, tuple(self.faults))

    def _quotation(self, number: int, cells: Mapping[str, Cell]) -> None:
        anchor = {name: cells[name] for name in OF_QUOTATION[1:] if name in cells} | {
            name: self._offset(number, name, cells[name]) for name in ("start", "end") if name in cells}
        if "quote" not in anchor:
            self.faults.append(Fault(number, "there is no `quote` in this row, but other columns of a quotation are filled"))
            return
        anchor |= {name: _text(anchor[name]) for name in ("quote", "doc") if name in anchor}
        required = _whole(cells.get("required")).strip()
        if required.casefold() == MAY:
            self.may.append(anchor)
        else:
            self.groups.setdefault(required or f"row {number}", []).append(anchor)

    def _offset(self, number: int, name: str, cell: Cell) -> int | None:
        text = _whole(cell).strip()
        if text.isdecimal():
            return int(text)
        self.faults.append(Fault(number, f"`{name}` must be a whole number, not {text!r}"))
        return None

    def _read(self, number: int, name: str, cell: Cell) -> object:
        text = _text(cell)
        if name == "answerable":
            if text.strip().casefold() not in _FLAGS:
                self.faults.append(Fault(number, f"`answerable` must be true or false, not {text!r}"))
            return _FLAGS.get(text.strip().casefold(), True)
        if name in ("history", "filters"):
            return _parsed(text, _pair if name == "filters" else str)
        return text


def _listed(values: Sequence[str]) -> str:
    lines = "\n".join(values)
    return lines if _parsed(lines, str) == list(values) else json.dumps(list(values), ensure_ascii=False)


def _note(note: object) -> Cell:
    return note if note is None or isinstance(note, str) else json.dumps(note, ensure_ascii=False)


def _filters(pairs: Sequence[tuple[str, str]] | None) -> str:
    if pairs is None:
        return ""
    lines = "\n".join(f"{name}={value}" for name, value in pairs)
    wanted = [list(pair) for pair in pairs]
    return lines if wanted and _parsed(lines, _pair) == wanted else json.dumps(wanted, ensure_ascii=False)


def _parsed(text: str, read: Callable[[str], object]) -> object:
    """Read the lines of a cell, or the JSON list that stands there."""
    if text.lstrip().startswith("["):
        try:
            value: object = json.loads(text)
        except ValueError:
            value = None
        if isinstance(value, list):
            return value
    return [read(line) for line in text.splitlines() if line.strip()]


def _pair(line: str) -> list[str]:
    name, _, value = line.partition("=")
    return [name, value]


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _whole(cell: Cell) -> str:
    """Return a cell as text; a spreadsheet's 3.0 is 3."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else _text(cell)


def read_csv(path: Path) -> Rows:
    """Read a CSV in UTF-8 with commas, semicolons or tabs. Raises UsageError where it is none."""
    text = given_text(path, save_as="`CSV UTF-8`")
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
