"""The dry run: an uploaded file in, what it would do out. Nothing is written."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from activities.sheets.activity_columns import activity_columns
from activities.sheets.columns import Column, place_columns, read_lines
from activities.sheets.plan import Lists, Thing
from activities.sheets.programme import plan_activities
from activities.sheets.terms import SheetKind
from activities.sheets.venues import plan_venues, venue_columns
from activities.sheets.week import hours_columns, plan_hours
from core.sheets import read_table
from directory.permissions import Rights


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sheet would do, in its order, and notes about what was left unread."""

    things: list[Thing]
    notes: list[str]


def columns_of(kind: str, lists: Lists) -> list[Column]:
    """Return the columns of a sheet of that kind."""
    if kind == SheetKind.VENUES:
        return venue_columns(lists)
    return hours_columns(lists) if kind == SheetKind.HOURS else activity_columns(lists)


def check_sheet(kind: str, data: bytes, *, rights: Rights, today: dt.date) -> Checked:
    """Return what importing a file would do for somebody with those rights on that local day.

    Raises SheetError when the file as a whole cannot be used.
    """
    table = read_table(data)
    lists = Lists.load()
    placed, notes = place_columns(table, columns_of(kind, lists))
    lines = read_lines(table, placed)
    things: Any
    if kind == SheetKind.VENUES:
        things = plan_venues(lines, rights, lists)
    elif kind == SheetKind.HOURS:
        things = plan_hours(lines, rights, lists)
    else:
        things = plan_activities(lines, rights, lists, today=today)
    return Checked(things, [*table.notes, *notes])
