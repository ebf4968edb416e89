"""Enheder in the internal section: the leader's side of shared devices."""

import datetime as dt
import re

import pytest
from django.test import Client

from staff.models import Device, DeviceAct
from tests.factories.core import make_user
from tests.factories.devices import make_paired, open_device
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 3, 19, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def leader(client: Client, venue) -> Client:
    client.force_login(make_user(role="venue_leader", venue=venue))
    return client


def new(venue, **fields):
    return {"venue": venue.pk, "name": "Køkkenet", "pin": "4711"} | fields


def code_in(answer):
    return re.search(r'class="device-code">([A-Z0-9-]+)<', answer.content.decode())[1]


def test_a_leader_lets_a_device_in(leader, venue):
    shown = leader.post("/intern/enheder/ny/", new(venue))
    code = code_in(shown)

    tablet = open_device(Client(), code)

    text = shown.content.decode()
    assert f'value="https://fristed.example/enhed/ind/{code.replace("-", "")}/"' in text
    assert "<svg" in text
    assert "4711" not in text
    assert tablet.get("/enhed/puls/").content == b"open"
    assert "Sidst brugt tirsdag den 3. marts 2026 kl. 20" in list_of(leader)


def list_of(client):
    return client.get("/intern/enheder/").content.decode()


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"pin": "1111"}, ["pin"]),
        ({"pin": "47"}, ["pin"]),
        ({"name": ""}, ["name"]),
        ({"name": "køkkenet"}, ["name"]),
        ({"venue": "0"}, ["venue"]),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(leader, venue, fields, errors):
    make_paired(venue, NOW)

    answer = leader.post("/intern/enheder/ny/", new(venue, name="Kontoret") | fields)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, errors)
    assert Device.objects.count() == 1


def test_a_device_gets_another_name_and_pin(leader, venue):
    device, _secret = make_paired(venue, NOW)
    address = f"/intern/enheder/{device.pk}/"

    named = leader.post(address, {"act": "navn", "name": "Kontoret"})
    pinned = leader.post(address, {"act": "pin", "pin": "8350"}, follow=True)
    refused = leader.post(address, {"act": "pin", "pin": "1234"})

    device.refresh_from_db()
    assert (named["Location"], device.name) == (f"{address}?gjort=navn", "Kontoret")
    assert "8350" not in pinned.content.decode()
    assert refused.status_code == 422


def test_a_device_is_shut_out_at_once_and_let_in_again(leader, venue):
    tablet = open_device(Client(), code_in(leader.post("/intern/enheder/ny/", new(venue))))
    address = f"/intern/enheder/{Device.objects.get().pk}/"

    leader.post(address, {"act": "ude"})
    out = tablet.get("/enhed/puls/").content
    listed = list_of(leader)
    open_device(tablet, code_in(leader.post(address, {"act": "kode"})))

    assert out == b"out"
    assert "Lukket ude" in listed
    assert tablet.get("/enhed/puls/").content == b"open"


def test_the_device_tells_what_it_did(leader, venue):
    tablet = open_device(Client(), code_in(leader.post("/intern/enheder/ny/", new(venue))))
    days = {"first_on": "2026-03-03", "starts": "20", "last_on": "2026-03-04", "ends": "12"}
    tablet.post("/enhed/besked/", {"title": "Der er te"} | days)
    act = DeviceAct.objects.get(kind="notice")
    address = f"/intern/enheder/{act.device_id}/"
    before = leader.get(address).content.decode()
    tablet.post(f"/enhed/fortryd/{act.pk}/")

    after = leader.get(address).content.decode()

    assert "Der er te." in before
    assert ["<b>fortrudt</b>" in page for page in (before, after)] == [False, True]


def test_an_unknown_act_changes_nothing(leader, venue):
    device, _secret = make_paired(venue, NOW)

    answer = leader.post(f"/intern/enheder/{device.pk}/", {"act": "slet"})

    assert answer.status_code == 422
    assert DeviceAct.objects.exclude(kind__in=["code", "let_in"]).count() == 0


def test_administrators_see_every_places_devices(client, venue):
    make_paired(venue, NOW)
    make_paired(make_venue("Kahytten"), NOW, name="Kontoret")
    client.force_login(make_user(admin=True))

    text = list_of(client)

    assert [name in text for name in ("Køkkenet", "Kontoret")] == [True, True]


def test_the_list_asks_as_often_for_many_devices_as_for_one(
    leader, venue, django_assert_max_num_queries
):
    for name in ("Køkkenet", "Kontoret", "Gangen"):
        make_paired(venue, NOW, name=name)
    leader.get("/intern/enheder/")

    with django_assert_max_num_queries(12):
        leader.get("/intern/enheder/")
