"""Which days a rule gives, by examples counted in a paper calendar, and which it may not ask."""

import datetime as dt
from dataclasses import replace

import pytest

from activities.domain.dates import MAX_DATES, check_change, check_rule, rule_dates
from activities.domain.rules import (
    Change,
    ChangeKind,
    Frequency,
    Rule,
    RuleError,
    Weeks,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
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
NOVEMBER = {"start": dt.date(2026, 11, 1), "end": dt.date(2026, 11, 30)}
NEW_YEAR = {"start": dt.date(2026, 12, 7), "end": dt.date(2027, 1, 31)}


def days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


def test_weekly_rule_gives_its_weekdays_in_the_window() -> None:
    rule = replace(TUESDAYS, weekdays=(TUESDAY, THURSDAY))

    found = rule_dates(rule, start=dt.date(2026, 11, 10), end=dt.date(2026, 11, 19))

    assert found == days("2026-11-10", "2026-11-12", "2026-11-17", "2026-11-19")


def test_weekly_rule_keeps_its_first_and_last_day() -> None:
    rule = replace(TUESDAYS, first_on=dt.date(2026, 11, 10), until_on=dt.date(2026, 11, 24))

    found = rule_dates(rule, start=dt.date(2026, 1, 1), end=dt.date(2027, 12, 31))

    assert found == days("2026-11-10", "2026-11-17", "2026-11-24")


def test_even_weeks_pause_for_three_weeks_over_week_53() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.EVEN)

    found = rule_dates(rule, **NEW_YEAR)

    assert found == days("2026-12-08", "2026-12-22", "2027-01-12", "2027-01-26")


def test_odd_weeks_come_two_weeks_running_over_week_53() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.ODD)

    found = rule_dates(rule, **NEW_YEAR)

    assert found == days("2026-12-15", "2026-12-29", "2027-01-05", "2027-01-19")


def test_every_14_days_does_not_care_about_week_53() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=2)

    found = rule_dates(rule, **NEW_YEAR)

    assert found == days("2026-12-15", "2026-12-29", "2027-01-12", "2027-01-26")


def test_every_third_week_does_not_care_about_week_53() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=3)

    found = rule_dates(rule, **NEW_YEAR)

    assert found == days("2026-12-15", "2027-01-05", "2027-01-26")


def test_every_week_does_not_care_about_week_53() -> None:
    found = rule_dates(TUESDAYS, start=dt.date(2026, 12, 22), end=dt.date(2027, 1, 12))

    assert found == days("2026-12-22", "2026-12-29", "2027-01-05", "2027-01-12")


def test_every_14_days_counts_from_the_week_of_the_first_day() -> None:
    """A Friday start: that week's Tuesday is past, and the next is in the third week."""
    rule = replace(
        TUESDAYS,
        weeks=Weeks.NTH,
        interval=2,
        weekdays=(TUESDAY, FRIDAY),
        first_on=dt.date(2026, 11, 6),
    )

    found = rule_dates(rule, **NOVEMBER)

    assert found == days("2026-11-06", "2026-11-17", "2026-11-20")


def test_second_thursday_of_each_month() -> None:
    found = rule_dates(MONTHLY, start=dt.date(2026, 11, 1), end=dt.date(2027, 2, 28))

    assert found == days("2026-11-12", "2026-12-10", "2027-01-14", "2027-02-11")


def test_last_friday_of_each_month_is_the_fourth_or_the_fifth() -> None:
    rule = replace(MONTHLY, nth=-1, weekdays=(FRIDAY,))

    found = rule_dates(rule, start=dt.date(2026, 12, 1), end=dt.date(2027, 4, 30))

    assert found == days("2026-12-25", "2027-01-29", "2027-02-26", "2027-03-26", "2027-04-30")


def test_last_tuesday_of_february_may_be_the_leap_day() -> None:
    rule = replace(MONTHLY, nth=-1, weekdays=(TUESDAY,))

    found = rule_dates(rule, start=dt.date(2028, 2, 1), end=dt.date(2028, 3, 31))

    assert found == days("2028-02-29", "2028-03-28")


