"""Two weeks to count in, then the month is closed."""

import datetime as dt

import pytest

from activities.domain.counting import first_day, is_closed, may_count, next_month

SUPPER = dt.datetime(2026, 3, 3, 17, 30)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (dt.datetime(2026, 3, 3, 17, 29), False),
        (dt.datetime(2026, 3, 3, 17, 30), True),
        (dt.datetime(2026, 3, 17, 23, 59), True),
        (dt.datetime(2026, 3, 18, 0, 0), False),
    ],
)
def test_a_date_is_counted_from_its_beginning_and_for_two_weeks(now, may):
    assert may_count(SUPPER, now) is may


def test_a_month_is_closed_when_its_last_day_cannot_be_counted_any_more():
    march = dt.date(2026, 3, 1)

    assert [is_closed(march, dt.date(2026, 4, day)) for day in (14, 15)] == [False, True]
    assert first_day(dt.date(2026, 4, 14)) == dt.date(2026, 3, 31)


def test_december_is_followed_by_january():
    assert next_month(dt.date(2026, 12, 24)) == dt.date(2027, 1, 1)
