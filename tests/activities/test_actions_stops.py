"""Stopping an activity, closing a venue, and taking either back in one act."""

import datetime as dt

import pytest
from wagtail.models import PageLogEntry

from activities.actions import (
    cancel_for_closure,
    close_venue,
    count_free_places,
    dates_while_closed,
    record_change,
    refresh_activity,
    stop_activity,
    undo_batch,
)
from activities.domain.rules import RuleError
from activities.models import CalendarEntry, ChangeBatch, Occurrence
from activities.taxonomy import ChangeKind
from directory.models import OpeningException
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_exception, make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
THIRD, TENTH, SEVENTEENTH = (dt.datetime(2026, 3, day, 17, 30) for day in (3, 10, 17))


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def activity(venue):
    """Every Tuesday 17.30 to 19.30 from 3 March 2026, open."""
    page = make_activity(venue, refresh=False)
    refresh_activity(page.pk, now=NOW)
    return page


def statuses(activity, count=4):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return [f"{row.local_date:%d.%m} {row.status}" for row in rows[:count]]


def test_a_stop_cancels_every_promised_date_from_its_day_on(activity):
    stop_activity(activity, TENTH, reason="Kokken er flyttet", by=make_user(), now=NOW)

    dates = Occurrence.objects.public().filter(activity=activity)
    assert statuses(activity, 2) == ["03.03 planned", "10.03 cancelled"]
    assert set(dates.filter(starts_at__gt=NOW + dt.timedelta(days=7)).values_list("status")) == {
        ("cancelled",)
    }
    assert dates.get(local_date=TENTH.date()).reason == "Kokken er flyttet"
    assert dates.count() == 79


def test_the_nightly_horizon_adds_no_date_after_a_stop(activity):
    stop_activity(activity, TENTH, now=NOW)
    later = NOW + dt.timedelta(days=120)

    refresh_activity(activity.pk, now=later)

    coming = Occurrence.objects.filter(activity=activity).upcoming(later)
    assert coming.taking_place().count() == 0
    assert coming.last().local_date <= dt.date(2027, 9, 1)


def test_a_stopped_activity_has_ended_when_its_promised_dates_are_past(activity):
    stop_activity(activity, TENTH, now=NOW)
    later = NOW + dt.timedelta(days=560)

    refresh_activity(activity.pk, now=later)

    assert not Occurrence.objects.filter(activity=activity).upcoming(later).exists()


def test_taking_a_stop_back_brings_the_same_dates_back(activity):
    before = list(Occurrence.objects.filter(activity=activity).values_list("pk", "recurrence_id"))
    batch = stop_activity(activity, TENTH, now=NOW)

    first, second = undo_batch(batch, now=NOW), undo_batch(batch, now=NOW)

    rows = Occurrence.objects.filter(activity=activity)
    assert (first, second) == (True, False)
    assert list(rows.values_list("pk", "recurrence_id")) == before
    assert set(rows.values_list("status", flat=True)) == {"planned"}


def test_dates_that_passed_during_a_stop_stay_cancelled_when_it_is_taken_back(activity):
    batch = stop_activity(activity, THIRD, now=NOW)

    undo_batch(batch, now=dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC))

    assert statuses(activity) == [
        "03.03 cancelled",
        "10.03 cancelled",
        "17.03 planned",
        "24.03 planned",
    ]


def test_a_stop_leaves_the_reason_of_a_date_that_was_cancelled_before(activity):
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, reason="Sygdom", now=NOW)

    stop_activity(activity, THIRD, reason="Slut", now=NOW)

    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")[:3]
    assert [row.reason for row in rows] == ["Slut", "Sygdom", "Slut"]


def test_a_stop_cancels_extra_dates_and_gives_them_back(activity):
    times = {"starts": dt.datetime(2026, 3, 12, 10), "ends": dt.datetime(2026, 3, 12, 12)}
    record_change(activity, ChangeKind.EXTRA, now=NOW, **times)

    batch = stop_activity(activity, TENTH, now=NOW)
    stopped = Occurrence.objects.get(activity=activity, local_date=dt.date(2026, 3, 12)).status
    undo_batch(batch, now=NOW)

    row = Occurrence.objects.get(activity=activity, local_date=dt.date(2026, 3, 12))
    assert (stopped, row.status) == ("cancelled", "extra")


def test_an_extra_date_after_a_stop_takes_place(activity):
    stop_activity(activity, TENTH, now=NOW)
    times = {"starts": dt.datetime(2026, 3, 12, 10), "ends": dt.datetime(2026, 3, 12, 12)}

    record_change(activity, ChangeKind.EXTRA, now=NOW, **times)

    assert statuses(activity, 3) == ["03.03 planned", "10.03 cancelled", "12.03 extra"]


