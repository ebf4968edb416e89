"""Writing tables that open as they should in a Danish spreadsheet and never run anything."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.sheets.safety import csv_text, is_risky, printable

MAX_CELL = 32_000  # Excel holds 32,767 characters
DAY, CLOCK, MOMENT, TEXT = "d.m.yyyy", "hh.mm", "d.m.yyyy hh.mm", "@"
CSV_BOM = "\ufeff"
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write. `choices` names, by column from 0, a range of words to choose from."""

    title: str
    headings: Sequence[Any]
    rows: Iterable[Sequence[Any]]
    choices: dict[int, str] = field(default_factory=dict)
    widths: Sequence[int] = ()


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook: text is text, days are days, and no cell is a formula."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        _write(workbook.create_sheet(title=sheet.title[:31]), sheet)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    for column, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = min(width, WIDEST)
    for column, words in sheet.choices.items():
        letter = get_column_letter(column + 1)
        rule = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=False)
        rule.add(f"{letter}2:{letter}2000")
        page.data_validations.append(rule)
    page.append([_heading(page, heading) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _heading(page: Any, value: Any) -> WriteOnlyCell:
    cell = _cell(page, value)
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Any) -> WriteOnlyCell:
    plain = plain_value(value)
    cell = WriteOnlyCell(page, None)
    if isinstance(plain, str):
        text = printable(plain)[:MAX_CELL]
        cell.value = text
        cell.data_type = "s"  # whatever it looks like
        if is_risky(plain):
            cell.number_format = TEXT
            cell.quotePrefix = True
        return cell
    cell.value = plain
    if isinstance(plain, dt.datetime):
        cell.number_format = MOMENT
    elif isinstance(plain, dt.date):
        cell.number_format = DAY
    elif isinstance(plain, dt.time):
        cell.number_format = CLOCK
    return cell


def csv_bytes(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file with semicolons, as a Danish Excel reads and writes it."""
    return "".join(csv_lines(headings, rows)).encode()


def csv_lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of such a file; the first begins with a byte order mark."""
    yield CSV_BOM + _csv_line(headings)
    for row in rows:
        yield _csv_line(row)


def _csv_line(row: Sequence[Any]) -> str:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_csv_cell(value) for value in row])
    return line.getvalue()


def _csv_cell(value: Any) -> str:
    plain = plain_value(value)
    if plain is None:
        return ""
    if isinstance(plain, str):
        return csv_text(plain)
    if isinstance(plain, dt.datetime):
        return f"{_day(plain)} {plain:%H.%M}"
    if isinstance(plain, dt.date):
        return _day(plain)
    if isinstance(plain, dt.time):
        return f"{plain:%H.%M}"
    return str(plain).replace(".", ",")


def _day(day: dt.date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def plain_value(value: Any) -> str | int | float | dt.date | dt.time | None:
    """Return what a cell can hold: moments in Danish time, yes and no, text for all else."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        local = value if timezone.is_naive(value) else timezone.make_naive(value)
        return local.replace(microsecond=0)
    if isinstance(value, (int, float, dt.date, dt.time)):
        return value
    if isinstance(value, (list, tuple, set)):
        return ", ".join(str(part) for part in value)
    return str(value)
