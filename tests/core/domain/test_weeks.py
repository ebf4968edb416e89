import datetime as dt

import pytest

from core.domain.weeks import (
    format_month,
    format_week,
    iso_week,
    month_grid,
    month_range,
    parse_month,
    parse_week,
    shift_month,
    shift_week,
    week_range,
)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (dt.date(2026, 11, 23), (2026, 48)),
        (dt.date(2025, 12, 31), (2026, 1)),
        (dt.date(2026, 12, 31), (2026, 53)),
        (dt.date(2027, 1, 1), (2026, 53)),
        (dt.date(2027, 1, 4), (2027, 1)),
    ],
)
def test_iso_week_belongs_to_the_year_of_its_thursday(day, week):
    assert iso_week(day) == week


def test_week_range_runs_from_monday_to_sunday_over_new_year():
    assert week_range(2026, 53) == (dt.date(2026, 12, 28), dt.date(2027, 1, 3))


@pytest.mark.parametrize(("year", "week"), [(2027, 53), (2026, 0), (0, 1), (9999, 60), (10000, 1)])
def test_week_range_refuses_weeks_that_do_not_exist(year, week):
    with pytest.raises(ValueError, match=r".+"):
        week_range(year, week)


@pytest.mark.parametrize("text", ["2026-W48", "2026-w48", " 2026-W48 "])
def test_parse_week_reads_an_iso_week(text):
    assert parse_week(text) == (2026, 48)


@pytest.mark.parametrize(
    "text", ["", "2026-48", "2027-W53", "2026-W00", "26-W48", "2026-W48-1", "٢٠٢٦-W48", "9999-W99"]
)
def test_parse_week_refuses_anything_else(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_week(text)


def test_parse_month_reads_a_month():
    assert parse_month("2026-12") == (2026, 12)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "12-2026", "0000-01", "2026-12-01"])
def test_parse_month_refuses_anything_else(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_month(text)


def test_formats_are_what_the_parsers_read():
    assert parse_week(format_week(2027, 1)) == (2027, 1)
    assert parse_month(format_month(2027, 1)) == (2027, 1)
    assert (format_week(2027, 1), format_month(2027, 1)) == ("2027-W01", "2027-01")


@pytest.mark.parametrize(
    ("month", "last"), [((2026, 12), 31), ((2027, 2), 28), ((2028, 2), 29), ((2026, 11), 30)]
)
def test_month_range_ends_on_the_last_day(month, last):
    assert month_range(*month) == (dt.date(*month, 1), dt.date(*month, last))


def test_shifting_crosses_the_year():
    assert shift_week(2026, 53, 1) == (2027, 1)
    assert shift_week(2027, 1, -1) == (2026, 53)
    assert shift_month(2026, 12, 1) == (2027, 1)
    assert shift_month(2027, 1, -13) == (2025, 12)


@pytest.mark.parametrize("shift", [(shift_week, 9999, 52), (shift_month, 9999, 12)])
def test_shifting_past_the_calendar_is_refused(shift):
    move, year, number = shift

    with pytest.raises(ValueError, match=r".+"):
        move(year, number, 1)


def test_month_grid_is_whole_weeks_from_monday():
    grid = month_grid(2026, 12)

    assert [week[0] for week in grid] == [
        dt.date(2026, 11, 30),
        dt.date(2026, 12, 7),
        dt.date(2026, 12, 14),
        dt.date(2026, 12, 21),
        dt.date(2026, 12, 28),
    ]
    assert grid[-1][-1] == dt.date(2027, 1, 3)
    assert {len(week) for week in grid} == {7}


def test_month_grid_of_a_february_that_fits_is_four_weeks():
    assert len(month_grid(2027, 2)) == 4
