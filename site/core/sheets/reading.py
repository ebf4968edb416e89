"""Reading a table that somebody made in a spreadsheet: XLSX or CSV, by what the bytes say.

Nothing in the file is ever run or fetched. A formula is handed on as `Formula`, so that whoever
asked can refuse its row: what it came to is neither worked out here nor believed.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.domain.text import clean
from core.sheets import archive
from core.sheets.archive import SheetError
from core.sheets.safety import unguarded

MAX_PACKED = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_TEXT = 20_000
NAMED_DELIMITER = re.compile(r"\ufeff?sep=([;,\t])\r?\n", re.IGNORECASE)  # a first line for Excel
DELIMITERS = ";,\t"
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

__all__ = ["Formula", "SheetError", "Table", "TableRow", "read_table"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula."""

    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | float | bool | dt.date | dt.time | dt.datetime | Formula | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row with something in it; `number` is the one that the spreadsheet shows."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Return the cell of a column, counted from 0; None when the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """The headings and rows of one sheet, and notes about what was left unread."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: list[str] = field(default_factory=list)


def read_table(data: bytes) -> Table:
    """Return the table in an uploaded file.

    The first visible sheet of a workbook is read, others are named in a note. The first row with
    something in it holds the headings. Raises SheetError, with a text for whoever uploaded it,
    when the file is no such table or larger than a table of ours can be.
    """
    if not data.strip():
        raise SheetError("empty", _("The file is empty."))
    if len(data) > MAX_PACKED:
        raise SheetError("too_large", _("The file is larger than 5 MB. Split it into several."))
    notes: list[str] = []
    if archive.is_workbook(data):
        rows = _workbook_rows(data, notes)
    elif archive.is_foreign(data):
        raise SheetError(
            "unreadable",
            _("This is not an Excel or CSV file. Save it as .xlsx or as CSV in your spreadsheet."),
        )
    else:
        rows = _csv_rows(data)
    return _table(rows, notes)


def _table(rows: Iterator[tuple[int, tuple[Cell, ...]]], notes: list[str]) -> Table:
    found: list[TableRow] = []
    for number, raw in rows:
        if number > MAX_ROWS + 1:
            raise SheetError(
                "too_many_rows",
                _("The sheet has more than 20,000 rows. Delete empty rows at its end or split it."),
            )
        cells = _trimmed([_tidy(cell) for cell in raw])
        if len(cells) > MAX_COLUMNS:
            raise SheetError("too_many_columns", _("The sheet has more than 200 columns."))
        if cells:
            found.append(TableRow(number, cells))
    if not found:
        raise SheetError("empty", _("The sheet is empty."))
    headings = tuple("" if cell is None else str(cell) for cell in found[0].cells)
    return Table(headings, tuple(found[1:]), notes)


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """Return the cells up to the last that holds something."""
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _tidy(cell: Any) -> Cell:
    """Return the cell's value; text without invisible characters, nothing for empty text."""
    if not isinstance(cell, str):
        return cell  # type: ignore[no-any-return]  # what openpyxl makes of a typed cell
    text = clean(unguarded(cell[:MAX_TEXT])).strip()
    return text or None


def _workbook_rows(data: bytes, notes: list[str]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    workbook = archive.open_workbook(data)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    hidden = len(workbook.worksheets) - len(sheets)
    if not sheets:
        raise SheetError("no_sheet", _("The file has no visible sheet."))
    if hidden:
        notes.append(
            ngettext(
                "%(count)d hidden sheet was not read.",
                "%(count)d hidden sheets were not read.",
                hidden,
            )
            % {"count": hidden}
        )
    if len(sheets) > 1:
        notes.append(_("Only the sheet “%(name)s” was read.") % {"name": clean(sheets[0].title)})
    return _sheet_rows(sheets[0])


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    limits = {"min_row": 1, "max_row": MAX_ROWS + 2, "min_col": 1, "max_col": MAX_COLUMNS + 1}
    rows = sheet.iter_rows(**limits)
    for number in range(1, MAX_ROWS + 3):
        with archive.unreadable_refused():
            row = next(rows, None)
            if row is None:
                return
            cells = tuple(_sheet_cell(cell) for cell in row)
        yield number, cells


def _sheet_cell(cell: Any) -> Cell:
    if cell.value is None:
        return None
    if cell.data_type == "f":
        return Formula(str(cell.value)[:200])
    if cell.data_type == "e":
        return str(cell.value)
    value = cell.value
    if isinstance(value, dt.timedelta):
        return _clock(value)
    return value  # type: ignore[no-any-return]  # openpyxl is untyped


def _clock(span: dt.timedelta) -> Cell:
    """A length of time up to a day is what Excel makes of a time of day; 24:00 is midnight."""
    hours, seconds = divmod(int(span.total_seconds()), 3600)
    if (hours, seconds) == (24, 0):
        return dt.time()
    return dt.time(hours, seconds // 60) if 0 <= hours < 24 else str(span)


def _csv_rows(data: bytes) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    text = _decoded(data)
    named = NAMED_DELIMITER.match(text)
    rest = text[named.end() :] if named else text
    delimiter = named[1] if named else _delimiter(text)
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, start=2 if named else 1):
            yield number, tuple(_csv_cell(cell) for cell in row)
    except csv.Error as error:
        raise SheetError(
            "unreadable", _("The file cannot be read as CSV. Save it anew in your spreadsheet.")
        ) from error


def _csv_cell(cell: str) -> Cell:
    text = cell.strip()
    return Formula(text[:200]) if text.startswith("=") else cell


def _decoded(data: bytes) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    sample = data[:2000]
    if sample.count(0) > len(sample) // 4:
        return data.decode("utf-16-le" if sample[1::2].count(0) else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Return what stands between the cells: the sign that is most frequent outside quotes."""
    first = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)
