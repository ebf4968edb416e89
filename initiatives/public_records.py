"""What of the tracker stands on a venue's page: facts the catalogue marks public, and what runs.

Core task, target group and first visit are the page's own. Tasks are shown, never people.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from activities.models import ActivityPage, Occurrence
from core.domain.dates import local_time
from core.wording import clock, relative_day
from directory.models import VenuePage
from initiatives.domain.records import Kind, RecordField, public_values
from initiatives.models import Initiative, OutreachService, Record
from initiatives.record_display import value_lines
from initiatives.record_reading import fields_for

SERVICES = "services"
AHEAD = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: what it is, and more about it as (words, text)."""

    title: str
    more: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One fact: paragraphs, or rows."""

    label: str
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that others bring to the venue. `url` leads to its dates, when it has any."""

    title: str
    provider: str
    description: str
    groups: tuple[str, ...]
    when: str
    url: str = ""
    next_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What one initiative shows: a heading, and facts or services."""

    key: str
    heading: str
    parts: tuple[Part, ...] = ()
    services: tuple[Service, ...] = ()


def public_sections(venue: VenuePage, now: dt.datetime) -> list[Section]:
    """Return what stands on the page of `venue` at `now`, in the catalogue's order.

    Nothing for a venue that is only previewed and not stored yet.
    """
    if venue.pk is None:
        return []
    records = _records(venue)
    names = {Kind.VENUE: _public_venues()} if records else {}
    found = {record.progress.initiative_id: _parts(record, names) for record in records}
    services = public_services(venue, now)
    sections = []
    for initiative in Initiative.objects.all():
        parts = found.get(initiative.pk, ())
        here = services if _shows_services(initiative) else ()
        if parts or here:
            heading = initiative.public_heading or initiative.title
            key = f"initiativ-{initiative.number}"
            sections.append(Section(key, heading, tuple(parts), tuple(here)))
    return sections


def public_services(venue: VenuePage, now: dt.datetime) -> list[Service]:
    """Return what runs at `venue`, with its next date where it is in the calendar."""
    rows = list(
        OutreachService.objects.filter(venue=venue)
        .public()
        .in_order()
        .prefetch_related("target_groups")
    )
    ids = [row.activity_id for row in rows if row.activity_id]
    activities = ActivityPage.objects.public().in_bulk(ids) if ids else {}
    dates = _next_dates(activities, now)
    return [_service(row, activities, dates, now) for row in rows]


def _service(
    row: OutreachService,
    activities: Mapping[int, ActivityPage],
    dates: Mapping[int, dt.datetime],
    now: dt.datetime,
) -> Service:
    activity = activities.get(row.activity_id or 0)
    next_at = dates.get(row.activity_id or 0)
    return Service(
        title=row.title,
        provider=row.provider,
        description=row.description,
        groups=tuple(group.sentence for group in row.target_groups.all()),
        when=_when(next_at, now) or row.when_text,
        url=(activity.relative_url(None) or "") if activity else "",
        next_at=next_at,
    )


def _when(next_at: dt.datetime | None, now: dt.datetime) -> str:
    if next_at is None:
        return ""
    starts = local_time(next_at)
    return f"{relative_day(starts.date(), local_time(now).date())} {clock(starts.time())}"


def _next_dates(activities: Iterable[int], now: dt.datetime) -> dict[int, dt.datetime]:
    """Return when each of the activities next takes place."""
    dates = Occurrence.objects.public().taking_place().upcoming(now)
    wanted = dates.filter(activity__in=list(activities), starts_at__lt=now + AHEAD)
    found: dict[int, dt.datetime] = {}
    for activity_id, starts_at in wanted.values_list("activity_id", "starts_at"):
        found.setdefault(activity_id, starts_at)
    return found


def _records(venue: VenuePage) -> list[Record]:
    rows = Record.objects.public().filter(progress__venue=venue)
    return list(rows.select_related("progress__initiative"))


def _public_venues() -> dict[int, str]:
    return dict(VenuePage.objects.public().values_list("pk", "title"))


def _shows_services(initiative: Initiative) -> bool:
    fields = fields_for(initiative, joint=False)
    return any(field.kept == SERVICES and field.public for field in fields)


def _parts(record: Record, names: Mapping[Kind, Mapping[Any, str]]) -> list[Part]:
    fields = fields_for(record.progress.initiative, joint=False)
    return [_part(field, value, names) for field, value in public_values(fields, record.values)]


def _part(field: RecordField, value: Any, names: Mapping[Kind, Mapping[Any, str]]) -> Part:
    label = field.public_label or field.label
    if field.kind != Kind.LIST:
        return Part(label, lines=tuple(value_lines(field, value, names)))
    return Part(label, rows=tuple(_rows(field, value, names)))


def _rows(
    field: RecordField, value: Sequence[Mapping[str, Any]], names: Mapping[Kind, Mapping[Any, str]]
) -> Iterable[Row]:
    for row in value:
        told = [
            (column.shown_label, ", ".join(value_lines(column, row.get(column.key), names)))
            for column in field.columns
        ]
        filled = [(label, text) for label, text in told if text]
        if filled:
            yield Row(filled[0][1], tuple(filled[1:]))