def test_a_new_stop_takes_the_place_of_the_old_until_it_is_taken_back(activity):
    old = stop_activity(activity, TENTH, now=NOW)

    new = stop_activity(activity, THIRD, now=NOW)
    both = statuses(activity, 2)
    undo_batch(new, now=NOW)
    first = statuses(activity, 2)
    undo_batch(old, now=NOW)

    assert both == ["03.03 cancelled", "10.03 cancelled"]
    assert first == ["03.03 planned", "10.03 cancelled"]
    assert statuses(activity, 2) == ["03.03 planned", "10.03 planned"]


def test_a_stop_that_was_taken_back_itself_does_not_come_back(activity):
    old = stop_activity(activity, TENTH, now=NOW)
    new = stop_activity(activity, THIRD, now=NOW)

    undo_batch(old, now=NOW)
    undo_batch(new, now=NOW)

    assert statuses(activity, 2) == ["03.03 planned", "10.03 planned"]


def test_a_stop_with_nothing_to_come_is_refused(venue):
    page = make_activity(venue, schedules=[make_schedule(until_on=dt.date(2026, 3, 10))])
    refresh_activity(page.pk, now=NOW)

    with pytest.raises(RuleError) as refused:
        stop_activity(page, SEVENTEENTH, now=NOW)

    assert refused.value.code == "no_dates"
    assert ChangeBatch.objects.count() == 0


def test_calendars_are_told_of_each_stopped_date_and_of_the_end(activity):
    stop_activity(activity, TENTH, now=NOW)

    text = CalendarEntry.objects.get(pk=activity.pk).ical
    assert text.count("STATUS:CANCELLED") == 78
    assert "UNTIL=20270831" in text


def test_the_history_tells_of_stop_and_undo(activity):
    user = make_user()
    batch = stop_activity(activity, TENTH, reason="Slut", by=user, now=NOW)
    undo_batch(batch, by=user, now=NOW)

    entries = PageLogEntry.objects.filter(page=activity, action__startswith="fristed.stop")
    told = {"day": "2026-03-10", "reason": "Slut"}
    assert [(row.action, row.data, row.user) for row in entries.order_by("pk")] == [
        ("fristed.stopped", told | {"batch": batch.pk}, user),
        ("fristed.stop_undone", told, user),
    ]
    assert "10" in entries.last().message


def test_closing_a_venue_cancels_the_chosen_dates_in_the_same_act(venue, activity):
    days = {"first_on": dt.date(2026, 3, 9), "until_on": dt.date(2026, 3, 18)}
    offered = list(dates_while_closed(venue.pk, *days.values(), now=NOW))

    close_venue(venue, offered[:1], reason="summer", note="Vi maler huset", now=NOW, **days)

    assert [date.original for date in offered] == [TENTH, SEVENTEENTH]
    assert statuses(activity, 3) == ["03.03 planned", "10.03 cancelled", "17.03 planned"]
    assert Occurrence.objects.get(local_date=TENTH.date()).reason == "Vi maler huset"
    assert OpeningException.objects.get().closed is True


def test_one_undo_opens_the_venue_and_gives_the_dates_back(venue, activity):
    days = {"first_on": dt.date(2026, 3, 9), "until_on": dt.date(2026, 3, 18)}
    offered = dates_while_closed(venue.pk, *days.values(), now=NOW)
    batch = close_venue(venue, offered, reason="summer", now=NOW, **days)

    undo_batch(batch, now=NOW)

    assert statuses(activity, 3) == ["03.03 planned", "10.03 planned", "17.03 planned"]
    assert OpeningException.objects.count() == 0


def test_an_undo_in_the_middle_of_closed_days_leaves_what_has_passed(venue, activity):
    closure = make_exception(venue, dt.date(2026, 3, 9), dt.date(2026, 3, 18))
    offered = dates_while_closed(venue.pk, closure.first_on, closure.until_on, now=NOW)
    batch = cancel_for_closure(closure, offered, now=NOW)

    undo_batch(batch, now=dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC))

    assert statuses(activity, 3) == ["03.03 planned", "10.03 cancelled", "17.03 planned"]
    assert OpeningException.objects.get().until_on == dt.date(2026, 3, 11)


def test_free_places_are_counted_between_none_and_all(venue):
    page = make_activity(venue, seats=2)
    date = Occurrence.objects.filter(activity=page).first()

    counts = [count_free_places(date, step, now=NOW) for step in (1, -1, -1, -1, 1)]

    date.refresh_from_db()
    assert (counts, date.free_seats) == ([2, 1, 0, 0, 1], 1)


def test_page_and_news_say_that_an_activity_has_stopped(client, activity, time_machine):
    time_machine.move_to(NOW, tick=False)
    stop_activity(activity, TENTH, reason="Kokken er flyttet", now=NOW)

    page = client.get("/steder/perlen/faellesspisning/").content.decode()
    news = client.get("/feed.rss").content.decode()

    assert page.count("change-cancelled") == 3  # the next ones; the list has them all
    assert news.count("<item>") == 1
    assert "Kokken er flyttet" in news
