"""Activities, their schedules and what is decided about single dates."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wagtail.models import Page

from activities.actions import refresh_activity
from activities.models import ActivityHost, ActivityPage, OccurrenceChange, Schedule
from activities.taxonomy import ChangeKind, Frequency, HostRole, HostStatus
from core.domain.text import slugify_da
from directory.models import VenuePage
from tests.factories.directory import clock

TUESDAY = 1


def make_schedule(
    first_on: dt.date = dt.date(2026, 3, 3),
    starts: str = "17.30",
    ends: str = "19.30",
    **fields: Any,
) -> Schedule:
    """Return an unsaved line of a plan: weekly on the weekday of `first_on`, unless told else."""
    values = {
        "key": "plan1",
        "frequency": Frequency.WEEKLY,
        "weekdays": [first_on.weekday()],
    } | fields
    return Schedule(first_on=first_on, starts=clock(starts), ends=clock(ends), **values)


def make_activity(
    parent: Page,
    title: str = "Fællesspisning",
    *,
    schedules: Sequence[Schedule] | None = None,
    refresh: bool = True,
    **fields: Any,
) -> ActivityPage:
    """Return a published activity below a venue or the shared events.

    Without `schedules` it takes place every Tuesday 17.30-19.30 from 3 March 2026. Its dates are
    stored unless `refresh` is false.
    """
    values = {"title": title, "slug": slugify_da(title), "summary": "Vi spiser sammen."} | fields
    page = ActivityPage(**values)
    page.schedules = list(schedules) if schedules is not None else [make_schedule()]
    parent.add_child(instance=page)
    if refresh:
        refresh_activity(page.pk)
    return page


def make_shared_event(
    parent: Page, lead: VenuePage, *hosts: VenuePage, accepted: bool = True, **fields: Any
) -> ActivityPage:
    """Return an event held by `lead` together with `hosts`, who have said yes unless told else."""
    page = make_activity(parent, **({"title": "Sommerfest"} | fields | {"refresh": False}))
    make_host(page, lead, role=HostRole.LEAD)
    for venue in hosts:
        make_host(page, venue, status=HostStatus.ACCEPTED if accepted else HostStatus.INVITED)
    if fields.get("refresh", True):
        refresh_activity(page.pk)
    return page


def make_host(activity: ActivityPage, venue: VenuePage, **fields: Any) -> ActivityHost:
    values = {"role": HostRole.CO_HOST, "status": HostStatus.ACCEPTED} | fields
    return ActivityHost.objects.create(activity=activity, venue=venue, **values)


def make_change(
    activity: ActivityPage,
    original: dt.datetime | None,
    kind: str = ChangeKind.CANCELLED,
    *,
    refresh: bool = True,
    **fields: Any,
) -> OccurrenceChange:
    """Return a change of the date that should start at `original` (naive, local time)."""
    change = OccurrenceChange.objects.create(
        activity=activity,
        kind=kind,
        original_on=original.date() if original else None,
        original_at=original.time() if original else None,
        **fields,
    )
    if refresh:
        refresh_activity(activity.pk)
    return change
