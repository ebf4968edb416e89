import datetime as dt
import logging

import pytest
from wagtail.models import PageViewRestriction

from activities.actions import (
    drop_old_dates,
    refresh_activity,
    refresh_many,
    refresh_venue,
    stale_activities,
)
from activities.models import ActivityPage, CalendarEntry, Occurrence
from activities.signals import occurrences_changed
from activities.taxonomy import ChangeKind, HostStatus, PlaceKind
from core.models import ContentVersion
from tests.factories.activities import (
    make_activity,
    make_change,
    make_host,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TENTH = dt.datetime(2026, 3, 10, 17, 30)


def make(**fields):
    """Tuesdays 17.30 to 19.30, 3 to 24 March 2026, refreshed on 1 March."""
    plan = [make_schedule(until_on=dt.date(2026, 3, 24))]
    activity = make_activity(make_venue(), schedules=plan, refresh=False, **fields)
    refresh_activity(activity.pk, now=NOW)
    return activity


def dates(activity, *fields):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return list(rows.values_list(*(fields or ("recurrence_id", "status")), flat=len(fields) == 1))


def public(activity):
    entry = CalendarEntry.objects.get(pk=activity.pk)
    return (Occurrence.objects.public().filter(activity=activity).count(), entry.public)


def replan(activity, *, now=NOW, **fields):
    activity.schedules.update(**fields)
    refresh_activity(activity.pk, now=now)


def test_refresh_stores_every_date_of_the_plan(home):
    activity = make()

    assert dates(activity) == [
        ("20260303T173000", "planned"),
        ("20260310T173000", "planned"),
        ("20260317T173000", "planned"),
        ("20260324T173000", "planned"),
    ]
    first = Occurrence.objects.get(recurrence_id="20260303T173000")
    assert (first.starts_at, first.ends_at, first.local_date, first.venue_id, first.public) == (
        dt.datetime(2026, 3, 3, 16, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 3, 18, 30, tzinfo=dt.UTC),
        dt.date(2026, 3, 3),
        activity.get_parent().pk,
        True,
    )


def test_refresh_writes_nothing_the_second_time(home):
    activity = make()
    before = (dates(activity, "pk"), ContentVersion.current(), CalendarEntry.objects.values().get())

    changed = refresh_activity(activity.pk, now=NOW + dt.timedelta(hours=1))

    after = (dates(activity, "pk"), ContentVersion.current(), CalendarEntry.objects.values().get())
    assert (changed, after) == (False, before)


def test_refresh_of_nothing_says_so(home):
    assert refresh_activity(987654, now=NOW) is False


def test_a_draft_that_was_never_public_stores_nothing(home):
    activity = make(live=False)

    assert dates(activity) == []
    assert CalendarEntry.objects.count() == 0


def test_another_time_of_day_keeps_ids_and_free_places(home):
    activity = make()
    Occurrence.objects.filter(activity=activity).update(free_seats=4)
    before = dates(activity, "pk")

    replan(activity, starts=dt.time(18), ends=dt.time(20))

    assert dates(activity, "pk") == before
    assert dates(activity, "recurrence_id", "free_seats") == [
        ("20260303T180000", 4),
        ("20260310T180000", 4),
        ("20260317T180000", 4),
        ("20260324T180000", 4),
    ]


def test_a_longer_plan_keeps_the_dates_that_hold(home):
    activity = make()
    before = dates(activity, "pk")

    replan(activity, until_on=dt.date(2026, 3, 31))

    assert dates(activity, "pk")[:4] == before
    assert dates(activity, "recurrence_id")[4:] == ["20260331T173000"]


def test_dates_a_correction_removes_are_gone(home):
    activity = make()

    replan(activity, until_on=dt.date(2026, 3, 11))

    assert dates(activity) == [("20260303T173000", "planned"), ("20260310T173000", "planned")]


def test_a_correction_leaves_days_that_have_passed(home):
    activity = make()
    before = dates(activity, "pk")

    replan(activity, now=dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC), starts=dt.time(16))

    assert dates(activity, "pk") == before
    assert dates(activity, "recurrence_id") == [
        "20260303T173000",
        "20260310T173000",
        "20260317T160000",
        "20260324T160000",
    ]


