"""Rules, breaks and changes to dates by examples; the properties have a module of their own."""

import datetime as dt
from dataclasses import replace

import pytest

from activities.domain.recurrence import local_to_utc, slots, utc_span
from activities.domain.rules import (
    Break,
    Change,
    ChangeKind,
    Frequency,
    Rule,
    Slot,
    Status,
)

TUESDAY = 1
TUESDAYS = Rule(
    key="cafe",
    frequency=Frequency.WEEKLY,
    starts=dt.time(17, 30),
    ends=dt.time(19, 30),
    first_on=dt.date(2026, 11, 3),
    weekdays=(TUESDAY,),
)
ONCE = replace(TUESDAYS, frequency=Frequency.ONCE, weekdays=(), first_on=dt.date(2026, 11, 28))
NOVEMBER = {"start": dt.date(2026, 11, 1), "end": dt.date(2026, 11, 30)}


def planned(rule: Rule, starts: str, ends: str) -> Slot:
    begins = dt.datetime.fromisoformat(starts)
    return Slot(rule.key, begins, begins, dt.datetime.fromisoformat(ends), Status.PLANNED)


def test_date_past_midnight_ends_the_next_day() -> None:
    rule = replace(ONCE, starts=dt.time(20), ends=dt.time(8))

    found = slots([rule], **NOVEMBER)

    assert found == [planned(rule, "2026-11-28T20:00", "2026-11-29T08:00")]


def test_same_start_and_end_is_a_whole_day() -> None:
    rule = replace(ONCE, starts=dt.time(10), ends=dt.time(10))

    found = slots([rule], **NOVEMBER)

    assert found == [planned(rule, "2026-11-28T10:00", "2026-11-29T10:00")]


def test_slots_of_several_rules_are_sorted_and_a_shared_start_is_the_first_rules() -> None:
    morning = replace(TUESDAYS, key="morning", starts=dt.time(9), ends=dt.time(10))
    double = replace(TUESDAYS, key="double", ends=dt.time(21))
    week = {"start": dt.date(2026, 11, 3), "end": dt.date(2026, 11, 9)}

    found = slots([TUESDAYS, double, morning], **week)

    assert found == [
        planned(morning, "2026-11-03T09:00", "2026-11-03T10:00"),
        planned(TUESDAYS, "2026-11-03T17:30", "2026-11-03T19:30"),
    ]


def test_dates_in_a_break_do_not_exist_even_if_cancelled() -> None:
    pause = Break(dt.date(2026, 11, 10), dt.date(2026, 11, 17))
    cancelled = Change(ChangeKind.CANCELLED, dt.datetime(2026, 11, 17, 17, 30))

    found = slots([TUESDAYS], [pause], [cancelled], **NOVEMBER)

    assert found == [
        planned(TUESDAYS, "2026-11-03T17:30", "2026-11-03T19:30"),
        planned(TUESDAYS, "2026-11-24T17:30", "2026-11-24T19:30"),
    ]


def test_cancelled_date_stays_with_its_reason() -> None:
    original = dt.datetime(2026, 11, 3, 17, 30)
    change = Change(ChangeKind.CANCELLED, original, reason="Sygdom")

    found = slots([TUESDAYS], (), [change], start=original.date(), end=original.date())

    assert found == [
        Slot(
            "cafe",
            original,
            original,
            dt.datetime(2026, 11, 3, 19, 30),
            Status.CANCELLED,
            reason="Sygdom",
        )
    ]


def test_moved_date_keeps_its_length_and_its_identity() -> None:
    original, moved = dt.datetime(2026, 11, 3, 17, 30), dt.datetime(2026, 11, 5, 18)
    change = Change(ChangeKind.MOVED, original, starts=moved, place="Biblioteket")

    found = slots([TUESDAYS], (), [change], start=original.date(), end=original.date())

    assert found == [
        Slot(
            "cafe",
            original,
            moved,
            dt.datetime(2026, 11, 5, 20),
            Status.MOVED,
            place="Biblioteket",
        )
    ]


def test_move_to_another_place_keeps_the_time() -> None:
    original = dt.datetime(2026, 11, 3, 17, 30)
    change = Change(ChangeKind.MOVED, original, place="Haven")

    found = slots([TUESDAYS], (), [change], start=original.date(), end=original.date())

    ends = dt.datetime(2026, 11, 3, 19, 30)
    assert found == [Slot("cafe", original, original, ends, Status.MOVED, place="Haven")]


def test_date_moved_into_the_window_is_found_there() -> None:
    original, moved = dt.datetime(2026, 11, 24, 17, 30), dt.datetime(2026, 12, 2, 17, 30)
    change = Change(ChangeKind.MOVED, original, starts=moved)

    found = slots([TUESDAYS], (), [change], start=moved.date(), end=moved.date())

    ends = dt.datetime(2026, 12, 2, 19, 30)
    assert found == [Slot("cafe", original, moved, ends, Status.MOVED)]


