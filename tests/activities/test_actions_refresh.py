import datetime as dt
import logging

import pytest
from django.utils import timezone

from activities.actions import refresh_activity
from activities.models import CalendarEntry, Occurrence, Schedule
from activities.signals import occurrences_changed
from core.models import ContentVersion
from tests.factories.activities import make_activity, make_change, make_schedule
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
FIRST = dt.datetime(2026, 3, 3, 17, 30)


def weekly(**fields):
    """Tuesdays 17.30 to 19.30, 3 to 24 March 2026."""
    return make_schedule(until_on=dt.date(2026, 3, 24), **fields)


def make(**fields):
    activity = make_activity(make_venue(), schedules=[weekly()], refresh=False, **fields)
    refresh_activity(activity.pk, now=NOW)
    return activity


def stored(activity):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return list(rows.values_list("recurrence_id", "status", "public"))


def ids(activity):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return list(rows.values_list("pk", flat=True))


def test_refresh_stores_every_date_of_the_plan(home):
    activity = make()

    assert stored(activity) == [
        ("20260303T173000", "planned", True),
        ("20260310T173000", "planned", True),
        ("20260317T173000", "planned", True),
        ("20260324T173000", "planned", True),
    ]
    first = Occurrence.objects.get(recurrence_id="20260303T173000")
    assert (first.starts_at, first.ends_at, first.local_date, first.venue_id) == (
        dt.datetime(2026, 3, 3, 16, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 3, 18, 30, tzinfo=dt.UTC),
        dt.date(2026, 3, 3),
        activity.get_parent().pk,
    )


def test_refresh_writes_nothing_the_second_time(home, django_assert_max_num_queries):
    activity = make()
    before = (ids(activity), ContentVersion.current(), CalendarEntry.objects.values().get())

    changed = refresh_activity(activity.pk, now=NOW + dt.timedelta(hours=1))

    after = (ids(activity), ContentVersion.current(), CalendarEntry.objects.values().get())
    assert (changed, after) == (False, before)
