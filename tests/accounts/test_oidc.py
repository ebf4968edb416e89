"""Signing in through another system, with a real small one at the other end."""

import http.client
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from accounts.actions.people import end_membership, invite
from accounts.models import Invitation
from core.models import OutgoingMail, User
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.harness.oidc_provider import CLIENT_ID, CLIENT_SECRET, oidc_provider

EMAIL = "rikke@eksempelby.example"
RIKKE = {"sub": "42", "email": EMAIL, "email_verified": True, "given_name": "Rikke"}


@pytest.fixture(scope="module")
def provider():
    with oidc_provider() as server:
        yield server


@pytest.fixture
def named(provider, settings):
    """The settings of an installation that uses the provider."""
    app = {
        "provider_id": "kommune",
        "name": "Eksempelby login",
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": provider.issuer},
    }
    provider.lies = {}
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "Eksempelby login"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    return provider


@pytest.fixture
def venue(home):
    return make_venue()


def go_through(client, provider, person, next_page="/intern/", process="login"):
    """Press the button, let the provider say yes, and come back with its answer."""
    provider.person = person
    start = client.post(f"/konto/oidc/kommune/?next={next_page}&process={process}")
    there = urlsplit(start["Location"])
    asking = http.client.HTTPConnection(there.netloc)
    asking.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(asking.getresponse().headers["Location"])
    asking.close()
    return client.get(f"{back.path}?{back.query}"), f"{back.path}?{back.query}"


def test_somebody_known_by_a_checked_address_is_let_in(named, venue, client):
    make_user(EMAIL, role=Role.STAFF, venue=venue)

    answer, _back = go_through(client, named, RIKKE)

    assert (answer.status_code, answer["Location"]) == (302, "/intern/")
    assert client.get("/intern/").status_code == 200


def test_the_button_stands_on_the_page_and_may_lead_there(named, home, client):
    page = client.get("/konto/log-ind/")

    assert "Fortsæt med Eksempelby login" in page.text
    assert f"form-action 'self' {named.issuer}" in page["Content-Security-Policy"]


def test_an_unchecked_address_opens_nothing(named, venue, client):
    make_user(EMAIL, role=Role.STAFF, venue=venue)

    answer, _back = go_through(client, named, RIKKE | {"email_verified": False})

    assert (answer.status_code, client.get("/intern/").status_code) == (403, 302)


def test_a_tenant_whose_addresses_we_trust_need_not_say_so(named, venue, client, settings):
    settings.OIDC_TRUST_EMAIL = True
    make_user(EMAIL, role=Role.STAFF, venue=venue)
    silent = {name: value for name, value in RIKKE.items() if name != "email_verified"}

    answer, _back = go_through(client, named, silent)

    assert answer["Location"] == "/intern/"


def test_a_stranger_gets_no_account(named, home, client):
    answer, _back = go_through(client, named, RIKKE | {"email": "ingen@eksempelby.example"})

    assert (answer.status_code, User.objects.count()) == (403, 0)


def test_somebody_invited_gets_the_role_and_no_password(named, venue, client):
    leader = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    invite(email=EMAIL, role=Role.STAFF, venue=venue, by=leader, base_url="x/", now=timezone.now())

    answer, _back = go_through(client, named, RIKKE)

    user = User.objects.get(email=EMAIL)
    assert answer["Location"] == "/intern/"
    assert (user.first_name, user.has_usable_password()) == ("Rikke", False)
    assert [row.role for row in user.memberships.all()] == [Role.STAFF]


def test_a_closed_account_stays_closed(named, venue, client):
    user = make_user(EMAIL, role=Role.STAFF, venue=venue)
    go_through(client, named, RIKKE)
    user.is_active = False
    user.save()

    answer, _back = go_through(Client(), named, RIKKE)

    assert answer["Location"] == "/konto/lukket/"
    assert client.get("/intern/").status_code == 302


def test_the_second_step_is_asked_for_here_too(named, venue, client):
    TOTP.activate(make_user(EMAIL, role=Role.STAFF, venue=venue), generate_totp_secret())

    answer, _back = go_through(client, named, RIKKE)

    assert answer["Location"] == "/konto/totrin/kode/"
    assert client.get("/intern/").status_code == 302


@pytest.mark.parametrize(("two_steps_there", "led"), [(False, "/konto/totrin/"), (True, None)])
def test_two_steps_there_spare_leaders_ours(named, venue, client, settings, two_steps_there, led):
    settings.FRISTED_REQUIRE_2FA, settings.OIDC_TWO_STEPS = True, two_steps_there
    make_user(EMAIL, role=Role.VENUE_LEADER, venue=venue)

    go_through(client, named, RIKKE)

    assert client.get("/intern/").headers.get("Location") == led