def test_another_weekday_adds_no_dates_in_the_past(home):
    activity = make()

    replan(activity, now=dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC), weekdays=[2])

    assert dates(activity, "recurrence_id") == [
        "20260303T173000",
        "20260310T173000",
        "20260318T173000",
    ]


def test_a_change_of_a_past_date_is_shown_on_it(home):
    activity = make()
    later = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)

    change = make_change(activity, TENTH, reason="Sygdom", refresh=False)
    refresh_activity(activity.pk, now=later)
    cancelled = dates(activity, "status", "reason")
    change.undone_at = later
    change.save()
    refresh_activity(activity.pk, now=later)

    assert cancelled[1] == ("cancelled", "Sygdom")
    assert dates(activity, "status", "reason")[1] == ("planned", "")


def test_a_new_activity_has_its_last_six_months(home):
    activity = make_activity(
        make_venue(), schedules=[make_schedule(dt.date(2025, 1, 7))], refresh=False
    )

    refresh_activity(activity.pk, now=NOW)

    assert dates(activity, "local_date")[0] == dt.date(2025, 9, 2)


def test_an_open_plan_ends_at_the_horizon(home):
    activity = make_activity(make_venue(), schedules=[make_schedule()], refresh=False)

    refresh_activity(activity.pk, now=NOW)

    assert dates(activity, "local_date")[-1] == dt.date(2027, 8, 31)
    entry = CalendarEntry.objects.get(pk=activity.pk)
    assert entry.refreshed_until == dt.date(2027, 9, 1)


def test_a_cancelled_date_stays_and_is_told(home):
    activity = make()
    before = dates(activity, "pk")

    make_change(activity, TENTH, reason="Sygdom", refresh=False)
    refresh_activity(activity.pk, now=NOW)

    assert dates(activity, "pk") == before
    assert dates(activity, "status", "reason", "public")[1] == ("cancelled", "Sygdom", True)


def test_a_cancelled_date_stays_cancelled_when_the_time_of_day_changes(home):
    activity = make()
    make_change(activity, TENTH, reason="Sygdom", refresh=False)
    refresh_activity(activity.pk, now=NOW)

    replan(activity, starts=dt.time(18), ends=dt.time(20))

    assert dates(activity, "recurrence_id", "status")[1] == ("20260310T180000", "cancelled")


def test_a_cancelled_line_that_is_taken_out_cancels_nothing_else_that_day(home):
    evening = make_schedule(until_on=dt.date(2026, 3, 10))
    morning = make_schedule(
        key="plan2", starts="10.00", ends="12.00", until_on=dt.date(2026, 3, 10)
    )
    activity = make_activity(make_venue(), schedules=[evening, morning], refresh=False)
    refresh_activity(activity.pk, now=NOW)
    make_change(activity, dt.datetime(2026, 3, 10, 10), refresh=False)
    refresh_activity(activity.pk, now=NOW)

    activity.schedules.filter(key="plan2").delete()
    refresh_activity(activity.pk, now=NOW)

    assert dates(activity) == [("20260303T173000", "planned"), ("20260310T173000", "planned")]


def test_a_date_moved_ahead_is_no_trouble_when_six_months_have_passed(home):
    plan = [make_schedule(dt.date(2026, 3, 10), frequency="once", weekdays=[])]
    activity = make_activity(make_venue(), schedules=plan, refresh=False)
    moved = {"starts_on": dt.date(2026, 3, 5), "starts_at": dt.time(15), "ends_at": dt.time(17)}
    make_change(activity, TENTH, ChangeKind.MOVED, refresh=False, **moved)
    refresh_activity(activity.pk, now=NOW)

    refresh_activity(activity.pk, now=dt.datetime(2026, 9, 7, 12, tzinfo=dt.UTC))

    assert dates(activity, "recurrence_id", "local_date") == [
        ("20260310T173000", dt.date(2026, 3, 5))
    ]


