import datetime as dt

import pytest

from core.domain.dates import (
    Distance,
    Near,
    Unit,
    age,
    day_bounds,
    instant,
    local_day,
    local_time,
    near,
    until,
)

TODAY = dt.date(2026, 11, 23)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        (utc(2026, 11, 23, 12, 40), dt.datetime(2026, 11, 23, 13, 40)),
        (utc(2026, 7, 1, 22, 30), dt.datetime(2026, 7, 2, 0, 30)),
        (utc(2026, 10, 25, 0, 30), dt.datetime(2026, 10, 25, 2, 30)),
        (utc(2026, 10, 25, 1, 30), dt.datetime(2026, 10, 25, 2, 30)),
    ],
)
def test_local_time_is_what_the_clock_on_the_wall_shows(moment, local):
    assert local_time(moment) == local
    assert local_day(moment) == local.date()


def test_a_moment_without_zone_is_refused():
    naive = dt.datetime(2026, 11, 23, 12)

    for function in (local_time, local_day):
        with pytest.raises(ValueError, match="time zone"):
            function(naive)


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        (dt.datetime(2026, 11, 23, 13, 40), utc(2026, 11, 23, 12, 40)),
        (dt.datetime(2026, 7, 2, 0, 30), utc(2026, 7, 1, 22, 30)),
        (dt.datetime(2026, 3, 29, 2, 30), utc(2026, 3, 29, 1, 30)),
        (dt.datetime(2026, 10, 25, 2, 30), utc(2026, 10, 25, 0, 30)),
    ],
)
def test_instant_turns_wall_time_into_utc_also_when_clocks_change(local, moment):
    assert instant(local) == moment


def test_instant_of_an_hour_shown_twice_is_never_in_the_past():
    local = dt.datetime(2026, 10, 25, 2, 30)

    assert instant(local, after=utc(2026, 10, 25, 0, 45)) == utc(2026, 10, 25, 1, 30)


def test_instant_refuses_a_moment_that_has_a_zone():
    with pytest.raises(ValueError, match="no time zone"):
        instant(utc(2026, 11, 23, 12))


@pytest.mark.parametrize(
    ("day", "hours"),
    [(dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25), (TODAY, 24)],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day, hours):
    begins, ends = day_bounds(day)

    assert ends - begins == dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("ahead", "name"),
    [
        (-2, Near.OTHER),
        (-1, Near.YESTERDAY),
        (0, Near.TODAY),
        (1, Near.TOMORROW),
        (2, Near.THIS_WEEK),
        (6, Near.THIS_WEEK),
        (7, Near.OTHER),
    ],
)
def test_near_gives_the_coming_six_days_a_name(ahead, name):
    assert near(TODAY + dt.timedelta(days=ahead), TODAY) == name


@pytest.mark.parametrize(
    ("days", "distance"),
    [
        (-1, Distance(0, Unit.DAY)),
        (0, Distance(0, Unit.DAY)),
        (6, Distance(6, Unit.DAY)),
        (7, Distance(1, Unit.WEEK)),
        (21, Distance(3, Unit.WEEK)),
        (62, Distance(8, Unit.WEEK)),
        (63, Distance(2, Unit.MONTH)),
        (364, Distance(11, Unit.MONTH)),
        (365, Distance(1, Unit.YEAR)),
    ],
)
def test_age_is_told_in_the_largest_useful_unit(days, distance):
    assert age(TODAY - dt.timedelta(days=days), TODAY) == distance


@pytest.mark.parametrize(
    ("seconds", "distance"),
    [
        (-60, Distance(0, Unit.MINUTE)),
        (3000, Distance(50, Unit.MINUTE)),
        (2999, Distance(50, Unit.MINUTE)),
        (3541, Distance(1, Unit.HOUR)),
        (7200, Distance(2, Unit.HOUR)),
        (10799, Distance(3, Unit.HOUR)),
    ],
)
def test_until_is_told_in_minutes_below_an_hour(seconds, distance):
    now = dt.datetime(2026, 11, 23, 13, 40)

    assert until(now + dt.timedelta(seconds=seconds), now) == distance
