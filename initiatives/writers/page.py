"""A document as parts for a template: the same for the admin, the public page and the PDF."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from initiatives.domain.document import KINDS, Chart, Document, Heading, Table
from initiatives.writers.charts import svg, swatch

NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """One block for the template. `picture` and `key` are those of a chart, `table` its numbers."""

    kind: str
    block: Any
    name: str
    picture: SafeString | None = None
    key: tuple[tuple[SafeString, str, str], ...] = ()
    table: Table | None = None


def document_parts(document: Document) -> list[Part]:
    """Return a document's blocks in order, with ids of their own and charts drawn."""
    return [_part(block, f"b{place}") for place, block in enumerate(document.blocks, start=1)]


def contents(document: Document) -> list[tuple[str, str]]:
    """Return (id, words) of the main headings, for a list of contents."""
    return [
        (f"b{place}", block.text)
        for place, block in enumerate(document.blocks, start=1)
        if isinstance(block, Heading) and block.level == 2
    ]


def _part(block: Any, name: str) -> Part:
    kind = NAMES[type(block)]
    if isinstance(block, Table):
        return Part(kind, block, name, table=block)
    if not isinstance(block, Chart):
        return Part(kind, block, name)
    # The writers of charts escape every word; nothing else is in them.
    return Part(
        kind,
        block,
        name,
        picture=mark_safe(svg(block, name)),  # noqa: S308  # see above
        key=tuple(
            (mark_safe(swatch(series, f"{name}-k")), series.letter, series.label)  # noqa: S308
            for series in block.series
        ),
        table=block.as_table(),
    )
