"""How the rows of a schedule come together before anybody puts them into words."""

import datetime as dt
from dataclasses import replace

from activities.domain.describe import Monthly, Pause, Single, Span, Times, Weekly, describe
from activities.domain.rules import Break, Frequency, Rule, Weeks

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = range(4)
TODAY = dt.date(2026, 11, 23)
EVENING = Times(dt.time(17, 30), dt.time(19, 30))
MORNING = Times(dt.time(9), dt.time(11))
TUESDAYS = Rule(
    key="cafe",
    frequency=Frequency.WEEKLY,
    starts=EVENING.starts,
    ends=EVENING.ends,
    first_on=dt.date(2026, 1, 6),
    weekdays=(TUESDAY,),
)
THURSDAYS = replace(TUESDAYS, key="thursday", weekdays=(THURSDAY,))
MORNINGS = replace(TUESDAYS, key="morning", starts=MORNING.starts, ends=MORNING.ends)
SECOND = replace(TUESDAYS, frequency=Frequency.MONTHLY, nth=2)
ONCE = replace(TUESDAYS, frequency=Frequency.ONCE, weekdays=(), first_on=dt.date(2026, 11, 28))


def test_rows_at_the_same_time_share_their_days() -> None:
    found = describe([THURSDAYS, TUESDAYS], today=TODAY)

    assert found == [Weekly((TUESDAY, THURSDAY), (EVENING,))]


def test_rows_on_the_same_day_share_their_times() -> None:
    found = describe([TUESDAYS, MORNINGS], today=TODAY)

    assert found == [Weekly((TUESDAY,), (MORNING, EVENING))]


def test_rows_that_differ_in_day_and_time_stay_apart_in_their_order() -> None:
    found = describe([THURSDAYS, MORNINGS], today=TODAY)

    assert found == [Weekly((THURSDAY,), (EVENING,)), Weekly((TUESDAY,), (MORNING,))]


def test_even_and_odd_weeks_stay_apart() -> None:
    even, odd = replace(TUESDAYS, weeks=Weeks.EVEN), replace(MORNINGS, weeks=Weeks.ODD)

    found = describe([even, odd], today=TODAY)

    assert found == [
        Weekly((TUESDAY,), (EVENING,), Weeks.EVEN),
        Weekly((TUESDAY,), (MORNING,), Weeks.ODD),
    ]


def test_counted_weeks_say_their_next_date_outside_the_breaks() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=2)
    pause = Break(dt.date(2026, 11, 20), dt.date(2026, 11, 30))

    found = describe([rule], [pause], today=TODAY)

    assert found == [
        Weekly((TUESDAY,), (EVENING,), Weeks.NTH, 2, next_on=dt.date(2026, 12, 8)),
        Pause(pause.first_on, pause.until_on),
    ]


def test_counted_weeks_name_no_date_that_is_called_off() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=2)
    off = {dt.datetime(2026, 11, 24, 17, 30)}

    found = describe([rule], today=TODAY, off=off)

    assert found == [Weekly((TUESDAY,), (EVENING,), Weeks.NTH, 2, next_on=dt.date(2026, 12, 8))]


def test_counted_weeks_that_have_not_begun_say_their_first_date() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=2, first_on=dt.date(2027, 1, 4))

    found = describe([rule], today=TODAY)

    first = dt.date(2027, 1, 5)
    assert found == [Weekly((TUESDAY,), (EVENING,), Weeks.NTH, 2, next_on=first, begun=False)]


def test_counted_weeks_share_their_days_only_in_the_same_weeks() -> None:
    tuesday = replace(TUESDAYS, weeks=Weeks.NTH, interval=2)
    thursday = replace(THURSDAYS, weeks=Weeks.NTH, interval=2, first_on=dt.date(2026, 1, 8))
    other = replace(thursday, first_on=dt.date(2026, 1, 15))
    today = dt.date(2026, 1, 12)

    together = describe([tuesday, thursday], today=today)
    apart = describe([tuesday, other], today=today)

    assert together == [
        Weekly((TUESDAY, THURSDAY), (EVENING,), Weeks.NTH, 2, next_on=dt.date(2026, 1, 20))
    ]
    assert apart == [
        Weekly((TUESDAY,), (EVENING,), Weeks.NTH, 2, next_on=dt.date(2026, 1, 20)),
        Weekly((THURSDAY,), (EVENING,), Weeks.NTH, 2, next_on=dt.date(2026, 1, 15), begun=False),
    ]


