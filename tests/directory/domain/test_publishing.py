"""What is asked before a venue is published, one line for each case."""

import datetime as dt

import pytest

from core.domain.findings import Finding, Weight
from directory.domain.hours import Hours, Kind
from directory.domain.publishing import VenueFacts, venue_findings

TODAY = dt.date(2026, 11, 23)


def hours(weekday, opens, closes, **more):
    return Hours(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes), **more)


WEEK = (hours(0, "09:00", "16:00"), hours(1, "09:00", "16:00"))


def facts(**changes):
    values = {
        "phone": "12 34 56 78",
        "hours": WEEK,
        "address_public": True,
        "address": "Havnegade 12",
    }
    return VenueFacts(**(values | changes))


def keys(venue):
    return [finding.key for finding in venue_findings(venue, today=TODAY)]


CASES = [
    ("nothing to say", {}, []),
    ("no hours", {"hours": ()}, ["no_hours"]),
    ("no phone", {"phone": ""}, ["no_phone"]),
    ("no address", {"address": ""}, ["no_address"]),
    ("a secret address is no mistake", {"address": "", "address_public": False}, []),
    ("food without a price", {"price_unknown": True}, ["no_food_price"]),
    (
        "9-4 was meant to be 9-16",
        {"hours": (hours(0, "09:00", "04:00"),)},
        ["long_hours:0 09:00-04:00"],
    ),
    ("a night shelter", {"hours": (hours(0, "20:00", "08:00"),)}, []),
    ("a night café until one", {"hours": (hours(4, "15:00", "01:00"),)}, []),
    ("day and night", {"hours": (hours(0, "00:00", "00:00"),)}, []),
    ("until 24.00", {"hours": (hours(0, "16:00", "00:00"),)}, []),
    (
        "0.00 was meant to be 12.00",
        {"hours": (hours(0, "00:00", "04:00"),)},
        ["opens_at_night:0 00:00-04:00"],
    ),
    ("from 5 in the morning", {"hours": (hours(0, "05:00", "10:00"),)}, []),
    (
        "from 2 was meant to be 14",
        {"hours": (hours(0, "02:00", "05:00"),)},
        ["opens_at_night:0 02:00-05:00"],
    ),
    (
        "overlapping rows",
        {"hours": (hours(0, "09:00", "16:00"), hours(0, "15:00", "18:00"))},
        ["hours_overlap:0 15:00-18:00"],
    ),
    (
        "overlapping rows of other people",
        {
            "hours": (
                hours(0, "09:00", "16:00"),
                hours(0, "15:00", "18:00", kind=Kind.USER_RUN),
            )
        },
        [],
    ),
    (
        "a night that runs into the next week",
        {"hours": (hours(6, "20:00", "08:00"), hours(0, "07:00", "12:00"))},
        ["hours_overlap:0 07:00-12:00"],
    ),
    (
        "a wrong year",
        {"hours": (hours(0, "09:00", "16:00", valid_from=dt.date(2206, 1, 1)),)},
        ["strange_year:2206-01-01"],
    ),
    (
        "hours that are over",
        {"hours": (hours(0, "09:00", "16:00", valid_until=dt.date(2026, 8, 31)),)},
        ["hours_over"],
    ),
    (
        "only some hours are over",
        {"hours": (*WEEK, hours(2, "09:00", "16:00", valid_until=dt.date(2026, 8, 31)))},
        [],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES])
def test_what_is_asked_of_a_venue(changes, expected):
    assert keys(facts(**changes)) == expected


def test_only_overlapping_rows_stop_a_venue():
    first, second = hours(0, "09:00", "16:00"), hours(0, "09:00", "12:00")

    (found,) = venue_findings(facts(hours=(first, second)), today=TODAY)

    assert found == Finding(
        "hours_overlap", "opening_hours", "0 09:00-12:00", Weight.ERROR, {"row": first}
    )