def test_each_of_several_weekdays_of_a_month_is_counted_for_itself() -> None:
    rule = replace(MONTHLY, nth=1, weekdays=(MONDAY, WEDNESDAY))

    found = rule_dates(rule, start=dt.date(2026, 12, 1), end=dt.date(2027, 1, 31))

    assert found == days("2026-12-02", "2026-12-07", "2027-01-04", "2027-01-06")


def test_weekly_rule_gives_the_leap_day() -> None:
    found = rule_dates(TUESDAYS, start=dt.date(2028, 2, 22), end=dt.date(2028, 3, 7))

    assert found == days("2028-02-22", "2028-02-29", "2028-03-07")


def test_single_date_is_given_once() -> None:
    inside = rule_dates(ONCE, **NOVEMBER)
    outside = rule_dates(ONCE, start=dt.date(2026, 12, 1), end=dt.date(2026, 12, 31))

    assert (inside, outside) == (days("2026-11-28"), [])


def test_window_that_ends_before_it_starts_gives_nothing() -> None:
    found = rule_dates(TUESDAYS, start=dt.date(2026, 11, 30), end=dt.date(2026, 11, 1))

    assert found == []


def test_unchecked_rule_of_a_half_filled_form_does_not_break() -> None:
    rule = replace(TUESDAYS, weekdays=(), weeks=Weeks.NTH, interval=0)

    assert rule_dates(rule, **NOVEMBER) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until_on": dt.date(2026, 11, 2)}, "ends_before_start"),
        ({"weekdays": ()}, "no_weekday"),
        ({"weekdays": (1, 7)}, "bad_weekday"),
        ({"weeks": Weeks.NTH, "interval": 0}, "bad_interval"),
        ({"weeks": Weeks.NTH, "interval": 53}, "bad_interval"),
        ({"frequency": Frequency.MONTHLY}, "bad_nth"),
        ({"frequency": Frequency.MONTHLY, "nth": 5}, "bad_nth"),
        ({"until_on": dt.date(2026, 11, 3), "weekdays": (FRIDAY,)}, "no_dates"),
        ({"until_on": dt.date(2126, 1, 1)}, "too_many_dates"),
        ({"first_on": dt.date(1926, 1, 1)}, "out_of_range"),
        ({"until_on": dt.date(9999, 12, 31)}, "out_of_range"),
    ],
)
def test_impossible_rule_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_rule(replace(TUESDAYS, **change))

    assert refused.value.code == code


@pytest.mark.parametrize(
    "rule",
    [
        TUESDAYS,
        MONTHLY,
        ONCE,
        replace(ONCE, until_on=dt.date(2026, 1, 1)),
        replace(TUESDAYS, weekdays=tuple(range(7))),
        replace(TUESDAYS, weeks=Weeks.NTH, interval=52),
        replace(TUESDAYS, starts=dt.time(10), ends=dt.time(10)),
    ],
)
def test_sound_rule_passes(rule: Rule) -> None:
    assert check_rule(rule) is None


def test_two_thousand_dates_pass_and_one_more_is_refused() -> None:
    last = TUESDAYS.first_on + dt.timedelta(weeks=MAX_DATES - 1)
    check_rule(replace(TUESDAYS, until_on=last))

    with pytest.raises(RuleError, match="too_many_dates"):
        check_rule(replace(TUESDAYS, until_on=last + dt.timedelta(weeks=1)))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change(ChangeKind.CANCELLED, None), "no_original"),
        (Change(ChangeKind.EXTRA, None), "no_start"),
        (Change(ChangeKind.EXTRA, None, dt.datetime(2026, 11, 7, 10)), "no_end"),
        (
            Change(
                ChangeKind.MOVED,
                dt.datetime(2026, 11, 3, 17, 30),
                dt.datetime(2026, 11, 4, 17, 30),
                dt.datetime(2026, 11, 4, 17, 30),
            ),
            "ends_before_start",
        ),
    ],
)
def test_impossible_change_is_refused(change: Change, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_change(change)

    assert refused.value.code == code
