"""Mit sted: straight there or chosen, and everything one can do there."""

import datetime as dt

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from activities.models import ActivityPage, ChangeBatch, Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind, Frequency
from directory.models import Membership, Notice, OpeningException
from staff.models import VenueInternal
from tests.factories.activities import make_activity, make_change, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_notice, make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
NEW = {
    "title": "Strikkecafé",
    "summary": "Vi strikker og drikker kaffe.",
    "activity_type": "creative",
    "often": "weekly",
    "first_on": "2026-03-05",
    "starts": "13",
    "ends": "15",
    "room": "Stuen",
}


@pytest.fixture(autouse=True)
def monday(time_machine):
    """Monday 2 March 2026 at 13 in Denmark."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def activity(venue):
    """Tuesdays 17.30 to 19.30, 3 to 24 March 2026."""
    return make_activity(venue, schedules=[make_schedule(until_on=dt.date(2026, 3, 24))])


def enter(client: Client, venue, role="staff") -> Client:
    client.force_login(make_user(role=role, venue=venue))
    return client


def test_who_has_one_venue_is_straight_there(client, venue, activity):
    VenueInternal.objects.create(venue=venue, deputy="Karen, 12 34 56 78")

    text = enter(client, venue).get("/intern/").content.decode()

    addresses = ["ny/", "besked/", "luk/", "aabningstid/", "igen/", "sidste-uge/", "log/"]
    assert [f"/intern/sted/{venue.pk}/{end}" in text for end in addresses] == [True] * 7
    assert ("Fællesspisning" in text, "Karen, 12 34 56 78" in text) == (True, True)


def test_who_has_several_chooses_once(client, venue):
    other = make_venue(title="Kahytten")
    user = make_user(role="staff", venue=venue)
    Membership.objects.create(user=user, venue=other, role="staff")
    client.force_login(user)

    first = client.get("/intern/").content.decode()
    client.get(f"/intern/mit/{other.pk}/")
    second = client.get("/intern/").content.decode()

    chooses = (f"/intern/mit/{venue.pk}/" in first, f"/intern/mit/{other.pk}/" in first)
    assert chooses == (True, True)
    assert ("/intern/mit/" in second, f"/intern/sted/{other.pk}/ny/" in second) == (True, True)


def test_another_venue_is_closed(client, venue):
    other = make_venue(title="Kahytten")

    answer = enter(client, venue).get(f"/intern/mit/{other.pk}/")

    assert answer.status_code == 403


def test_a_new_activity_says_first_what_it_will_be(client, venue):
    answer = enter(client, venue, "editor").post(f"/intern/sted/{venue.pk}/ny/", NEW)

    text = answer.context["told"]
    assert "Strikkecafé." in text
    assert ("Vi strikker og drikker kaffe." in text, "Stuen" in text) == (True, True)
    assert ActivityPage.objects.count() == 0


def test_an_editor_publishes_a_new_activity_and_takes_it_back(client, venue):
    enter(client, venue, "editor")

    answer = client.post(f"/intern/sted/{venue.pk}/ny/", {**NEW, "act": "publish"})
    page = ActivityPage.objects.get()
    dates = Occurrence.objects.public().filter(activity=page)
    told = client.get(answer["Location"])
    entry = told.context["act"].entry
    seen = (page.live, page.slug, page.room, dates.first().local_date)
    client.post(f"/intern/sted/{venue.pk}/log/{entry.pk}/fortryd/")

    page.refresh_from_db()
    assert seen == (True, "strikkecafe", "Stuen", dt.date(2026, 3, 5))
    assert (page.live, dates.count()) == (False, 0)


@pytest.mark.parametrize("role", ["volunteer", "staff"])
def test_who_may_not_publish_makes_a_draft(client, venue, role):
    enter(client, venue, role)

    client.post(f"/intern/sted/{venue.pk}/ny/", {**NEW, "act": "publish"})

    page = ActivityPage.objects.get()
    assert (page.live, page.title, Occurrence.objects.count()) == (False, "Strikkecafé", 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"first_on": "2026-03-01"}, "first_on"),
        ({"until_on": "2026-03-04"}, "until_on"),
        ({"starts": "ti"}, "starts"),
        ({"ends": "13"}, "ends"),
        ({"price": "gratis"}, "price"),
        ({"activity_type": ""}, "activity_type"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, venue, change, field):
    answer = enter(client, venue).post(f"/intern/sted/{venue.pk}/ny/", {**NEW, **change})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_an_ended_activity_is_taken_up_again(client, venue):
    ended = make_activity(
        venue,
        schedules=[make_schedule(dt.date(2025, 9, 2), until_on=dt.date(2025, 12, 16))],
        room="Køkkenet",
        price_type="fixed",
        price=2500,
    )
    ActivityPage.objects.update(first_published_at=NOW - dt.timedelta(days=300))
    enter(client, venue, "editor")

    listed = client.get(f"/intern/sted/{venue.pk}/igen/").content.decode()
    client.post(
        f"/intern/sted/{venue.pk}/igen/{ended.pk}/",
        {"first_on": "2026-03-03", "until_on": "2026-05-26", "act": "publish"},
    )

    page = ActivityPage.objects.exclude(pk=ended.pk).get()
    line = page.schedules.get()
    assert f"/igen/{ended.pk}/" in listed
    assert (page.slug, page.room, page.price, page.live) == (
        "faellesspisning-2", "Køkkenet", 2500, True,
    )  # fmt: skip
    assert (line.frequency, line.first_on, line.until_on, line.starts) == (
        Frequency.WEEKLY, dt.date(2026, 3, 3), dt.date(2026, 5, 26), dt.time(17, 30),
    )  # fmt: skip
    assert page.uid != ended.uid


def test_last_weeks_single_dates_are_made_again_and_taken_back(client, venue, activity):
    extra = {"starts_at": dt.time(10), "ends_at": dt.time(12)}
    make_change(activity, None, ChangeKind.EXTRA, starts_on=dt.date(2026, 2, 26), **extra)
    make_change(activity, None, ChangeKind.EXTRA, starts_on=dt.date(2026, 2, 27), **extra)
    make_change(activity, None, ChangeKind.EXTRA, starts_on=dt.date(2026, 3, 6), **extra)
    address = f"/intern/sted/{venue.pk}/sidste-uge/"
    rows = enter(client, venue).get(address).context["rows"]

    answer = client.post(address, {"uger": "1", "dates": [row.date.pk for row in rows]})
    entry = client.get(answer["Location"]).context["act"].entry
    made = OccurrenceChange.objects.filter(batch__isnull=False)
    days = list(made.values_list("starts_on", flat=True))
    client.post(f"/intern/sted/{venue.pk}/log/{entry.pk}/fortryd/")

    assert [(row.exists, row.ticked) for row in rows] == [(False, True), (True, False)]
    assert days == [dt.date(2026, 3, 5)]
    assert (made.get().undone_at, ChangeBatch.objects.get().undone_at) == (NOW, NOW)


def test_other_hours_offer_to_cancel_what_falls_outside(client, venue, activity):
    address = f"/intern/sted/{venue.pk}/aabningstid/"
    data = {
        "first_on": "2026-03-03", "until_on": "2026-03-03", "opens": "10", "closes": "14",
        "reason": "staff_day", "note": "Vi holder fri om aftenen.",
    }  # fmt: skip
    enter(client, venue)
    offered = client.get(address, data).context["offered"]

    answer = client.post(address, {**data, "dates": [row.date.pk for row in offered]}, follow=True)

    row = OpeningException.objects.get()
    date = Occurrence.objects.get(local_date=dt.date(2026, 3, 3))
    assert [(one.date.pk, one.ticked) for one in offered] == [(date.pk, True)]
    assert (row.closed, row.opens, row.closes, date.status) == (
        False, dt.time(10), dt.time(14), "cancelled",
    )  # fmt: skip
    assert "Vi holder fri om aftenen." in answer.content.decode()


def test_a_message_stands_until_its_last_day_or_is_taken_down(client, venue):
    enter(client, venue)
    data = {"title": "Vaskemaskinen er i stykker", "first_on": "2026-03-02"}

    client.post(f"/intern/sted/{venue.pk}/besked/", {**data, "until_on": "2026-03-04"})
    row = Notice.objects.get()
    shown = (row.starts_at, row.ends_at, row.created_by.email)
    client.post(f"/intern/sted/{venue.pk}/besked/{row.pk}/vaek/")

    row.refresh_from_db()
    assert shown == (
        NOW, dt.datetime(2026, 3, 4, 22, 59, tzinfo=dt.UTC), "rikke@eksempelby.example",
    )  # fmt: skip
    assert row.withdrawn_at == NOW


def test_a_message_of_another_venue_is_not_found(client, venue):
    other = make_venue(title="Kahytten")
    theirs = make_notice(other, NOW, NOW + dt.timedelta(days=1))

    answer = enter(client, venue).post(f"/intern/sted/{venue.pk}/besked/{theirs.pk}/vaek/")

    assert answer.status_code == 404


def test_text_and_pictures_can_be_copied(client, venue, activity):
    text = enter(client, venue).get(f"/intern/sted/{venue.pk}/del/{activity.pk}/").content.decode()

    assert (text.count("<textarea"), text.count(" download>")) == (3, 2)


def test_what_people_may_misread_is_said_before_it_is_published(client, venue):
    night = {**NEW, "starts": "23", "ends": "22", "act": "look"}

    asked = enter(client, venue, "editor").post(f"/intern/sted/{venue.pk}/ny/", night)
    client.post(f"/intern/sted/{venue.pk}/ny/", {**night, "act": "publish"})

    codes = [one.finding.code for one in asked.context["asked"]]
    answered = PageLogEntry.objects.get(action="fristed.published_anyway").data["keys"]
    assert (bool(codes), answered) == (True, [one.finding.key for one in asked.context["asked"]])
    assert ActivityPage.objects.get().live
