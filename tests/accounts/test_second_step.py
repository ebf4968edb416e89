"""Two steps at sign-in: a code from an app besides the password, and codes for a lost phone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from directory.taxonomy import Role
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

EMAIL = "rikke@eksempelby.example"


@pytest.fixture
def venue(home):
    return make_venue()


def code_for(secret):
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def with_app(user):
    """Give the person an app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def sign_in(client, path="/admin/login/", **more):
    return client.post(path, {"username": EMAIL, "password": PASSWORD} | more)


def past_the_password(client, path):
    """Ask for a page that wants the password once more, and write it."""
    asked = client.get(path)
    assert asked["Location"].startswith("/konto/bekraeft/")
    return client.post(asked["Location"], {"password": PASSWORD})


def test_who_has_an_app_is_asked_for_its_code(venue, client):
    user = make_user(EMAIL, role=Role.STAFF, venue=venue)
    secret = with_app(user)

    asked = sign_in(client, next="/intern/find/")
    before = client.get("/intern/").status_code
    page = client.get("/konto/totrin/kode/")
    answer = client.post("/konto/totrin/kode/", {"code": code_for(secret)})

    assert (asked["Location"], before, page.status_code) == ("/konto/totrin/kode/", 302, 200)
    assert answer["Location"] == "/intern/find/"
    assert client.get("/intern/").status_code == 200


def test_a_code_works_once(venue):
    secret = with_app(make_user(EMAIL, role=Role.STAFF, venue=venue))
    code = code_for(secret)
    answers = []

    for client in (Client(), Client()):
        sign_in(client)
        answers.append(client.post("/konto/totrin/kode/", {"code": code}).status_code)

    assert answers == [302, 200]


def test_an_emergency_code_opens_once(venue):
    user = make_user(EMAIL, role=Role.STAFF, venue=venue)
    with_app(user)
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    answers = []

    for client in (Client(), Client()):
        sign_in(client)
        answers.append(client.post("/konto/totrin/kode/", {"code": codes[0]}).status_code)

    assert (len(codes), answers) == (10, [302, 200])


def test_five_wrong_codes_and_the_account_waits(venue, client):
    secret = with_app(make_user(EMAIL, role=Role.STAFF, venue=venue))
    sign_in(client)

    for _ in range(5):
        client.post("/konto/totrin/kode/", {"code": "000000"})
    cache.clear()
    right = client.post("/konto/totrin/kode/", {"code": code_for(secret)})

    assert right.status_code == 200
    assert right.context["form"].errors["code"] == [
        "For mange koder passede ikke. Vent et kvarter."
    ]


@pytest.mark.parametrize(
    ("role", "needed"),
    [
        (Role.VOLUNTEER, False),
        (Role.STAFF, False),
        (Role.EDITOR, False),
        (Role.VENUE_LEADER, True),
        (Role.COMMUNICATION, True),
        (Role.AREA_HEAD, True),
    ],
)
def test_the_role_decides_who_needs_it(venue, client, settings, role, needed):
    settings.FRISTED_REQUIRE_2FA = True
    everywhere = role in {Role.COMMUNICATION, Role.AREA_HEAD}
    client.force_login(make_user(EMAIL, role=role, venue=None if everywhere else venue))

    answers = [client.get(path) for path in ("/intern/", "/admin/")]

    led = [answer.headers.get("Location") == "/konto/totrin/" for answer in answers]
    assert led == [needed, needed]


def test_an_administrator_needs_it_and_gets_in_with_it(home, client, settings):
    settings.FRISTED_REQUIRE_2FA = True
    user = make_user(EMAIL, admin=True)
    client.force_login(user)
    before = client.get("/admin/")["Location"]

    with_app(user)

    assert (before, client.get("/admin/").status_code) == ("/konto/totrin/", 200)


def test_nobody_is_led_there_where_it_is_off(venue, client):
    client.force_login(make_user(EMAIL, role=Role.VENUE_LEADER, venue=venue))

    assert client.get("/intern/").status_code == 200


def test_switching_on_shows_the_emergency_codes(venue, client, settings):
    settings.FRISTED_REQUIRE_2FA = True
    user = make_user(EMAIL, role=Role.VENUE_LEADER, venue=venue)
    sign_in(client)
    led = client.get("/intern/", follow=True)
    past_the_password(client, "/konto/totrin/til/")
    form = client.get("/konto/totrin/til/")
    secret = form.context["form"].secret

    wrong = client.post("/konto/totrin/til/", {"code": "000000"})
    done = client.post("/konto/totrin/til/", {"code": code_for(secret)}, follow=True)

    assert "Slå det til, før du går videre" in led.text
    assert (form.status_code, wrong.status_code) == (200, 200)
    assert done.redirect_chain[-1][0] == "/konto/totrin/noedkoder/"
    assert len(done.context["unused_codes"]) == 10
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert client.get("/intern/").status_code == 200


def test_the_password_is_asked_for_again_and_a_wrong_one_opens_nothing(venue, client):
    make_user(EMAIL, role=Role.STAFF, venue=venue)
    sign_in(client)
    asked = client.get("/konto/totrin/til/")

    wrong = client.post(asked["Location"], {"password": "forkert kodeord"})
    still = client.get("/konto/totrin/til/").status_code
    right = client.post(asked["Location"], {"password": PASSWORD})

    assert (wrong.status_code, still, right["Location"]) == (200, 302, "/konto/totrin/til/")
    assert wrong.context["form"].errors["password"] == ["Det er ikke din adgangskode."]


def test_it_can_be_switched_off_again(venue, client):
    user = make_user(EMAIL, role=Role.STAFF, venue=venue)
    secret = with_app(user)
    sign_in(client)
    client.post("/konto/totrin/kode/", {"code": code_for(secret)})

    past_the_password(client, "/konto/totrin/fra/")
    asked = client.get("/konto/totrin/fra/")
    client.post("/konto/totrin/fra/")

    assert asked.status_code == 200
    assert not Authenticator.objects.filter(user=user).exists()
