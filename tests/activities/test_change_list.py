"""The list Ændringer: changes of dates and stops together, newest first, each with a way back."""

import csv
import datetime as dt

import pytest
from django.test import Client

from activities.actions import record_change, stop_activity
from activities.models import ActivityPage, ActivityStop, OccurrenceChange
from activities.taxonomy import ChangeKind
from activities.viewsets import PAGE_SIZE
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TUESDAY = dt.datetime(2026, 3, 3, 17, 30)
LIST = "/admin/aendringer/"


@pytest.fixture
def activity(home, time_machine) -> ActivityPage:
    time_machine.move_to(NOW, tick=False)
    return make_activity(make_venue("Perlen"))


@pytest.fixture
def staff(client: Client, activity) -> Client:
    user = make_user(role=Role.STAFF, venue=activity.get_parent().specific)
    sync_groups(user)
    client.force_login(user)
    return client


def change(activity: ActivityPage, week: int, kind: str = ChangeKind.NOTE) -> OccurrenceChange:
    original = TUESDAY + dt.timedelta(weeks=week)
    return record_change(activity, kind, original=original, note="Tag en kop med", now=NOW)


def stop(activity: ActivityPage) -> ActivityStop:
    stop_activity(activity, TUESDAY + dt.timedelta(weeks=60), reason="Vi flytter", now=NOW)
    return ActivityStop.objects.get()


def listed(client: Client, query: str = "") -> list[str]:
    return [type(row).__name__ for row in client.get(LIST + query).context["object_list"]]


def at(row: OccurrenceChange | ActivityStop, minute: int) -> None:
    type(row).objects.filter(pk=row.pk).update(created_at=NOW + dt.timedelta(minutes=minute))


def test_a_stop_stands_among_the_changes_by_its_time(staff, activity):
    for minute, row in enumerate([change(activity, 0), stop(activity), change(activity, 1)]):
        at(row, minute)

    assert listed(staff) == ["OccurrenceChange", "ActivityStop", "OccurrenceChange"]


def test_a_stop_alone_is_listed_too(staff, activity):
    stop(activity)

    html = staff.get(LIST).content.decode()

    assert ("Vi flytter" in html, f"{LIST}stop/" in html) == (True, True)


def test_each_stop_is_on_one_page_of_a_long_list(staff, activity):
    days = [TUESDAY.date() + dt.timedelta(days=day) for day in range(PAGE_SIZE + 1)]
    OccurrenceChange.objects.bulk_create(
        OccurrenceChange(
            activity=activity, kind="note", original_on=day, original_at=TUESDAY.time()
        )
        for day in days
    )
    rows = list(OccurrenceChange.objects.order_by("pk"))
    for minute, row in enumerate(rows):
        at(row, minute * 2)
    stopped = stop(activity)

    pages = {}
    for minute in (-1, 1, 2 * PAGE_SIZE + 1):
        at(stopped, minute)
        pages[minute] = [listed(staff, f"?p={page}").count("ActivityStop") for page in (1, 2)]

    assert pages == {-1: [0, 1], 1: [0, 1], 2 * PAGE_SIZE + 1: [1, 0]}


@pytest.mark.parametrize(
    ("query", "shown"),
    [("?kind=cancelled", True), ("?kind=moved", False), ("?venue={own}", True)],
)
def test_filters_hold_for_stops(staff, activity, query, shown):
    stop(activity)
    own = activity.get_parent().pk

    assert ("ActivityStop" in listed(staff, query.format(own=own))) is shown


def test_a_stop_is_taken_back_from_the_list_once(staff, activity):
    stopped = stop(activity)
    address = f"{LIST}stop/{stopped.pk}/tag-tilbage/"

    answers = [staff.post(address).status_code for _ in range(2)]

    stopped.refresh_from_db()
    assert (answers, stopped.undone_at) == ([302, 302], NOW)


def test_a_stop_of_another_venue_is_neither_shown_nor_taken_back(client, activity):
    stopped = stop(activity)
    user = make_user("vera@eksempelby.example", role=Role.EDITOR, venue=make_venue("Klub Vera"))
    sync_groups(user)
    client.force_login(user)

    shown = listed(client)
    client.post(f"{LIST}stop/{stopped.pk}/tag-tilbage/")

    stopped.refresh_from_db()
    assert (shown, stopped.undone_at) == ([], None)


def test_the_sheet_holds_stops_among_the_changes(staff, activity):
    for minute, row in enumerate([change(activity, 0), stop(activity), change(activity, 1)]):
        at(row, minute)

    text = b"".join(staff.get(f"{LIST}?export=csv").streaming_content).decode("utf-8-sig")

    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert [(row[0], row[2], row[3]) for row in rows[1:]] == [
        ("Fællesspisning", "", "Tag en kop med"),
        ("Fællesspisning", "Vi flytter", ""),
        ("Fællesspisning", "", "Tag en kop med"),
    ]
