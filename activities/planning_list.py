"""The shared events a person has a part in, and what waits there."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, Q

from activities.hosts import events_of
from activities.models import ActivityHost, ActivityPage, PlanningTask
from activities.taxonomy import HostRole, HostStatus, OccurrenceStatus
from core.domain.dates import local_time
from core.wording import moment_text
from directory.permissions import Rights

MOST = 200


@dataclass(frozen=True, slots=True)
class EventRow:
    """One shared event: when it is next, and how many tasks wait."""

    activity: ActivityPage
    when: str
    is_over: bool
    undone: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many tasks of an event are not done, and how many of them are late."""

    undone: int = 0
    overdue: int = 0


def event_rows(rights: Rights, *, now: dt.datetime) -> list[EventRow]:
    """Return the events whose sheet a person may see: those to come, the soonest first.

    Then those without a date, and last those that are over, the newest first. Two queries.
    """
    coming = Q(occurrences__ends_at__gt=now) & ~Q(occurrences__status=OccurrenceStatus.CANCELLED)
    events = events_of(rights).annotate(
        next_at=Min("occurrences__starts_at", filter=coming),
        last_at=Max("occurrences__starts_at"),
    )
    found = sorted(events.order_by("-last_at", "pk")[:MOST], key=_place)
    waiting = waiting_tasks([event.pk for event in found], local_time(now).date())
    return [_row(event, waiting.get(event.pk, Waiting())) for event in found]


def waiting_tasks(activity_ids: Collection[int], today: dt.date) -> dict[int, Waiting]:
    """Return what waits on the sheets of some events. One query."""
    rows = PlanningTask.objects.filter(
        sheet__activity__in=activity_ids, removed=False, done_at__isnull=True
    ).values_list("sheet__activity", "due_on")
    undone: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for activity_id, due_on in rows:
        undone[activity_id] += 1
        late[activity_id] += due_on is not None and due_on < today
    return {pk: Waiting(count, late[pk]) for pk, count in undone.items()}


def open_invitations(rights: Rights) -> Any:
    """Return the invitations a person may answer that nobody has answered, the oldest first."""
    rows = ActivityHost.objects.filter(role=HostRole.CO_HOST, status=HostStatus.INVITED)
    if not rights.edits_site:
        rows = rows.filter(venue__in=rights.publishes)
    return rows.select_related("activity", "venue").order_by("invited_at", "pk")


def _place(event: Any) -> tuple[int, float]:
    if event.next_at is not None:
        return 0, event.next_at.timestamp()
    if event.last_at is None:
        return 1, -event.pk
    return 2, -event.last_at.timestamp()


def _row(event: Any, waiting: Waiting) -> EventRow:
    moment = event.next_at or event.last_at
    return EventRow(
        activity=event,
        when=moment_text(local_time(moment)) if moment else "",
        is_over=event.next_at is None and event.last_at is not None,
        undone=waiting.undone,
        overdue=waiting.overdue,
    )