def test_whoever_comes_with_a_password_still_needs_ours(named, venue, client, settings):
    settings.FRISTED_REQUIRE_2FA, settings.OIDC_TWO_STEPS = True, True
    user = make_user(EMAIL, role=Role.VENUE_LEADER, venue=venue)
    go_through(Client(), named, RIKKE)
    client.force_login(user)

    go_through(client, named, RIKKE, process="connect")

    assert client.get("/intern/").headers.get("Location") == "/konto/totrin/"


def test_an_answer_works_once_and_in_the_browser_that_asked(named, venue, client):
    make_user(EMAIL, role=Role.STAFF, venue=venue)
    _answer, back = go_through(client, named, RIKKE)

    stolen = Client()
    stolen.get(back)

    assert stolen.get("/intern/").status_code == 302


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"exp": 1},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": ""},
    ],
    ids=lambda claims: "-".join(claims),
)
def test_what_the_token_must_not_say(named, venue, client, claims):
    make_user(EMAIL, role=Role.STAFF, venue=venue)

    answer, _back = go_through(client, named, RIKKE | claims)

    assert answer.status_code in {401, 403}
    assert client.get("/intern/").status_code == 302


def test_token_and_answer_about_two_people_open_nothing(named, venue, client):
    make_user(EMAIL, role=Role.STAFF, venue=venue)
    named.lies = {"sub": "43"}

    answer, _back = go_through(client, named, RIKKE)

    assert (answer.status_code, client.get("/intern/").status_code) == (403, 302)


def test_an_address_given_to_somebody_new_does_not_open_the_old_account(named, venue):
    make_user(EMAIL, role=Role.STAFF, venue=venue)
    go_through(Client(), named, RIKKE)
    newcomer = Client()

    answer, _back = go_through(newcomer, named, RIKKE | {"sub": "43"})

    assert (answer.status_code, newcomer.get("/intern/").status_code) == (403, 302)


def test_an_invitation_of_somebody_new_gives_the_old_account_nothing(named, venue):
    old = make_user(EMAIL, role=Role.STAFF, venue=venue)
    go_through(Client(), named, RIKKE)
    leader = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    now = timezone.now()
    invite(email=EMAIL, role=Role.EDITOR, venue=venue, by=leader, base_url="x/", now=now)

    answer, _back = go_through(Client(), named, RIKKE | {"sub": "43"})

    assert answer.status_code == 403
    assert [row.role for row in old.memberships.all()] == [Role.STAFF]
    assert Invitation.objects.open(now).count() == 1


def test_the_newcomer_gets_in_when_invited_after_the_old_one_left(named, venue):
    old = make_user(EMAIL, role=Role.STAFF, venue=venue)
    go_through(Client(), named, RIKKE)
    leader = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    now = timezone.now()
    end_membership(old.memberships.get(), by=leader, now=now)
    invite(email=EMAIL, role=Role.VOLUNTEER, venue=venue, by=leader, base_url="x/", now=now)
    newcomer, former = Client(), Client()

    go_through(newcomer, named, RIKKE | {"sub": "43"})
    answer, _back = go_through(former, named, RIKKE)

    assert newcomer.get("/intern/").status_code == 200
    assert (answer.status_code, former.get("/intern/").status_code) == (403, 302)


def test_nobody_adds_a_sign_in_of_their_own_to_an_open_session(named, venue, client):
    victim = make_user("offer@eksempelby.example", role=Role.STAFF, venue=venue)
    client.force_login(victim)

    answer, _back = go_through(client, named, RIKKE, process="connect")

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_the_invited_find_the_button_on_their_page(named, venue, client):
    leader = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    invite(email=EMAIL, role=Role.STAFF, venue=venue, by=leader, base_url="x/", now=timezone.now())
    secret = OutgoingMail.objects.get().text.split("x/")[1].split("/")[0]

    page = client.get(f"/konto/invitation/{secret}/")

    assert "Fortsæt med Eksempelby login" in page.text
    assert f"form-action 'self' {named.issuer}" in page["Content-Security-Policy"]


def test_without_settings_there_is_nothing(home, client):
    assert client.post("/konto/oidc/kommune/").status_code == 404
    assert "Fortsæt med" not in client.get("/konto/log-ind/").text
