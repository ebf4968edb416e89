"""A report's files: what they are called, and where they come from once it is frozen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.http import plain_answer
from core.paper import PaperBusy, PaperMissing
from core.sheets import csv_bytes
from initiatives.domain.document import Document, DocumentError, digest, from_json
from initiatives.writers.paper import pdf_bytes
from initiatives.writers.word import word_bytes

if TYPE_CHECKING:
    from initiatives.models import AnnualReport

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: its code in `ReportFile`, its name in addresses, and its words."""

    code: str
    name: str
    label: str | Promise
    content_type: str


FILES = (
    FileKind("pdf", "rapport.pdf", "PDF", "application/pdf"),
    FileKind("docx", "rapport.docx", "Word", WORD_TYPE),
    FileKind("csv", "status.csv", _("status (CSV)"), CSV_TYPE),
    FileKind("figures", "tal.csv", _("figures (CSV)"), CSV_TYPE),
)


def stored_document(report: "AnnualReport") -> Document:
    """Return what a frozen report says.

    Raises DocumentError for a draft, and when what is stored is not what was frozen.
    """
    if report.content is None:
        raise DocumentError("the report is not frozen")
    if digest(report.content) != report.digest:
        raise DocumentError("the stored copy does not fit its fingerprint")
    return from_json(report.content)


def broken_text() -> str:
    """Return what to say of a stored copy that does not fit its fingerprint."""
    return gettext(
        "The stored copy is not as it was frozen, so it is not shown. Tell the operator."
    )


def file_bytes(document: Document, code: str) -> bytes:
    """Return a document as a file of the kind `code`. Raises PaperMissing and PaperBusy."""
    if code == "pdf":
        return pdf_bytes(document)
    if code == "docx":
        return word_bytes(document)
    sheet = document.sheets[0 if code == "csv" else 1]
    return csv_bytes(sheet.columns, sheet.rows)


def file_answer(report: "AnnualReport", kind: FileKind) -> HttpResponse:
    """Hand out a frozen report's file: the one kept, else written from its content."""
    kept = report.files.filter(kind=kind.code).first()
    try:
        body = bytes(kept.body) if kept else file_bytes(stored_document(report), kind.code)
    except (PaperMissing, DocumentError):
        raise Http404 from None
    except PaperBusy:
        busy = plain_answer(gettext("Many people are printing now. Try again in a minute."), 503)
        busy.headers["Retry-After"] = "60"
        return busy
    stem, _dot, ending = kind.name.rpartition(".")
    edition = "" if report.edition == 1 else f"-{report.edition}"
    answer = HttpResponse(body, content_type=kind.content_type)
    name = f"{stem}-{report.year}{edition}.{ending}"
    shown = "inline" if kind.code == "pdf" else "attachment"
    answer.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    return answer
