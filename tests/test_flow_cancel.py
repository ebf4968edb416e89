"""One cancellation, from the button in the internal section through every outlet, and back.

An outlet is one line in OUTLETS: its name, how it is read, and what it says when the date is
cancelled. Before the act and after the undo it must not say so.
"""

import datetime as dt
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from activities.models import Occurrence
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
DAY = dt.datetime(2026, 11, 23, 17, 30)
PAGE = "/steder/perlen/faellesspisning/"
REASON = "Kokken er syg"
CANCELLED_IN_DATA = '"status": "cancelled"'


@dataclass(frozen=True)
class Outlet:
    """Where a date is told of, and how one sees there that it is cancelled."""

    name: str
    read: Callable[[Client], str]
    cancelled: Callable[[str], bool]


def get(path: str) -> Callable[[Client], str]:
    """Return a reader of one address, unfolded as calendars are."""

    def read(client: Client) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, path
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return body.decode().replace("\r\n ", "")

    return read


def says(*words: str) -> Callable[[str], bool]:
    """Return a check that every one of `words` is there."""
    return lambda text: all(word in text for word in words)


def struck_row(text: str) -> bool:
    """A row of a list, marked and with the reason beside it."""
    return 'class="entry is-cancelled' in text and REASON in text


def struck_item(text: str) -> bool:
    """An entry of the week's or month's table."""
    return re.search(r'class="[^"]*is-cancelled[^"]*"', text) is not None


def event_cancelled(text: str) -> bool:
    """Search engines: the event of this very day, and no other."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    events = json.loads(data)["@graph"]
    return [event["startDate"][:10] for event in events if "Cancelled" in event["eventStatus"]] == [
        "2026-11-23"
    ]


def entry_cancelled(text: str) -> bool:
    """Calendars: an override of the one date, cancelled, with the word in its title too."""
    entries = text.split("BEGIN:VEVENT")[1:]
    told = [entry for entry in entries if "STATUS:CANCELLED" in entry]
    return len(told) == 1 and all(
        part in told[0]
        for part in (
            "RECURRENCE-ID;TZID=Europe/Copenhagen:20261123T173000",
            "SUMMARY:AFLYST: Fællesspisning",
            REASON,
        )
    )


OUTLETS = [
    Outlet("page", get(PAGE), says("change-cancelled", REASON)),
    Outlet("JSON-LD", get(PAGE), event_cancelled),
    Outlet("list", get("/aktiviteter/"), struck_row),
    Outlet("list of the day", get("/aktiviteter/?periode=idag"), struck_row),
    Outlet("week", get("/aktiviteter/?visning=uge"), struck_item),
    Outlet("month", get("/aktiviteter/?visning=maaned"), struck_item),
    Outlet("venue page", get("/steder/perlen/"), says("change-cancelled", REASON)),
    Outlet("front page", get("/"), says("change-cancelled", REASON)),
    Outlet("activity .ics", get(f"{PAGE}kalender.ics"), entry_cancelled),
    Outlet("date .ics", get(f"{PAGE}20261123T173000.ics"), says("STATUS:CANCELLED", "AFLYST: ")),
    Outlet("venue .ics", get("/steder/perlen/kalender.ics"), entry_cancelled),
    Outlet("city .ics", get("/kalender.ics"), entry_cancelled),
    Outlet("RSS", get("/feed.rss"), says("Aflyst: Fællesspisning", REASON)),
    Outlet("Atom", get("/feed.atom"), says("Aflyst: Fællesspisning", REASON)),
    Outlet("venue RSS", get("/steder/perlen/feed.rss"), says("Aflyst: Fællesspisning", REASON)),
    Outlet("embed", get("/embed/perlen/"), says("Aflyst", REASON)),
    Outlet("event database", get("/data/begivenheder.json"), says(CANCELLED_IN_DATA)),
    Outlet("screen", get("/skaerm/perlen/"), says("is-cancelled", "Aflyst")),
    Outlet("poster", get("/steder/perlen/program/"), says("Aflyst")),
    Outlet("OS2display", get("/data/os2display/events.json"), says("AFLYST")),
    Outlet("OS2display RSS", get("/data/os2display/perlen/feed.rss"), says("AFLYST", REASON)),
    Outlet("/intern/", get("/intern/"), says("job is-off", REASON)),
]


@pytest.fixture
def staff(client: Client, home, time_machine) -> Client:
    """Somebody at Perlen, on Monday 23 November 2026 at 13 in Denmark."""
    time_machine.move_to(NOW, tick=False)
    venue = make_venue(title="Perlen")
    plan = [make_schedule(first_on=dt.date(2026, 11, 2))]
    make_activity(venue, schedules=plan)
    client.force_login(make_user(role=Role.STAFF, venue=venue))
    return client


def cancelled_in(staff: Client, visitor: Client) -> list[str]:
    """Return the names of the outlets that say that the date is cancelled."""
    told = []
    for outlet in OUTLETS:
        reader = staff if outlet.name == "/intern/" else visitor
        if outlet.cancelled(outlet.read(reader)):
            told.append(outlet.name)
    return told


def test_one_cancellation_reaches_every_outlet_and_so_does_its_undo(staff: Client) -> None:
    visitor = Client()
    date = Occurrence.objects.get(recurrence_id=f"{DAY:%Y%m%dT%H%M%S}")
    before = cancelled_in(staff, visitor)

    pressed = time.perf_counter()
    answer = staff.post(f"/intern/dato/{date.pk}/aflys/", {"why": "other", "words": REASON})
    told = cancelled_in(staff, visitor)
    took = time.perf_counter() - pressed
    kind, _, pk = answer["Location"].rpartition("=")[2].partition("-")
    staff.post(f"/intern/fortryd/{kind}/{pk}/")
    after = cancelled_in(staff, visitor)

    print(f"from Aflys pressed to the last of {len(OUTLETS)} outlets: {took:.2f} s")  # noqa: T201
    assert before == []
    assert told == [outlet.name for outlet in OUTLETS]
    assert after == []
    assert took < 60
