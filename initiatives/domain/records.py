"""What an initiative asks to have recorded, as the catalogue's `record` says it: typed fields, some
of them lists with columns. A field with `kept` is kept elsewhere (the venue's page, the calendar,
meetings …): the record refers to it and never holds a copy.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a field holds, and how it is stored as JSON."""

    TEXT = "text"  # text on one line
    LONG_TEXT = "long_text"  # text with paragraphs
    DATE = "date"  # ISO day
    INTEGER = "integer"  # whole number, 0 or more
    BOOLEAN = "boolean"
    CHOICE = "choice"  # code
    VENUE = "venue"  # id
    VENUES = "venues"  # ids
    ACTIVITY = "activity"  # id
    MEETING = "meeting"  # id
    LIST = "list"  # one object a row, by the keys of the columns
    ELSEWHERE = "elsewhere"  # nothing: `kept` says where it is


KINDS: Mapping[str, Kind] = {
    "text": Kind.TEXT,
    "person_role": Kind.TEXT,
    "rich_text": Kind.LONG_TEXT,
    "rich_text_or_document": Kind.LONG_TEXT,
    "date": Kind.DATE,
    "integer": Kind.INTEGER,
    "boolean": Kind.BOOLEAN,
    "choice": Kind.CHOICE,
    "venue": Kind.VENUE,
    "activity": Kind.ACTIVITY,
    "meeting": Kind.MEETING,
    "relation": Kind.VENUE,
    "relation_many": Kind.VENUES,
    "list": Kind.LIST,
    "matrix": Kind.LIST,
    "integer_by_group": Kind.LIST,
}
_CPR = re.compile(r"(?<!\d)(\d{2})(\d{2})\d{2}[- ]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: key, words, kind and, for a choice, (code, words) pairs.

    `public_label` is the label for those who come; "" shows the value alone.
    """

    key: str
    label: str
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()
    public_label: str | None = None

    @property
    def shown_label(self) -> str:
        """Return the words for those who come."""
        return self.label if self.public_label is None else self.public_label


@dataclass(frozen=True, slots=True)
class RecordField:
    """One thing to record. `joint`: once for all venues; `remind`: a day to be reminded of."""

    key: str
    label: str
    kind: Kind
    joint: bool = False
    public: bool = False
    public_label: str = ""  # the label for those who come, where it is another
    basis: str = "proposed"
    kept: str = ""
    remind: bool = False
    shown_when: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the things the catalogue asks for are filled in, and which are not."""

    filled: int
    total: int
    missing: tuple[str, ...] = ()  # labels


def record_fields(
    record: Iterable[Mapping[str, Any]], groups: Sequence[Mapping[str, Any]] = ()
) -> tuple[RecordField, ...]:
    """Return the fields of a catalogue's `record` that `record_problems` has nothing against.

    Fields of one `group` become a list with a column each, at the place of the first.
    """
    labels = {group["key"]: group["label_da"] for group in groups}
    members: dict[str, list[Mapping[str, Any]]] = {}
    order: list[Mapping[str, Any]] = []
    for row in record:
        name = row.get("group", "")
        if not name:
            order.append(row)
            continue
        if name not in members:
            order.append(row)
        members.setdefault(name, []).append(row)
    return tuple(
        _grouped(row["group"], labels[row["group"]], members[row["group"]])
        if row.get("group")
        else _field(row)
        for row in order
    )


def fields_of(fields: Iterable[RecordField], *, joint: bool) -> tuple[RecordField, ...]:
    """Return those that are recorded jointly, or those recorded at each venue."""
    return tuple(field for field in fields if field.joint == joint)


def written_here(fields: Iterable[RecordField]) -> tuple[RecordField, ...]:
    """Return those that have no other home."""
    return tuple(field for field in fields if not field.kept)


def is_filled(value: Any) -> bool:
    """Whether something has been written. A number 0 and an answered no are something."""
    return value not in (None, "", [], {})


def completeness(fields: Iterable[RecordField], values: Mapping[str, Any]) -> Completeness:
    """Return how far `values` answer what the catalogue itself asks for (not our proposals)."""
    asked = [field for field in fields if field.basis == "catalogue" and not field.kept]
    missing = tuple(field.label for field in asked if not is_filled(values.get(field.key)))
    return Completeness(len(asked) - len(missing), len(asked), missing)


def reviews(
    fields: Iterable[RecordField], values: Mapping[str, Any]
) -> tuple[tuple[RecordField, dt.date], ...]:
    """Return the days to be reminded of, soonest first."""
    found = [
        (field, dt.date.fromisoformat(values[field.key]))
        for field in fields
        if field.remind and values.get(field.key)
    ]
    return tuple(sorted(found, key=lambda pair: pair[1]))


def public_values(
    fields: Iterable[RecordField], values: Mapping[str, Any]
) -> tuple[tuple[RecordField, Any], ...]:
    """Return what may stand on the venue's page: public by the catalogue, written here, filled.

    A field with `shown_when` is only shown while that other field says yes.
    """
    return tuple(
        (field, values[field.key])
        for field in written_here(fields)
        if field.public
        and is_filled(values.get(field.key))
        and (not field.shown_when or values.get(field.shown_when) is True)
    )


def names_a_person(text: str) -> bool:
    """Whether `text` holds what looks like a CPR number (day and month, then digits)."""
    return any(1 <= int(day) <= 71 and 1 <= int(month) <= 12 for day, month in _CPR.findall(text))


def _field(row: Mapping[str, Any]) -> RecordField:
    kept = row.get("kept", "")
    kind = Kind.ELSEWHERE if kept else KINDS[row["type"]]
    return RecordField(
        key=row["field"],
        label=row["label_da"],
        kind=kind,
        joint=row.get("scope") == "cross_venue",
        public=row.get("public", False),
        public_label=row.get("public_label_da", ""),
        basis=row.get("basis", "proposed"),
        kept=kept,
        remind=row.get("remind", False),
        shown_when=row.get("shown_when", ""),
        choices=_choices(row),
        columns=_columns(row),
    )


def _grouped(key: str, label: str, rows: Sequence[Mapping[str, Any]]) -> RecordField:
    columns: list[Column] = []
    for row in rows:
        if "columns" in row:
            columns += _columns(row)
        else:
            kind = KINDS[row["type"]]
            columns.append(Column(row["field"], row["label_da"], kind, _choices(row)))
    return RecordField(
        key=key,
        label=label,
        kind=Kind.LIST,
        joint=rows[0].get("scope") == "cross_venue",
        public=any(row.get("public", False) for row in rows),
        basis="catalogue" if any(row.get("basis") == "catalogue" for row in rows) else "proposed",
        columns=tuple(columns),
    )


def _columns(row: Mapping[str, Any]) -> tuple[Column, ...]:
    return tuple(
        Column(
            column["key"],
            column["label_da"],
            KINDS[column["type"]],
            _choices(column),
            column.get("public_label_da"),
        )
        for column in row.get("columns", ())
    )


def _choices(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((choice["code"], choice["label_da"]) for choice in row.get("choices", ()))
