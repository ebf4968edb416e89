import datetime as dt
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.holidays import holiday_on
from directory.domain.opening import (
    DayPlan,
    Deviation,
    Hours,
    Kind,
    Span,
    day_spans,
    minutes_left,
    next_change,
    plans_between,
    state_at,
    unanswered_holidays,
)

MONDAY = date(2026, 11, 23)
JULEAFTEN = date(2026, 12, 24)
WEEKDAYS = [Hours(day, time(9), time(16)) for day in range(5)]
NIGHTS = [Hours(day, time(20), time(8)) for day in range(7)]
ALWAYS = [Hours(day, time(), time()) for day in range(7)]


def closed(first: date, until: date | None = None, reason: str = "") -> Deviation:
    return Deviation(first, until or first, reason=reason)


def changed(
    first: date, opens: time, closes: time, until: date | None = None, **more: object
) -> Deviation:
    return Deviation(first, until or first, closed=False, opens=opens, closes=closes, **more)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def span(day: date, opens: int, closes: int, kind: Kind = Kind.STAFFED, note: str = "") -> Span:
    return Span(at(day, opens), at(day, 0) + dt.timedelta(hours=closes), kind, note)


# The plan of a day


def test_weekly_hours_give_the_spans_of_their_weekday():
    assert day_spans(WEEKDAYS, [], MONDAY) == DayPlan(MONDAY, (span(MONDAY, 9, 16),))
    assert day_spans(WEEKDAYS, [], date(2026, 11, 22)) == DayPlan(date(2026, 11, 22), ())


def test_hours_past_midnight_belong_to_the_day_they_begin():
    assert day_spans(NIGHTS, [], MONDAY).spans == (span(MONDAY, 20, 32),)
    assert day_spans(ALWAYS, [], MONDAY).spans == (span(MONDAY, 0, 24),)


def test_weekly_hours_hold_only_while_they_are_valid():
    summer = [
        Hours(0, time(9), time(12), valid_from=MONDAY, valid_until=MONDAY + dt.timedelta(days=6))
    ]

    plans = [day_spans(summer, [], MONDAY + dt.timedelta(days=days)) for days in (-7, 0, 7)]

    assert [plan.spans for plan in plans] == [(), (span(MONDAY, 9, 12),), ()]


def test_touching_spans_of_a_kind_merge_and_other_kinds_stay_for_display():
    hours = [
        Hours(0, time(16), time(20), Kind.USER_RUN),
        Hours(0, time(12), time(16)),
        Hours(0, time(9), time(13)),
        Hours(0, time(10), time(11)),
    ]

    assert day_spans(hours, [], MONDAY).spans == (
        span(MONDAY, 9, 16),
        span(MONDAY, 16, 20, Kind.USER_RUN),
    )


CLOSED_WEEK = closed(MONDAY, MONDAY + dt.timedelta(days=6), "ferie")


@pytest.mark.parametrize(
    ("deviations", "spans", "reason"),
    [
        ([closed(MONDAY, reason="sygdom")], (), "sygdom"),
        ([closed(MONDAY)], (), ""),
        ([changed(MONDAY, time(12), time(14))], (span(MONDAY, 12, 14),), None),
        (
            [changed(MONDAY, time(18), time(20), extra=True)],
            (span(MONDAY, 9, 16), span(MONDAY, 18, 20)),
            None,
        ),
        (
            [changed(MONDAY, time(8), time(10)), changed(MONDAY, time(18), time(20))],
            (span(MONDAY, 8, 10), span(MONDAY, 18, 20)),
            None,
        ),
        ([CLOSED_WEEK, changed(MONDAY, time(12), time(14))], (span(MONDAY, 12, 14),), None),
        (
            [CLOSED_WEEK, changed(MONDAY, time(12), time(14), extra=True)],
            (span(MONDAY, 12, 14),),
            None,
        ),
        (
            [CLOSED_WEEK, changed(MONDAY, time(10), time(11), kind=Kind.PHONE, extra=True)],
            (span(MONDAY, 10, 11, Kind.PHONE),),
            "ferie",
        ),
        (
            [
                changed(MONDAY, time(12), time(14), until=MONDAY + dt.timedelta(days=6)),
                closed(MONDAY, reason="sygdom"),
            ],
            (),
            "sygdom",
        ),
        (
            [changed(MONDAY, time(12), time(14)), closed(MONDAY, reason="sygdom")],
            (),
            "sygdom",
        ),
        ([closed(MONDAY + dt.timedelta(days=1))], (span(MONDAY, 9, 16),), None),
    ],
    ids=[
        "closed with a reason",
        "closed without one",
        "changed hours replace",
        "extra hours add",
        "two changed spans both hold",
        "one changed day wins over a closed week",
        "one extra opening wins over a closed week",
        "a phone hour leaves the door closed",
        "one closed day wins over a changed week",
        "closed wins over changed for the same day",
        "other days are left alone",
    ],
)
def test_the_narrowest_deviation_wins(deviations, spans, reason):
    expected = DayPlan(MONDAY, spans, reason)

    assert day_spans(WEEKDAYS, deviations, MONDAY) == expected
    assert day_spans(WEEKDAYS, deviations[::-1], MONDAY) == expected


