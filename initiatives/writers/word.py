"""A document as a Word file that people can work on in: real headings, lists and tables."""

import datetime as dt
import io
from typing import Any

from docx import Document as new_file
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from core.sheets.safety import printable
from initiatives.domain.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Facts,
    Heading,
    Table,
    Text,
)

TABLE_STYLE = "Table Grid"
LANGUAGE = "da-DK"


def word_bytes(document: Document) -> bytes:
    """Return `document` as .docx. A chart is its table, with its summary above."""
    file = new_file()
    _set_up(file, document)
    file.add_paragraph(printable(document.title), style="Title")
    if document.subtitle:
        file.add_paragraph(printable(document.subtitle), style="Subtitle")
    for block in document.blocks:
        _add(file, block)
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def _set_up(file: Any, document: Document) -> None:
    """Title, author and language where screen readers look; the day, so that files repeat."""
    facts = file.core_properties
    facts.title, facts.author = printable(document.title), printable(document.author)
    facts.language = LANGUAGE
    facts.created = facts.modified = dt.datetime.combine(document.made_on, dt.time(12))
    normal = file.styles["Normal"]
    normal.font.size = Pt(11)
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    properties.append(language)


def _add(file: Any, block: Block) -> None:
    match block:
        case Heading(level=level, text=text):
            file.add_heading(printable(text), level=level - 1)
        case Text(text=text, kind=kind):
            _paragraphs(file, text, kind)
        case Bullets(items=items, numbered=numbered):
            for item in items:
                file.add_paragraph(
                    printable(item), style="List Number" if numbered else "List Bullet"
                )
        case Facts(rows=rows):
            for label, value in rows:
                paragraph = file.add_paragraph()
                paragraph.add_run(f"{printable(label)}: ").bold = True
                paragraph.add_run(printable(value))
        case Table():
            _table(file, block)
        case Chart():
            _paragraphs(file, block.summary, "note")
            _table(file, block.as_table())


def _paragraphs(file: Any, text: str, kind: str) -> None:
    style = {"quote": "Quote", "lead": "Normal"}.get(kind, "Normal")
    for part in text.split("\n\n"):
        paragraph = file.add_paragraph(style=style)
        run = paragraph.add_run(printable(part.strip()))
        run.bold = kind == "lead"
        run.italic = kind == "note" or kind == "quote"


def _table(file: Any, table: Table) -> None:
    caption = file.add_paragraph()
    caption.add_run(printable(table.caption)).bold = True
    caption.paragraph_format.keep_with_next = True
    grid = file.add_table(rows=1, cols=len(table.columns), style=TABLE_STYLE)
    head = grid.rows[0]
    for cell, words in zip(head.cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(printable(words)).bold = True
    _repeat(head)
    for values in table.rows:
        cells = grid.add_row().cells
        for cell, value in zip(cells, values, strict=True):
            cell.text = printable(cell_text(value))
    file.add_paragraph()


def _repeat(row: Any) -> None:
    """Mark a row as the heading of its table: read out, and repeated on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def cell_text(value: Cell) -> str:
    """Return a table's value as Danes write it."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value).replace(".", ",")
