"""When the week's programme leaves, by the clock on the wall."""

import datetime as dt

from newsletter.domain.weeks import coming_week, due_at, week_to_send

SUNDAY, MONDAY, FRIDAY = 6, 0, 4
FOUR = dt.time(16)
WEEK_49 = dt.date(2026, 11, 30)


def utc(day: int, hour: int, minute: int = 0, *, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


def test_it_leaves_on_the_last_such_day_before_the_week_or_on_its_monday():
    assert due_at(WEEK_49, SUNDAY, FOUR) == utc(29, 15)
    assert due_at(WEEK_49, FRIDAY, FOUR) == utc(27, 15)
    assert due_at(WEEK_49, MONDAY, dt.time(7)) == utc(30, 6)


def test_four_oclock_stays_four_oclock_when_the_clocks_change():
    before, after = dt.date(2026, 10, 19), dt.date(2026, 10, 26)

    assert due_at(before, SUNDAY, FOUR) == utc(18, 14, month=10)
    assert due_at(after, SUNDAY, FOUR) == utc(25, 15, month=10)


def test_a_week_is_sent_from_its_time_on_and_not_when_a_day_of_it_is_gone():
    assert week_to_send(utc(29, 14, 59), SUNDAY, FOUR) is None
    assert week_to_send(utc(29, 15), SUNDAY, FOUR) == WEEK_49
    assert week_to_send(utc(30, 8, 59), SUNDAY, FOUR) == WEEK_49
    assert week_to_send(utc(30, 9), SUNDAY, FOUR) is None


def test_the_coming_week_is_the_one_whose_programme_leaves_next():
    assert coming_week(utc(29, 14, 59), SUNDAY, FOUR) == WEEK_49
    assert coming_week(utc(29, 15), SUNDAY, FOUR) == WEEK_49 + dt.timedelta(days=7)
    assert coming_week(utc(30, 5), MONDAY, dt.time(7)) == WEEK_49