@pytest.mark.parametrize(
    "day",
    [JULEAFTEN, date(2026, 12, 25), date(2026, 12, 31), date(2026, 5, 1), date(2026, 6, 5)],
)
def test_a_holiday_without_a_deviation_is_never_confirmed(day):
    assert day_spans(WEEKDAYS, [], day) == DayPlan(
        day, (), None, holiday_on(day), confirmed=False, usual=(span(day, 9, 16),)
    )


@pytest.mark.parametrize(
    ("deviation", "plan"),
    [
        (closed(JULEAFTEN, reason="jul"), ((), "jul", True, ())),
        (closed(date(2026, 12, 1), date(2026, 12, 31), "flytning"), ((), "flytning", True, ())),
        (
            changed(JULEAFTEN, time(12), time(20)),
            ((span(JULEAFTEN, 12, 20),), None, True, ()),
        ),
        (
            changed(date(2026, 12, 20), time(10), time(14), until=date(2027, 1, 2)),
            ((span(JULEAFTEN, 10, 14),), None, True, ()),
        ),
        (
            changed(date(2026, 12, 1), time(10), time(14), until=date(2026, 12, 31)),
            ((), None, False, (span(JULEAFTEN, 10, 14),)),
        ),
        (
            changed(JULEAFTEN, time(18), time(22), extra=True),
            ((span(JULEAFTEN, 18, 22),), None, False, (span(JULEAFTEN, 9, 16),)),
        ),
    ],
    ids=[
        "closed that day",
        "closed all month",
        "changed that day",
        "changed for two weeks",
        "changed all month does not speak for the holiday",
        "extra hours are certain, the usual are not",
    ],
)
def test_a_deviation_speaks_for_a_holiday(deviation, plan):
    spans, reason, confirmed, usual = plan

    assert day_spans(WEEKDAYS, [deviation], JULEAFTEN) == DayPlan(
        JULEAFTEN, spans, reason, holiday_on(JULEAFTEN), confirmed, usual
    )


def test_plans_between_has_one_plan_a_day():
    plans = plans_between(WEEKDAYS, [], MONDAY, MONDAY + dt.timedelta(days=6))

    assert [len(plan.spans) for plan in plans] == [1, 1, 1, 1, 1, 0, 0]


def test_unanswered_holidays_are_those_to_ask_the_venue_about():
    answers = [closed(JULEAFTEN, date(2026, 12, 25)), closed(date(2027, 1, 1))]

    found = unanswered_holidays(answers, date(2026, 12, 1), date(2027, 1, 31))

    assert [holiday.name for holiday in found] == ["2. juledag", "nytårsaften"]


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Hours(7, time(9), time(16)), "weekday"),
        (lambda: Deviation(MONDAY, MONDAY - dt.timedelta(days=1)), "before first_on"),
        (lambda: Deviation(MONDAY, MONDAY, closed=False, opens=time(9)), "needs opens"),
    ],
)
def test_what_cannot_be_is_refused(build, words):
    with pytest.raises(ValueError, match=words):
        build()


