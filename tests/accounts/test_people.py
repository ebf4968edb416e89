"""Inviting people, and what happens when they leave."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import Invitation
from core.models import User
from directory.models import Membership
from directory.taxonomy import Role
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

NEW = "sofie@eksempelby.example"
CHOSEN = {
    "first_name": "Sofie",
    "last_name": "Åkjær",
    "password1": "Havnens 9 lygter",
    "password2": "Havnens 9 lygter",
}


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


@pytest.fixture
def ankeret(perlen):
    return make_venue("Ankeret")


@pytest.fixture
def leader(perlen, client):
    user = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=perlen)
    client.force_login(user)
    return user


def invite(client, venue, role=Role.STAFF, email=NEW):
    data = {"email": email, "role": role, "venue": venue.pk if venue else ""}
    return client.post("/konto/personer/", data)


def link():
    """The path of the link in the newest mail."""
    words = mail.outbox[-1].body.split()
    url = next(word for word in words if "/konto/invitation/" in word)
    return url.removeprefix("https://fristed.example")


def send_mail():
    """What the worker does once the transaction is through."""
    from django.utils import timezone

    from core.post import send_waiting

    send_waiting(now=timezone.now())


def test_the_invited_person_makes_an_account_and_works_there(leader, client, perlen):
    answer = invite(client, perlen)
    send_mail()
    visitor = Client()

    looked = visitor.get(link())
    taken = visitor.post(link(), CHOSEN)
    signed_in = visitor.post("/konto/log-ind/", {"username": NEW, "password": CHOSEN["password1"]})

    assert answer["Location"] == "/konto/personer/?gjort=inviteret#indhold"
    assert (looked.status_code, looked["Referrer-Policy"]) == (200, "same-origin")
    assert (taken["Location"], signed_in["Location"]) == ("/konto/invitation/taget/", "/intern/")
    assert visitor.get("/intern/").status_code == 200
    row = Membership.objects.get(user__email=NEW)
    assert (row.role, row.venue, str(row.user)) == (Role.STAFF, perlen, "Sofie Åkjær")


def test_looking_at_the_link_uses_nothing_and_the_link_works_once(leader, client, perlen):
    invite(client, perlen)
    send_mail()

    for _ in range(2):
        assert Client().get(link()).status_code == 200
    assert not User.objects.filter(email=NEW).exists()

    Client().post(link(), CHOSEN)
    again = Client().post(link(), CHOSEN | {"password1": "x" * 16, "password2": "x" * 16})

    assert again.status_code == 404
    assert User.objects.get(email=NEW).check_password(CHOSEN["password1"])


def test_wrong_used_withdrawn_and_old_links_look_alike(leader, client, perlen):
    invite(client, perlen)
    send_mail()
    invitation = Invitation.objects.get()
    wrong = Client().get("/konto/invitation/findes-ikke/")
    with time_machine.travel(invitation.expires_at + dt.timedelta(seconds=1)):
        old = Client().get(link())
    client.post(f"/konto/personer/invitation/{invitation.pk}/tilbage/")
    withdrawn = Client().get(link())

    assert {wrong.status_code, old.status_code, withdrawn.status_code} == {404}
    assert wrong.content == old.content == withdrawn.content


def test_the_secret_is_not_kept(leader, client, perlen):
    invite(client, perlen)
    send_mail()

    secret = link().split("/")[-2]
    assert secret not in str(Invitation.objects.values().get())


def test_a_weak_password_is_refused_beside_its_field(leader, client, perlen):
    invite(client, perlen)
    send_mail()

    answer = Client().post(link(), CHOSEN | {"password1": "kort", "password2": "kort"})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["password1"]


def test_somebody_with_an_account_keeps_their_password(leader, client, perlen, ankeret):
    make_user(NEW, role=Role.STAFF, venue=ankeret)
    invite(client, perlen)
    send_mail()

    Client().post(link())

    user = User.objects.get(email=NEW)
    assert user.check_password(PASSWORD)
    assert set(user.memberships.values_list("venue__title", "role")) == {
        ("Ankeret", "staff"),
        ("Perlen", "staff"),
    }


def test_a_leader_invites_to_own_venues_and_lower_roles_only(leader, client, perlen, ankeret):
    refused = [
        invite(client, ankeret),
        invite(client, perlen, Role.VENUE_LEADER),
        invite(client, None, Role.AREA_HEAD),
        invite(client, None, Role.COMMUNICATION),
    ]

    assert [answer.status_code for answer in refused] == [200] * 4
    assert not Invitation.objects.exists()


def test_the_area_head_invites_everybody(perlen, client):
    client.force_login(make_user("chef@eksempelby.example", role=Role.AREA_HEAD))

    invite(client, perlen, Role.VENUE_LEADER)
    invite(client, None, Role.COMMUNICATION, "presse@eksempelby.example")

    assert list(Invitation.objects.order_by("pk").values_list("role", "venue")) == [
        ("venue_leader", perlen.pk),
        ("communication", None),
    ]


def test_who_has_the_role_already_is_not_invited(leader, client, perlen):
    make_user(NEW, role=Role.STAFF, venue=perlen)

    answer = invite(client, perlen)

    assert answer.context["form"].errors["email"] == ["Personen har allerede den rolle."]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.STAFF, Role.EDITOR])
def test_the_list_is_for_leaders(perlen, client, role):
    client.force_login(make_user(role=role, venue=perlen))

    assert client.get("/konto/personer/").status_code == 403
    assert invite(client, perlen).status_code == 403


def test_leaving_closes_the_account_and_ends_its_sessions_at_once(leader, client, perlen):
    user = make_user(NEW, role=Role.STAFF, venue=perlen)
    theirs = Client()
    theirs.force_login(user)
    row = user.memberships.get()

    asked = client.get(f"/konto/personer/{row.pk}/slut/")
    before = theirs.get("/intern/").status_code
    client.post(f"/konto/personer/{row.pk}/slut/")

    user.refresh_from_db()
    assert "Kontoen lukkes med det samme" in asked.text
    assert (before, theirs.get("/intern/").status_code) == (200, 302)
    assert (user.is_active, user.has_usable_password(), user.memberships.count()) == (
        False,
        False,
        0,
    )


def test_whoever_keeps_a_role_stays(leader, client, perlen, ankeret):
    user = make_user(NEW, role=Role.STAFF, venue=perlen)
    Membership.objects.create(user=user, venue=ankeret, role=Role.STAFF)

    client.post(f"/konto/personer/{user.memberships.get(venue=perlen).pk}/slut/")

    user.refresh_from_db()
    assert (user.is_active, user.check_password(PASSWORD)) == (True, True)


def test_a_leader_cannot_end_roles_elsewhere_or_of_other_leaders(leader, client, perlen, ankeret):
    elsewhere = make_user(NEW, role=Role.STAFF, venue=ankeret).memberships.get()
    equal = make_user("to@eksempelby.example", role=Role.VENUE_LEADER, venue=perlen)

    for row in (elsewhere, equal.memberships.get()):
        assert client.post(f"/konto/personer/{row.pk}/slut/").status_code == 404
    assert Membership.objects.count() == 3


def test_a_closed_account_comes_back_without_its_old_rights(leader, client, perlen, ankeret):
    closed = make_user(NEW, admin=True, role=Role.EDITOR, venue=ankeret, is_active=False)
    invite(client, perlen)
    send_mail()

    Client().post(link(), CHOSEN)

    closed.refresh_from_db()
    assert (closed.is_active, closed.is_superuser, closed.is_staff) == (True, False, False)
    assert [(row.venue, row.role) for row in closed.memberships.all()] == [(perlen, "staff")]
    assert closed.check_password(CHOSEN["password1"])