def test_date_moved_between_days_outside_the_window_is_not_found() -> None:
    original, moved = dt.datetime(2026, 11, 24, 17, 30), dt.datetime(2026, 12, 2, 17, 30)
    change = Change(ChangeKind.MOVED, original, starts=moved)

    found = slots([TUESDAYS], (), [change], start=dt.date(2026, 12, 3), end=dt.date(2026, 12, 4))

    assert found == []


def test_change_of_a_date_the_rules_no_longer_give_is_dropped() -> None:
    monday = dt.datetime(2026, 11, 2, 17, 30)
    other_time = dt.datetime(2026, 11, 3, 18)
    changes = [
        Change(ChangeKind.CANCELLED, monday),
        Change(ChangeKind.MOVED, other_time, starts=dt.datetime(2026, 11, 4, 18)),
    ]

    found = slots([TUESDAYS], (), changes, start=dt.date(2026, 11, 2), end=dt.date(2026, 11, 4))

    assert found == [planned(TUESDAYS, "2026-11-03T17:30", "2026-11-03T19:30")]


def test_cancelling_a_moved_date_keeps_the_new_time_whatever_came_first() -> None:
    original, moved = dt.datetime(2026, 11, 3, 17, 30), dt.datetime(2026, 11, 5, 18)
    changes = [
        Change(ChangeKind.CANCELLED, original, reason="Storm"),
        Change(ChangeKind.MOVED, original, starts=moved),
        Change(ChangeKind.NOTE, original, note="Ny dato følger"),
    ]
    window = {"start": original.date(), "end": original.date()}

    found = slots([TUESDAYS], (), changes, **window)

    ends = dt.datetime(2026, 11, 5, 20)
    assert found == [
        Slot("cafe", original, moved, ends, Status.CANCELLED, "Storm", "Ny dato følger")
    ]
    assert slots([TUESDAYS], (), changes[::-1], **window) == found


def test_note_leaves_the_date_as_planned() -> None:
    original = dt.datetime(2026, 11, 3, 17, 30)
    change = Change(ChangeKind.NOTE, original, note="Tag varmt tøj på")

    found = slots([TUESDAYS], (), [change], start=original.date(), end=original.date())

    ends = dt.datetime(2026, 11, 3, 19, 30)
    assert found == [
        Slot("cafe", original, original, ends, Status.PLANNED, note="Tag varmt tøj på")
    ]


def test_extra_date_stands_beside_the_rules_and_in_a_break() -> None:
    starts, ends = dt.datetime(2026, 11, 7, 10), dt.datetime(2026, 11, 7, 12)
    extra = Change(ChangeKind.EXTRA, None, starts, ends, note="Julemarked")
    pause = Break(dt.date(2026, 11, 1), dt.date(2026, 11, 30))

    found = slots([TUESDAYS], [pause], [extra], **NOVEMBER)

    assert found == [Slot("", starts, starts, ends, Status.EXTRA, note="Julemarked")]


def test_extra_date_without_an_end_lasts_as_long_as_usual() -> None:
    starts = dt.datetime(2026, 11, 7, 10)
    extra = Change(ChangeKind.EXTRA, None, starts)

    found = slots([TUESDAYS], (), [extra], start=starts.date(), end=starts.date())

    assert found == [Slot("", starts, starts, dt.datetime(2026, 11, 7, 12), Status.EXTRA)]


def test_extra_date_where_one_takes_place_already_is_dropped() -> None:
    starts = dt.datetime(2026, 11, 3, 17, 30)
    extra = Change(ChangeKind.EXTRA, None, starts, dt.datetime(2026, 11, 3, 22))

    found = slots([TUESDAYS], (), [extra], start=starts.date(), end=starts.date())

    assert found == [planned(TUESDAYS, "2026-11-03T17:30", "2026-11-03T19:30")]


def test_extra_date_takes_the_place_of_a_cancelled_one() -> None:
    starts, ends = dt.datetime(2026, 11, 3, 17, 30), dt.datetime(2026, 11, 3, 19, 30)
    changes = [
        Change(ChangeKind.CANCELLED, starts),
        Change(ChangeKind.EXTRA, None, starts, ends),
    ]

    found = slots([TUESDAYS], (), changes, start=starts.date(), end=starts.date())

    assert found == [Slot("", starts.replace(second=1), starts, ends, Status.EXTRA)]


