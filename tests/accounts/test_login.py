"""Signing in: the address, the fields and the count of attempts."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from accounts.actions.login import FROM_ANYWHERE, FROM_ONE_PLACE, begin_try
from accounts.models import LoginTry
from core.models import OutgoingMail
from directory.taxonomy import Role
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

EMAIL = "rikke@eksempelby.example"
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
WRONG = {"username": EMAIL, "password": "forkert kodeord"}
RIGHT = {"username": EMAIL, "password": PASSWORD}


@pytest.fixture
def user(home):
    return make_user(EMAIL, role=Role.STAFF, venue=make_venue())


def sign_in(client: Client, data=RIGHT, address="192.0.2.7", path="/admin/login/", **more):
    return client.post(path, data | more, REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("path", "leads_to"), [("/admin/login/", "/admin/"), ("/konto/log-ind/", "/intern/")]
)
def test_both_addresses_take_the_same_fields(user, client, path, leads_to):
    page = client.get(path)
    answer = sign_in(client, path=path)

    assert page.status_code == 200
    assert 'name="username"' in page.text
    assert 'name="password"' in page.text
    assert (answer.status_code, answer["Location"]) == (302, leads_to)
    assert client.get("/intern/").status_code == 200


def test_next_leads_to_own_pages_only(user, client):
    own = sign_in(client, next="/intern/find/")
    foreign = sign_in(Client(), next="https://evil.example/")

    assert own["Location"] == "/intern/find/"
    assert foreign["Location"] == "/admin/"


def test_capitals_and_spaces_in_the_address_do_not_matter(user, client):
    answer = sign_in(client, username=" Rikke@Eksempelby.example ")

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "data",
    [WRONG, {"username": "ingen@eksempelby.example", "password": "x" * 12}],
    ids=["wrong password", "nobody"],
)
def test_a_refusal_never_tells_whether_there_is_an_account(user, client, data):
    answer = sign_in(client, data)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [
        "Mailadressen og adgangskoden passer ikke sammen, eller kontoen er lukket."
    ]


def test_a_deactivated_person_cannot_sign_in(user, client):
    user.is_active = False
    user.save()

    answer = sign_in(client)

    assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)


def test_a_person_without_any_place_is_told_so_and_not_sent_in_a_circle(home, client):
    make_user(EMAIL)
    sign_in(client)

    answer = client.get("/admin/", follow=True)

    assert (answer.status_code, len(answer.redirect_chain)) == (403, 1)
    assert EMAIL in answer.text


def test_after_five_failures_the_account_waits_a_quarter_of_an_hour(user, client):
    with time_machine.travel(NOW, tick=False):
        codes = [sign_in(client, WRONG).status_code for _ in range(FROM_ONE_PLACE + 1)]
        right = sign_in(client).status_code
    with time_machine.travel(NOW + dt.timedelta(minutes=16), tick=False):
        later = sign_in(client).status_code

    assert codes == [200] * FROM_ONE_PLACE + [429]
    assert (right, later) == (429, 302)


def test_a_shared_address_is_never_shut_out(user, client):
    for number in range(100):
        begin_try(email=f"gaest{number}@eksempelby.example", network="192.0.2.0/24", now=NOW)
    for _ in range(FROM_ONE_PLACE + 1):
        sign_in(Client(), {"username": "anden@eksempelby.example", "password": "x" * 12})

    assert sign_in(client).status_code == 302


def test_failures_elsewhere_do_not_shut_the_owner_out(user, client):
    for _ in range(FROM_ONE_PLACE + 1):
        sign_in(Client(), WRONG, address="198.51.100.9")

    assert sign_in(client, address="192.0.2.7").status_code == 302


def test_guesses_from_many_networks_wait_but_a_known_network_does_not(user):
    sign_in(Client(), address="192.0.2.7")
    for number in range(FROM_ANYWHERE):
        sign_in(Client(), WRONG, address=f"198.51.{number}.9")

    assert sign_in(Client(), address="203.0.113.5").status_code == 429
    assert sign_in(Client(), address="192.0.2.99").status_code == 302


def test_behind_our_proxy_the_visitors_own_address_counts(user, settings):
    settings.TRUSTED_PROXIES = 1
    for _ in range(FROM_ONE_PLACE + 1):
        Client().post("/admin/login/", WRONG, headers={"X-Forwarded-For": "198.51.100.9"})

    answer = Client().post("/admin/login/", RIGHT, headers={"X-Forwarded-For": "192.0.2.7"})

    assert answer.status_code == 302


def test_attempts_keep_neither_address_nor_account(user, client):
    sign_in(client, WRONG)

    row = LoginTry.objects.get()
    assert (len(row.account), len(row.place), row.succeeded) == (64, 64, False)
    assert EMAIL not in f"{row.account} {row.place}"


def test_failures_are_forgotten_after_a_day(user):
    begin_try(email=EMAIL, network="192.0.2.0/24", now=NOW)

    begin_try(email="anden@eksempelby.example", network="", now=NOW + dt.timedelta(days=2))

    assert LoginTry.objects.count() == 1


def test_a_new_password_comes_by_mail_once_and_opens_the_account(user, client):
    for _ in range(FROM_ONE_PLACE):
        sign_in(Client(), WRONG)
    asked = [client.post("/konto/ny-adgangskode/", {"email": EMAIL})["Location"] for _ in range(2)]
    client.post("/konto/ny-adgangskode/", {"email": "ingen@eksempelby.example"})
    mail = OutgoingMail.objects.get()
    url = next(line for line in mail_words(user).split() if "/konto/ny-adgangskode/" in line)

    form = client.get(url.removeprefix("https://fristed.example"), follow=True)
    new = {"password1": "Havnens 9 lygter", "password2": "Havnens 9 lygter"}
    saved = client.post(form.redirect_chain[-1][0], new)
    signed_in = sign_in(client, password="Havnens 9 lygter")
    again = Client().get(url.removeprefix("https://fristed.example"))

    assert asked == ["/konto/ny-adgangskode/sendt/"] * 2
    assert (mail.to, mail.purpose) == (EMAIL, "new_password")
    assert (saved.status_code, signed_in.status_code) == (302, 302)
    assert "Linket er brugt eller for gammelt" in again.text


def mail_words(user):
    """The text as it left: the row forgets it once it is sent."""
    from django.core import mail

    return mail.outbox[-1].body if mail.outbox else OutgoingMail.objects.get().text


def test_signing_out_asks_first(user, client):
    sign_in(client)

    asked = client.get("/konto/log-ud/")
    still_in = client.get("/konto/").status_code
    client.post("/konto/log-ud/")

    assert (asked.status_code, still_in) == (200, 200)
    assert client.get("/konto/").status_code == 302


def test_account_pages_are_never_stored(user, client):
    sign_in(client)

    assert client.get("/konto/")["Cache-Control"] == "private, no-store"
