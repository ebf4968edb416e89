"""A record in words: what was written, what is kept elsewhere, and what the public sees of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from activities.models import ActivityPage
from core.wording import day_month
from directory.models import VenuePage
from initiatives.actions.services import offered_activities
from initiatives.domain.records import Column, Kind, RecordField, is_filled
from initiatives.models import LeadersMeeting, Progress
from initiatives.record_forms import Lookups


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact in words: paragraphs, or a table with headings."""

    field: RecordField
    lines: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def filled(self) -> bool:
        return bool(self.lines or self.rows)


def lookups_for(progress: Progress) -> Lookups:
    """Return what a record's form may choose from. Three queries."""
    venue_id = progress.venue_id
    venues = VenuePage.objects.in_order().exclude(pk=venue_id)
    activities = offered_activities(venue_id) if venue_id else ActivityPage.objects.none()
    return Lookups(
        venues=tuple(venues.values_list("pk", "title")),
        activities=tuple(activities.values_list("pk", "title")),
        meetings=tuple(
            (meeting.pk, str(meeting))
            for meeting in LeadersMeeting.objects.filter(cancelled_at__isnull=True)
        ),
    )


def shown_record(
    fields: Sequence[RecordField], values: Mapping[str, Any], lookups: Lookups
) -> list[Shown]:
    """Return every field in words, also the empty ones."""
    names = {kind: dict(lookups.of(kind)) for kind in (Kind.VENUE, Kind.ACTIVITY, Kind.MEETING)}
    return [_shown(field, values.get(field.key), names) for field in fields]


def _shown(field: RecordField, value: Any, names: Mapping[Kind, Mapping[Any, str]]) -> Shown:
    if not is_filled(value):
        return Shown(field)
    if field.kind != Kind.LIST:
        return Shown(field, lines=tuple(value_lines(field, value, names)))
    rows = tuple(
        tuple(
            ", ".join(value_lines(column, row.get(column.key), names)) for column in field.columns
        )
        for row in value
    )
    return Shown(field, headings=tuple(column.label for column in field.columns), rows=rows)


def _cell(column: Column, value: Any, names: Mapping[Kind, Mapping[Any, str]]) -> str:
    return ", ".join(value_lines(column, value, names))


def value_lines(
    field: RecordField | Column, value: Any, names: Mapping[Kind, Mapping[Any, str]]
) -> list[str]:
    """Return one value in words, a line for each paragraph or thing chosen."""
    if not is_filled(value):
        return []
    if field.kind == Kind.DATE:
        return [day_month(dt.date.fromisoformat(value), year=True)]
    if field.kind == Kind.BOOLEAN:
        return [_("Yes") if value else _("No")]
    if field.kind == Kind.CHOICE:
        return [dict(field.choices).get(value, str(value))]
    if field.kind == Kind.VENUES:
        known = names.get(Kind.VENUE, {})
        return [known[pk] for pk in value if pk in known]
    if field.kind in names:
        return [names[field.kind].get(value, _("no longer there"))]
    return [line for line in str(value).split("\n") if line.strip()]
