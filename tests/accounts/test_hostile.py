"""Visits by somebody who wants in, or wants a colleague kept out."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions.login import FROM_ANYWHERE, FROM_ONE_PLACE
from accounts.actions.people import end_membership, invite
from accounts.models import Invitation
from core.models import OutgoingMail
from core.post import send_waiting
from directory.models import Membership
from directory.taxonomy import Role
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

EMAIL = "rikke@eksempelby.example"
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
RIGHT = {"username": EMAIL, "password": PASSWORD}
WRONG = {"username": EMAIL, "password": "forkert kodeord"}


@pytest.fixture
def venue(home):
    return make_venue("Perlen")


@pytest.fixture
def user(venue):
    return make_user(EMAIL, role=Role.STAFF, venue=venue)


def sign_in(client, data=RIGHT, path="/konto/log-ind/", **more):
    return client.post(path, data | more, REMOTE_ADDR="192.0.2.7")


@pytest.mark.parametrize(
    "lure",
    [
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "https://fristed.example@evil.example/",
        "javascript:alert(1)",
        "\thttps://evil.example/",
    ],
)
def test_no_address_leads_away_from_the_site(user, client, lure):
    after_password = sign_in(client, next=lure)["Location"]
    again = client.get("/konto/log-ind/", {"next": lure})["Location"]
    out = client.post("/konto/log-ud/", {"next": lure})["Location"]

    assert {after_password, again} == {"/intern/"}
    assert out.startswith("/")
    assert "evil" not in out


def test_signing_in_gives_a_new_session(user, client):
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    thief = Client()
    thief.cookies["sessionid"] = planted.session_key

    sign_in(client)

    assert client.get("/intern/").status_code == 200
    assert thief.get("/intern/").status_code == 302


def test_forms_are_refused_without_their_token(user):
    strict = Client(enforce_csrf_checks=True)

    refused = {
        path: strict.post(path, RIGHT).status_code
        for path in ("/konto/log-ind/", "/admin/login/", "/konto/ny-adgangskode/", "/konto/log-ud/")
    }

    assert set(refused.values()) == {403}
    assert "Siden har været åben for længe" in strict.post("/konto/log-ind/", RIGHT).text


def test_between_password_and_code_there_are_no_rights(user, client):
    TOTP.activate(user, generate_totp_secret())
    sign_in(client)

    answers = {
        path: client.get(path).status_code
        for path in ("/intern/", "/admin/", "/konto/", "/konto/totrin/", "/konto/personer/")
    }

    assert set(answers.values()) == {302}
    assert "_auth_user_id" not in client.session


def test_who_must_set_up_a_second_step_has_a_visitors_rights_until_then(venue, client, settings):
    settings.FRISTED_REQUIRE_2FA = True
    leader = make_user(EMAIL, role=Role.VENUE_LEADER, venue=venue)
    row = make_user("anden@eksempelby.example", role=Role.STAFF, venue=venue).memberships.get()
    client.force_login(leader)

    led = [
        client.get("/konto/personer/"),
        client.post(f"/konto/personer/{row.pk}/slut/"),
        client.post("/konto/personer/invitation/1/tilbage/"),
        client.get("/admin/account/"),
        client.get("/konto/"),
        client.get("/intern/kalender/"),
        client.get("/dokumenter/1/x.pdf"),
    ]
    public = client.get("/")

    assert {answer["Location"] for answer in led} == {"/konto/totrin/"}
    assert Membership.objects.filter(pk=row.pk).exists()
    assert (public.status_code, public.wsgi_request.user.is_anonymous) == (200, True)


def test_pages_for_everybody_are_not_made_personal_by_the_second_step(home, settings):
    settings.FRISTED_REQUIRE_2FA = True

    answer = Client().get("/")

    assert (answer.cookies, "cookie" in answer.get("Vary", "").lower()) == ({}, False)


def test_a_neighbour_cannot_keep_a_colleague_out(user, client):
    sign_in(client)
    client.post("/konto/log-ud/")
    for _ in range(FROM_ONE_PLACE + 1):
        sign_in(Client(), WRONG)
    stranger = sign_in(Client()).status_code

    own = sign_in(client).status_code

    assert (stranger, own) == (429, 302)


def test_guesses_from_everywhere_do_not_stop_a_browser_that_was_here_before(user, client):
    with time_machine.travel(NOW, tick=False):
        sign_in(client)
        client.post("/konto/log-ud/")
        for number in range(FROM_ANYWHERE):
            Client().post("/konto/log-ind/", WRONG, REMOTE_ADDR=f"198.51.{number}.9")
        answer = client.post("/konto/log-ind/", RIGHT, REMOTE_ADDR="203.0.113.5")

    assert answer.status_code == 302


def test_the_known_browser_has_its_own_five_attempts_and_is_no_key(user, client):
    sign_in(client)
    client.post("/konto/log-ud/")

    codes = [sign_in(client, WRONG).status_code for _ in range(FROM_ONE_PLACE + 1)]
    other = sign_in(client, {"username": "anden@eksempelby.example", "password": "x" * 12})

    assert codes == [200] * FROM_ONE_PLACE + [429]
    assert (other.status_code, client.get("/intern/").status_code) == (200, 302)


def test_a_forged_browser_mark_counts_as_none(user, client):
    client.cookies["kendt"] = "WyJmYWxzayIsIFtdXQ:1abc:forged"
    for _ in range(FROM_ONE_PLACE):
        sign_in(Client(), WRONG)

    assert sign_in(client).status_code == 429


def test_the_cookies_of_signing_in_are_for_the_server_alone(user, client, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True

    sign_in(client)

    for name in ("sessionid", "kendt"):
        cookie = client.cookies[name]
        told = (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"])
        assert (told, cookie["domain"]) == ((True, True, "Lax", "/"), "")
    assert EMAIL not in client.cookies["kendt"].value


def queries_of_asking(email):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = Client().post("/konto/ny-adgangskode/", {"email": email})
    return answer.status_code, answer["Location"], len(queries)


def test_asking_for_a_password_is_the_same_work_for_nobody(user):
    known = queries_of_asking(EMAIL)
    unknown = queries_of_asking("ingen@eksempelby.example")

    assert known[:2] == unknown[:2]
    assert abs(known[2] - unknown[2]) <= 3
    assert [row.to for row in OutgoingMail.objects.all()] == [EMAIL]


def test_a_link_to_a_new_password_dies_with_the_account(user, venue, client):
    client.post("/konto/ny-adgangskode/", {"email": EMAIL})
    send_waiting(now=timezone.now())
    words = mail.outbox[-1].body.split()
    url = next(word for word in words if "/konto/ny-adgangskode/" in word)
    leader = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    end_membership(user.memberships.get(), by=leader, now=timezone.now())

    opened = Client().get(url.removeprefix("https://fristed.example"), follow=True)
    Client().post("/konto/ny-adgangskode/", {"email": EMAIL})
    send_waiting(now=timezone.now())

    assert "Linket er brugt eller for gammelt" in opened.text
    assert len(mail.outbox) == 1


def test_an_invitation_by_somebody_who_left_is_worth_nothing(venue):
    leader = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    head = make_user("chef@eksempelby.example", role=Role.AREA_HEAD)
    now = timezone.now()
    for by, email in ((leader, "ven@b.example"), (head, "ny@b.example")):
        invite(email=email, role=Role.STAFF, venue=venue, by=by, base_url="x/", now=now)

    end_membership(leader.memberships.get(), by=head, now=now)

    assert [row.email for row in Invitation.objects.open(now)] == ["ny@b.example"]


def test_wagtails_own_doors_to_passwords_are_closed(user, client):
    sign_in(client)

    account = client.get("/admin/account/")

    assert "password" not in account.text
    assert client.get("/admin/password_reset/").status_code == 404


@pytest.mark.parametrize("act", ["delete", "edit"])
def test_the_admins_list_of_roles_leads_to_the_page_that_ends_them(user, client, act):
    client.force_login(make_user("admin@eksempelby.example", admin=True))
    row = user.memberships.get()

    asked = client.get(f"/admin/roller/{act}/{row.pk}/")
    posted = client.post(f"/admin/roller/{act}/{row.pk}/", {"role": "editor"})

    assert asked["Location"] == posted["Location"] == f"/konto/personer/{row.pk}/slut/"
    assert user.memberships.get() == row


def test_a_venue_that_goes_takes_the_accounts_of_its_people_along(user, venue):
    venue.delete()

    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (False, False)


def test_deleting_a_person_is_no_last_role(user):
    user.delete()

    assert not Membership.objects.exists()
    assert not Authenticator.objects.exists()
