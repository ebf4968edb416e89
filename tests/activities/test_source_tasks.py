"""Following calendars by the clock."""

import datetime as dt

import pytest
import time_machine

from activities.models import CalendarSource, EntryState, Occurrence, SourceEntry, SourceKind
from activities.tasks import fetch_due_sources, fetch_source, sweep_sources, take_in_waiting
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
WANTED = {
    "uid": "1",
    "title": "Banko",
    "description": "",
    "location": "",
    "url": "",
    "categories": [],
    "repeats": False,
    "dates": [
        {
            "recurrence_id": "",
            "original": "2026-03-03T17:30:00",
            "starts": "2026-03-03T17:30:00",
            "ends": "2026-03-03T19:30:00",
            "cancelled": False,
        }
    ],
    "problem": "",
    "open_ended": False,
}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def make_source(**fields: object) -> CalendarSource:
    values = {"kind": SourceKind.ADDRESS, "name": "Outlook", "url": "http://127.0.0.1/a.ics"}
    times = {"approved_at": NOW - dt.timedelta(hours=1), "next_fetch_at": NOW}
    return CalendarSource.objects.create(venue=make_venue(), **(values | times | fields))


def test_due_calendar_is_fetched_and_its_failure_noted(home, django_capture_on_commit_callbacks):
    source = make_source()

    with django_capture_on_commit_callbacks(execute=True):
        fetched = (fetch_due_sources(), fetch_due_sources())

    source.refresh_from_db()
    assert fetched == (1, 0)
    assert (source.failures, source.last_problem) == (1, "address")
    assert source.next_fetch_at == NOW + dt.timedelta(minutes=30)


def test_what_was_left_halfway_is_taken_in(home, django_capture_on_commit_callbacks):
    source = make_source(publish=True)
    SourceEntry.objects.create(
        source=source, uid="1", title="Banko", state=EntryState.WAITING, wanted=WANTED
    )

    with django_capture_on_commit_callbacks(execute=True):
        found = sweep_sources()

    assert found == 1
    assert [date.activity.title for date in Occurrence.objects.public()] == ["Banko"]
    assert sweep_sources() == 0


def test_calendar_deleted_meanwhile_is_nothing_to_do(home):
    fetch_source(4711)
    take_in_waiting(4711)

    assert CalendarSource.objects.count() == 0
