"""Lists of the admin as files, through our own writers.

Wagtail 8.0 types text as text in XLSX, but one unprintable character stops the whole file, and its
CSV holds whatever a cell says, formulas too. `guard_exports` puts that right for Wagtail's own
lists; ours use `SafeExport`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core.sheets.safety import csv_text, printable
from core.sheets.writing import Sheet, csv_lines, xlsx_bytes


def guard_exports() -> None:
    """Let every text that Wagtail exports pass through `csv_text` or `printable`, once."""
    original = SpreadsheetExportMixin.preprocess_field_value
    if hasattr(original, "guarded"):
        return

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        plain = original(self, field, value, export_format)
        if not isinstance(plain, str):
            return plain
        return csv_text(plain) if export_format == self.FORMAT_CSV else printable(plain)

    preprocess_field_value.guarded = True  # type: ignore[attr-defined]  # a mark of our own
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value


class SafeExport(SpreadsheetExportMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A list with a file behind it: Danish words, days and times, and nothing that runs."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row: dict[str, Any] = super().to_row_dict(item)
        for field in row:
            shown = getattr(item, f"get_{field}_display", None)
            row[field] = shown() if shown else row[field]
        return row

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        for line in csv_lines(self._headings(queryset), self._rows(queryset)):
            yield line.encode()

    def write_xlsx(self, queryset: Any, output: Any) -> None:
        headings = self._headings(queryset)
        output.write(xlsx_bytes([Sheet("Ark1", headings, self._rows(queryset))]))

    def _headings(self, queryset: Any) -> list[str]:
        return [self.get_heading(queryset, field) for field in self.list_export]

    def _rows(self, queryset: Iterable[Any]) -> Iterator[list[Any]]:
        for item in queryset:
            yield list(self.to_row_dict(item).values())


class SafeListExport(SafeExport):
    """The same for plain listings, which do not look whether a file is asked for."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if self.is_export:
            asked = self.request.GET["export"]
            file: HttpResponse = self.as_spreadsheet(context["object_list"], asked)
            return file
        shown: HttpResponse = super().render_to_response(context, **kwargs)
        return shown
