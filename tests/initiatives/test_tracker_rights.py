"""Who reaches which address of the tracker: every address, every role, also by the address bar.

A new address below /admin/initiativer/ is in this matrix by itself: nobody without business
there may get as much as a page.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from directory.models import CooperationAgreement
from initiatives.actions import save_service
from initiatives.permissions import TrackerRights, tracker_rights
from tests.factories.core import make_user
from tests.factories.directory import make_organisation, make_venue
from tests.factories.initiatives import NOW, make_catalogue, make_progress

pytestmark = pytest.mark.sqlite_is_enough

BASE = "/admin/initiativer/"
OUTSIDERS = ["", "volunteer", "staff", "editor", "communication"]
EVERYWHERE = {"communication", "area_head"}
# What a converter of an address is filled with when nobody may look behind it.
SAMPLES = {"int": "1", "str": "1a", "slug": "perlen"}


def addresses(**samples: str) -> Iterator[str]:
    """Yield one path for each address of the tracker, whoever of the apps made it."""
    for pattern, prefix in walk(get_resolver().url_patterns, ""):
        if prefix.startswith("admin/initiativer/"):
            yield "/" + filled(pattern, prefix, SAMPLES | samples)


def walk(patterns, prefix: str) -> Iterator[tuple[URLPattern, str]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern, path
        elif "admin/initiativer/".startswith(path) or path.startswith("admin/initiativer/"):
            yield from walk(pattern.url_patterns, path)


def filled(pattern: URLPattern, path: str, samples: dict[str, str]) -> str:
    """Return the path with a sample for each part that varies."""
    for kind, sample in samples.items():
        for name in pattern.pattern.converters:
            path = path.replace(f"<{kind}:{name}>", sample)
    for name in pattern.pattern.converters:
        path = path.replace(f"<{name}>", "1a")
    return path


def test_the_matrix_holds_every_address() -> None:
    paths = list(addresses())

    assert len(paths) == len(set(paths)) > 40
    assert not [path for path in paths if "<" in path]
    assert {f"{BASE}tavle/", f"{BASE}steder/1/1a/ret/", f"{BASE}dokumentation/1/hent/"} <= {*paths}


@pytest.mark.parametrize("role", OUTSIDERS)
def test_nobody_without_business_reaches_any_address(home, client: Client, role: str) -> None:
    make_catalogue()
    venue = make_venue()
    make_progress("1a", venue)
    if role:
        place = None if role in EVERYWHERE else venue
        client.force_login(make_user(role=role, venue=place))

    answers = {
        (method, path): getattr(client, method)(path).status_code
        for path in addresses()
        for method in ("get", "post")
    }

    shut = {302, 403, 404, 405}
    assert {key: status for key, status in answers.items() if status not in shut} == {}


def test_number_that_no_row_can_have_is_not_found_anywhere(home, client: Client) -> None:
    make_catalogue()
    client.force_login(make_user(admin=True))
    huge = "9" * 25
    paths = [path for path in addresses(int=huge) if huge in path]

    answers = {
        (method, path): getattr(client, method)(path).status_code
        for path in paths
        for method in ("get", "post")
    }

    assert {key: status for key, status in answers.items() if status not in {404, 405}} == {}


def test_every_address_answers_before_anything_has_been_loaded(home, client: Client) -> None:
    client.force_login(make_user(admin=True))

    answers = {path: client.get(path).status_code for path in addresses()}

    fine = {200, 302, 404, 405}
    assert {path: status for path, status in answers.items() if status not in fine} == {}


def own_pages(venue, agreement: int, service: int) -> list[str]:
    """Return pages that are about one venue."""
    return [
        f"steder/{venue.pk}/",
        f"steder/{venue.pk}/1a/",
        f"steder/{venue.pk}/1a/ret/",
        f"steder/{venue.pk}/1a/oplysninger/",
        f"steder/{venue.pk}/1a/dokumentation/",
        f"aftaler/{agreement}/",
        f"indsatser/{service}/",
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [("own_leader", 200), ("other_leader", 404), ("area_head", 200), ("administrator", 200)],
)
def test_a_venues_pages_are_for_its_leader_and_those_above(
    home, client: Client, role: str, status: int
) -> None:
    make_catalogue()
    organisation = make_organisation()
    venue, other = make_venue(organisation=organisation), make_venue("Stuen")
    make_progress("1a", venue)
    agreement = CooperationAgreement.objects.create(
        organisation=organisation, title="Aftale", starts_on=NOW.date()
    )
    facts = {"venue": venue, "title": "Hjælp", "area": "other", "provider": "Nogen"}
    service = save_service(None, facts, now=NOW)
    users = {
        "own_leader": {"role": "venue_leader", "venue": venue},
        "other_leader": {"role": "venue_leader", "venue": other},
        "area_head": {"role": "area_head"},
        "administrator": {"admin": True},
    }
    client.force_login(make_user(**users[role]))

    pages = own_pages(venue, agreement.pk, service.pk)

    assert {page: client.get(BASE + page).status_code for page in pages} == dict.fromkeys(
        pages, status
    )


def test_writing_about_another_venue_through_the_address_bar_changes_nothing(
    home, client: Client
) -> None:
    make_catalogue()
    venue, other = make_venue(), make_venue("Stuen")
    progress = make_progress("1a", other)
    client.force_login(make_user(role="venue_leader", venue=venue))
    data = {"status": "started", "agreed_start": "2026-03-02"}

    answers = [
        client.post(f"{BASE}steder/{other.pk}/1a/{step}", data).status_code
        for step in ("ret/", "oplysninger/", "bekraeft/", "fortryd/", "dokumentation/")
    ]

    progress.refresh_from_db()
    assert answers == [404] * 5
    assert (progress.status, progress.changes.count()) == ("not_started", 1)


def test_lists_and_files_hold_nothing_of_other_venues(home, client: Client) -> None:
    make_catalogue()
    venue, other = make_venue(), make_venue("Stuen")
    make_progress("1a", other, responsible="Hemmelig funktion")
    client.force_login(make_user(role="venue_leader", venue=venue))

    bodies = [
        client.get(f"{BASE}{path}").content.decode()
        for path in ("steder/?export=csv", "historik/?export=csv", "historik/", "indsatser/")
    ]

    told = [word for word in ("Hemmelig funktion", "Stuen") for body in bodies if word in body]
    assert told == []


def test_a_leader_who_stops_sees_nothing_any_more(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    leader = make_user(role="venue_leader", venue=venue)
    client.force_login(leader)
    before = client.get(f"{BASE}katalog/").status_code
    leader.memberships.all().delete()

    after = client.get(f"{BASE}katalog/").status_code

    assert (before, after) == (200, 302)


def test_rights_of_each_role(home) -> None:
    venue, other = make_venue(), make_venue("Stuen")
    leader = tracker_rights(make_user("a@eksempelby.example", role="venue_leader", venue=venue))
    head = tracker_rights(make_user("b@eksempelby.example", role="area_head"))
    staff = tracker_rights(make_user("c@eksempelby.example", role="staff", venue=venue))

    def table(rights: TrackerRights) -> tuple[bool, ...]:
        return (
            rights.sees_any,
            rights.sees(venue.pk),
            rights.sees(other.pk),
            rights.sees(None),
            rights.edits(venue.pk),
            rights.locks,
            rights.approves,
            rights.manages_agreements,
            rights.revises_plan,
        )

    assert table(leader) == (True, True, False, True, True, False, False, False, True)
    assert table(head) == (True,) * 9
    assert table(staff) == (False,) * 9
