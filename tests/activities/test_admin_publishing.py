"""Drafts, scheduling, revisions and preview of an editor, and what the public meets of them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from wagtail.signals import page_published

from activities.models import ActivityPage, Occurrence
from core.tasks import publish_due_pages
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.activities.test_editor_form import posted, row
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue

MONDAY = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
GO_LIVE = "2026-03-02 13:05"  # Danish time, five minutes later


@pytest.fixture
def venue(home, client):
    venue = make_venue()
    user = make_user(role=Role.EDITOR, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return venue


def publish(client, venue, **fields):
    address = reverse("wagtailadmin_pages:add", args=["activities", "activitypage", venue.pk])
    response = client.post(address, posted(row(), **fields) | {"action-publish": "1"})
    assert response.status_code == 302
    return ActivityPage.objects.get(title=fields.get("title", "Fællesspisning på Ærø"))


def dates():
    return [str(day.local_date) for day in Occurrence.objects.public().order_by("starts_at")[:2]]


def test_a_scheduled_activity_appears_everywhere_within_a_minute_of_its_time(client, venue):
    with time_machine.travel(MONDAY, tick=False):
        page = publish(client, venue, go_live_at=GO_LIVE)
        assert (page.live, dates()) == (False, [])

    with time_machine.travel(MONDAY + dt.timedelta(minutes=6), tick=False):
        publish_due_pages()
        shown = client.get("/aktiviteter/", HTTP_HOST="fristed.example").content.decode()
        calendar = client.get("/kalender.ics", HTTP_HOST="fristed.example").getvalue().decode()

    page.refresh_from_db()
    assert (page.live, dates()) == (True, ["2026-03-03", "2026-03-10"])
    assert ("Fællesspisning på Ærø" in shown, "Fællesspisning på Ærø" in calendar) == (True, True)


def test_a_receiver_that_fails_never_holds_up_the_next_activity(client, venue):
    with time_machine.travel(MONDAY, tick=False):
        first = publish(client, venue, go_live_at=GO_LIVE)
        publish(client, venue, title="Kor", go_live_at=GO_LIVE)

    def stumble(instance, **_):
        if instance.pk == first.pk:
            raise RuntimeError("a receiver of somebody else")

    page_published.connect(stumble)
    try:
        with time_machine.travel(MONDAY + dt.timedelta(minutes=6), tick=False):
            publish_due_pages()
    finally:
        page_published.disconnect(stumble)

    assert {page.title for page in ActivityPage.objects.live()} == {"Kor"}


def test_a_draft_of_a_published_activity_changes_nothing_until_it_is_published(client, venue):
    with time_machine.travel(MONDAY, tick=False):
        page = make_activity(venue)
        stored = page.schedules.get()
        data = posted(
            row(id=str(stored.pk), key=stored.key, weekdays=["3"], first_on="5.3.2026"),
            slug=page.slug,
        ) | {"schedules-INITIAL_FORMS": "1"}
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])

        client.post(address, data)
        before = dates()
        client.post(address, data | {"action-publish": "1"})

    assert (before, dates()) == (["2026-03-03", "2026-03-10"], ["2026-03-05", "2026-03-12"])


def test_an_older_revision_can_be_brought_back(client, venue):
    with time_machine.travel(MONDAY, tick=False):
        page = publish(client, venue)
        older = page.latest_revision
        stored = page.schedules.get()
        changed = row(id=str(stored.pk), key=stored.key, starts="18", ends="20")
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        rows = {"schedules-INITIAL_FORMS": "1", "action-publish": "1"}
        client.post(edit, posted(changed, slug=page.slug) | rows)
        revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, older.pk])

        shown = client.get(revert).content.decode()
        back = row(id=str(stored.pk), key=stored.key)
        data = posted(back, slug=page.slug, revision=str(older.pk)) | rows
        client.post(edit, data)

    page.refresh_from_db()
    assert 'value="17.30"' in shown
    assert [(each.key, each.starts) for each in page.schedules.all()] == [
        (stored.key, dt.time(17, 30))
    ]