def test_extra_date_in_place_of_a_cancelled_one_can_be_cancelled_too() -> None:
    starts, ends = dt.datetime(2026, 11, 3, 17, 30), dt.datetime(2026, 11, 3, 19, 30)
    original = starts.replace(second=1)
    changes = [
        Change(ChangeKind.CANCELLED, starts),
        Change(ChangeKind.EXTRA, None, starts, ends),
        Change(ChangeKind.CANCELLED, original, reason="Sygdom"),
    ]

    found = slots([TUESDAYS], (), changes, start=starts.date(), end=starts.date())

    assert found == [Slot("", original, starts, ends, Status.CANCELLED, reason="Sygdom")]


def test_extra_date_can_be_cancelled() -> None:
    starts, ends = dt.datetime(2026, 11, 7, 10), dt.datetime(2026, 11, 7, 12)
    changes = [
        Change(ChangeKind.EXTRA, None, starts, ends),
        Change(ChangeKind.CANCELLED, starts, reason="Sygdom"),
    ]

    found = slots([TUESDAYS], (), changes, start=starts.date(), end=starts.date())

    assert found == [Slot("", starts, starts, ends, Status.CANCELLED, reason="Sygdom")]


def test_extra_date_can_be_moved_into_the_window() -> None:
    starts, moved = dt.datetime(2026, 11, 7, 10), dt.datetime(2026, 12, 5, 10)
    changes = [
        Change(ChangeKind.EXTRA, None, starts, dt.datetime(2026, 11, 7, 12)),
        Change(ChangeKind.MOVED, starts, starts=moved),
    ]

    found = slots([TUESDAYS], (), changes, start=moved.date(), end=moved.date())

    assert found == [Slot("", starts, moved, dt.datetime(2026, 12, 5, 12), Status.MOVED)]


def test_extra_date_where_one_was_moved_away_keeps_a_name_of_its_own() -> None:
    starts, ends = dt.datetime(2026, 11, 3, 17, 30), dt.datetime(2026, 11, 3, 19, 30)
    moved = dt.datetime(2026, 11, 4, 17, 30)
    changes = [
        Change(ChangeKind.MOVED, starts, starts=moved),
        Change(ChangeKind.EXTRA, None, starts, ends),
    ]

    found = slots([TUESDAYS], (), changes, start=starts.date(), end=moved.date())

    assert found == [
        Slot("", starts.replace(second=1), starts, ends, Status.EXTRA),
        Slot("cafe", starts, moved, dt.datetime(2026, 11, 4, 19, 30), Status.MOVED),
    ]


def test_extra_date_written_twice_is_one() -> None:
    starts, ends = dt.datetime(2026, 11, 7, 10), dt.datetime(2026, 11, 7, 12)
    extra = Change(ChangeKind.EXTRA, None, starts, ends)

    found = slots((), (), [extra, extra], start=starts.date(), end=starts.date())

    assert found == [Slot("", starts, starts, ends, Status.EXTRA)]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-01-15T19:00", "2026-01-15T18:00+00:00"),
        ("2026-07-15T19:00", "2026-07-15T17:00+00:00"),
        ("2026-03-29T01:59", "2026-03-29T00:59+00:00"),
        ("2026-03-29T02:30", "2026-03-29T01:30+00:00"),  # skipped: read as winter time
        ("2026-03-29T03:00", "2026-03-29T01:00+00:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30+00:00"),  # twice: the first, in summer time
        ("2026-10-25T03:00", "2026-10-25T02:00+00:00"),
    ],
)
def test_wall_time_becomes_utc(local: str, utc: str) -> None:
    found = local_to_utc(dt.datetime.fromisoformat(local))

    assert found == dt.datetime.fromisoformat(utc)
    assert found.utcoffset() == dt.timedelta(0)


def test_seven_o_clock_stays_seven_o_clock_across_both_clock_changes() -> None:
    rule = replace(TUESDAYS, starts=dt.time(19), ends=dt.time(21), first_on=dt.date(2026, 3, 1))
    around = [
        *slots([rule], start=dt.date(2026, 3, 24), end=dt.date(2026, 3, 31)),
        *slots([rule], start=dt.date(2026, 10, 20), end=dt.date(2026, 10, 27)),
    ]

    found = [(slot.starts.hour, local_to_utc(slot.starts).hour) for slot in around]

    assert found == [(19, 18), (19, 17), (19, 17), (19, 18)]


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        ("2026-03-28T20:00", "2026-03-29T08:00", 11),
        ("2026-10-24T20:00", "2026-10-25T08:00", 13),
        ("2026-03-29T02:30", "2026-03-29T03:00", 0.5),  # inside the skipped hour
        ("2026-11-03T17:30", "2026-11-03T19:30", 2),
    ],
)
def test_span_in_utc_lasts_what_the_clock_on_the_wall_says(
    starts: str, ends: str, hours: float
) -> None:
    begins, over = utc_span(dt.datetime.fromisoformat(starts), dt.datetime.fromisoformat(ends))

    assert over - begins == dt.timedelta(hours=hours)
