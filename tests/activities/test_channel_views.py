"""Kommunikation in the admin: who sees and notes what, and what the pages offer."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from activities.models import ActivityPage, HandOver
from activities.taxonomy import Channel
from core.models import SiteSettings
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
LIST = "/admin/kommunikation/"


@pytest.fixture(autouse=True)
def standing_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def venue(home):
    return make_venue()


def log_in(client, role, venue=None):
    user = make_user(f"{role}@eksempelby.example", role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return user


def page_of(subject):
    kind = "activity" if isinstance(subject, ActivityPage) else "venue"
    return reverse(f"channels:{kind}", args=[subject.pk])


def codes(client, *subjects):
    return [client.get(page_of(subject)).status_code for subject in subjects]


@pytest.mark.parametrize("role", [Role.STAFF, Role.EDITOR, Role.VENUE_LEADER])
def test_people_of_a_venue_work_with_its_own_channels_only(client, venue, role):
    other = make_venue("Stuen")
    own, theirs = make_activity(venue), make_activity(other, "Suppe")
    log_in(client, role, venue)

    assert codes(client, venue, own) == [200, 200]
    assert [client.get(page_of(page)).status_code for page in (other, theirs)] == [302, 302]
    client.post(reverse("channels:confirm_activity", args=[own.pk]))
    client.post(reverse("channels:confirm_activity", args=[theirs.pk]))
    client.post(reverse("channels:confirm_venue", args=[other.pk]))
    assert list(HandOver.objects.values_list("activity", "venue")) == [(own.pk, None)]


def test_a_volunteer_sees_nothing_of_it(client, venue):
    activity = make_activity(venue)
    log_in(client, Role.VOLUNTEER, venue)

    assert codes(client, venue, activity) == [302, 302]
    assert client.get(LIST).status_code == 302
    assert client.get(f"{LIST}kompas.csv").status_code == 302
    assert LIST not in client.get("/admin/").content.decode()


def test_the_area_head_looks_and_notes_nothing(client, venue):
    activity = make_activity(venue)
    log_in(client, Role.AREA_HEAD)

    assert codes(client, venue, activity) == [200, 200]
    client.post(reverse("channels:confirm_activity", args=[activity.pk]))
    assert HandOver.objects.count() == 0
    assert "bekraeft" not in client.get(page_of(activity)).content.decode()


def test_communication_editors_work_with_all(client, venue):
    activity = make_activity(make_venue("Stuen"))
    user = log_in(client, Role.COMMUNICATION)

    client.post(
        reverse("channels:confirm_activity", args=[activity.pk]),
        {"url": "https://kompas.example/7"},
    )

    row = HandOver.objects.get()
    assert (row.activity, row.handed_by, row.url) == (activity, user, "https://kompas.example/7")
    assert (row.channel, row.handed_at) == (Channel.KOMPAS, NOW)


def test_a_host_s_people_work_with_a_shared_event_once_they_said_yes(client, home, venue):
    lead = make_venue("Stuen")
    ours = make_shared_event(home.shared, lead, venue)
    asked = make_shared_event(home.shared, lead, venue, accepted=False, title="Bål")
    log_in(client, Role.STAFF, venue)

    assert codes(client, ours, asked) == [200, 302]


def test_with_one_venue_the_list_is_its_plan(client, venue):
    log_in(client, Role.STAFF, venue)

    assert client.get(LIST)["Location"] == page_of(venue)


def test_the_list_tells_what_is_missing_and_the_figure(client, venue):
    activity = make_activity(venue)
    make_activity(venue, "Suppe")
    make_venue("Stuen")
    log_in(client, Role.COMMUNICATION)
    client.post(reverse("channels:confirm_activity", args=[activity.pk]))

    context = client.get(LIST).context

    assert [(p.venue.title, len(p.waiting), len(p.right)) for p in context["plans"]] == [
        ("Perlen", 2, 1),
        ("Stuen", 1, 0),
    ]
    assert (context["figure"].confirmed, context["figure"].total) == (1, 2)


def test_kompas_is_called_what_the_settings_say(client, home, venue):
    site = SiteSettings.for_site(home.home.get_site())
    site.kompas_name = "Hjælpekortet"
    site.save()
    activity = make_activity(venue)
    log_in(client, Role.COMMUNICATION)
    make_venue("Stuen")

    pages = [
        client.get(path).content.decode() for path in (LIST, page_of(venue), page_of(activity))
    ]

    assert ["Hjælpekortet" in html for html in pages] == [True, True, True]
    assert [re.findall("Kompasset|Det Sociale Kompas", html) for html in pages] == [[], [], []]


def test_every_field_of_the_card_has_its_own_text_and_button(client, venue):
    activity = make_activity(venue)
    log_in(client, Role.EDITOR, venue)

    response = client.get(page_of(activity))

    html = response.content.decode()
    filled = response.context["row"].card.filled
    fields = re.findall(r'<textarea id="kompas-(\w+)" rows="\d+" readonly>', html)
    assert fields == [field.code for field in filled]
    assert html.count("data-copy-field") == html.count(" data-copy\n")
    assert "js/admin_copy.js" in html


def test_a_varying_activity_is_offered_and_nothing_is_asked_of_it(client, venue):
    activity = make_activity(venue, "Udflugt", kind="varying")
    log_in(client, Role.EDITOR, venue)

    response = client.get(page_of(activity))

    assert response.context["row"] is None
    assert "bekraeft" not in response.content.decode()
    assert response.context["ready"].short.startswith("Udflugt på Perlen")


def test_a_draft_has_nothing_to_copy_yet(client, venue):
    activity = make_activity(venue, live=False)
    log_in(client, Role.EDITOR, venue)

    html = client.get(page_of(activity)).content.decode()

    assert "data-copy-field" not in html
    assert client.post(reverse("channels:confirm_activity", args=[activity.pk])).status_code == 404


def test_what_was_shared_is_noted_and_can_be_taken_off_the_list(client, venue):
    activity = make_activity(venue)
    log_in(client, Role.STAFF, venue)

    client.post(
        reverse("channels:post_activity", args=[activity.pk]),
        {"channel": "facebook", "url": "https://facebook.example/9"},
    )
    row = HandOver.objects.get()
    shown = list(client.get(page_of(activity)).context["posts"])
    client.post(reverse("channels:withdraw", args=[row.pk]))

    assert (row.channel, shown) == (Channel.FACEBOOK, [row])
    assert list(client.get(page_of(activity)).context["posts"]) == []
    row.refresh_from_db()
    assert row.withdrawn_at == NOW


@pytest.mark.parametrize(
    "data",
    [
        {"channel": "kompas"},
        {"channel": "facebook", "url": "javascript:alert(1)"},
        {"channel": "facebook", "url": "ftp://x.example/1"},
        {},
    ],
)
def test_nothing_odd_is_noted(client, venue, data):
    activity = make_activity(venue)
    log_in(client, Role.STAFF, venue)

    response = client.post(reverse("channels:post_activity", args=[activity.pk]), data)

    assert (response.status_code, HandOver.objects.count()) == (302, 0)


def test_others_cannot_take_a_note_off(client, venue):
    activity = make_activity(make_venue("Stuen"))
    row = HandOver.objects.create(
        activity=activity, channel=Channel.KOMPAS, content_hash="", handed_at=NOW
    )
    log_in(client, Role.STAFF, venue)

    client.post(reverse("channels:withdraw", args=[row.pk]))

    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_the_sheet_holds_one_s_own_venues(client, venue):
    make_activity(venue)
    make_activity(make_venue("Stuen"), "Suppe")
    log_in(client, Role.STAFF, venue)

    response = client.get(f"{LIST}kompas.csv")

    text = response.content.decode("utf-8-sig")
    assert response["Content-Disposition"] == 'attachment; filename="kompas.csv"'
    assert ("Fællesspisning" in text, "Suppe" in text, "Stuen" in text) == (True, False, False)


def test_editor_and_list_lead_here(client, venue):
    activity = make_activity(venue)
    log_in(client, Role.EDITOR, venue)

    pages = [
        client.get(reverse("wagtailadmin_pages:edit", args=[activity.pk])).content.decode(),
        client.get(reverse("activity_list:index")).content.decode(),
    ]

    assert [page_of(activity) in html for html in pages] == [True, True]
