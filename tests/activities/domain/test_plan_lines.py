"""Dates become lines of a plan that an editor can read."""

import datetime as dt

from activities.domain.plan_lines import plan_lines, with_keys
from activities.domain.rules import Break, Frequency, Rule, Weeks

LAST = dt.date(2026, 12, 31)
TUESDAY = dt.datetime(2026, 3, 3, 17, 30)


def spans(*starts: dt.datetime, hours: int = 2) -> list[tuple[dt.datetime, dt.datetime]]:
    return [(start, start + dt.timedelta(hours=hours)) for start in starts]


def weeks(count: int, step: int = 1, first: dt.datetime = TUESDAY) -> list[dt.datetime]:
    return [first + dt.timedelta(weeks=step * number) for number in range(count)]


def weekly(**fields: object) -> Rule:
    values = {
        "key": "",
        "frequency": Frequency.WEEKLY,
        "starts": dt.time(17, 30),
        "ends": dt.time(19, 30),
        "first_on": TUESDAY.date(),
        "weekdays": (1,),
    }
    return Rule(**{**values, **fields})


def once(day: dt.date) -> Rule:
    return Rule("", Frequency.ONCE, dt.time(17, 30), dt.time(19, 30), day)


def test_dates_of_every_week_are_one_line_with_an_end():
    found = plan_lines(spans(*weeks(6)), last=LAST)

    assert found == ([weekly(until_on=dt.date(2026, 4, 7))], [])


def test_dates_that_reach_the_end_of_the_window_have_no_end():
    found = plan_lines(spans(*weeks(44)), last=LAST)

    assert found == ([weekly()], [])


def test_dates_of_every_second_week_are_one_line():
    found = plan_lines(spans(*weeks(4, step=2)), last=LAST)

    rule = weekly(until_on=dt.date(2026, 4, 14), weeks=Weeks.NTH, interval=2)
    assert found == ([rule], [])


def test_dates_on_two_days_of_the_week_are_one_line():
    thursday = TUESDAY + dt.timedelta(days=2)

    found = plan_lines(spans(*weeks(3), *weeks(3, first=thursday)), last=LAST)

    assert found == ([weekly(weekdays=(1, 3), until_on=dt.date(2026, 3, 19))], [])


def test_dates_left_out_are_breaks():
    starts = weeks(10)
    del starts[3:5]

    found = plan_lines(spans(*starts), last=LAST)

    assert found == (
        [weekly(until_on=dt.date(2026, 5, 5))],
        [Break(dt.date(2026, 3, 24), dt.date(2026, 3, 31))],
    )


def test_dates_of_the_first_tuesday_of_the_month_are_one_line():
    days = [dt.datetime(2026, month, day, 17, 30) for month, day in ((3, 3), (4, 7), (5, 5))]

    found = plan_lines(spans(*days), last=LAST)

    rule = weekly(frequency=Frequency.MONTHLY, until_on=dt.date(2026, 5, 5), nth=1, weekdays=(1,))
    assert found == ([rule], [])


def test_dates_without_a_rhythm_are_lines_of_their_own():
    days = [TUESDAY, TUESDAY + dt.timedelta(days=9), TUESDAY + dt.timedelta(days=20)]

    found = plan_lines(spans(*days), last=LAST)

    assert found == ([once(day.date()) for day in days], [])


def test_two_dates_are_no_rule():
    assert plan_lines(spans(*weeks(2)), last=LAST) == (
        [once(dt.date(2026, 3, 3)), once(dt.date(2026, 3, 10))],
        [],
    )


def test_line_that_goes_on_keeps_its_key():
    old = [weekly(key="gammel", until_on=dt.date(2026, 4, 7))]

    found = with_keys([weekly(), once(dt.date(2026, 3, 5))], old, ["ny1", "ny2"])

    assert [rule.key for rule in found] == ["gammel", "ny1"]
