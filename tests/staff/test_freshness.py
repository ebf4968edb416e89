import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from activities.actions import verify_activity
from activities.taxonomy import ActivityKind
from core.models import OutgoingMail
from directory.actions import verify_venue
from directory.taxonomy import Role
from staff.actions.freshness import ask_of, ask_venues, sign
from staff.freshness import due_at
from staff.models import VenueAsk
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def perlen(home):
    venue = make_venue("Perlen")
    make_user("leder@fristed.example", role=Role.VENUE_LEADER, venue=venue)
    make_user("vagt@fristed.example", role=Role.STAFF, venue=venue)
    return venue


def titles(venue, now=NOW):
    return [item.title for due in due_at([venue], now=now) for item in due.items]


def test_profile_is_due_after_90_days_and_fixed_activities_after_60(perlen):
    fixed = make_activity(perlen, "Morgenmad", kind=ActivityKind.FIXED)
    make_activity(perlen, "Udflugt", kind=ActivityKind.VARYING)
    verify_venue(perlen, by=None, now=NOW)
    verify_activity(fixed, by=None, now=NOW)

    found = {days: titles(perlen, NOW + days * DAY) for days in (59, 60, 89, 90)}

    assert found == {
        59: [],
        60: ["Morgenmad"],
        89: ["Morgenmad"],
        90: ["Perlen", "Morgenmad"],
    }


def test_activity_with_no_more_dates_is_not_asked_about(perlen):
    make_activity(perlen, "Morgenmad", kind=ActivityKind.FIXED, schedules=[])

    assert titles(perlen) == ["Perlen"]


def test_venue_is_asked_once_in_an_interval(perlen):
    asked = [ask_venues(now=NOW), ask_venues(now=NOW + DAY), ask_venues(now=NOW + 14 * DAY)]

    assert asked == [1, 0, 1]
    assert [row.to for row in OutgoingMail.objects.order_by("pk")] == [
        "leder@fristed.example",
        "vagt@fristed.example",
    ] * 2


def test_after_two_mails_without_an_answer_the_leader_gets_it(perlen):
    for weeks in (0, 2, 4):
        ask_venues(now=NOW + weeks * 7 * DAY)

    third = VenueAsk.objects.first()
    last = OutgoingMail.objects.order_by("pk").last()
    assert third.escalated
    assert OutgoingMail.objects.count() == 5
    assert last.to == "leder@fristed.example"
    assert "Ingen på Perlen har svaret på vores to seneste mails" in last.text


def test_answer_ends_the_chase(perlen):
    for weeks in (0, 2):
        ask_venues(now=NOW + weeks * 7 * DAY)
    VenueAsk.objects.update(answered_at=NOW)

    ask_venues(now=NOW + 28 * DAY)

    assert not VenueAsk.objects.first().escalated


def test_looking_never_confirms_and_pressing_does_without_a_login(client, perlen):
    ask_venues(now=NOW)
    address = reverse("still_right", args=[sign(VenueAsk.objects.get())])

    shown = client.get(address)
    looked = titles(perlen)
    said = client.post(address, {"item": "sted"}, follow=True)

    assert "Siden om Perlen" in shown.content.decode()
    assert shown["Referrer-Policy"] == "no-referrer"
    assert looked == ["Perlen"]
    assert "Tak. 1 ting er bekræftet." in said.content.decode()
    assert not client.cookies
    assert titles(perlen) == []
    assert VenueAsk.objects.get().answered_at == NOW
    assert "Bekræftet af stedet i dag" in client.get(perlen.url).content.decode()


def test_mail_carries_a_link_that_works(client, perlen):
    ask_venues(now=NOW)
    text = OutgoingMail.objects.first().text
    address = next(line for line in text.splitlines() if line.startswith("https://"))

    assert client.get(address.removeprefix("https://fristed.example")).status_code == 200


@pytest.mark.parametrize("signed", ["x", "WzEsMV0:1abc:def", "%F0%9F%90%9F"])
def test_wrong_link_is_answered_kindly(client, home, signed):
    answer = client.get(f"/stadig-rigtigt/{signed}/")

    assert answer.status_code == 404
    assert "Linket er for gammelt" in answer.content.decode()


def test_old_link_confirms_nothing(client, perlen):
    ask_venues(now=NOW)
    signed = sign(VenueAsk.objects.get())

    with time_machine.travel(NOW + 61 * DAY, tick=False):
        assert ask_of(signed) is None


def test_link_of_one_venue_confirms_nothing_at_another(client, perlen):
    other = make_venue("Kahytten")
    make_user("andre@fristed.example", role=Role.STAFF, venue=other)
    ask_venues(now=NOW)
    address = reverse("still_right", args=[sign(VenueAsk.objects.get(venue=perlen))])
    activity = make_activity(other, "Morgenmad", kind=ActivityKind.FIXED)

    client.post(address, {"item": str(activity.pk)})

    assert titles(other) == ["Kahytten", "Morgenmad"]


def test_staff_confirm_all_of_it_inside(client, perlen):
    make_activity(perlen, "Morgenmad", kind=ActivityKind.FIXED)
    client.login(email="vagt@fristed.example", password="Regnbuebro 14 kopper")

    listed = client.get(reverse("staff_stale")).content.decode()
    client.post(reverse("staff_confirm", args=[perlen.pk]), {"item": "alle"})

    assert "Morgenmad" in listed
    assert titles(perlen) == []


def test_volunteer_confirms_nothing(client, perlen):
    client.force_login(make_user("fri@fristed.example", role=Role.VOLUNTEER, venue=perlen))

    answer = client.post(reverse("staff_confirm", args=[perlen.pk]), {"item": "alle"})

    assert answer.status_code == 403
    assert titles(perlen) == ["Perlen"]
