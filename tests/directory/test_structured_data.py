"""What search engines are told of a venue's days with other hours."""

import datetime as dt
import json

import pytest

from directory.domain.hours import Deviation, Hours, Kind
from directory.models import VenuePage
from directory.status import Opening
from directory.structured_data import venue_json_ld

# A page asks for its kind when it is made, also one that is never stored.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]

MONDAY = dt.date(2026, 11, 23)
NINE, FOUR, EIGHT, TEN = dt.time(9), dt.time(16), dt.time(20), dt.time(22)
WEEK = tuple(Hours(weekday, NINE, FOUR) for weekday in range(5))


def special(*deviations):
    """Return (first day, last day, from, until) of what is told besides the week."""
    opening = Opening(WEEK, deviations)
    found = json.loads(venue_json_ld(VenuePage(title="Perlen"), opening, "https://x.example/"))
    names = ("validFrom", "validThrough", "opens", "closes")
    rows = found.get("specialOpeningHoursSpecification", [])
    return [tuple(row[name] for name in names) for row in rows]


def day(number):
    return MONDAY + dt.timedelta(days=number)


def test_an_extra_opening_does_not_take_the_usual_hours_away():
    extra = Deviation(day(0), day(1), closed=False, opens=EIGHT, closes=TEN, extra=True)

    assert special(extra) == [
        ("2026-11-23", "2026-11-24", "09:00", "16:00"),
        ("2026-11-23", "2026-11-24", "20:00", "22:00"),
    ]


def test_a_day_on_which_only_the_phone_is_answered_is_told_as_closed():
    phone = Deviation(day(0), day(0), closed=False, opens=NINE, closes=FOUR, kind=Kind.PHONE)

    assert special(phone) == [("2026-11-23", "2026-11-23", "00:00", "00:00")]


def test_a_day_within_a_closed_period_is_told_once_as_it_is():
    closed = Deviation(day(0), day(4))
    opened = Deviation(day(2), day(2), closed=False, opens=EIGHT, closes=TEN)

    assert special(closed, opened) == [
        ("2026-11-23", "2026-11-24", "00:00", "00:00"),
        ("2026-11-25", "2026-11-25", "20:00", "22:00"),
        ("2026-11-26", "2026-11-27", "00:00", "00:00"),
    ]
