"""Years, halves and quarters."""

import datetime as dt

import pytest

from initiatives.domain.periods import Period, Rhythm, period_of, periods_back, read_period


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026-H1", dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        ("2026-H2", dt.date(2026, 7, 1), dt.date(2026, 12, 31)),
        ("2028-K1", dt.date(2028, 1, 1), dt.date(2028, 3, 31)),
        ("2026-K4", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
    ],
)
def test_a_code_is_read_and_written_the_same(code, first, last):
    period = read_period(code)

    assert (period, period.code) == (Period(first, last), code)


@pytest.mark.parametrize("code", ["", "26", "2026-H3", "2026-K0", "1999", "2101", "2026-H1 "])
def test_what_is_no_code_is_no_period(code):
    assert read_period(code) is None


def test_a_day_lies_in_one_period_of_each_rhythm():
    day = dt.date(2026, 11, 23)

    codes = [period_of(day, rhythm).code for rhythm in Rhythm]

    assert codes == ["2026", "2026-H2", "2026-K4"]


def test_periods_go_back_without_holes():
    found = list(periods_back(dt.date(2026, 2, 1), Rhythm.QUARTER, 3))

    assert [period.code for period in found] == ["2026-K1", "2025-K4", "2025-K3"]
    assert found[0].months == [dt.date(2026, month, 1) for month in (1, 2, 3)]