# The state at a moment: (open, closes, opens next)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (at(MONDAY, 8, 59), (False, None, at(MONDAY, 9))),
        (at(MONDAY, 9), (True, at(MONDAY, 16), at(date(2026, 11, 24), 9))),
        (at(MONDAY, 15, 59), (True, at(MONDAY, 16), at(date(2026, 11, 24), 9))),
        (at(MONDAY, 16), (False, None, at(date(2026, 11, 24), 9))),
        (at(date(2026, 11, 27), 17), (False, None, at(date(2026, 11, 30), 9))),
        # Week 53: after New Year's Day, a Friday, comes Monday the 4th.
        (at(date(2026, 12, 30), 17), (False, None, at(date(2027, 1, 4), 9))),
    ],
)
def test_state_of_a_door_with_day_hours(moment, state):
    found = state_at(WEEKDAYS, [], moment)

    assert (found.open, found.closes, found.opens_next) == state


# The clocks go back in the night to 25 October and forward in the night to 29 March.
@pytest.mark.parametrize("day", [MONDAY, date(2026, 10, 25), date(2026, 3, 28), date(2026, 3, 29)])
@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (1, 59), (2, 30), (3, 0), (7, 59)])
def test_a_night_shelter_closes_at_eight_on_the_wall_in_any_night(day, hour, minute):
    state = state_at(NIGHTS, [], at(day, hour, minute))

    assert (state.open, state.closes, state.opens_next) == (True, at(day, 8), at(day, 20))


def test_a_night_shelter_is_closed_by_day_and_opens_for_the_next_night():
    by_day, by_night = (state_at(NIGHTS, [], at(MONDAY, hour)) for hour in (8, 20))

    assert (by_day.open, by_day.opens_next) == (False, at(MONDAY, 20))
    assert (by_night.open, by_night.closes) == (True, at(date(2026, 11, 24), 8))


def test_a_closed_day_does_not_cut_the_night_that_began_before_it():
    deviations = [closed(MONDAY, reason="sygdom")]

    night_before = state_at(NIGHTS, deviations, at(MONDAY, 3))
    night_after = state_at(NIGHTS, deviations, at(date(2026, 11, 24), 3))

    assert (night_before.open, night_before.closes) == (True, at(MONDAY, 8))
    assert (night_after.open, night_after.opens_next) == (False, at(date(2026, 11, 24), 20))


def test_a_night_that_began_before_a_holiday_runs_to_its_end():
    state = state_at(NIGHTS, [], at(JULEAFTEN, 7, 59))
    after = state_at(NIGHTS, [], at(JULEAFTEN, 8))

    assert (state.open, state.uncertain, state.closes) == (True, None, at(JULEAFTEN, 8))
    assert (after.open, after.uncertain) == (False, holiday_on(JULEAFTEN))


def test_a_night_that_began_on_a_holiday_is_uncertain_to_its_end():
    day_after = date(2026, 12, 27)
    during = state_at(NIGHTS, [], at(day_after, 7, 59))
    after = state_at(NIGHTS, [], at(day_after, 8))

    assert (during.open, during.uncertain) == (False, holiday_on(date(2026, 12, 26)))
    assert (after.open, after.uncertain, after.opens_next) == (False, None, at(day_after, 20))


@pytest.mark.parametrize("hour", [0, 8, 12, 23])
def test_a_holiday_nobody_has_spoken_for_is_neither_open_nor_closed(hour):
    state = state_at(WEEKDAYS, [], at(JULEAFTEN, hour))

    assert (state.name, state.open, state.uncertain) == ("unknown", False, holiday_on(JULEAFTEN))
    assert state.opens_next == at(date(2026, 12, 28), 9)


def test_a_holiday_with_hours_of_its_own_is_open_and_closed_as_any_day():
    deviations = [changed(JULEAFTEN, time(12), time(20))]
    names = [state_at(WEEKDAYS, deviations, at(JULEAFTEN, hour)).name for hour in (11, 12, 20)]

    assert names == ["closed", "open", "closed"]


