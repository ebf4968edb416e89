"""One document, four kinds of file: the same words in each."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from initiatives.domain.document import (
    Bullets,
    Chart,
    Document,
    DocumentError,
    Facts,
    Heading,
    Series,
    Table,
    Text,
    digest,
    from_json,
    outline_problem,
    to_json,
)
from initiatives.writers.charts import svg
from initiatives.writers.page import contents, document_parts
from initiatives.writers.paper import pdf_bytes
from initiatives.writers.word import word_bytes

CHART = Chart(
    title="Status ved årets udgang",
    summary="1a er implementeret på 2 steder & i gang på 1.",
    unit="Initiativ",
    series=(
        Series("implemented", "I", "Implementeret"),
        Series("started", "G", "Igangsat"),
    ),
    bars=(("1a Kerneopgave og målgruppe for hvert værested", (2, 1)), ("2a <b>", (0, 0))),
)
DOCUMENT = Document(
    title="Årlig afrapportering 2026",
    subtitle="Eksempelby Kommune",
    author="Social- og handicapchefen",
    made_on=dt.date(2026, 12, 18),
    blocks=(
        Text("Året bød på mange åbne døre.", "lead"),
        Heading(2, "Året kort"),
        Facts((("Steder", "8"), ("Runder", "2"))),
        CHART,
        Heading(3, "1a"),
        Bullets(("Æbler", "Øl-frit rum")),
        Table("Steder", ("Sted", "Status", "Antal"), (("Perlen", "I drift", 3),)),
    ),
    sheets=(Table("Status", ("Sted", "Status"), (("=1+1", "I drift"),)),),
)


def test_document_comes_back_from_json_as_it_was() -> None:
    assert from_json(to_json(DOCUMENT)) == DOCUMENT


def test_document_of_another_format_is_refused() -> None:
    for broken in ({}, None, {"format": 2}, to_json(DOCUMENT) | {"blocks": [{"block": "?"}]}):
        with pytest.raises(DocumentError):
            from_json(broken)


def test_fingerprint_follows_the_words_and_not_their_order() -> None:
    stored = to_json(DOCUMENT)
    turned = dict(reversed(stored.items()))

    assert digest(turned) == digest(stored)
    assert digest(stored | {"title": "Noget andet"}) != digest(stored)


def test_skipped_heading_is_found() -> None:
    assert outline_problem(DOCUMENT.blocks) == ""
    assert outline_problem((Heading(2, "Først"), Heading(4, "For dybt"))) == "For dybt"


def test_chart_has_its_summary_as_title_and_its_numbers_as_table() -> None:
    picture = svg(CHART, "b1")

    assert '<title id="b1-t">1a er implementeret på 2 steder &amp; i gang på 1.</title>' in picture
    assert ">I 2</text>" in picture
    assert "2a &lt;b&gt;" in picture
    assert "style=" not in picture
    assert CHART.as_table() == Table(
        caption="Status ved årets udgang",
        columns=("Initiativ", "Implementeret", "Igangsat"),
        rows=(("1a Kerneopgave og målgruppe for hvert værested", 2, 1), ("2a <b>", 0, 0)),
    )


def test_page_escapes_words_and_names_main_headings() -> None:
    html = render_to_string("initiatives/document/parts.html", {"parts": document_parts(DOCUMENT)})

    assert contents(DOCUMENT) == [("b2", "Året kort")]
    assert '<h2 id="b2">Året kort</h2>' in html
    assert '<th scope="row">2a &lt;b&gt;</th>' in html


def test_pdf_is_tagged_and_holds_the_words() -> None:
    file = PdfReader(io.BytesIO(pdf_bytes(DOCUMENT)))

    words = "".join(page.extract_text() for page in file.pages)
    root = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert file.metadata["/Title"] == "Årlig afrapportering 2026"
    assert "Året bød på mange åbne døre." in words
    assert "Perlen" in words


def test_every_picture_of_a_pdf_says_what_it_shows() -> None:
    file = PdfReader(io.BytesIO(pdf_bytes(DOCUMENT)))

    figures = [
        element.get("/Alt")
        for element in structure(file.trailer["/Root"]["/StructTreeRoot"])
        if element.get("/S") == "/Figure"
    ]

    assert figures == ["Implementeret", "Igangsat", CHART.summary]


def structure(element: Any) -> Iterator[Any]:
    """Yield every element of a PDF's structure, from the root down."""
    element = element.get_object()
    if isinstance(element, dict):
        yield element
        element = element.get("/K", [])
    for child in element if isinstance(element, list) else [element]:
        if hasattr(child, "get_object") and isinstance(child.get_object(), dict | list):
            yield from structure(child)


def test_word_file_has_headings_lists_and_tables() -> None:
    file = docx.Document(io.BytesIO(word_bytes(DOCUMENT)))

    styles = [(part.style.name, part.text) for part in file.paragraphs if part.text]
    assert styles == [
        ("Title", "Årlig afrapportering 2026"),
        ("Subtitle", "Eksempelby Kommune"),
        ("Normal", "Året bød på mange åbne døre."),
        ("Heading 1", "Året kort"),
        ("Normal", "Steder: 8"),
        ("Normal", "Runder: 2"),
        ("Normal", "1a er implementeret på 2 steder & i gang på 1."),
        ("Normal", "Status ved årets udgang"),
        ("Heading 2", "1a"),
        ("List Bullet", "Æbler"),
        ("List Bullet", "Øl-frit rum"),
        ("Normal", "Steder"),
    ]
    assert [cell.text for cell in file.tables[1].rows[1].cells] == ["Perlen", "I drift", "3"]
    assert file.core_properties.language == "da-DK"


def test_same_document_makes_the_same_word_file() -> None:
    first, second = (docx.Document(io.BytesIO(word_bytes(DOCUMENT))).element.xml for _ in range(2))

    assert first == second
