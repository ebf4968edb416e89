"""Days as the demo's data files write them."""

import datetime as dt

import pytest

from pages.demo import days

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (0, dt.date(2026, 11, 23)),
        (-2, dt.date(2026, 11, 21)),
        ("friday", dt.date(2026, 11, 27)),
        ("monday -12", dt.date(2026, 8, 31)),
        ("sunday +1", dt.date(2026, 12, 6)),
        ("dec 24", dt.date(2026, 12, 24)),
        ("jan 1", dt.date(2027, 1, 1)),
        ("nov 20", dt.date(2026, 11, 20)),
        ("nov 13", dt.date(2027, 11, 13)),
        ("saturday after nov 24", dt.date(2026, 11, 28)),
        ("friday after dec 11", dt.date(2026, 12, 11)),
    ],
)
def test_day_is_counted_from_today(written: int | str, expected: dt.date) -> None:
    assert days.day(written, MONDAY) == expected


def test_christmas_eve_stays_this_years_until_new_year() -> None:
    assert days.day("dec 24", dt.date(2027, 1, 1)) == dt.date(2026, 12, 24)


def test_day_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="not a day: someday"):
        days.day("someday", MONDAY)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2026, 11, 23), (dt.date(2026, 10, 1), dt.date(2027, 3, 31))),
        (dt.date(2027, 4, 1), (dt.date(2027, 10, 1), dt.date(2028, 3, 31))),
    ],
)
def test_season_is_the_one_we_are_in_or_the_next(
    today: dt.date, expected: tuple[dt.date, dt.date]
) -> None:
    assert days.span("oct 1", "mar 31", today) == expected


def test_weekdays_may_be_ranges_and_single_days() -> None:
    assert days.weekdays("mon-tue,thu,sat-sun") == [0, 1, 3, 5, 6]


def test_moment_keeps_wall_time_in_copenhagen() -> None:
    moment = days.moment(MONDAY, days.clock("9:30"))

    assert moment.astimezone(dt.UTC) == dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)