def test_every_first_week_is_every_week() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=1)

    assert describe([rule], today=TODAY) == [Weekly((TUESDAY,), (EVENING,))]


def test_counted_weeks_without_a_date_left_say_none() -> None:
    rule = replace(TUESDAYS, weeks=Weeks.NTH, interval=4, until_on=dt.date(2026, 11, 24))

    found = describe([rule], today=dt.date(2026, 11, 23))

    span = Span(None, dt.date(2026, 11, 24))
    assert found == [Weekly((TUESDAY,), (EVENING,), Weeks.NTH, 4, span)]


def test_months_share_their_counts_and_their_days() -> None:
    fourth = replace(SECOND, nth=4)
    last = replace(SECOND, nth=-1)
    thursday = replace(SECOND, weekdays=(THURSDAY,))

    counts = describe([last, fourth, SECOND], today=TODAY)
    days = describe([SECOND, thursday], today=TODAY)

    assert counts == [Monthly((TUESDAY,), (2, 4, -1), (EVENING,))]
    assert days == [Monthly((TUESDAY, THURSDAY), (2,), (EVENING,))]


def test_months_share_their_times() -> None:
    morning = replace(SECOND, starts=MORNING.starts, ends=MORNING.ends)

    found = describe([SECOND, morning], today=TODAY)

    assert found == [Monthly((TUESDAY,), (2,), (MORNING, EVENING))]


def test_single_dates_come_first_and_share_their_times() -> None:
    later = replace(ONCE, first_on=dt.date(2026, 12, 5))
    morning = replace(ONCE, starts=MORNING.starts, ends=MORNING.ends)

    found = describe([TUESDAYS, later, ONCE, morning], today=TODAY)

    assert found == [
        Single((ONCE.first_on,), (MORNING, EVENING)),
        Single((later.first_on,), (EVENING,)),
        Weekly((TUESDAY,), (EVENING,)),
    ]


def test_single_date_in_a_break_is_not_named() -> None:
    later = replace(ONCE, first_on=dt.date(2026, 12, 5))
    pause = Break(dt.date(2026, 11, 28), dt.date(2026, 11, 28))

    assert describe([ONCE, later], [pause], today=TODAY) == [Single((later.first_on,), (EVENING,))]


def test_span_is_said_while_it_tells_something() -> None:
    ahead = replace(TUESDAYS, first_on=dt.date(2027, 2, 1), until_on=dt.date(2027, 4, 30))

    before = describe([ahead], today=TODAY)
    during = describe([ahead], today=dt.date(2027, 3, 1))

    assert before == [Weekly((TUESDAY,), (EVENING,), span=Span(ahead.first_on, ahead.until_on))]
    assert during == [Weekly((TUESDAY,), (EVENING,), span=Span(None, ahead.until_on))]


def test_what_is_over_is_left_out_unless_everything_is() -> None:
    over = replace(MORNINGS, until_on=dt.date(2026, 6, 30))

    assert describe([over, TUESDAYS], today=TODAY) == [Weekly((TUESDAY,), (EVENING,))]
    assert describe([over], today=TODAY) == [
        Weekly((TUESDAY,), (MORNING,), span=Span(None, over.until_on))
    ]


def test_pause_is_named_until_it_is_over_and_if_it_takes_a_date() -> None:
    christmas = Break(dt.date(2026, 12, 20), dt.date(2027, 1, 3))
    autumn = Break(dt.date(2026, 10, 12), dt.date(2026, 10, 18))
    wednesday = Break(dt.date(2026, 12, 2), dt.date(2026, 12, 2))

    found = describe([TUESDAYS], [christmas, autumn, wednesday], today=TODAY)

    assert found == [
        Weekly((TUESDAY,), (EVENING,)),
        Pause(christmas.first_on, christmas.until_on),
    ]


def test_pause_at_the_end_of_all_years_breaks_nothing() -> None:
    last = dt.date.max

    found = describe([TUESDAYS], [Break(last, last)], today=TODAY)

    assert found == [Weekly((TUESDAY,), (EVENING,))]


def test_half_filled_row_is_passed_over() -> None:
    empty = replace(TUESDAYS, weekdays=())

    assert describe([empty], today=TODAY) == []
