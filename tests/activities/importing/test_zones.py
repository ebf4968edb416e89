"""Which clock a calendar means."""

import pytest

from tests.activities.importing.calendars import calendar, event, read, starts

OWN_ZONE = """BEGIN:VTIMEZONE\r
TZID:{name}\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0400\r
TZOFFSETTO:+0300\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0300\r
TZOFFSETTO:+0400\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""


def noon(tzid: str, *, head: str = "", month: int = 1) -> tuple[list[str], list[str]]:
    """When noon by that zone is in Denmark, and the zones that were not known."""
    start = f"DTSTART{tzid}:2027{month:02}15T120000"
    found = read(calendar(event(start=start), head=head))
    return [each[-5:] for each in starts(found)], [each.detail for each in found.problems]


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        (";TZID=Europe/Copenhagen", "12:00"),
        (";TZID=europe/copenhagen", "12:00"),
        (";TZID=/Europe/Copenhagen", "12:00"),
        (";TZID=/freeassociation.sourceforge.net/Europe/Copenhagen", "12:00"),
        (";TZID=/mozilla.org/20050126_1/America/New_York", "18:00"),
        (";TZID=Romance Standard Time", "12:00"),
        (';TZID="Romance Standard Time"', "12:00"),
        (";TZID=GMT Standard Time", "13:00"),
        (";TZID=Eastern Standard Time", "18:00"),
        (';TZID="(UTC+01:00) Bruxelles, København, Madrid, Paris"', "12:00"),
        (";TZID=(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "12:00"),
        (";TZID=UTC", "13:00"),
        (";TZID=tzone://Microsoft/Utc", "13:00"),
        (";TZID=", "12:00"),
        ("", "12:00"),
    ],
)
def test_zones_are_known_by_many_names(tzid, expected):
    assert noon(tzid) == ([expected], [])


@pytest.mark.parametrize(
    ("tzid", "expected", "name"),
    [
        (";TZID=Customized Time Zone", "12:00", "Customized Time Zone"),
        (";TZID=tzone://Microsoft/Custom", "12:00", "tzone://Microsoft/Custom"),
        (";TZID=../../../../etc/passwd", "12:00", "../../../../etc/passwd"),
        (';TZID="(UTC-05:00) Somewhere"', "18:00", "(UTC-05:00) Somewhere"),
        (';TZID="(UTC+01:00) Somewhere"', "12:00", "(UTC+01:00) Somewhere"),
    ],
)
def test_an_unknown_zone_is_danish_time_and_reported(tzid, expected, name):
    assert noon(tzid) == ([expected], [name])


@pytest.mark.parametrize(("month", "expected"), [(1, "10:00"), (7, "10:00")])
def test_a_zone_of_the_file_is_used_where_nobody_knows_its_name(month, expected):
    head = OWN_ZONE.format(name="Customized Time Zone")

    assert noon(";TZID=Customized Time Zone", head=head, month=month) == ([expected], [])


def test_a_known_name_beats_what_the_file_says_of_it():
    head = OWN_ZONE.format(name="Europe/Copenhagen")

    assert noon(";TZID=Europe/Copenhagen", head=head) == (["12:00"], [])


def test_floating_time_follows_the_calendar_s_own_zone():
    assert noon("", head="X-WR-TIMEZONE:Europe/London\r\n") == (["13:00"], [])


def test_a_zone_may_stand_after_its_events():
    body = calendar(event(start="DTSTART;TZID=Mit:20270115T120000"), OWN_ZONE.format(name="Mit"))

    assert starts(read(body)) == ["2027-01-15 10:00"]


@pytest.mark.parametrize(
    ("day", "expected"), [("20270328T023000", "03:30"), ("20271031T023000", "02:30")]
)
def test_an_hour_that_is_skipped_or_comes_twice_is_still_a_time(day, expected):
    own = calendar(event(start=f"DTSTART;TZID=Min:{day}"), OWN_ZONE.format(name="Min"))
    named = calendar(event(start=f"DTSTART;TZID=Europe/Copenhagen:{day}"))

    assert [each[-5:] for each in starts(read(named))] == [expected]
    assert len(read(own).events) == 1
