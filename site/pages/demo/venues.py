"""Venues and what stands beside them: hours, exceptions, moves, confirmations."""

import datetime as dt
from typing import Any

from directory.actions import carry_out
from directory.models import (
    FirstVisitStep,
    OpeningException,
    OpeningHours,
    SecretAddress,
    VenueContact,
    VenueMove,
    VenuePage,
    VenueShortInfo,
    VenueVerification,
)
from pages.demo import days
from pages.demo.content import Table, rich_text, uid
from pages.demo.memory import Memory
from pages.demo.tree import add_notice, add_page

RICH = ("description", "core_task")
BESIDE = (
    "activities",
    "breaks",
    "contacts",
    "exceptions",
    "hours",
    "instead",
    "moves",
    "notices",
    "published_days_ago",
    "secret_address",
    "short_infos",
    "steps",
    "verified_days_ago",
)
TOWN = {"postal_code": "9999", "city": "Eksempelby"}


def add_venues(content: dict[str, Table], memory: Memory) -> None:
    """Add every venue's page, then what refers from one to another."""
    for slug, written in content.items():
        memory.venues[slug] = _add_venue(slug, written, memory)
    for slug, written in content.items():
        if "instead" in written:
            venue = memory.venues[slug]
            venue.instead = memory.venues[written["instead"]]
            VenuePage.objects.filter(pk=venue.pk).update(instead=venue.instead)


def add_venue_records(content: dict[str, Table], memory: Memory) -> None:
    """Add the operational records of every venue, which are no part of its page."""
    for slug, written in content.items():
        venue = memory.venues[slug]
        for row in written.get("exceptions", []):
            _add_exception(venue, row, memory)
        for row in written.get("notices", []):
            add_notice(row, memory, venue=venue, created_by=memory.person_at(slug))
        for row in written.get("moves", []):
            _add_move(venue, row, memory)
        if "secret_address" in written:
            SecretAddress.objects.create(venue=venue, **written["secret_address"])
        VenueVerification.objects.create(
            venue=venue,
            verified_at=days.days_ago(written["verified_days_ago"], memory.today),
            verified_by=memory.person_at(slug),
        )


def _add_venue(slug: str, written: Table, memory: Memory) -> VenuePage:
    fields = {name: value for name, value in written.items() if name not in BESIDE}
    groups, amenities = fields.pop("target_groups", []), fields.pop("amenities", [])
    fields |= {name: rich_text(fields[name]) for name in RICH if name in fields}
    if fields.get("address_public", True):
        fields = TOWN | fields
    if "district" in fields:
        fields["district"] = memory.districts[fields["district"]]
    fields["organisation"] = memory.organisations[fields["organisation"]]
    page = VenuePage(uid=uid(f"venue:{slug}"), slug=slug, **fields)
    page.target_groups = [memory.groups[code] for code in groups]
    page.amenities = [memory.amenities[code] for code in amenities]
    page.opening_hours = [
        row for line in written.get("hours", []) for row in _hours(line, memory.today)
    ]
    page.first_visit_steps = _ordered(FirstVisitStep, written.get("steps", []))
    page.contacts = _ordered(VenueContact, written.get("contacts", []))
    page.short_infos = _ordered(VenueShortInfo, written.get("short_infos", []))
    age = written["published_days_ago"]
    add_page(memory.parents["venues"], page, memory=memory, published_days_ago=age)
    return page


def _ordered(model: Any, rows: list[Table]) -> list[Any]:
    return [model(sort_order=place, **row) for place, row in enumerate(rows)]


def _hours(line: Table, today: dt.date) -> list[OpeningHours]:
    first = last = None
    if "first" in line:
        first, last = days.span(line["first"], line["last"], today)
    extra = {name: line[name] for name in ("kind", "note") if name in line}
    return [
        OpeningHours(
            weekday=weekday,
            opens=days.clock(line["opens"]),
            closes=days.clock(line["closes"]),
            valid_from=first,
            valid_until=last,
            **extra,
        )
        for weekday in days.weekdays(line["days"])
    ]


def exception_days(row: Table, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of one exception as the data file writes it."""
    first, last = (row["on"], row["on"]) if "on" in row else (row["first"], row["last"])
    return days.span(first, last, today, grace=days.JUST_PAST)


def _add_exception(venue: VenuePage, row: Table, memory: Memory) -> None:
    first, last = exception_days(row, memory.today)
    names = ("extra", "kind", "reason", "note")
    times = {name: days.clock(row[name]) for name in ("opens", "closes") if name in row}
    made = OpeningException.objects.create(
        venue=venue,
        first_on=first,
        until_on=last,
        closed=not times,
        created_by=memory.person_at(venue.slug),
        **{name: row[name] for name in names if name in row},
        **times,
    )
    decided = days.days_ago(1, memory.today, dt.time(16))
    OpeningException.objects.filter(pk=made.pk).update(created_at=decided)


def _add_move(venue: VenuePage, row: Table, memory: Memory) -> None:
    fields = dict(row)
    on = days.day(fields.pop("on"), memory.today)
    if "successor" in fields:
        fields["successor"] = memory.venues[fields["successor"]]
    if "district" in fields:
        fields["district"] = memory.districts[fields["district"]]
    VenueMove.objects.create(venue=venue, on=on, created_by=memory.person_at(venue.slug), **fields)


def carry_out_past_moves(today: dt.date) -> None:
    """Do what was due before the demo began; the last thing, since it tells everybody."""
    for move in VenueMove.objects.due(today):
        carry_out(move, now=days.moment(move.on, dt.time(6)))
