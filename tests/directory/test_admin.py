"""The editor's forms and lists: who sees what, and what is refused beside the field."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data

from core.models import User
from directory.actions import verify_venue
from directory.domain.hours import Hours
from directory.domain.publishing import overlap
from directory.models import (
    District,
    Membership,
    Notice,
    OpeningException,
    SecretAddress,
    VenueMove,
    VenuePage,
)
from directory.permissions import sync_groups
from tests.factories.core import make_user
from tests.factories.directory import make_exception, make_venue

pytestmark = pytest.mark.sqlite_is_enough

TODAY = dt.date(2026, 11, 23)
EVERY_LIST = (
    "andre-aabningstider",
    "opslag",
    "flytninger",
    "hemmelige-adresser",
    "organisationer",
    "samarbejdsaftaler",
    "bydele",
    "maalgrupper",
    "faciliteter",
)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def sign_in(client: Client, role: str, venue: VenuePage | None = None) -> User:
    user = make_user(f"{role}@eksempelby.example", role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return user


@pytest.fixture
def admin(home, client: Client) -> Client:
    client.force_login(make_user(admin=True))
    return client


def hours_row(**fields: object) -> dict[str, object]:
    empty = {"weekday": 0, "opens": "9", "closes": "16", "kind": "staffed", "note": ""}
    return empty | {"valid_from": "", "valid_until": "", "id": "", "ORDER": "1"} | fields


def venue_form(*rows: dict[str, object], **fields: object) -> dict[str, str]:
    """What the browser sends for a new venue, published at once."""
    values = {
        "title": "Perlen",
        "slug": "perlen",
        "venue_type": "drop_in_centre",
        "summary": "En stue ved havnen.",
        "phone": "12 34 56 78",
        "street": "Havnegade 12",
        "description": "null",
        "core_task": "null",
        "referral": "none",
        "registration": "unknown",
        "gender_policy": "all",
        "sobriety_policy": "unknown",
        "alcohol_policy": "ask",
        "drug_policy": "ask",
        "smoking_policy": "ask",
        "pets_policy": "unknown",
        "food_price_type": "unknown",
        "address_public": "on",
        "action-publish": "1",
        **dict.fromkeys(FACTS, "unknown"),
        **{f"{name}": _formset([]) for name in ("contacts", "first_visit_steps", "short_infos")},
        "opening_hours": _formset(rows),
        "comments": _formset([]),
    }
    merged = {**values, **fields}
    return nested_form_data({name: value for name, value in merged.items() if value is not None})


FACTS = (
    "anonymous_ok",
    "residency_required",
    "relatives_welcome",
    "children_welcome",
    "call_first",
    "step_free",
    "accessible_toilet",
    "lift",
    "hearing_loop",
    "accessible_parking",
    "quiet_room",
    "door_help",
)


def _formset(rows: object) -> dict[str, object]:
    rows = list(rows)
    management = {
        "TOTAL_FORMS": len(rows),
        "INITIAL_FORMS": 0,
        "MIN_NUM_FORMS": 0,
        "MAX_NUM_FORMS": 1000,
    }
    return management | {str(number): row for number, row in enumerate(rows)}


def send_venue(client: Client, home, *rows: dict[str, object], **fields: object):
    address = reverse("wagtailadmin_pages:add", args=("directory", "venuepage", home.venues.pk))
    return client.post(address, venue_form(*rows, **fields))


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_a_venue_is_made_with_hours_as_people_write_them(admin, home):
    response = send_venue(
        admin,
        home,
        hours_row(opens="9.30", closes="16"),
        hours_row(weekday=4, opens="20", closes="2"),
        food_price_type="fixed",
        food_price="25",
    )

    assert response.status_code == 302
    venue = VenuePage.objects.get()
    assert [(row.weekday, row.opens, row.closes) for row in venue.opening_hours.all()] == [
        (0, dt.time(9, 30), dt.time(16)),
        (4, dt.time(20), dt.time(2)),
    ]
    assert (venue.live, venue.food_price) == (True, 2500)


def test_overlapping_rows_are_refused_beside_the_field(admin, home):
    response = send_venue(admin, home, hours_row(), hours_row(opens="15", closes="18"))

    rows = response.context["form"].formsets["opening_hours"]
    assert rows.errors == [
        {},
        {"opens": ["Der er allerede åbent på det tidspunkt: mandag 9–16. Ret en af de to rækker."]},
    ]
    assert VenuePage.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "where", "text"),
    [
        (
            {"phone": "ring til Mette"},
            "phone",
            "Write the number with digits and blanks, for example 12 34 56 78.",
        ),
        (
            {"age_min": "30", "age_max": "18"},
            "age_max",
            "Den højeste alder ligger under den laveste.",
        ),
        ({"food_price_type": "fixed"}, "food_price", "Skriv prisen."),
        (
            {"food_price_type": "range", "food_price": "40", "food_price_max": "25"},
            "food_price_max",
            "Skriv en pris, der er højere end den laveste.",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_beside_the_field(admin, home, fields, where, text):
    found = errors_of(send_venue(admin, home, **fields))

    assert list(found) == [where]
    assert len(found[where]) == 1
    assert text in found[where] or where == "phone"


def test_an_address_typed_for_a_secret_venue_is_kept_where_it_belongs(admin, home):
    send_venue(
        admin, home, address_public=None, street="Skjulevej 7", city="Gemmeby", latitude="56.1"
    )

    venue = VenuePage.objects.get()
    assert (venue.street, venue.city, venue.latitude) == ("", "", None)
    assert "Skjulevej" not in str(venue.latest_revision.content)
    assert SecretAddress.objects.get().street == "Skjulevej 7"


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ((0, 9, 16), (0, 15, 18), True),
        ((0, 9, 16), (0, 16, 18), False),
        ((0, 20, 2), (1, 1, 3), True),
        ((6, 20, 2), (0, 1, 3), True),
        ((0, 0, 0), (0, 23, 1), True),
        ((0, 0, 0), (1, 0, 0), False),
    ],
)
def test_rows_overlap_also_past_midnight_and_over_the_weekend(one, other, clash):
    rows = [Hours(day, dt.time(opens), dt.time(closes)) for day, opens, closes in (one, other)]

    assert overlap(*rows) is clash
    assert overlap(*reversed(rows)) is clash


def test_seasons_that_do_not_meet_do_not_clash():
    summer = Hours(0, dt.time(9), dt.time(16), valid_until=dt.date(2026, 8, 31))
    winter = Hours(0, dt.time(10), dt.time(15), valid_from=dt.date(2026, 9, 1))

    assert not overlap(summer, winter)


def test_the_list_of_venues_shows_only_ones_own(home, client: Client):
    own, other = make_venue("Perlen"), make_venue("Stuen")
    sign_in(client, "editor", own)

    response = client.get(reverse("steder:index"))

    assert [page.pk for page in response.context["object_list"]] == [own.pk]
    assert other.title not in response.content.decode()


def test_the_list_filters_by_kind_and_by_what_is_stale(admin, home):

    fresh = make_venue("Perlen", venue_type="night_cafe")
    make_venue("Stuen")
    verify_venue(fresh, by=None, now=timezone.now())

    def titles(query: str) -> list[str]:
        return [page.title for page in admin.get(f"/admin/steder/{query}").context["object_list"]]

    queries = ("", "?venue_type=night_cafe", "?stale=true", "?stale=false", "?live=false")
    found = {query: titles(query) for query in queries}

    assert found == {
        "": ["Perlen", "Stuen"],
        "?venue_type=night_cafe": ["Perlen"],
        "?stale=true": ["Stuen"],
        "?stale=false": ["Perlen"],
        "?live=false": [],
    }


def test_the_list_costs_as_much_for_three_venues_as_for_one(home, client: Client):
    sign_in(client, "communication")
    costs = []
    for name in ("Perlen", "Stuen", "Kahytten"):
        make_venue(name, hours=[(0, "9.00", "16.00")])
        client.get("/admin/steder/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/steder/").status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[2]


def test_staff_see_and_write_exceptions_of_their_own_venue_only(home, client: Client):
    own, other = make_venue("Perlen"), make_venue("Stuen")
    mine, theirs = make_exception(own, TODAY), make_exception(other, TODAY)
    user = sign_in(client, "staff", own)

    listed = client.get("/admin/andre-aabningstider/").context["object_list"]
    form = client.get("/admin/andre-aabningstider/new/").context["form"]
    sent = {
        "first_on": "24.12.2026",
        "until_on": "24.12.2026",
        "closed": "on",
        "kind": "staffed",
        "reason": "christmas",
    }
    refused = client.post("/admin/andre-aabningstider/new/", sent | {"venue": other.pk})
    client.post("/admin/andre-aabningstider/new/", sent | {"venue": own.pk})
    edits = [
        client.get(f"/admin/andre-aabningstider/edit/{row.pk}/").status_code
        for row in (mine, theirs)
    ]
    client.post(f"/admin/andre-aabningstider/delete/{theirs.pk}/")

    assert list(listed) == [mine]
    assert list(form.fields["venue"].queryset) == [own]
    assert "venue" in errors_of(refused)
    made = OpeningException.objects.get(reason="christmas")
    assert (made.venue_id, made.created_by) == (own.pk, user)
    assert edits == [200, 302]
    assert OpeningException.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("name", ["andre-aabningstider", "opslag", "flytninger"])
def test_no_list_or_form_names_another_venues_draft(home, client: Client, name):
    own, _draft = make_venue("Perlen"), make_venue("Hemmelig plan", live=False)
    open_to_all = make_venue("Stuen")
    sign_in(client, "venue_leader", own)

    listed = client.get(f"/admin/{name}/")
    form = client.get(f"/admin/{name}/new/")

    assert "Hemmelig plan" not in listed.content.decode() + form.content.decode()
    assert list(listed.context["filters"].form.fields["venue"].queryset) == [own]
    if name == "flytninger":
        chosen = form.context["form"].fields["successor"].queryset
        assert list(chosen) == [own, open_to_all]


def test_an_exception_needs_times_unless_closed(home, client: Client):
    own = make_venue()
    sign_in(client, "staff", own)
    sent = {
        "venue": own.pk,
        "first_on": "24.12.2026",
        "until_on": "23.12.2026",
        "kind": "staffed",
        "reason": "christmas",
    }

    found = errors_of(client.post("/admin/andre-aabningstider/new/", sent))

    assert found == {
        "until_on": ["Den sidste dag ligger før den første."],
        "opens": ["Skriv, hvornår I åbner og lukker, eller vælg lukket."],
        "closes": ["Skriv, hvornår I åbner og lukker, eller vælg lukket."],
    }


def test_only_the_municipality_writes_notices_without_a_venue(home, client: Client):
    own = make_venue()
    sent = {"title": "Kulde", "starts_at": "2026-11-23 12:00", "ends_at": "2026-11-24 12:00"}
    sign_in(client, "staff", own)
    refused = client.post("/admin/opslag/new/", sent)
    sign_in(client, "communication")
    client.post("/admin/opslag/new/", sent)

    assert "venue" in errors_of(refused)
    assert list(Notice.objects.values_list("venue", "title")) == [(None, "Kulde")]


def test_a_merger_that_was_carried_out_stays(home, client: Client):
    old, new = make_venue("Stuen"), make_venue("Perlen")
    move = VenueMove.objects.create(
        venue=old, kind="merged", on=TODAY, successor=new, done_at=timezone.now()
    )
    client.force_login(make_user(admin=True))

    client.post(f"/admin/flytninger/delete/{move.pk}/")
    client.post(f"/admin/flytninger/edit/{move.pk}/", {"venue": old.pk, "kind": "moved"})

    move.refresh_from_db()
    assert (move.kind, move.successor) == ("merged", new)


@pytest.mark.parametrize(
    ("role", "everywhere", "allowed"),
    [
        ("staff", False, {"andre-aabningstider", "opslag"}),
        ("editor", False, {"andre-aabningstider", "opslag", "hemmelige-adresser"}),
        (
            "venue_leader",
            False,
            {"andre-aabningstider", "opslag", "flytninger", "hemmelige-adresser"},
        ),
        ("volunteer", False, set()),
        (
            "communication",
            True,
            {*EVERY_LIST} - {"hemmelige-adresser"},
        ),
        ("area_head", True, {"samarbejdsaftaler"}),
    ],
)
def test_each_role_reaches_its_own_lists(home, client: Client, role, everywhere, allowed):
    venue = make_venue()
    sign_in(client, role, None if everywhere else venue)
    lists = (*EVERY_LIST, "roller")

    found = {name for name in lists if client.get(f"/admin/{name}/").status_code == 200}

    assert found == allowed


def test_an_administrator_gives_roles_and_makes_districts(admin, home):
    user = make_user("ny@eksempelby.example")
    venue = make_venue()

    admin.post("/admin/roller/new/", {"user": user.pk, "venue": venue.pk, "role": "editor"})
    admin.post("/admin/bydele/new/", {"name": "Østerby", "slug": "oesterby"})
    wrong = admin.post("/admin/roller/new/", {"user": user.pk, "role": "editor"})

    assert list(Membership.objects.values_list("user", "venue", "role")) == [
        (user.pk, venue.pk, "editor")
    ]
    assert District.objects.get().name == "Østerby"
    assert wrong.context["form"].errors


def test_a_venue_can_be_previewed_before_it_is_saved(admin, home):
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=("directory", "venuepage", home.venues.pk)
    )
    admin.post(address, venue_form(hours_row()))

    response = admin.get(address)

    assert response.status_code == 200
    assert "9.00–16.00" in response.content.decode()


def test_a_merger_in_the_admin_needs_a_successor(admin, home):
    venue = make_venue()
    sent = {"venue": venue.pk, "kind": "merged", "on": "1.12.2026"}

    found = errors_of(admin.post("/admin/flytninger/new/", sent))

    assert found["successor"] == ["Vælg, hvilket sted det bliver en del af."]
    assert VenueMove.objects.count() == 0


@pytest.mark.parametrize(
    ("latitude", "longitude", "wrong"),
    [
        ("10.2", "56.1", {"latitude", "longitude"}),
        ("1e308", "", {"latitude"}),
        ("56.1", "10", set()),
    ],
)
def test_a_place_outside_denmark_is_refused(admin, home, latitude, longitude, wrong):
    place = {"latitude": latitude, "longitude": longitude}
    answer = send_venue(admin, home, hours_row(), **place)
    venue = make_venue("Kahytten")
    sent = {"venue": venue.pk, "kind": "moved", "on": "1.12.2026", "street": "Nygade 3"}

    moved = admin.post("/admin/flytninger/new/", sent | place)

    found = [errors_of(page) if page.status_code == 200 else {} for page in (answer, moved)]
    assert [set(errors) for errors in found] == [wrong, wrong]
