"""Hvad er der sket?: who did what when, and taking it back without taking more down."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from wagtail.log_actions import log

from activities.actions import (
    cancel_for_closure,
    close_venue,
    count_heads,
    record_change,
    stop_activity,
    undo_change,
    verify_activity,
)
from activities.models import ActivityVerification, HeadCount, Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind
from directory.actions import end_exception, publish_notice, record_exception, verify_venue
from directory.models import Notice, OpeningException, VenueVerification
from directory.permissions import Rights
from staff.actions.device_acts import count_people
from staff.log import entries_of, lines
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.devices import make_paired
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
THIRD = dt.datetime(2026, 3, 3, 17, 30)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def activity(venue):
    """Tuesdays 17.30 to 19.30, 24 February to 24 March 2026."""
    plan = make_schedule(dt.date(2026, 2, 24), until_on=dt.date(2026, 3, 24))
    return make_activity(venue, schedules=[plan])


@pytest.fixture
def rikke(client: Client, venue):
    user = make_user(role="staff", venue=venue)
    client.force_login(user)
    return user


def told(venue):
    return [
        (line.entry.action.partition(".")[2], line.who, line.may_undo)
        for line in lines(entries_of(venue), Rights(administrator=True), may_operate=True, now=NOW)
    ]


def take_back(client, venue) -> tuple[int, list[str]]:
    """Press the button of the newest act; return the status and what is said."""
    entry = entries_of(venue).first()
    answer = client.post(f"/intern/sted/{venue.pk}/log/{entry.pk}/fortryd/")
    return answer.status_code, [message.level_tag for message in get_messages(answer.wsgi_request)]


def test_the_log_tells_who_did_what_newest_first(venue, activity, rikke, client):
    words = {"original": THIRD, "reason": "Sygdom"}
    record_change(activity, ChangeKind.CANCELLED, **words, by=rikke, now=NOW)
    verify_venue(venue, by=rikke, now=NOW)
    device, _secret = make_paired(venue, NOW)
    date = Occurrence.objects.get(activity=activity, local_date=dt.date(2026, 2, 24))
    count_people(device, date, 7, now=NOW)

    text = client.get(f"/intern/sted/{venue.pk}/log/").content.decode()

    who = [
        line.who
        for line in lines(entries_of(venue), Rights(administrator=True), may_operate=True, now=NOW)
    ]
    assert (device.name in who[0], who[1:]) == (True, [str(rikke), str(rikke)])
    assert ("Sygdom." in text, text.count("/fortryd/")) == (True, 3)


def test_dates_of_one_act_are_told_together(venue, activity, rikke):
    dates = Occurrence.objects.filter(activity=activity, starts_at__gt=NOW)[:3]
    days = {"first_on": dt.date(2026, 3, 3), "until_on": dt.date(2026, 3, 17)}

    close_venue(venue, dates, **days, reason="staff_day", by=rikke, now=NOW)

    assert [row[0] for row in told(venue)] == ["change_recorded", "exception_recorded"]


@pytest.mark.parametrize("act", ["change", "stop", "exception", "closure", "notice", "count"])
def test_an_act_is_taken_back_from_the_log(venue, activity, rikke, client, act):
    dates = Occurrence.objects.filter(activity=activity)
    days = {"first_on": dt.date(2026, 3, 3), "until_on": dt.date(2026, 3, 3)}
    if act == "change":
        record_change(activity, ChangeKind.CANCELLED, original=THIRD, by=rikke, now=NOW)
    elif act == "stop":
        stop_activity(activity, THIRD, by=rikke, now=NOW)
    elif act == "exception":
        record_exception(venue, **days, reason="staff_day", by=rikke)
    elif act == "closure":
        row = record_exception(venue, **days, reason="staff_day", by=rikke)
        cancel_for_closure(row, dates.filter(local_date=THIRD.date()), by=rikke, now=NOW)
    elif act == "notice":
        publish_notice(venue, title="Koldt vand", starts_at=NOW, ends_at=NOW + DAY, by=rikke)
    else:
        count_heads(dates.get(local_date=dt.date(2026, 2, 24)), 7, by=rikke, now=NOW)

    answer = take_back(client, venue)

    assert answer == (302, ["success"])
    assert set(dates.values_list("status", flat=True)) == {"planned"}
    left = (
        OccurrenceChange.objects.filter(undone_at=None).count(),
        OpeningException.objects.count(),
        Notice.objects.filter(withdrawn_at=None).count(),
        HeadCount.objects.standing().count(),
    )
    assert left == (0, 0, 0, 0)


def test_a_confirmation_is_taken_back_to_the_one_before(venue, activity, rikke, client):
    first = verify_activity(activity, by=rikke, now=NOW - 9 * DAY)
    verify_activity(activity, by=rikke, now=NOW)

    activity_answer = take_back(client, venue)
    verify_venue(venue, by=rikke, now=NOW)
    venue_answer = take_back(client, venue)

    assert (activity_answer, venue_answer) == ((302, ["success"]), (302, ["success", "success"]))
    assert (list(ActivityVerification.objects.all()), VenueVerification.objects.count()) == (
        [first], 0,
    )  # fmt: skip


def test_what_was_changed_since_is_not_taken_down(venue, activity, rikke, client):
    days = {"first_on": dt.date(2026, 3, 3), "until_on": dt.date(2026, 3, 9)}
    row = record_exception(venue, **days, reason="staff_day", by=rikke)
    entry = entries_of(venue).get()
    end_exception(row, until_on=dt.date(2026, 3, 5), by=None)

    answer = client.post(f"/intern/sted/{venue.pk}/log/{entry.pk}/fortryd/")

    row.refresh_from_db()
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["warning"]
    assert row.until_on == dt.date(2026, 3, 5)


def test_a_date_does_not_take_down_closed_days_that_somebody_wrote_anew(
    venue, activity, rikke, client
):
    days = {"first_on": dt.date(2026, 3, 3), "until_on": dt.date(2026, 3, 3)}
    dates = Occurrence.objects.filter(activity=activity, local_date=THIRD.date())
    close_venue(venue, dates, **days, reason="staff_day", by=rikke, now=NOW)
    closure = OpeningException.objects.get()
    closure.until_on = dt.date(2026, 3, 20)
    closure.save()
    log(closure, "wagtail.edit", timestamp=NOW + DAY)

    pressed = take_back(client, venue)

    assert entries_of(venue).first().action == "fristed.change_recorded"
    assert pressed == (302, ["warning"])
    assert OpeningException.objects.get().until_on == dt.date(2026, 3, 20)
    assert list(dates.values_list("status", flat=True)) == ["cancelled"]


def test_what_was_taken_back_already_is_said(venue, activity, rikke, client):
    change = record_change(activity, ChangeKind.CANCELLED, original=THIRD, by=rikke, now=NOW)
    entry = entries_of(venue).get()
    undo_change(change, now=NOW)
    record_change(activity, ChangeKind.CANCELLED, original=THIRD, reason="Ny", now=NOW)

    answer = client.post(f"/intern/sted/{venue.pk}/log/{entry.pk}/fortryd/")

    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["warning"]
    assert Occurrence.objects.get(local_date=THIRD.date()).reason == "Ny"


def test_another_venues_act_is_not_found(venue, activity, rikke, client):
    other = make_venue(title="Kahytten")
    publish_notice(other, title="Koldt vand", starts_at=NOW, ends_at=NOW + DAY)
    entry = entries_of(other).get()

    answer = client.post(f"/intern/sted/{venue.pk}/log/{entry.pk}/fortryd/")

    assert (answer.status_code, Notice.objects.get().withdrawn_at) == (404, None)


def test_a_volunteer_reads_the_log_and_takes_nothing_back(venue, activity, client):
    client.force_login(make_user(role="volunteer", venue=venue))
    record_change(activity, ChangeKind.CANCELLED, original=THIRD, now=NOW)
    entry = entries_of(venue).get()

    read = client.get(f"/intern/sted/{venue.pk}/log/")
    pressed = client.post(f"/intern/sted/{venue.pk}/log/{entry.pk}/fortryd/")

    assert (read.status_code, b"/fortryd/" in read.content) == (200, False)
    assert pressed.status_code == 403


def test_the_log_asks_the_database_as_often_for_three_acts_as_for_nine(
    venue, activity, rikke, django_assert_num_queries
):
    for number in range(9):
        publish_notice(venue, title=f"Besked {number}", starts_at=NOW, ends_at=NOW + DAY, by=rikke)

    with django_assert_num_queries(3):
        lines(entries_of(venue)[:3], Rights(administrator=True), may_operate=True, now=NOW)
    with django_assert_num_queries(3):
        lines(entries_of(venue), Rights(administrator=True), may_operate=True, now=NOW)


def test_a_host_takes_nothing_back_that_another_venue_did_at_home(home, venue, rikke, client):
    """Perlen closes, and a shared event falls away with it: that is not the other host's."""
    other = make_venue(title="Kahytten")
    plan = make_schedule(dt.date(2026, 3, 3), frequency="once")
    event = make_shared_event(home.shared, other, venue, schedules=[plan])
    days = {"first_on": dt.date(2026, 3, 3), "until_on": dt.date(2026, 3, 3)}
    dates = Occurrence.objects.filter(activity=event)
    close_venue(other, dates, **days, reason="staff_day", by=None, now=NOW)

    page = client.get(f"/intern/sted/{venue.pk}/log/")
    pressed = take_back(client, venue)

    assert b"/fortryd/" not in page.content
    assert pressed[0] == 403
    assert OpeningException.objects.filter(venue=other).count() == 1
    assert list(dates.values_list("status", flat=True)) == ["cancelled"]