def test_a_moved_date_keeps_its_id_and_its_address(home):
    activity = make()
    before = Occurrence.objects.get(activity=activity, recurrence_id="20260310T173000")

    make_change(
        activity,
        TENTH,
        ChangeKind.MOVED,
        starts_on=dt.date(2026, 3, 12),
        starts_at=dt.time(15),
        ends_at=dt.time(17),
        refresh=False,
    )
    refresh_activity(activity.pk, now=NOW)

    after = Occurrence.objects.get(pk=before.pk)
    assert (after.recurrence_id, after.local_date, after.starts_at, after.status) == (
        "20260310T173000",
        dt.date(2026, 3, 12),
        dt.datetime(2026, 3, 12, 14, tzinfo=dt.UTC),
        "moved",
    )


def test_a_plan_that_cannot_be_used_keeps_the_last_good_dates(home, caplog):
    activity = make()
    before = dates(activity)
    caplog.set_level(logging.WARNING)

    replan(activity, weekdays=[])

    entry = CalendarEntry.objects.get(pk=activity.pk)
    assert (dates(activity), entry.problem, entry.public) == (before, "no_weekday", True)
    assert f"activity {activity.pk} has a plan that cannot be used" in caplog.text


def test_a_mended_plan_is_no_problem_any_more(home):
    activity = make()
    replan(activity, weekdays=[])

    replan(activity, weekdays=[1], until_on=dt.date(2026, 3, 11))

    entry = CalendarEntry.objects.get(pk=activity.pk)
    assert (len(dates(activity)), entry.problem) == (2, "")


def test_sequence_goes_up_only_with_the_text(home):
    activity = make()
    first = CalendarEntry.objects.get(pk=activity.pk)
    later = NOW + dt.timedelta(days=1)

    refresh_activity(activity.pk, now=later)
    same = CalendarEntry.objects.get(pk=activity.pk)
    make_change(activity, TENTH, refresh=False)
    refresh_activity(activity.pk, now=later)
    second = CalendarEntry.objects.get(pk=activity.pk)

    assert (first.sequence, first.changed_at) == (0, NOW)
    assert (same.sequence, same.changed_at, same.ical) == (0, NOW, first.ical)
    assert (second.sequence, second.changed_at) == (1, later)
    assert "STATUS:CANCELLED" in second.ical


def test_a_change_is_told_once_it_is_stored(home, django_capture_on_commit_callbacks):
    activity = make()
    told = []

    def listen(sender, activity_id, **kwargs):
        told.append(activity_id)

    occurrences_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        make_change(activity, TENTH, refresh=False)
        refresh_activity(activity.pk, now=NOW)
        refresh_activity(activity.pk, now=NOW)
    occurrences_changed.disconnect(listen)

    assert told == [activity.pk]


def test_nothing_is_public_below_an_unpublished_venue(home):
    activity = make()

    activity.get_parent().specific.unpublish()

    assert public(activity) == (0, False)


def test_nothing_is_public_below_a_restricted_page(home):
    activity = make()

    restriction = PageViewRestriction.objects.create(page=home.venues, restriction_type="login")
    behind = public(activity)
    restriction.delete()

    assert behind == (0, False)
    assert public(activity) == (4, True)


def test_an_expired_activity_is_not_public_before_wagtail_notices(home):
    activity = make()
    ActivityPage.objects.filter(pk=activity.pk).update(expire_at=NOW)

    refresh_activity(activity.pk, now=NOW)

    assert public(activity) == (0, False)


def test_a_shared_event_is_public_while_one_of_its_hosts_is(home):
    lead, other = make_venue("Perlen"), make_venue("Ankeret")
    event = make_shared_event(
        home.shared, lead, other, schedules=[make_schedule(until_on=dt.date(2026, 3, 3))]
    )
    refresh_activity(event.pk, now=NOW)
    both = public(event)

    lead.unpublish()
    one = public(event)
    other.unpublish()

    assert (both, one, public(event)) == ((1, True), (1, True), (0, False))


