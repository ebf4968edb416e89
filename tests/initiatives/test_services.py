"""Outreach services (4c): what is agreed, what runs, and what the public then sees."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from activities.models import ActivityPage
from core.models import ContentVersion
from directory.actions import apply_due_moves, merge_venue
from initiatives.actions import Refused, save_service
from initiatives.models import OutreachService, ServiceChange
from initiatives.public_records import Service, public_services
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import NOW, make_catalogue

DAY = dt.timedelta(days=1)
FACTS = {"title": "Sygeplejerske", "area": "health", "provider": "Sundhedsplejen"}


def add(venue, **values) -> OutreachService:
    with override("en"):
        return save_service(None, {"venue": venue, **FACTS, **values}, now=NOW)


def test_idea_is_noted_and_not_shown(home) -> None:
    venue = make_venue()

    service = add(venue)

    assert (service.status, public_services(venue, NOW)) == ("idea", [])
    entry = ServiceChange.objects.get()
    assert (entry.kind, entry.after["title"]) == ("created", "Sygeplejerske")


def test_running_service_stands_on_the_venues_page_at_once(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    service = add(venue)
    before = ContentVersion.current()[0]

    save_service(service, {"status": "running", "when_text": "hver onsdag kl. 10"}, now=NOW)

    page = client.get(venue.url).content.decode()
    assert public_services(venue, NOW) == [
        Service("Sygeplejerske", "Sundhedsplejen", "", (), "hver onsdag kl. 10")
    ]
    assert "Hjælp, der kommer her på stedet" in page
    assert "Hver onsdag kl. 10" in page
    assert ContentVersion.current()[0] > before


def test_running_service_in_the_calendar_tells_its_next_date(home) -> None:
    venue = make_venue()
    activity = make_activity(venue, "Sygeplejersken er her")
    starts = public_dates(activity)

    add(venue, status="running", activity=activity)

    (shown,) = public_services(venue, starts - 2 * DAY)
    assert (shown.next_at, shown.url) == (starts, "/steder/perlen/sygeplejersken-er-her/")
    assert shown.when.endswith("kl. 17.30")


def public_dates(activity: ActivityPage) -> dt.datetime:
    """Return when the activity next takes place, after `NOW`."""
    return activity.occurrences.filter(starts_at__gt=NOW + 3 * DAY).earliest("starts_at").starts_at


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"title": " "}, "title", "Write what it is."),
        ({"provider": ""}, "provider", "Write who provides it."),
        (
            {"status": "running"},
            "when_text",
            "Say when it is there, or choose it in the calendar.",
        ),
        (
            {"provider": "Hans, 010190-1234"},
            "provider",
            "This looks like a CPR number. Nobody may be recognised here; take it out.",
        ),
    ],
)
def test_service_that_does_not_hold_is_refused(home, values, field: str, told: str) -> None:
    venue = make_venue()

    with pytest.raises(Refused) as refused:
        add(venue, **values)

    assert refused.value.problems == {field: told}
    assert not OutreachService.objects.exists()


def test_activity_of_another_venue_is_refused(home) -> None:
    activity = make_activity(make_venue("Stuen"), "Fodpleje")

    with pytest.raises(Refused, match="belongs to another venue"):
        add(make_venue(), activity=activity)


def test_services_follow_a_venue_that_becomes_part_of_another(home) -> None:
    venue, successor = make_venue(), make_venue("Stuen")
    service = add(venue, status="running", when_text="hver onsdag")
    today = timezone.localdate()
    merge_venue(venue, successor, on=today)

    apply_due_moves(today, timezone.now())

    service.refresh_from_db()
    newest = ServiceChange.objects.newest_first().first()
    assert service.venue == successor
    assert (newest.before, newest.after) == ({"venue": "Perlen"}, {"venue": "Stuen"})


def test_new_service_at_a_venue_that_is_no_more_is_refused(home) -> None:
    venue, successor = make_venue(), make_venue("Stuen")
    merge_venue(venue, successor, on=NOW.date())

    with pytest.raises(Refused, match="Perlen has become part of Stuen"):
        add(venue)


def test_leader_writes_services_of_own_venues_and_no_others(home, client: Client) -> None:
    own, other = make_venue(), make_venue("Stuen")
    theirs = add(other)
    client.force_login(make_user(role="venue_leader", venue=own))
    data = {"title": "Jobsnak", "area": "job", "provider": "Jobcentret", "status": "dialogue"}

    made = client.post("/admin/initiativer/indsatser/ny/", {**data, "venue": own.pk})
    elsewhere = client.post("/admin/initiativer/indsatser/ny/", {**data, "venue": other.pk})
    foreign = client.post(f"/admin/initiativer/indsatser/{theirs.pk}/", {**data, "venue": own.pk})

    assert [made.status_code, elsewhere.status_code, foreign.status_code] == [302, 422, 404]
    assert [s.title for s in OutreachService.objects.filter(venue=own)] == ["Jobsnak"]
    assert [s.title for s in client.get("/admin/initiativer/indsatser/").context["services"]] == [
        "Jobsnak"
    ]
