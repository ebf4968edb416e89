"""Somebody has a tablet in hand, its cookie, or another place's: no further than it does."""

import datetime as dt
import logging

import pytest
from django.test import Client
from django.urls import reverse

from activities.models import Occurrence, OccurrenceChange
from core.logs import WithoutQuery, without_secrets
from core.models import User
from staff.actions.devices import new_code, set_pin
from staff.models import Device, DeviceAct
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.devices import PIN, make_code, make_paired, open_device
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 3, 19, 0, tzinfo=dt.UTC)
INTERN = [
    "/intern/",
    "/intern/tael/",
    "/intern/steder/",
    "/intern/enheder/",
    "/intern/kendskab/",
    "/admin/",
    "/admin/aendringer/",
    "/konto/",
    "/konto/personer/",
]


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def device(client: Client, venue) -> Client:
    _device, code = make_code(venue, NOW)
    return open_device(client, code)


@pytest.fixture
def elsewhere(home):
    """A meal at another place: yesterday's and next week's dates."""
    plan = [make_schedule(first_on=dt.date(2026, 3, 2)), make_schedule(key="plan2")]
    return make_activity(make_venue("Kahytten"), "Kor", schedules=plan)


def test_an_unlocked_device_is_nobody_in_the_internal_section_and_the_admin(device):
    answers = {address: device.get(address) for address in INTERN}

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(
        INTERN, 302
    )
    assert all("/admin/login/" in answer["Location"] for answer in answers.values())
    assert "sessionid" not in device.cookies


def test_another_places_dates_counts_and_acts_are_not_there(device, elsewhere):
    date = Occurrence.objects.filter(activity=elsewhere, starts_at__gt=NOW).first()
    past = Occurrence.objects.filter(activity=elsewhere, starts_at__lt=NOW).first()
    theirs = open_device(Client(), make_code(elsewhere.get_parent(), NOW)[1])
    theirs.post(f"/enhed/dato/{date.pk}/aflys/", {"why": "few"})
    act = DeviceAct.objects.get(kind="cancelled")

    tried = [
        device.get(f"/enhed/dato/{date.pk}/aflys/"),
        device.post(f"/enhed/dato/{date.pk}/flyt/", {"day": "2026-03-12"}),
        device.post(f"/enhed/tael/{past.pk}/", {"number": "3"}),
        device.post(f"/enhed/fortryd/{act.pk}/"),
        device.get("/enhed/dato/999999999999999999999/aflys/"),
    ]

    assert [answer.status_code for answer in tried] == [404] * 5
    assert OccurrenceChange.objects.get().undone_at is None
    assert act.text not in device.get(f"/enhed/?gjort={act.pk}").content.decode()


def test_another_device_of_the_place_does_not_take_back_what_this_one_did(device, venue):
    meal = make_activity(venue, schedules=[make_schedule(first_on=dt.date(2026, 3, 5))])
    date = Occurrence.objects.filter(activity=meal).first()
    device.post(f"/enhed/dato/{date.pk}/aflys/", {"why": "few"})
    act = DeviceAct.objects.get(kind="cancelled")
    other = open_device(Client(), make_code(venue, NOW, name="Kontoret")[1])

    assert other.post(f"/enhed/fortryd/{act.pk}/").status_code == 404


def test_what_leaders_did_is_not_undone_on_the_device(device):
    act = DeviceAct.objects.get(kind="let_in")

    assert device.post(f"/enhed/fortryd/{act.pk}/").status_code == 404


def test_a_copied_cookie_is_not_unlocked_with_the_device(device):
    thief = Client()
    thief.cookies["enhed"] = device.cookies["enhed"].value

    assert device.get("/enhed/puls/").content == b"open"
    assert thief.get("/enhed/puls/").content == b"locked"


def test_a_cookie_planted_beforehand_gives_its_planter_nothing(client, venue):
    client.cookies["enhed"] = "plantet"
    client.cookies["enhed-aaben"] = "plantet"
    open_device(client, make_code(venue, NOW)[1])
    planter = Client()
    planter.cookies["enhed"] = planter.cookies["enhed-aaben"] = "plantet"

    assert [c.get("/enhed/puls/").content for c in (client, planter)] == [b"open", b"out"]


def test_a_device_paired_anew_puts_the_old_browser_out(device):
    found = Device.objects.get()
    code = new_code(found, by=make_user(), now=NOW)
    before = device.get("/enhed/puls/").content

    Client().post("/enhed/ind/", {"code": code})

    assert [before, device.get("/enhed/puls/").content] == [b"open", b"out"]


def test_cookies_are_for_the_device_alone(client, venue):
    _device, code = make_code(venue, NOW)
    let_in = client.post("/enhed/ind/", {"code": code}, headers={"X-Forwarded-Proto": "https"})
    opened = client.post("/enhed/laas-op/", {"pin": PIN}, headers={"X-Forwarded-Proto": "https"})

    told = [
        {key: cookie[key] for key in ("path", "httponly", "samesite", "secure", "domain")}
        for cookie in (let_in.cookies["enhed"], opened.cookies["enhed-aaben"])
    ]

    own = {"path": "/enhed/", "httponly": True, "samesite": "Lax", "secure": True, "domain": ""}
    assert told == [own, own]
    assert opened.cookies["enhed-aaben"]["max-age"] == ""


