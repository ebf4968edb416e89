"""A document as a tagged PDF, set on A4."""

from django.template.loader import render_to_string

from core.paper import tagged_pdf
from initiatives.domain.document import Document
from initiatives.writers.page import contents, document_parts

STYLES = ("poster_font.css", "document.css")


def pdf_bytes(document: Document) -> bytes:
    """Return `document` as PDF/UA-1. Raises PaperMissing and PaperBusy of `core.paper`."""
    values = {
        "document": document,
        "parts": document_parts(document),
        "contents": contents(document),
    }
    return tagged_pdf(render_to_string("initiatives/document/paper.html", values), STYLES)
