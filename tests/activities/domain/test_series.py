"""The series a calendar file is made of, by examples."""

import datetime as dt
from dataclasses import replace

import pytest

from activities.domain.rules import Frequency, Rule, Weeks
from activities.domain.series import Segment, segments

TUESDAY, THURSDAY = 1, 3
TUESDAYS = Rule(
    key="cafe",
    frequency=Frequency.WEEKLY,
    starts=dt.time(17, 30),
    ends=dt.time(19, 30),
    first_on=dt.date(2026, 11, 3),
    weekdays=(TUESDAY,),
)
MONTHLY = replace(TUESDAYS, frequency=Frequency.MONTHLY, nth=2, weekdays=(THURSDAY,))
ONCE = replace(TUESDAYS, frequency=Frequency.ONCE, weekdays=(), first_on=dt.date(2026, 11, 28))


def test_weekly_rule_is_one_series_that_begins_on_its_first_date() -> None:
    rule = replace(TUESDAYS, weekdays=(TUESDAY, THURSDAY), first_on=dt.date(2026, 11, 4))

    found = segments(rule, horizon=dt.date(2028, 5, 1))

    assert found == [
        Segment(
            "",
            dt.date(2026, 11, 5),
            {"freq": "WEEKLY", "interval": 1, "byday": ["TU", "TH"], "until": None},
        )
    ]


def test_series_ends_on_its_last_date_even_beyond_the_horizon() -> None:
    rule = replace(TUESDAYS, until_on=dt.date(2029, 12, 31))

    found = segments(rule, horizon=dt.date(2028, 5, 1))

    assert found == [
        Segment(
            "",
            dt.date(2026, 11, 3),
            {"freq": "WEEKLY", "interval": 1, "byday": ["TU"], "until": dt.date(2029, 12, 25)},
        )
    ]


def test_even_weeks_are_cut_where_week_53_breaks_the_rhythm() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.EVEN)

    found = segments(rule, horizon=dt.date(2028, 5, 1))

    assert found == [
        Segment(
            "2021",
            dt.date(2026, 11, 10),
            {"freq": "WEEKLY", "interval": 2, "byday": ["TU"], "until": dt.date(2026, 12, 22)},
        ),
        Segment(
            "2027",
            dt.date(2027, 1, 12),
            {"freq": "WEEKLY", "interval": 2, "byday": ["TU"], "until": dt.date(2032, 12, 21)},
        ),
    ]


def test_odd_weeks_are_cut_between_week_53_and_week_1() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.ODD, until_on=dt.date(2027, 1, 5))

    found = segments(rule, horizon=dt.date(2028, 5, 1))

    assert found == [
        Segment(
            "2021",
            dt.date(2026, 11, 3),
            {"freq": "WEEKLY", "interval": 2, "byday": ["TU"], "until": dt.date(2026, 12, 29)},
        ),
        Segment("2027", dt.date(2027, 1, 5), None),
    ]


def test_every_14_days_is_one_series() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=2, first_on=dt.date(2026, 11, 6))

    found = segments(rule, horizon=dt.date(2028, 5, 1))

    assert found == [
        Segment(
            "",
            dt.date(2026, 11, 17),
            {"freq": "WEEKLY", "interval": 2, "byday": ["TU"], "until": None},
        )
    ]


def test_weekdays_of_a_month_are_a_series_each() -> None:
    rule = replace(MONTHLY, nth=-1, weekdays=(TUESDAY, THURSDAY), until_on=dt.date(2026, 12, 29))

    found = segments(rule, horizon=dt.date(2028, 5, 1))

    assert found == [
        Segment(
            "tu",
            dt.date(2026, 11, 24),
            {"freq": "MONTHLY", "interval": 1, "byday": ["-1TU"], "until": dt.date(2026, 12, 29)},
        ),
        Segment("th", dt.date(2026, 11, 26), None),
    ]


def test_single_date_is_a_series_without_a_rule() -> None:
    found = segments(ONCE, horizon=dt.date(2028, 5, 1))

    assert found == [Segment("", dt.date(2026, 11, 28), None)]


@pytest.mark.parametrize("rule", [TUESDAYS, MONTHLY, ONCE, replace(TUESDAYS, weeks=Weeks.EVEN)])
def test_rule_that_begins_after_the_horizon_gives_no_series_yet(rule: Rule) -> None:
    assert segments(rule, horizon=dt.date(2026, 11, 2)) == []


def test_segment_knows_its_dates() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.EVEN)
    autumn, winter = segments(rule, horizon=dt.date(2028, 5, 1))
    christmas, epiphany = dt.date(2026, 12, 22), dt.date(2027, 1, 12)

    assert [autumn.covers(christmas), autumn.covers(epiphany)] == [True, False]
    assert [winter.covers(christmas), winter.covers(epiphany)] == [False, True]


def test_segment_of_one_weekday_does_not_cover_another() -> None:
    rule = replace(MONTHLY, weekdays=(TUESDAY, THURSDAY))
    tuesday, thursday = segments(rule, horizon=dt.date(2028, 5, 1))
    day = dt.date(2026, 12, 10)

    assert [tuesday.covers(day), thursday.covers(day)] == [False, True]


def test_segment_of_a_single_date_covers_that_only() -> None:
    [segment] = segments(ONCE, horizon=dt.date(2028, 5, 1))

    assert segment.covers(dt.date(2026, 11, 28))
    assert not segment.covers(dt.date(2026, 12, 5))
