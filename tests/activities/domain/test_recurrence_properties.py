"""Whatever an editor chooses, other people's calendar programs find the same dates.

Two engines that share no code with ours are asked: dateutil for the rules, and for a whole calendar
with breaks, cancelled and moved dates recurring-ical-events. Hypothesis picks the schedules, and
leans towards the days where calendars go wrong.
"""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from dateutil import rrule
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from activities.domain.recurrence import (
    Segment,
    check_rule,
    local_to_utc,
    rule_dates,
    segments,
    slots,
    utc_span,
)
from activities.domain.rules import (
    Break,
    Change,
    ChangeKind,
    Frequency,
    Rule,
    Slot,
    Status,
    Weeks,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
HORIZON = dt.date(2028, 7, 1)
DAY = dt.timedelta(days=1)
ORACLE = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

odd_days = st.sampled_from(
    [
        dt.date(2026, 3, 29),  # clocks go forward
        dt.date(2026, 10, 25),  # clocks go back
        dt.date(2026, 12, 31),  # in week 53
        dt.date(2027, 1, 4),  # first day of 2027-W01
        dt.date(2028, 2, 29),  # leap day
    ]
)
some_days = st.dates(dt.date(2025, 1, 1), dt.date(2028, 3, 31)) | odd_days
some_times = st.sampled_from([dt.time(0), dt.time(2, 30), dt.time(9), dt.time(20)]) | st.times(
    max_value=dt.time(23, 59)
).map(lambda time: time.replace(second=0, microsecond=0))


@st.composite
def some_rules(draw: st.DrawFn) -> Rule:
    first_on = draw(some_days)
    lasting = draw(st.none() | st.integers(0, 900))
    return Rule(
        key="row",
        frequency=draw(st.sampled_from(Frequency)),
        starts=draw(some_times),
        ends=draw(some_times),
        first_on=first_on,
        until_on=None if lasting is None else first_on + lasting * DAY,
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        weeks=draw(st.sampled_from(Weeks)),
        interval=draw(st.integers(1, 5)),
        nth=draw(st.sampled_from([1, 2, 3, 4, -1])),
    )


WEEK_53 = Rule(
    key="row",
    frequency=Frequency.WEEKLY,
    starts=dt.time(20),
    ends=dt.time(8),
    first_on=dt.date(2026, 9, 2),
    weekdays=(1, 3),
    weeks=Weeks.ODD,
)


def by_definition(rule: Rule, start: dt.date, end: dt.date) -> list[dt.date]:
    """The rule tried on each day in turn, as slow and as plain as its definition."""
    days = (start + number * DAY for number in range((end - start).days + 1))
    return [day for day in days if in_rule(rule, day)]


def in_rule(rule: Rule, day: dt.date) -> bool:
    if rule.frequency is Frequency.ONCE:
        return day == rule.first_on
    if day < rule.first_on or (rule.until_on and day > rule.until_on):
        return False
    if day.weekday() not in rule.weekdays:
        return False
    if rule.frequency is Frequency.MONTHLY:
        last = (day + 7 * DAY).month != day.month
        return last if rule.nth == -1 else (day.day + 6) // 7 == rule.nth
    first_monday = rule.first_on - rule.first_on.weekday() * DAY
    return {
        Weeks.EVERY: True,
        Weeks.EVEN: day.isocalendar().week % 2 == 0,
        Weeks.ODD: day.isocalendar().week % 2 == 1,
        Weeks.NTH: (day - first_monday).days // 7 % rule.interval == 0,
    }[rule.weeks]


def by_dateutil(segment: Segment, end: dt.date) -> list[dt.date]:
    first = dt.datetime.combine(segment.first, dt.time())
    if segment.rrule is None:
        return [segment.first]
    parts = segment.rrule
    line = f"FREQ={parts['freq']};INTERVAL={parts['interval']};BYDAY={','.join(parts['byday'])}"
    if parts["until"]:
        line += f";UNTIL={parts['until']:%Y%m%d}"
    found = rrule.rrulestr(line, dtstart=first).between(
        first, dt.datetime.combine(end, dt.time()), inc=True
    )
    return [moment.date() for moment in found]


def calendar_of(rule: Rule, dates: list[Slot]) -> icalendar.Calendar:
    """The calendar file a feed would make of a rule and what became of its dates."""
    calendar = icalendar.Calendar()
    left = {slot.original: slot for slot in dates}
    for segment in segments(rule, horizon=HORIZON):
        series = event_of(
            f"{rule.key}{segment.key}", dt.datetime.combine(segment.first, rule.starts), rule.length
        )
        if segment.rrule:
            series.add("RRULE", icalendar.vRecur(rrule_of(segment, rule)))
        for day in rule_dates(rule, start=segment.first, end=HORIZON):
            original = dt.datetime.combine(day, rule.starts)
            if segment.covers(day) and original not in left:
                series.add("EXDATE", original.replace(tzinfo=COPENHAGEN))
        calendar.add_component(series)
        for slot in dates:
            if segment.covers(slot.original.date()) and slot.status is not Status.PLANNED:
                override = event_of(series["UID"], slot.starts, slot.ends - slot.starts)
                override.add("RECURRENCE-ID", slot.original.replace(tzinfo=COPENHAGEN))
                if slot.status is Status.CANCELLED:
                    override.add("STATUS", "CANCELLED")
                calendar.add_component(override)
    return calendar


def rrule_of(segment: Segment, rule: Rule) -> dict[str, object]:
    parts = dict(segment.rrule or {})
    until = parts.pop("until")
    if until:
        parts["until"] = local_to_utc(dt.datetime.combine(until, rule.starts))
    return parts


def event_of(uid: str, starts: dt.datetime, length: dt.timedelta) -> icalendar.Event:
    event = icalendar.Event()
    event.add("UID", uid)
    event.add("DTSTART", starts.replace(tzinfo=COPENHAGEN))
    event.add("DTEND", (starts + length).replace(tzinfo=COPENHAGEN))
    return event


Seen = tuple[dt.datetime, dt.datetime, bool]


def read_back(calendar: icalendar.Calendar, end: dt.date) -> list[Seen]:
    """Start and end in UTC and whether it is cancelled, of every date the oracle sees."""
    again = icalendar.Calendar.from_ical(calendar.to_ical())
    found = recurring_ical_events.of(again).between(dt.date(2024, 12, 1), end)
    return sorted(
        (
            event.start.astimezone(dt.UTC),
            event.end.astimezone(dt.UTC),
            event.get("STATUS") == "CANCELLED",
        )
        for event in found
    )


@given(rule=some_rules(), start=some_days, length=st.integers(0, 800))
@example(rule=WEEK_53, start=dt.date(2026, 12, 1), length=60)
@example(rule=replace(WEEK_53, weeks=Weeks.EVEN), start=dt.date(2026, 12, 1), length=60)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_rule_dates_are_the_days_the_definition_names(
    rule: Rule, start: dt.date, length: int
) -> None:
    end = start + length * DAY

    assert rule_dates(rule, start=start, end=end) == by_definition(rule, start, end)


@given(rule=some_rules(), beyond=st.integers(0, 3000))
@example(rule=WEEK_53, beyond=3000)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_segments_expand_to_the_rule_dates_and_are_never_wrong_beyond(
    rule: Rule, beyond: int
) -> None:
    end = HORIZON + beyond * DAY
    found = segments(rule, horizon=HORIZON)

    expanded = sorted(day for segment in found for day in by_dateutil(segment, end))

    expected = rule_dates(rule, start=rule.first_on, end=end)
    assert [day for day in expanded if day <= HORIZON] == [d for d in expected if d <= HORIZON]
    assert set(expanded) <= set(expected)
    assert len(set(expanded)) == len(expanded)


@given(rule=some_rules())
@example(rule=WEEK_53)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_date_belongs_to_one_segment_and_names_stay_apart(rule: Rule) -> None:
    found = segments(rule, horizon=HORIZON)

    covering = [
        sum(segment.covers(day) for segment in found)
        for day in rule_dates(rule, start=rule.first_on, end=HORIZON)
    ]

    assert covering == [1] * len(covering)
    assert len({segment.key for segment in found}) == len(found)


@given(rule=some_rules(), earlier=st.integers(1, 400))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_names_of_segments_stay_when_the_horizon_rolls_on(rule: Rule, earlier: int) -> None:
    before = segments(rule, horizon=HORIZON - earlier * DAY)
    after = segments(rule, horizon=HORIZON)

    kept = {segment.key: segment for segment in after}
    assert [kept[segment.key] for segment in before] == before


@given(
    rule=some_rules(),
    breaks=st.lists(st.tuples(some_days, st.integers(0, 40)), max_size=2),
    picks=st.lists(
        st.tuples(st.integers(0, 300), st.booleans(), st.integers(-10, 10), some_times), max_size=4
    ),
)
@example(rule=WEEK_53, breaks=[(dt.date(2026, 12, 20), 14)], picks=[(3, True, 0, dt.time(9))])
@example(  # a date in the hour that is skipped, and one in the hour that comes twice
    rule=replace(WEEK_53, weekdays=(6,), weeks=Weeks.EVERY, starts=dt.time(2), ends=dt.time(2, 45)),
    breaks=[],
    picks=[],
)
@example(  # a night in which the clocks change, moved on to the other one
    rule=replace(WEEK_53, weekdays=(5, 6), weeks=Weeks.EVERY, first_on=dt.date(2026, 3, 1)),
    breaks=[],
    picks=[(8, False, 1, dt.time(2, 30)), (67, True, 0, dt.time(9))],
)
@ORACLE
def test_a_calendar_program_reads_the_same_dates(
    rule: Rule,
    breaks: list[tuple[dt.date, int]],
    picks: list[tuple[int, bool, int, dt.time]],
) -> None:
    pauses = [Break(first, first + length * DAY) for first, length in breaks]
    days = rule_dates(rule, start=rule.first_on, end=HORIZON - 30 * DAY)
    assume(days)
    changes = {}
    for index, cancel, shift, time in picks:
        day = days[index % len(days)]
        original = dt.datetime.combine(day, rule.starts)
        moved = dt.datetime.combine(day + shift * DAY, time)
        changes[original] = (
            Change(ChangeKind.CANCELLED, original)
            if cancel
            else Change(ChangeKind.MOVED, original, starts=moved)
        )

    dates = slots([rule], pauses, list(changes.values()), start=rule.first_on, end=HORIZON)

    last = HORIZON - 20 * DAY
    expected = sorted(
        (*utc_span(slot.starts, slot.ends), slot.status is Status.CANCELLED)
        for slot in dates
        if slot.starts < dt.datetime.combine(last, dt.time())
    )
    found = read_back(calendar_of(rule, dates), last)
    assert [each for each in found if each[0] < local_to_utc(midnight(last))] == expected


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


@given(
    rule=some_rules(),
    start=some_days,
    length=st.integers(0, 60),
    shifts=st.lists(st.integers(-40, 40), max_size=5),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_narrow_window_shows_what_a_wide_one_does(
    rule: Rule, start: dt.date, length: int, shifts: list[int]
) -> None:
    end = start + length * DAY
    near = rule_dates(rule, start=start - 50 * DAY, end=end + 50 * DAY)
    changes = [
        Change(ChangeKind.MOVED, original, starts=original + shift * DAY)
        for day, shift in zip(near[::3], shifts, strict=False)
        if (original := dt.datetime.combine(day, rule.starts))
    ]

    narrow = slots([rule], (), changes, start=start, end=end)

    wide = slots([rule], (), changes, start=start - 100 * DAY, end=end + 100 * DAY)
    assert narrow == [
        slot
        for slot in wide
        if start <= slot.original.date() <= end or start <= slot.starts.date() <= end
    ]


@given(rule=some_rules(), start=some_days)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_date_ends_after_it_starts_also_in_utc(rule: Rule, start: dt.date) -> None:
    found = slots([rule], start=start, end=start + 200 * DAY)

    spans = [utc_span(slot.starts, slot.ends) for slot in found]

    assert all(slot.starts < slot.ends <= slot.starts + DAY for slot in found)
    assert all(starts_at < ends_at for starts_at, ends_at in spans)


@given(rule=some_rules())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_rule_that_gives_dates_passes_the_check(rule: Rule) -> None:
    assume(rule_dates(rule, start=rule.first_on, end=rule.first_on + 60 * DAY))

    assert check_rule(rule) is None