def test_pages_stand_in_no_frame_and_no_cache(device, venue):
    _other, code = make_code(venue, NOW, name="Kontoret")
    addresses = ["/enhed/", f"/enhed/ind/{code}/", "/enhed/besked/", "/enhed/skaerm/", "/enhed/x/"]
    answers = [device.get(address) for address in addresses]

    assert [answer["Cache-Control"] for answer in answers] == ["private, no-store"] * 5
    policies = [answer["Content-Security-Policy"] for answer in answers]
    assert ["frame-ancestors 'none'" in policy for policy in policies] == [True] * 5
    assert [answer.get("X-Frame-Options") for answer in answers[:4]] == ["DENY"] * 4


def test_the_code_goes_nowhere_from_its_page(client, venue, caplog):
    _device, code = make_code(venue, NOW)
    logging.getLogger("django.request").addFilter(WithoutQuery())
    answer = client.get(f"/enhed/ind/{code}/")
    client.post("/enhed/ind/", {"code": code})
    client.get(f"/enhed/ind/{code}/")  # used by now: a 404 that is logged

    assert answer["Referrer-Policy"] == "strict-origin"
    assert code not in caplog.text
    assert without_secrets(f"GET /enhed/ind/{code}/ 200") == "GET /enhed/ind/…/ 200"


def test_forms_want_their_token(venue):
    strict = Client(enforce_csrf_checks=True)
    _device, code = make_code(venue, NOW)

    answers = [
        strict.post("/enhed/ind/", {"code": code}),
        strict.post("/enhed/laas-op/", {"pin": PIN}),
        strict.post("/enhed/laas/"),
        strict.post("/enhed/puls/"),
        strict.post("/enhed/besked/", {"title": "Te"}),
        strict.post("/enhed/fortryd/1/"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    assert Device.objects.get().let_in_at is None


@pytest.mark.parametrize(
    "address",
    ["besked/", "tael/1/", "dato/1/aflys/", "dato/1/flyt/", "fortryd/1/"],
)
def test_a_locked_device_does_nothing(client, venue, address):
    _device, code = make_code(venue, NOW)
    client.post("/enhed/ind/", {"code": code})

    answers = [client.get(f"/enhed/{address}"), client.post(f"/enhed/{address}")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/enhed/")
    ] * 2


def test_guessing_is_answered_slower_and_then_not_at_all(client, venue, time_machine):
    _device, code = make_code(venue, NOW)
    client.post("/enhed/ind/", {"code": code})
    guesses, too_early = [], []

    for guess in range(12):
        guesses.append(client.post("/enhed/laas-op/", {"pin": f"{guess:04}"}).status_code)
        if wait_until := Device.objects.get().wait_until:
            time_machine.move_to(wait_until - dt.timedelta(seconds=1), tick=False)
            if guess > 1:
                too_early.append(client.post("/enhed/laas-op/", {"pin": PIN}).status_code)
            time_machine.move_to(wait_until, tick=False)

    assert guesses == [*[422] * 9, *[429] * 3]
    assert too_early == [429] * 10
    assert "Enheden er spærret" in client.get("/enhed/").content.decode()


@pytest.mark.parametrize("role", ["staff", "editor", "volunteer", "area_head", "communication"])
def test_only_leaders_and_administrators_look_after_devices(client, venue, role):
    device, _secret = make_paired(venue, NOW)
    everywhere = role in {"area_head", "communication"}
    client.force_login(make_user(role=role, venue=None if everywhere else venue))

    asked = ["/enheder/", "/enheder/ny/", f"/enheder/{device.pk}/"]

    assert [client.get(f"/intern{address}").status_code for address in asked] == [403] * 3
    assert client.post(f"/intern/enheder/{device.pk}/", {"act": "ude"}).status_code == 403


def test_a_leader_of_another_place_does_not_see_the_device(client, venue):
    device, _secret = make_paired(venue, NOW)
    client.force_login(make_user(role="venue_leader", venue=make_venue("Kahytten")))
    address = reverse("staff_device", args=[device.pk])

    answers = [client.get(address), *(client.post(address, {"act": a}) for a in ("ude", "kode"))]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert "Køkkenet" not in client.get("/intern/enheder/").content.decode()
    assert client.post("/intern/enheder/ny/", new(venue)).status_code == 422
    assert Device.objects.get().shut_out_at is None


def new(venue, **fields):
    return {"venue": venue.pk, "name": "Kontoret", "pin": "8350"} | fields


def test_a_signed_in_leader_is_nobody_on_the_device(device, venue):
    meal = make_activity(venue, schedules=[make_schedule(first_on=dt.date(2026, 3, 5))])
    device.force_login(make_user(role="venue_leader", venue=venue))
    date = Occurrence.objects.filter(activity=meal).first()

    device.post(f"/enhed/dato/{date.pk}/aflys/", {"why": "few"})

    assert OccurrenceChange.objects.get().created_by is None
    assert User.objects.count() == 1


def test_a_new_pin_of_the_leader_locks_the_open_page(device):
    set_pin(Device.objects.get(), "8350", by=make_user(), now=NOW)

    assert device.get("/enhed/puls/").content == b"locked"
