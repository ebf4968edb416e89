"""What is asked before an activity is published, one line for each case."""

import datetime as dt

import pytest

from activities.domain.publishing import ActivityFacts, House, Price, Where, activity_findings
from activities.domain.rules import Break, Change, ChangeKind, Frequency, Rule
from directory.domain.hours import Deviation, Hours, Kind

NOW = dt.datetime(2026, 11, 23, 12, 0)  # a Monday
TUESDAY = dt.date(2026, 11, 24)


def time(text):
    return dt.time.fromisoformat(text)


def weekly(starts="17:30", ends="19:30", first_on=TUESDAY, **more):
    values = {"weekdays": (first_on.weekday(),), "frequency": Frequency.WEEKLY} | more
    return Rule("plan1", starts=time(starts), ends=time(ends), first_on=first_on, **values)


def once(day, starts="17:30", ends="19:30"):
    return weekly(starts, ends, day, frequency=Frequency.ONCE, weekdays=())


def house(*hours, deviations=()):
    rows = [Hours(day, time(opens), time(closes), kind) for day, opens, closes, kind in hours]
    return House("Perlen", tuple(rows), tuple(deviations))


OPEN = Kind.STAFFED
LATE = house((1, "10:00", "20:00", OPEN))
SHUT_WEEK = [Deviation(dt.date(2026, 12, 1), dt.date(2026, 12, 1), reason="Personaledag")]


def facts(**changes):
    values = {
        "rules": (weekly(),),
        "breaks": (),
        "price": Price.SAID,
        "where": Where.SAID,
    }
    return ActivityFacts(**(values | changes))


def keys(activity):
    return [finding.key for finding in activity_findings(activity, now=NOW)]


CASES = [
    ("nothing to say", {}, []),
    ("no plan", {"rules": ()}, ["no_schedule"]),
    (
        "the last day lies before the first",
        {"rules": (weekly(until_on=dt.date(2026, 11, 1)),)},
        ["ends_before_start:plan1"],
    ),
    ("no day of the week", {"rules": (weekly(weekdays=()),)}, ["no_weekday:plan1"]),
    ("no price said", {"price": Price.UNKNOWN}, ["no_price"]),
    ("a price nobody wrote", {"price": Price.MISSING}, ["price_missing"]),
    ("no place", {"where": Where.UNKNOWN}, ["no_place"]),
    ("a secret place", {"where": Where.HIDDEN}, []),
    ("ring, but where", {"must_ring": True}, ["no_phone_to_ring"]),
    ("ring there", {"must_ring": True, "phone": "12 34 56 78"}, []),
    ("all past", {"rules": (once(dt.date(2026, 11, 3)),)}, ["all_past"]),
    ("last year was meant to be this", {"rules": (once(dt.date(2025, 12, 3)),)}, ["all_past"]),
    ("earlier today", {"rules": (once(NOW.date(), "09:00", "11:00"),)}, ["no_dates_ahead"]),
    ("later today", {"rules": (once(NOW.date(), "13:00", "14:00"),)}, []),
    ("running now", {"rules": (once(NOW.date(), "11:00", "13:00"),)}, []),
    (
        "a break over all of it",
        {
            "rules": (weekly(until_on=dt.date(2026, 12, 8)),),
            "breaks": (Break(dt.date(2026, 11, 1), dt.date(2026, 12, 31)),),
        },
        ["no_dates_ahead"],
    ),
    (
        "the only date is cancelled",
        {
            "rules": (once(TUESDAY),),
            "changes": (Change(ChangeKind.CANCELLED, dt.datetime(2026, 11, 24, 17, 30)),),
        },
        ["no_dates_ahead"],
    ),
    ("a wrong year ahead", {"rules": (once(dt.date(2062, 3, 3)),)}, ["strange_year:2062"]),
    ("two years ahead", {"rules": (once(dt.date(2028, 1, 20)),)}, ["strange_year:2028"]),
    ("next autumn", {"rules": (once(dt.date(2027, 11, 20)),)}, []),
    (
        "one of several dates years ago",
        {"rules": (once(TUESDAY), once(dt.date(2024, 11, 24)))},
        ["strange_year:2024-11-24"],
    ),
    ("noon to noon", {"rules": (once(TUESDAY, "12:00", "12:00"),)}, ["very_long:12:00-12:00"]),
    ("12 to 0.00", {"rules": (once(TUESDAY, "12:00", "00:00"),)}, []),
    ("0.00 to 2 was meant to be noon", {"rules": (once(TUESDAY, "00:00", "02:00"),)},
     ["starts_at_night:00:00-02:00"]),
    ("1.30 was meant to be 13.30", {"rules": (once(TUESDAY, "01:30", "03:00"),)},
     ["starts_at_night:01:30-03:00"]),
    ("until two in the night", {"rules": (once(TUESDAY, "20:00", "02:00"),)}, []),
    ("while the place is open", {"house": LATE}, []),
    (
        "after the place has closed",
        {"house": house((1, "10:00", "16:00", OPEN))},
        ["outside_hours:1 17:30-19:30"],
    ),
    (
        "longer than the place is open",
        {"house": house((1, "10:00", "18:00", OPEN))},
        ["outside_hours:1 17:30-19:30"],
    ),
    (
        "hours that touch are one",
        {"house": house((1, "10:00", "18:00", OPEN), (1, "18:00", "20:00", Kind.USER_RUN))},
        [],
    ),
    (
        "phone hours open no door",
        {"house": house((1, "10:00", "20:00", Kind.PHONE))},
        ["place_shut_that_day:1 17:30-19:30"],
    ),
    (
        "on a day of the week when the place is shut",
        {"house": house((0, "10:00", "20:00", OPEN))},
        ["place_shut_that_day:1 17:30-19:30"],
    ),
    (
        "after midnight in a house that opened the day before",
        {"rules": (once(TUESDAY, "00:30", "01:30"),), "house": house((0, "20:00", "08:00", OPEN))},
        ["starts_at_night:00:30-01:30"],
    ),
    (
        "on a closed day",
        {"house": house((1, "10:00", "20:00", OPEN), deviations=SHUT_WEEK)},
        ["place_closed:2026-12-01"],
    ),
    (
        "moved away on the closed day",
        {
            "house": house((1, "10:00", "20:00", OPEN), deviations=SHUT_WEEK),
            "changes": (
                Change(
                    ChangeKind.MOVED, dt.datetime(2026, 12, 1, 17, 30), place="Biblioteket"
                ),
            ),
        },
        [],
    ),
    ("a place whose hours nobody knows", {"house": house()}, []),
    (
        "a holiday nobody has spoken for",
        {"rules": (once(dt.date(2026, 12, 25)),), "house": LATE},
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES])
def test_what_is_asked_of_an_activity(changes, expected):
    assert keys(facts(**changes)) == expected


def test_the_first_clash_is_told_with_what_its_words_need():
    shut = house((1, "10:00", "16:00", OPEN))

    (found,) = activity_findings(facts(house=shut), now=NOW)

    spans = [(span.opens, span.closes) for span in found.facts["spans"]]
    assert (found.field, found.facts["house"], spans) == (
        "schedules",
        "Perlen",
        [(dt.datetime(2026, 11, 24, 10), dt.datetime(2026, 11, 24, 16))],
    )