def test_before_a_holiday_the_next_certain_opening_and_the_doubt_are_both_told():
    state = state_at(WEEKDAYS, [], at(date(2026, 12, 23), 17))

    assert (state.open, state.opens_next) == (False, at(date(2026, 12, 28), 9))
    assert state.unanswered == holiday_on(JULEAFTEN)


def test_a_holiday_on_a_sunday_that_is_always_closed_is_not_brought_up():
    easter = closed(date(2027, 3, 25), date(2027, 3, 27))

    state = state_at(WEEKDAYS, [easter], at(date(2027, 3, 24), 17))

    assert state.opens_next == at(date(2027, 3, 30), 9)
    assert state.unanswered == holiday_on(date(2027, 3, 29))


def test_a_door_that_never_closes_has_no_closing_time():
    state = state_at(ALWAYS, [], at(MONDAY, 13))

    assert (state.around_the_clock, state.closes, state.opens_next) == (True, None, None)


def test_a_door_that_never_closes_is_in_doubt_from_the_midnight_of_a_holiday():
    state = state_at(ALWAYS, [], at(date(2026, 12, 23), 13))

    assert (state.closes, state.doubt_after) == (at(JULEAFTEN, 0), holiday_on(JULEAFTEN))


def test_spans_of_other_kinds_that_touch_close_together():
    hours = [Hours(0, time(9), time(16)), Hours(0, time(16), time(20), Kind.USER_RUN)]

    staffed, user_run = (state_at(hours, [], at(MONDAY, hour)) for hour in (15, 16))

    assert (staffed.kind, staffed.closes) == (Kind.STAFFED, at(MONDAY, 20))
    assert (user_run.kind, user_run.closes) == (Kind.USER_RUN, at(MONDAY, 20))


def test_sunday_kept_open_by_the_users_is_open_and_says_by_whom():
    sunday = date(2026, 11, 29)
    hours = [*WEEKDAYS, Hours(6, time(11), time(15), Kind.USER_RUN, note="kaffe på kanden")]

    state = state_at(hours, [], at(sunday, 12))

    assert (state.open, state.kind, state.note) == (True, Kind.USER_RUN, "kaffe på kanden")


@pytest.mark.parametrize(
    ("hour", "state"),
    [
        (9, (Kind.STAFFED, at(MONDAY, 12), at(MONDAY, 12), at(MONDAY, 14))),
        (12, (Kind.WOMEN_ONLY, at(MONDAY, 16), at(MONDAY, 14), at(date(2026, 11, 24), 9))),
        (14, (Kind.STAFFED, at(MONDAY, 16), None, at(date(2026, 11, 24), 9))),
    ],
)
def test_hours_for_women_only_inside_other_hours_close_the_door_to_men(hour, state):
    hours = [*WEEKDAYS, Hours(0, time(12), time(14), Kind.WOMEN_ONLY)]

    found = state_at(hours, [], at(MONDAY, hour))

    assert (found.kind, found.closes, found.access_changes, found.opens_next) == state


def test_phone_and_appointment_hours_do_not_open_the_door():
    hours = [
        Hours(0, time(10), time(12), Kind.PHONE),
        Hours(0, time(13), time(15), Kind.BY_APPOINTMENT),
    ]

    phone, appointment = (state_at(hours, [], at(MONDAY, hour)) for hour in (11, 14))

    assert (phone.open, phone.phone_open, phone.phone_closes) == (False, True, at(MONDAY, 12))
    assert (phone.opens_next, phone.by_appointment) == (None, False)
    assert (appointment.open, appointment.phone_open, appointment.by_appointment) == (
        False,
        False,
        True,
    )


# When the line changes


