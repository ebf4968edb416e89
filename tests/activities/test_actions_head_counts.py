"""How many came: counted, counted anew, taken back, and refused when it cannot be right."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.actions import count_heads, record_change, withdraw_count
from activities.models import HeadCount, Occurrence
from activities.taxonomy import ChangeKind
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

AFTER = dt.datetime(2026, 3, 3, 20, 0, tzinfo=dt.UTC)  # Tuesday 21.00 in Denmark


@pytest.fixture
def activity(home, time_machine):
    """Tuesdays 17.30 to 19.30 in March 2026."""
    time_machine.move_to(AFTER, tick=False)
    plan = make_schedule(until_on=dt.date(2026, 3, 31))
    return make_activity(make_venue(), schedules=[plan])


def date_of(activity, day):
    return Occurrence.objects.get(activity=activity, local_date=dt.date(2026, 3, day))


def standing():
    return list(HeadCount.objects.standing().values_list("title", "local_date", "number"))


def test_a_count_holds_a_number_a_day_and_nobody(activity):
    user = make_user()

    count = count_heads(date_of(activity, 3), 14, by=user, now=AFTER)

    assert standing() == [("Fællesspisning", dt.date(2026, 3, 3), 14)]
    assert (count.counted_by, count.venue_id) == (user, activity.get_parent().pk)


def test_counting_anew_keeps_what_stood_there(activity):
    date = date_of(activity, 3)
    count_heads(date, 14, now=AFTER)

    count_heads(date, 15, now=AFTER)
    count_heads(date, 15, now=AFTER)

    assert standing() == [("Fællesspisning", dt.date(2026, 3, 3), 15)]
    assert list(HeadCount.objects.order_by("pk").values_list("number", flat=True)) == [14, 15]


def test_a_count_can_be_taken_back_once(activity):
    count = count_heads(date_of(activity, 3), 14, now=AFTER)

    done = [withdraw_count(count, now=AFTER) for _ in range(2)]

    assert (done, standing()) == ([True, False], [])


@pytest.mark.parametrize("number", [-1, 1000])
def test_a_number_that_cannot_be_is_refused(activity, number):
    with pytest.raises(ValidationError, match="Skriv et tal fra 0 til 999"):
        count_heads(date_of(activity, 3), number, now=AFTER)


def test_a_date_that_has_not_begun_is_refused(activity):
    with pytest.raises(ValidationError, match="ikke begyndt"):
        count_heads(date_of(activity, 10), 3, now=AFTER)


def test_a_cancelled_date_is_refused(activity):
    date = date_of(activity, 3)
    record_change(activity, ChangeKind.CANCELLED, original=date.original, now=AFTER)

    with pytest.raises(ValidationError, match="aflyst"):
        count_heads(date, 3, now=AFTER)


def test_after_two_weeks_nothing_is_counted_nor_taken_back(activity):
    date = date_of(activity, 3)
    count = count_heads(date, 14, now=AFTER)
    later = AFTER + dt.timedelta(days=15)

    with pytest.raises(ValidationError, match="mere end to uger"):
        count_heads(date, 13, now=later)
    with pytest.raises(ValidationError, match="mere end to uger"):
        withdraw_count(count, now=later)
    assert standing() == [("Fællesspisning", dt.date(2026, 3, 3), 14)]


def test_a_shared_event_is_counted_once_for_its_main_host(home, time_machine):
    time_machine.move_to(AFTER, tick=False)
    lead, other = make_venue("Stuen"), make_venue("Kahytten")
    event = make_shared_event(home.shared, lead, other)

    count = count_heads(date_of(event, 3), 60, now=AFTER)

    assert count.venue_id == lead.pk


def test_a_count_stays_when_the_activity_is_deleted(activity):
    count_heads(date_of(activity, 3), 14, now=AFTER)

    activity.delete()

    assert standing() == [("Fællesspisning", dt.date(2026, 3, 3), 14)]


def test_months_are_summed_in_one_query(activity, django_assert_num_queries):
    later = AFTER + dt.timedelta(days=8)
    count_heads(date_of(activity, 3), 14, now=later)
    count_heads(date_of(activity, 10), 6, now=later)

    with django_assert_num_queries(1):
        rows = list(HeadCount.objects.standing().by_month())

    venue = activity.get_parent().pk
    assert rows == [{"venue_id": venue, "month": dt.date(2026, 3, 1), "people": 20, "dates": 2}]
