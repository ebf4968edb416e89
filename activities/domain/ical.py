"""Calendar text: one date or series becomes a VEVENT, and VEVENTs become a calendar.

The files are read by Outlook, Google, Apple and Thunderbird, so only what all of them understand
is written (RFC 5545, RFC 7986). Nothing here knows today's date: equal input gives equal bytes.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import icalendar

from activities.domain.recurrence import local_to_utc, utc_span
from activities.domain.series import Recurrence
from core.domain.text import clean

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PRODUCT = "-//Fristed//Kalender//DA"
UID_DOMAIN = "fristed"  # no host name: addresses change, UIDs never do
REFRESH = "PT1H"
COLOUR = "seagreen"  # RFC 7986 5.9 wants one of the CSS names
MAP_RADIUS = "100"  # metres
CLOSING = "END:VCALENDAR\r\n"

LINE_OCTETS = 75
# What a line may be cut between: an escaped character is never parted from its backslash.
_UNIT = re.compile(r"\\.|.", re.DOTALL)

# The EU's rule since 1996 (directive 2000/84/EC), as rules and not as lists of dates: Outlook
# ignores RDATE, and libraries write the change of spring an hour late. DTSTART is the wall clock
# before the change.
TIME_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is. A venue with a secret address has a name and nothing else."""

    name: str
    address: str = ""  # one line: "Ågade 12, 8370 Hadsten"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT: a series, a single date, or (with `original`) one changed date of a series.

    Times are naive local wall time in Copenhagen. Texts are plain text; an empty value is left
    out of the file.
    """

    uid: str
    summary: str
    starts: dt.datetime
    ends: dt.datetime
    sequence: int  # up with every change of time, place or status
    changed_at: dt.datetime  # aware; becomes DTSTAMP and LAST-MODIFIED
    description: str = ""
    place: Place | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    rrule: Recurrence | None = None
    exdates: tuple[dt.datetime, ...] = ()
    original: dt.datetime | None = None  # the start its series gave it
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """What a calendar says of itself: its name, its own address and the page it belongs to."""

    name: str
    description: str = ""
    source: str = ""
    url: str = ""


def uid(activity: object, key: str) -> str:
    """The UID of one series of an activity: `activity` is its own UUID, `key` says which series."""
    return f"{activity}-{key}@{UID_DOMAIN}"


def entry_text(entry: Entry) -> str:
    """One VEVENT as folded lines, each with its CRLF."""
    event = icalendar.Event()
    event.add("uid", entry.uid)
    _add_stamps(event, entry)
    _add_times(event, entry)
    event.add("summary", _line(entry.summary))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    # A public programme makes nobody busy.
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("class", "PUBLIC")
    if entry.place is not None:
        _add_place(event, entry.place)
    if description := clean(entry.description).strip():
        event.add("description", description)
    if categories := [_line(name) for name in entry.categories if _line(name)]:
        event.add("categories", categories)
    if entry.url:
        event.add("url", entry.url)
    return _folded(event.content_lines(sorted=False))


def opening_text(header: Header) -> str:
    """All of a calendar that stands before its first VEVENT. It ends with `CLOSING`."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, icalendar.vText(_line(header.name)))
    for name in ("description", "x-wr-caldesc"):
        if header.description:
            calendar.add(name, icalendar.vText(_line(header.description)))
    calendar.add("x-wr-timezone", COPENHAGEN.key)
    # The library leaves out the VALUE that RFC 7986 5.7 demands.
    calendar.add("refresh-interval", _duration(REFRESH))
    calendar.add("x-published-ttl", REFRESH)
    calendar.add("color", COLOUR)
    if header.source:
        calendar.add("source", icalendar.vUri(header.source, params={"VALUE": "URI"}))
    if header.url:
        calendar.add("url", header.url)
    lines = calendar.content_lines(sorted=False)
    return _folded([line for line in lines if line != "END:VCALENDAR"] + list(TIME_ZONE))


def calendar_text(header: Header, blocks: Iterable[str]) -> str:
    """A whole calendar from its header and rendered VEVENTs."""
    return "".join([opening_text(header), *blocks, CLOSING])


def _add_stamps(event: icalendar.Event, entry: Entry) -> None:
    stamp = entry.changed_at.astimezone(dt.UTC).replace(microsecond=0)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", entry.sequence)


def _add_times(event: icalendar.Event, entry: Entry) -> None:
    if entry.original is not None:
        event.add("recurrence-id", _zoned(entry.original))
    starts, ends = entry.starts, entry.ends
    if entry.rrule is None:
        starts, ends = _real_times(starts, ends)
    event.add("dtstart", _zoned(starts))
    event.add("dtend", _zoned(ends))
    if entry.rrule is not None:
        event.add("rrule", _rule(entry.rrule, entry.starts.time()))
    if entry.exdates:
        event.add("exdate", [_zoned(moment) for moment in entry.exdates])


def _rule(rrule: Recurrence, starts: dt.time) -> dict[str, object]:
    parts: dict[str, object] = {"freq": rrule["freq"]}
    if rrule["interval"] > 1:
        parts["interval"] = rrule["interval"]
    if rrule["until"] is not None:
        # RFC 5545 3.3.10: in UTC, when the series has a time zone.
        parts["until"] = local_to_utc(dt.datetime.combine(rrule["until"], starts))
    return parts | {"byday": rrule["byday"]}


def _add_place(event: icalendar.Event, place: Place) -> None:
    name, address = _line(place.name), _line(place.address)
    if location := ", ".join(part for part in (name, address) if part):
        event.add("location", location)
    if place.latitude is None or place.longitude is None:
        return
    latitude, longitude = round(place.latitude, 6), round(place.longitude, 6)
    event.add("geo", (latitude, longitude))
    # Apple shows a map only with this line.
    point = {"VALUE": "URI", "X-APPLE-RADIUS": MAP_RADIUS, "X-TITLE": name.replace('"', "’")}
    uri = icalendar.vUri(f"geo:{latitude},{longitude}", params=point)
    event.add("x-apple-structured-location", uri)


def _real_times(starts: dt.datetime, ends: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Wall times that the clock shows: in the night it goes forward, 2.30 is 3.30."""
    first, last = (moment.astimezone(COPENHAGEN) for moment in utc_span(starts, ends))
    return first.replace(tzinfo=None, fold=0), last.replace(tzinfo=None, fold=0)


def _zoned(local: dt.datetime) -> dt.datetime:
    return local.replace(tzinfo=COPENHAGEN)


def _duration(text: str) -> icalendar.vDuration:
    duration = icalendar.vDuration.from_ical(text)
    return icalendar.vDuration(duration, params={"VALUE": "DURATION"})


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _folded(lines: Iterable[str]) -> str:
    return "".join(f"{_fold(line)}\r\n" for line in lines if line)


def _fold(line: str) -> str:
    """At most 75 octets a line (RFC 5545 3.1), cut neither inside a letter nor an escape."""
    if len(line.encode()) <= LINE_OCTETS:
        return line
    pieces, size = [""], 0
    for unit in _UNIT.findall(line):
        width = len(unit.encode())
        if size + width > LINE_OCTETS:
            pieces.append("")
            size = 1
        pieces[-1] += unit
        size += width
    return "\r\n ".join(pieces)