@pytest.mark.parametrize(
    ("hours", "deviations", "moment", "change"),
    [
        (WEEKDAYS, [], at(MONDAY, 7), at(MONDAY, 9)),
        (WEEKDAYS, [], at(MONDAY, 9), at(MONDAY, 15, 1)),
        (WEEKDAYS, [], at(MONDAY, 15, 1), at(MONDAY, 15, 6)),
        (WEEKDAYS, [], at(MONDAY, 15, 56), at(MONDAY, 16)),
        (WEEKDAYS, [], at(MONDAY, 16), at(date(2026, 11, 24), 9)),
        (WEEKDAYS, [], at(date(2026, 12, 23), 16), at(JULEAFTEN, 0)),
        (WEEKDAYS, [], at(JULEAFTEN, 12), at(date(2026, 12, 25), 0)),
        (WEEKDAYS, [], at(date(2026, 12, 26), 12), at(date(2026, 12, 27), 0)),
        (NIGHTS, [], at(MONDAY, 20), at(date(2026, 11, 24), 7, 1)),
        (ALWAYS, [], at(MONDAY, 13), None),
        ([], [], at(MONDAY, 13), None),
        (WEEKDAYS, [closed(MONDAY, date(2026, 12, 20))], at(MONDAY, 13), None),
    ],
)
def test_next_change(hours, deviations, moment, change):
    assert next_change(hours, deviations, moment) == change


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(3601, None), (3541, None), (3540, 55), (3000, 50), (300, 5), (299, 5), (240, 0), (1, 0)],
)
def test_minutes_left_are_told_in_steps_of_five(seconds, minutes):
    closes = at(MONDAY, 16)

    assert minutes_left(closes, closes - dt.timedelta(seconds=seconds)) == minutes


SIGHT = dt.timedelta(hours=10)
QUARTERS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
AROUND_CHRISTMAS = st.dates(date(2026, 12, 21), date(2026, 12, 28))
HOURS = st.lists(
    st.builds(Hours, st.integers(0, 6), QUARTERS, QUARTERS, st.sampled_from(Kind)), max_size=6
)
DEVIATIONS = st.lists(
    st.builds(
        lambda first, days, closed, opens, closes, kind, extra: Deviation(
            first, first + dt.timedelta(days=days), closed, opens, closes, kind, extra=extra
        ),
        AROUND_CHRISTMAS,
        st.integers(0, 3),
        st.booleans(),
        QUARTERS,
        QUARTERS,
        st.sampled_from(Kind),
        st.booleans(),
    ),
    max_size=3,
)


def line_at(hours: list[Hours], deviations: list[Deviation], moment: datetime) -> tuple:
    """What the line says, apart from what midnight changes."""
    state = state_at(hours, deviations, moment)
    left = minutes_left(state.closes, moment) if state.closes else None
    return (
        state.kind,
        state.note,
        state.uncertain,
        state.phone_open,
        state.by_appointment,
        left,
    )


@settings(max_examples=40, deadline=None, derandomize=True)
@given(HOURS, DEVIATIONS, AROUND_CHRISTMAS, QUARTERS)
def test_nothing_changes_before_next_change_and_something_does_then(hours, deviations, day, clock):
    moment = datetime.combine(day, clock)
    change = next_change(hours, deviations, moment)
    end = change or moment + SIGHT

    before = line_at(hours, deviations, moment)
    minutes = int(min(end - moment, SIGHT).total_seconds() // 60)
    lines = {
        line_at(hours, deviations, moment + dt.timedelta(minutes=passed))
        for passed in range(minutes)
    }

    assert lines <= {before}
    if change is not None:
        assert line_at(hours, deviations, change) != before
        assert line_at(hours, deviations, change - dt.timedelta(seconds=1)) == before


@settings(max_examples=150, deadline=None, derandomize=True)
@given(HOURS, DEVIATIONS, AROUND_CHRISTMAS, QUARTERS)
def test_what_a_state_promises_comes_true(hours, deviations, day, clock):
    moment = datetime.combine(day, clock)
    state = state_at(hours, deviations, moment)

    assert not (state.open and state.uncertain)
    if state.closes is not None:
        before, then = (
            state_at(hours, deviations, state.closes - dt.timedelta(seconds=seconds))
            for seconds in (1, 0)
        )
        assert before.open
        assert not then.open or then.kind is Kind.WOMEN_ONLY
    if state.opens_next is not None:
        assert state_at(hours, deviations, state.opens_next).open
