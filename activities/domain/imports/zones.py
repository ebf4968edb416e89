"""Which clock a calendar means: IANA names, Windows names, and zones a file brings along.

A name that is known beats the file's own rules, which are often cut short. What nobody knows is
taken as Danish time and reported: nearly all calendars read here are Danish.
"""

import datetime as dt
import re
from bisect import bisect_right
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from activities.domain.imports.lines import Component
from activities.domain.imports.rules import RuleProblem, read_rule
from core.domain.dates import COPENHAGEN

_UTC_NAMES = frozenset(
    ("utc", "gmt", "z", "zulu", "etc/utc", "etc/gmt", "coordinated universal time")
)
_DANISH_NAMES = (
    "copenhagen",
    "københavn",
    "kobenhavn",
    "kopenhagen",
    "köpenhamn",
    "romance standard",
)
_NO_NAMES = ("customized time zone", "tzone://microsoft/custom")
_OFFSET_NAME = re.compile(r"\(?(?:utc|gmt)\s*([+-])\s*(\d{1,2}):?(\d\d)?\b", re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?\Z")
_IANA = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}\Z")
_BEGINNING = dt.datetime.fromisoformat("0001-01-02")


class Zone(Protocol):
    """A clock."""

    def utc(self, wall: dt.datetime) -> dt.datetime:
        """The moment of a naive wall time. Raises OverflowError at the ends of the calendar."""

    def wall(self, moment: dt.datetime) -> dt.datetime:
        """The naive wall time of an aware moment. Raises OverflowError likewise."""


class NamedZone:
    """A clock whose rules Python knows."""

    def __init__(self, zone: dt.tzinfo) -> None:
        self._zone = zone

    def utc(self, wall: dt.datetime) -> dt.datetime:
        """The moment; one the clock skips is an hour later on the wall, of two the first."""
        return wall.replace(tzinfo=self._zone).astimezone(dt.UTC)

    def wall(self, moment: dt.datetime) -> dt.datetime:
        """The naive wall time of `moment`."""
        return moment.astimezone(self._zone).replace(tzinfo=None, fold=0)


class FileZone:
    """A clock made from a file's VTIMEZONE, right for the years that matter."""

    def __init__(self, changes: list[tuple[dt.datetime, dt.timedelta, dt.timedelta]]) -> None:
        changes = sorted(changes)
        self._walls = [wall for wall, _, _ in changes]
        self._moments = [wall - before for wall, before, _ in changes]
        self._after = [changes[0][1], *(after for _, _, after in changes)]

    def utc(self, wall: dt.datetime) -> dt.datetime:
        """The moment, by the change last shown on this wall."""
        place = bisect_right(self._walls, wall)
        if place and wall - self._walls[place - 1] < self._after[place] - self._after[place - 1]:
            place -= 1  # the clock skips this hour: as NamedZone, an hour later on the wall
        return (wall - self._after[place]).replace(tzinfo=dt.UTC)

    def wall(self, moment: dt.datetime) -> dt.datetime:
        """The naive wall time of `moment`."""
        naive = moment.astimezone(dt.UTC).replace(tzinfo=None)
        return naive + self._after[bisect_right(self._moments, naive)]


class _Shifted:
    """A clock that is always the same time ahead of UTC."""

    def __init__(self, ahead: dt.timedelta) -> None:
        self._ahead = ahead

    def wall(self, moment: dt.datetime) -> dt.datetime:
        return moment.replace(tzinfo=None) + self._ahead


