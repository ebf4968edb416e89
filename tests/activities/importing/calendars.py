"""Small calendars for tests, written line by line."""

import datetime as dt

from activities.domain.imports.values import Imported, Limits
from activities.importing.reading import read_body

FIRST, LAST = dt.date(2027, 1, 1), dt.date(2027, 12, 31)


def event(
    *lines: str, start: str = "DTSTART;TZID=Europe/Copenhagen:20270302T100000", uid: str = "a"
) -> str:
    """A VEVENT; `start` is its whole DTSTART line."""
    body = [f"UID:{uid}", start, *lines]
    if not any(line.startswith("SUMMARY") for line in lines):
        body.append("SUMMARY:Yoga")
    return "\r\n".join(["BEGIN:VEVENT", *(line for line in body if line), "END:VEVENT", ""])


def calendar(*events: str, head: str = "") -> bytes:
    """A VCALENDAR with `head` lines before its events."""
    lines = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fristed//tests//DA\r\n"
    return f"{lines}{head}{''.join(events)}END:VCALENDAR\r\n".encode()


def read(body: bytes, limits: Limits | None = None) -> Imported:
    """What `body` gives in the year 2027."""
    return read_body(body, first=FIRST, last=LAST, limits=limits or Limits())


def starts(found: Imported) -> list[str]:
    """Danish wall times, "2027-03-02 10:00", or days."""
    return [
        str(each.starts_local.date()) if each.all_day else f"{each.starts_local:%Y-%m-%d %H:%M}"
        for each in found.events
    ]


def problems(found: Imported) -> list[tuple[str, str]]:
    """Codes and titles of what could not be used as it stands."""
    return [(str(each.code), each.title) for each in found.problems]
