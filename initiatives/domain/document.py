"""A document as values: what a report or minutes say, apart from how a file shows it.

A frozen report is one of these as JSON, in the words it was approved in: HTML, PDF, Word and CSV
are written from it, and nothing else is asked. Every chart has its numbers, so that each writer
can show them as a table too.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

FORMAT = 1

Cell: TypeAlias = str | int | float | None


class DocumentError(ValueError):
    """The stored text is no document that this version can read."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; `level` is 2, 3 or 4, and none is skipped."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `kind` is "", "lead" (the first words), "note" (small) or "quote"."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers, or with them."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and its value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading to each column; the first cell of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of thing a chart counts: `code` chooses its pattern, `letter` stands in it."""

    code: str
    letter: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars: one bar a row, with a count for each of `series`.

    `summary` says in words what the picture shows, and is its text alternative.
    """

    title: str
    summary: str
    unit: str
    series: tuple[Series, ...]
    bars: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def longest(self) -> int:
        """Return the sum of the longest bar, at least 1."""
        return max([1, *(sum(counts) for _, counts in self.bars)])

    def as_table(self) -> Table:
        """Return the same numbers as a table."""
        return Table(
            caption=self.title,
            columns=(self.unit, *(series.label for series in self.series)),
            rows=tuple((label, *counts) for label, counts in self.bars),
        )


Block: TypeAlias = Heading | Text | Bullets | Facts | Table | Chart
KINDS: dict[str, type[Any]] = {
    "heading": Heading,
    "text": Text,
    "bullets": Bullets,
    "facts": Facts,
    "table": Table,
    "chart": Chart,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `made_on` is its date; `sheets` are its figures for spreadsheets."""

    title: str
    subtitle: str
    author: str
    made_on: dt.date
    blocks: tuple[Block, ...]
    sheets: tuple[Table, ...] = ()


def to_json(document: Document) -> dict[str, Any]:
    """Return `document` as plain JSON values."""
    names = {kind: name for name, kind in KINDS.items()}
    return {
        "format": FORMAT,
        "title": document.title,
        "subtitle": document.subtitle,
        "author": document.author,
        "made_on": document.made_on.isoformat(),
        "blocks": [{"block": names[type(b)], **_listed(asdict(b))} for b in document.blocks],
        "sheets": [_listed(asdict(sheet)) for sheet in document.sheets],
    }


def from_json(data: Any) -> Document:
    """Return what `to_json` wrote. Raises DocumentError for anything else."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DocumentError("not a document of format 1")
    try:
        return Document(
            title=data["title"],
            subtitle=data["subtitle"],
            author=data["author"],
            made_on=dt.date.fromisoformat(data["made_on"]),
            blocks=tuple(_block(row) for row in data["blocks"]),
            sheets=tuple(Table(**_tupled(row)) for row in data["sheets"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(f"a document that cannot be read: {error}") from error


def digest(data: Mapping[str, Any]) -> str:
    """Return a fingerprint of JSON values: 64 hexadecimal digits, whatever order the keys have."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def outline_problem(blocks: Iterable[Block]) -> str:
    """Return the text of the first heading that skips a level, or nothing."""
    level = 1
    for block in blocks:
        if isinstance(block, Heading):
            if block.level > level + 1:
                return block.text
            level = block.level
    return ""


def _block(row: Mapping[str, Any]) -> Block:
    values = _tupled({name: value for name, value in row.items() if name != "block"})
    if row["block"] == "chart":
        values["series"] = tuple(Series(**series) for series in row["series"])
    made: Block = KINDS[row["block"]](**values)
    return made


def _tupled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in values.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(part) for part in value) if isinstance(value, list) else value


def _listed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _list(value) for name, value in values.items()}


def _list(value: Any) -> Any:
    return [_list(part) for part in value] if isinstance(value, (list, tuple)) else value
