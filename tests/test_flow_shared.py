"""A shared event through every outlet of a host: only after its yes, and no longer after a no.

An outlet is one line in OUTLETS: its name and how it is read. It tells of the event when its title
is there. The main host's own outlets tell of it all along.
"""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from activities.actions import invite_host
from activities.models import ActivityHost, ActivityPage
from directory.models import VenuePage
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
TITLE = "Sommerfest"


def get(path: str) -> Callable[[Client, str], str]:
    """Return a reader of one address of a venue, unfolded as calendars are."""

    def read(client: Client, slug: str) -> str:
        answer = client.get(path.format(slug))
        assert answer.status_code == 200, path
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return body.decode().replace("\r\n ", "")

    return read


def pdf(client: Client, slug: str) -> str:
    answer = client.get(f"/steder/{slug}/program.pdf?uge=2026-W48")
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


OUTLETS = {
    "venue page": get("/steder/{}/"),
    "list": get("/aktiviteter/?sted={}"),
    "week": get("/aktiviteter/?sted={}&visning=uge"),
    "month": get("/aktiviteter/?sted={}&visning=maaned"),
    "venue .ics": get("/steder/{}/kalender.ics"),
    "filtered .ics": get("/kalender.ics?sted={}"),
    "venue RSS": get("/steder/{}/feed.rss"),
    "venue Atom": get("/steder/{}/feed.atom"),
    "poster": get("/steder/{}/program/?uge=2026-W48"),
    "program.pdf": pdf,
    "screen": get("/skaerm/{}/"),
    "embed": get("/embed/{}/"),
    "OS2display RSS": get("/data/os2display/{}/feed.rss"),
}


@pytest.fixture
def event(home, time_machine) -> ActivityPage:
    """Perlen's party today, and something else at each place so that no list is empty."""
    time_machine.move_to(NOW, tick=False)
    perlen, ankeret = make_venue("Perlen"), make_venue("Ankeret")
    plan = [make_schedule(NOW.date(), frequency="once", weekdays=[])]
    for venue in (perlen, ankeret):
        make_activity(venue, "Åbent værksted", schedules=[make_schedule(dt.date(2026, 11, 2))])
    published = {"kind": "varying", "first_published_at": NOW - dt.timedelta(days=1)}
    return make_shared_event(home.shared, perlen, title=TITLE, schedules=plan, **published)


def telling(slug: str) -> list[str]:
    """Return the names of a venue's outlets that tell of the event."""
    visitor = Client()
    return [name for name, read in OUTLETS.items() if TITLE in read(visitor, slug)]


def told_in_data(venue: VenuePage) -> tuple[bool, bool]:
    """Whether the open data and OS2display name the venue as one of the event's hosts."""
    screens = Client().get("/data/os2display/events.json").json()
    shown = any(row["title"] == TITLE and row["displayName"] == venue.title for row in screens)
    (row,) = [
        row
        for row in Client().get("/data/begivenheder.json").json()["events"]
        if row["title"] == TITLE
    ]
    return venue.title in str(row), shown


def leader_of(venue: VenuePage) -> Client:
    user = make_user(f"leder@{venue.slug}.example", role=Role.VENUE_LEADER, venue=venue)
    sync_groups(user)
    client = Client()
    client.force_login(user)
    return client


def test_every_outlet_of_a_host_waits_for_its_yes_and_heeds_a_later_no(event) -> None:
    ankeret = VenuePage.objects.get(slug="ankeret")
    leader = leader_of(ankeret)
    host = invite_host(event, ankeret, now=NOW)
    page = f"/intern/invitation/{host.pk}/"

    asked = (telling("ankeret"), told_in_data(ankeret))
    leader.post(page, {"answer": "yes"})
    accepted = (telling("ankeret"), told_in_data(ankeret))
    leader.post(page, {"answer": "no"})
    declined = (telling("ankeret"), told_in_data(ankeret))
    leader.post(page, {"answer": "yes"})
    again = (telling("ankeret"), told_in_data(ankeret))

    assert asked == declined == ([], (False, False))
    assert accepted == again == (list(OUTLETS), (True, True))


def test_the_main_hosts_outlets_tell_of_it_whatever_others_answer(event) -> None:
    ankeret = VenuePage.objects.get(slug="ankeret")
    before = telling("perlen")

    host = invite_host(event, ankeret, now=NOW)
    leader_of(ankeret).post(f"/intern/invitation/{host.pk}/", {"answer": "no"})

    assert before == telling("perlen") == list(OUTLETS)


def named(event: ActivityPage) -> tuple[bool, bool]:
    """Whether the event's own page and its calendar name Ankeret."""
    addresses = (event.url, f"{event.url}kalender.ics")
    page, calendar = ("Ankeret" in get(address)(Client(), "") for address in addresses)
    return page, calendar


def test_the_event_names_a_host_when_it_has_said_yes(event) -> None:
    ankeret = VenuePage.objects.get(slug="ankeret")
    host = invite_host(event, ankeret, now=NOW)
    leader = leader_of(ankeret)

    asked = named(event)
    leader.post(f"/intern/invitation/{host.pk}/", {"answer": "yes"})
    accepted = named(event)
    leader.post(f"/intern/invitation/{host.pk}/", {"answer": "no"})

    nowhere, everywhere = (False, False), (True, True)
    assert (asked, accepted, named(event)) == (nowhere, everywhere, nowhere)


@pytest.mark.parametrize(
    ("status", "role", "may"),
    [
        ("invited", Role.EDITOR, False),
        ("accepted", Role.EDITOR, True),
        ("accepted", Role.VENUE_LEADER, True),
        ("accepted", Role.STAFF, False),
        ("accepted", Role.VOLUNTEER, False),
        ("declined", Role.EDITOR, False),
    ],
)
def test_editors_of_hosts_that_said_yes_edit_and_publish_and_no_one_else(
    event, status, role, may
) -> None:
    ankeret = VenuePage.objects.get(slug="ankeret")
    ActivityHost.objects.create(activity=event, venue=ankeret, status=status)
    user = make_user("nogen@ankeret.example", role=role, venue=ankeret)
    sync_groups(user)
    client = Client()
    client.force_login(user)

    edit = client.get(f"/admin/pages/{event.pk}/edit/").status_code
    can = event.permissions_for_user(user)
    outsider = make_user("anden@kahytten.example", role=Role.EDITOR, venue=make_venue("Kahytten"))

    assert (edit == 200, can.can_edit(), can.can_publish()) == (may, may, may)
    assert event.permissions_for_user(outsider).can_edit() is False
