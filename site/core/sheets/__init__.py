"""Tables from and to spreadsheets: the one place where XLSX and CSV files are read and written."""

from core.sheets.reading import Formula, SheetError, Table, TableRow, read_table
from core.sheets.safety import csv_text, printable
from core.sheets.writing import Sheet, csv_bytes, csv_lines, xlsx_bytes

__all__ = [
    "Formula",
    "Sheet",
    "SheetError",
    "Table",
    "TableRow",
    "csv_bytes",
    "csv_lines",
    "csv_text",
    "printable",
    "read_table",
    "xlsx_bytes",
]
