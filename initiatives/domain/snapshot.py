"""What a follow-up round froze when it was locked: the shape of its JSON, read back as values.

A snapshot holds names and words, never only ids: it must say the same when a venue is renamed,
merged or gone. Days are ISO text in the JSON and dates here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = 1


class SnapshotError(ValueError):
    """The stored text is no snapshot that this version can read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question's answer: a choice ("yes", "partly", "no", "later" or nothing) and words."""

    choice: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CellCopy:
    """How one initiative stood at one venue, or everywhere (`venue` None), when a round closed."""

    initiative: str
    venue: int | None
    status: str
    agreed_start: dt.date | None = None
    agreed_deadline: dt.date | None = None
    responsible: str = ""
    next_step: str = ""
    answers: Mapping[str, Answer] | None = None
    answered_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class InitiativeCopy:
    """An initiative as the catalogue had it; `principle` is the number of its group."""

    number: str
    title: str
    principle: int
    owner: str
    summary: str
    is_summary: bool
    joint: bool
    at_venues: bool
    continuous: bool
    start_text: str


@dataclass(frozen=True, slots=True)
class VenueCopy:
    """A venue; `became` is the name of the venue it had become part of by then."""

    id: int
    name: str
    organisation: str = ""
    became: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A locked round as it was."""

    name: str
    year: int
    half: int
    opened_on: dt.date
    deadline_on: dt.date
    locked_on: dt.date
    principles: Mapping[int, str]
    initiatives: tuple[InitiativeCopy, ...]
    venues: tuple[VenueCopy, ...]
    cells: tuple[CellCopy, ...]
    asked: int
    missing: int

    def cell(self, initiative: str, venue: int | None) -> CellCopy | None:
        """Return the cell of an initiative at a venue, if the round had one."""
        wanted = (initiative, venue)
        return next((c for c in self.cells if (c.initiative, c.venue) == wanted), None)


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return `snapshot` as plain JSON values, keys always in the same order."""
    return {
        "format": FORMAT,
        "name": snapshot.name,
        "year": snapshot.year,
        "half": snapshot.half,
        "opened_on": _iso(snapshot.opened_on),
        "deadline_on": _iso(snapshot.deadline_on),
        "locked_on": _iso(snapshot.locked_on),
        "asked": snapshot.asked,
        "missing": snapshot.missing,
        "principles": [[number, title] for number, title in snapshot.principles.items()],
        "initiatives": [_plain(row) for row in snapshot.initiatives],
        "venues": [_plain(row) for row in snapshot.venues],
        "cells": [_cell_json(cell) for cell in snapshot.cells],
    }


def from_json(data: Any) -> Snapshot:
    """Return what `to_json` wrote. Raises SnapshotError for anything else."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise SnapshotError("not a snapshot of format 1")
    try:
        return Snapshot(
            name=data["name"],
            year=data["year"],
            half=data["half"],
            opened_on=dt.date.fromisoformat(data["opened_on"]),
            deadline_on=dt.date.fromisoformat(data["deadline_on"]),
            locked_on=dt.date.fromisoformat(data["locked_on"]),
            principles=dict(data["principles"]),
            initiatives=tuple(InitiativeCopy(**row) for row in data["initiatives"]),
            venues=tuple(VenueCopy(**row) for row in data["venues"]),
            cells=tuple(_cell(row) for row in data["cells"]),
            asked=data["asked"],
            missing=data["missing"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SnapshotError(f"a snapshot that cannot be read: {error}") from error


def _plain(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _cell_json(cell: CellCopy) -> dict[str, Any]:
    answers = {name: [a.choice, a.text] for name, a in (cell.answers or {}).items()}
    return {
        **_plain(cell),
        "agreed_start": _iso(cell.agreed_start),
        "agreed_deadline": _iso(cell.agreed_deadline),
        "answered_on": _iso(cell.answered_on),
        "answers": answers or None,
    }


def _cell(row: dict[str, Any]) -> CellCopy:
    answers = row["answers"]
    return CellCopy(
        **{
            **row,
            "agreed_start": _day(row["agreed_start"]),
            "agreed_deadline": _day(row["agreed_deadline"]),
            "answered_on": _day(row["answered_on"]),
            "answers": {name: Answer(*pair) for name, pair in answers.items()} if answers else None,
        }
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
