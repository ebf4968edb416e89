"""A sheet of opening hours: the rows of a venue are its whole week, as it should be from now on."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.sheets import cells
from activities.sheets.columns import Column, Line, require
from activities.sheets.days import days_text, read_days
from activities.sheets.plan import (
    Difference,
    Lists,
    Thing,
    choice_words,
    refuse_drafts,
    refuse_strangers,
    word_of,
)
from core.wording import time_range
from directory.domain.hours import Hours, Kind
from directory.domain.publishing import overlap
from directory.models import VenuePage
from directory.taxonomy import OpeningKind, Weekday


def hours_columns(lists: Lists) -> list[Column]:
    """Return the columns of a sheet of opening hours."""
    kinds = choice_words(OpeningKind)
    words = lists.venue_words()
    return [
        Column(
            "venue",
            gettext_lazy("Venue"),
            cells.read_word(lambda: words),
            gettext_lazy("The name of the venue."),
            gettext_lazy("Perlen"),
            required=True,
            show=lambda pk: word_of(words, pk),
            width=26,
        ),
        Column(
            "days",
            gettext_lazy("Days"),
            read_days,
            gettext_lazy("One or more: Monday, or Monday-Friday."),
            days_text([0, 1, 2, 3, 4]),
            required=True,
            show=days_text,
            width=22,
        ),
        Column(
            "opens",
            gettext_lazy("From"),
            cells.read_clock,
            gettext_lazy("For example 9 or 9.30"),
            dt.time(9),
            required=True,
        ),
        Column(
            "closes",
            gettext_lazy("Until"),
            cells.read_clock,
            gettext_lazy(
                "For example 16. After midnight: 2. The same time twice means day and night."
            ),
            dt.time(16),
            required=True,
        ),
        Column(
            "kind",
            gettext_lazy("Who is there"),
            cells.read_word(lambda: kinds),
            gettext_lazy("Empty means staffed."),
            OpeningKind.STAFFED.label,
            show=lambda value: word_of(kinds, value),
            options=lambda: kinds,
        ),
        Column(
            "note",
            gettext_lazy("Note"),
            cells.read_line(120),
            gettext_lazy("Shown beside the hours. Often empty."),
        ),
        Column(
            "valid_from",
            gettext_lazy("Only from"),
            cells.read_day,
            gettext_lazy("For example 1.9.2026. Often empty."),
        ),
        Column(
            "valid_until",
            gettext_lazy("Only until"),
            cells.read_day,
            gettext_lazy("For example 30.4.2027. Often empty."),
        ),
    ]


def plan_hours(lines: Sequence[Line], rights: Any, lists: Lists) -> list[Thing]:
    """Return what a sheet of opening hours would do, a thing for each venue it names.

    Rows with an error hold back the other rows of their venue: half a week would be wrong.
    """
    columns = hours_columns(lists)
    things: dict[Any, Thing] = {}
    for line in lines:
        require(line, [column for column in columns if column.required])
        pk = line.values.get("venue")
        venue = lists.venues.get(pk) if pk else None
        key = pk or f"row {line.number}"
        if key not in things:
            things[key] = Thing([], venue.title if venue else "", page_id=pk, venue_id=pk)
        things[key].lines.append(line)
    for thing in things.values():
        _plan(thing, rights, lists)
    return list(things.values())


def _plan(thing: Thing, rights: Any, lists: Lists) -> None:
    venue = lists.venues.get(thing.page_id or 0)
    if venue is None:
        return
    refuse_strangers(thing, rights, venue)
    refuse_drafts(thing, venue)
    week: list[dict[str, Any]] = []
    for line in thing.lines:
        if not line.messages:
            _add(line, week)
    if thing.errors:
        return
    wanted = sorted(week, key=_order)
    current = week_values(venue)
    thing.values = {"hours": wanted}
    if wanted != current:
        thing.differences = [
            Difference(
                _("Opening hours"),
                "; ".join(map(row_text, removed)) or "–",
                "; ".join(map(row_text, added)) or "–",
            )
            for removed, added in [_changed(current, wanted)]
        ]


def _add(line: Line, week: list[dict[str, Any]]) -> None:
    values = line.values
    first, last = values.get("valid_from"), values.get("valid_until")
    if first and last and last < first:
        line.refuse(_("The last day lies before the first."), gettext_lazy("Only until"))
        return
    for day in values["days"]:
        row = _row(
            Hours(
                weekday=day,
                opens=values["opens"],
                closes=values["closes"],
                kind=Kind(values.get("kind", OpeningKind.STAFFED)),
                note=values.get("note", ""),
                valid_from=first,
                valid_until=last,
            )
        )
        clash = next(
            (
                old
                for old in week
                if old["kind"] == row["kind"] and overlap(hours_of(old), hours_of(row))
            ),
            None,
        )
        if clash is not None:
            line.refuse(
                _("It is open then already: %(row)s.") % {"row": row_text(clash)},
                gettext_lazy("From"),
            )
            return
        week.append(row)


def _changed(current: list[Any], wanted: list[Any]) -> tuple[list[Any], list[Any]]:
    return [row for row in current if row not in wanted], [
        row for row in wanted if row not in current
    ]


def week_values(venue: VenuePage) -> list[dict[str, Any]]:
    """Return a venue's stored week, fit for JSON."""
    rows = venue.opening_hours.all()
    return sorted((_row(row) for row in rows), key=_order)


def _row(row: Any) -> dict[str, Any]:
    return {
        "weekday": row.weekday,
        "opens": f"{row.opens:%H:%M}",
        "closes": f"{row.closes:%H:%M}",
        "kind": str(row.kind),
        "note": row.note,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
    }


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["weekday"], row["opens"], row["closes"], row["kind"], row["valid_from"] or ""


def hours_of(row: dict[str, Any]) -> Hours:
    """Return a row of JSON as the plain value that the directory works on."""
    first, last = row["valid_from"], row["valid_until"]
    return Hours(
        weekday=row["weekday"],
        opens=dt.time.fromisoformat(row["opens"]),
        closes=dt.time.fromisoformat(row["closes"]),
        kind=Kind(row["kind"]),
        note=row["note"],
        valid_from=dt.date.fromisoformat(first) if first else None,
        valid_until=dt.date.fromisoformat(last) if last else None,
    )


def row_text(row: dict[str, Any]) -> str:
    """Return `tirsdag 9–16 (Frivilligt bemandet)`."""
    hours = hours_of(row)
    text = f"{str(Weekday(hours.weekday).label).lower()} {time_range(hours.opens, hours.closes)}"
    more = [] if row["kind"] == OpeningKind.STAFFED else [str(OpeningKind(row["kind"]).label)]
    more += [row["note"]] if row["note"] else []
    return f"{text} ({', '.join(more)})" if more else text