class Zones:
    """The zones of one calendar. `unknown` collects the names for which Danish time was taken."""

    def __init__(self, calendar: Component, *, first: dt.date, last: dt.date) -> None:
        self.danish: Zone = NamedZone(COPENHAGEN)
        self.utc: Zone = NamedZone(dt.UTC)
        self.unknown: set[str] = set()
        self._years = (first.year - 1, last.year + 1)
        self._own = {
            _tidy(part.value("TZID")): part for part in calendar.parts if part.name == "VTIMEZONE"
        }
        self._found: dict[str, Zone] = {}
        hint = _tidy(calendar.value("X-WR-TIMEZONE"))
        self.floating: Zone = (self._known(hint) if hint else None) or self.danish

    def of(self, name: str) -> Zone:
        """The zone of a TZID; the calendar's own for ""."""
        tidy = _tidy(name)
        if not tidy:
            return self.floating
        if tidy not in self._found:
            self._found[tidy] = self._known(tidy) or self._from_file(tidy) or self._guessed(tidy)
        return self._found[tidy]

    def _known(self, name: str) -> Zone | None:
        lowered = name.lower()
        if lowered in _UTC_NAMES or lowered == "tzone://microsoft/utc":
            return self.utc
        if any(part in lowered for part in _DANISH_NAMES):
            return self.danish
        key = iana_name(name)
        return NamedZone(ZoneInfo(key)) if key else None

    def _from_file(self, name: str) -> Zone | None:
        part = self._own.get(name)
        if part is None:
            return None
        located = iana_name(part.value("X-LIC-LOCATION"))
        if located:
            return NamedZone(ZoneInfo(located))
        changes = [change for each in part.parts for change in self._changes(each)]
        return FileZone(changes) if changes else None

    def _changes(self, part: Component) -> list[tuple[dt.datetime, dt.timedelta, dt.timedelta]]:
        """The moments at which STANDARD or DAYLIGHT begins, with the offsets around them."""
        try:
            before = _offset(part.value("TZOFFSETFROM"))
            after = _offset(part.value("TZOFFSETTO"))
            start = _wall(part.value("DTSTART"))
        except ValueError:
            return []
        # A zone that begins in year 1 began before anything that matters.
        start = max(start, _BEGINNING)
        walls = {start, *self._listed(part), *self._repeated(part, start, before)}
        return [(wall, before, after) for wall in walls]

    def _listed(self, part: Component) -> list[dt.datetime]:
        walls = []
        for found in part.all("RDATE"):
            for value in found.value.split(","):
                try:
                    walls.append(_wall(value))
                except ValueError:
                    continue
        return walls

    def _repeated(
        self, part: Component, start: dt.datetime, before: dt.timedelta
    ) -> list[dt.datetime]:
        first, until = self._years
        walls: list[dt.datetime] = []
        for found in part.all("RRULE"):
            try:
                rule = read_rule(found.value)
                if rule.freq == "YEARLY":
                    last = rule.last_wall(_Shifted(before), all_day=False, in_utc=False)
                    begin, end = _wall(f"{first:04}0101"), _wall(f"{until:04}1231")
                    walls += rule.walls(start, begin, end, last)
            except (RuleProblem, ValueError, OverflowError):
                continue
        return walls

    def _guessed(self, name: str) -> Zone:
        """Danish time, or the hour a display name tells: "(UTC-05:00) Eastern Time"."""
        self.unknown.add(name)
        match = _OFFSET_NAME.match(name)
        if match and name.lower() not in _NO_NAMES:
            hours, minutes = int(match[2]), int(match[3] or 0)
            ahead = dt.timedelta(hours=hours, minutes=minutes) * (-1 if match[1] == "-" else 1)
            if ahead != dt.timedelta(hours=1) and abs(ahead) < dt.timedelta(hours=15):
                return NamedZone(dt.timezone(ahead))
        return self.danish


@lru_cache(maxsize=256)
def iana_name(name: str) -> str | None:
    """The IANA name that `name` stands for: with a prefix, in other letters, or Windows' own."""
    name = name.strip().strip("/")
    if not name or len(name) > 100:
        return None
    parts = name.split("/")
    for count in (len(parts), 3, 2):
        tail = "/".join(parts[-count:])
        if _IANA.match(tail) and (found := _python_name(tail)):
            return found
    return _windows_names().get(name.lower())


def _python_name(name: str) -> str | None:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _names().get(name.lower())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@lru_cache(maxsize=1)
def _windows_names() -> dict[str, str]:
    # Slow to load, and most calendars never need it.
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {windows.lower(): name for windows, name in WINDOWS_TO_OLSON.items()}


def _wall(value: str) -> dt.datetime:
    return dt.datetime.fromisoformat(value.strip()[:15]).replace(tzinfo=None)


def _tidy(name: str) -> str:
    return " ".join(name.replace("\\", "").strip(' "').split())


def _offset(value: str) -> dt.timedelta:
    match = _OFFSET.match(value)
    if not match or int(match[2]) > 18:
        raise ValueError(value)
    ahead = dt.timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -ahead if match[1] == "-" else ahead