def test_an_invited_venue_does_not_make_an_event_public(home):
    lead, other = make_venue("Perlen", live=False), make_venue("Ankeret")
    event = make_shared_event(home.shared, lead, other, accepted=False)

    refresh_activity(event.pk, now=NOW)

    assert public(event)[1] is False


def test_an_event_is_shared_when_somebody_else_holds_it_too(home):
    activity = make()
    make_host(activity, make_venue("Ankeret"), status=HostStatus.INVITED)
    invited = dates(activity, "shared")[0]

    activity.hosts.update(status=HostStatus.ACCEPTED)
    refresh_activity(activity.pk, now=NOW)

    assert (invited, dates(activity, "shared")[0]) == (False, True)


def test_refresh_venue_reaches_own_hosted_and_located_activities(home):
    venue, other = make_venue("Perlen"), make_venue("Ankeret")
    own = make_activity(venue, "Banko", refresh=False)
    hosted = make_shared_event(home.shared, other, venue, refresh=False)
    located = make_activity(
        other, "Yoga", place_kind=PlaceKind.OTHER_VENUE, place_venue=venue, refresh=False
    )
    make_activity(other, "Kor", refresh=False)
    CalendarEntry.objects.all().delete()
    Occurrence.objects.all().delete()

    refresh_venue(venue.pk, now=NOW)

    refreshed = CalendarEntry.objects.values_list("pk", flat=True)
    assert set(refreshed) == {own.pk, hosted.pk, located.pk}


def test_one_failing_activity_does_not_stop_the_others(home, monkeypatch, caplog):
    venue = make_venue()
    first = make_activity(venue, "Banko", refresh=False)
    second = make_activity(venue, "Yoga", refresh=False)
    break_title = "Banko"
    real = ActivityPage.get_activity_type_display

    def broken(self):
        if self.title == break_title:
            raise RuntimeError("broken page")
        return real(self)

    monkeypatch.setattr(ActivityPage, "get_activity_type_display", broken)
    changed = refresh_many([first.pk, second.pk], now=NOW)

    assert (changed, list(CalendarEntry.objects.values_list("pk", flat=True))) == (1, [second.pk])
    assert f"activity {first.pk} could not be refreshed" in caplog.text


def test_stale_activities_are_those_whose_page_says_something_else(home):
    activity, unseen = make(), make_activity(make_venue("Ankeret"), refresh=False)
    hidden = make_activity(make_venue("Lyset", live=False), "Yoga", refresh=False)
    refresh_activity(hidden.pk, now=NOW)
    missing = stale_activities(now=NOW)
    refresh_activity(unseen.pk, now=NOW)

    none = stale_activities(now=NOW)
    ActivityPage.objects.filter(pk=activity.pk).update(live=False)
    ActivityPage.objects.filter(pk=unseen.pk).update(url_path="/et/andet/sted/")

    assert missing == [unseen.pk]
    assert none == []
    assert stale_activities(now=NOW) == [activity.pk, unseen.pk]


def test_dates_are_dropped_after_thirteen_months(home):
    activity = make()

    dropped = drop_old_dates(now=dt.datetime(2027, 4, 12, tzinfo=dt.UTC))

    assert dropped == 2
    assert dates(activity, "recurrence_id") == ["20260317T173000", "20260324T173000"]


@pytest.mark.parametrize("count", [1, 30])
def test_refresh_asks_the_same_number_of_questions_for_any_plan(
    home, count, django_assert_num_queries
):
    until = dt.date(2026, 3, 3) + dt.timedelta(weeks=count - 1)
    activity = make_activity(make_venue(), schedules=[make_schedule(until_on=until)], refresh=False)
    refresh_activity(activity.pk, now=NOW)
    replan(activity, now=NOW, ends=dt.time(20))

    with django_assert_num_queries(16):
        refresh_activity(activity.pk, now=NOW)
