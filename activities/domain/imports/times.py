"""Dates, times and lengths as calendars write them, RFC 5545 section 3.3."""

import datetime as dt
import re
from dataclasses import dataclass

from activities.domain.imports.lines import Property
from activities.domain.imports.zones import Zone, Zones

_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)\Z")
_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)?(Z?)\Z")
_LENGTH = re.compile(
    r"\+?P(?=[\dT])(?:(\d{1,6})W)?(?:(\d{1,6})D)?"
    r"(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?\Z"
)
_LEAP_SECOND = 60


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a naive wall time in a zone."""

    wall: dt.datetime  # midnight for a whole day
    zone: Zone
    all_day: bool = False
    in_utc: bool = False  # written with a Z

    @property
    def day(self) -> dt.date:
        """The day in its own zone: where someone in that zone would look it up."""
        return self.wall.date()

    def utc(self) -> dt.datetime:
        """The moment. Raises OverflowError at the ends of the calendar."""
        return self.zone.utc(self.wall)


def read_when(value: str, zone: Zone, zones: Zones) -> When:
    """A DATE or DATE-TIME whose `zone` was worked out by `Zones.of`. Raises ValueError."""
    value = value.strip().upper()
    if match := _DATE.match(value):
        wall = dt.datetime.combine(dt.date(*map(int, match.groups())), dt.time())
        return When(wall, zones.danish, all_day=True)
    if not (match := _TIME.match(value)):
        raise ValueError(value)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if second == _LEAP_SECOND:
        second = 59
    wall = dt.datetime.combine(dt.date(year, month, day), dt.time(hour, minute, second))
    return When(wall, zones.utc if match[7] else zone, in_utc=bool(match[7]))


def read_property(found: Property, zones: Zones) -> When:
    """The value of DTSTART, DTEND or RECURRENCE-ID. Raises ValueError."""
    return read_when(found.value, zones.of(found.parameters.get("TZID", "")), zones)


def read_list(found: Property, zones: Zones) -> tuple[list[tuple[When, dt.timedelta | None]], int]:
    """The values of EXDATE or RDATE, each with its length for a PERIOD, and how many are bad."""
    zone = zones.of(found.parameters.get("TZID", ""))
    good, bad = [], 0
    for value in found.value.split(","):
        if not value.strip():
            continue
        start, _, end = value.partition("/")
        try:
            when = read_when(start, zone, zones)
            good.append((when, _period(when, end, zone, zones) if end else None))
        except (ValueError, OverflowError):
            bad += 1
    return good, bad


def _period(start: When, end: str, zone: Zone, zones: Zones) -> dt.timedelta:
    if "P" in end.upper():
        return read_length(end)
    return read_when(end, zone, zones).utc() - start.utc()


def read_length(value: str) -> dt.timedelta:
    """A DURATION that is not negative. Raises ValueError, OverflowError."""
    match = _LENGTH.match(value.strip().upper())
    if not match:
        raise ValueError(value)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
