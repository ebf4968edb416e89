"""The step before a page is published, as an editor meets it: asked once, and nothing is lost."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import PageLogEntry

from activities.models import ActivityPage
from core.publishing import PUBLISHED_ANYWAY, publish_anyway, told_of, unanswered
from core.tasks import publish_due_pages
from directory.models import VenuePage
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.activities.test_editor_form import posted, row
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

MONDAY = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
EVERY_DAY = [(day, "10.00", "20.00") for day in range(7)]


@pytest.fixture(autouse=True)
def a_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def venue(home, client):
    venue = make_venue(hours=EVERY_DAY)
    user = make_user(role=Role.EDITOR, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return venue


def publish(client, venue, *rows, page=None, **fields):
    """Press "publish" in the editor, for a new activity or for `page`."""
    new = reverse("wagtailadmin_pages:add", args=["activities", "activitypage", venue.pk])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else new
    data = posted(*(rows or [row()]), **fields)
    return client.post(address, data | {"action-publish": "1"})


def question(page):
    return reverse("before_publishing", args=[page.pk])


def anyway(client, page):
    return client.post(question(page), {"version": page.get_latest_revision().pk})


def test_what_nobody_would_misunderstand_is_published_at_once(client, venue):
    publish(client, venue)

    assert ActivityPage.objects.get().live


def test_a_warning_asks_and_keeps_what_was_typed_as_a_draft(client, venue):
    response = publish(client, venue, price_type="unknown")

    page = ActivityPage.objects.get()
    assert (response.status_code, response["Location"]) == (302, question(page))
    assert (page.live, page.summary) == (False, "Vi laver mad sammen.")
    shown = client.get(question(page)).content.decode()
    assert "Der står ikke, hvad det koster. Mange bliver hjemme" in shown
    assert "Udgiv alligevel" in shown


def test_publish_anyway_publishes_and_the_history_tells(client, venue):
    publish(client, venue, price_type="unknown")
    page = ActivityPage.objects.get()

    response = anyway(client, page)

    page.refresh_from_db()
    entry = PageLogEntry.objects.get(action=PUBLISHED_ANYWAY)
    assert (response.status_code, page.live, page.has_unpublished_changes) == (302, True, False)
    assert entry.data["keys"] == ["no_price"]
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Udgivet alligevel: Der står ikke, hvad det koster." in history


def test_an_answered_warning_is_not_asked_again_but_a_new_one_is(client, venue):
    publish(client, venue, price_type="unknown")
    page = ActivityPage.objects.get()
    anyway(client, page)

    same = publish(client, venue, page=page, price_type="unknown", summary="Vi laver suppe.")
    page.refresh_from_db()
    assert (same["Location"] != question(page), page.summary) == (True, "Vi laver suppe.")

    late = row(starts="20", ends="22")
    other = publish(client, venue, late, page=page, price_type="unknown", summary="Vi danser.")
    page.refresh_from_db()
    assert (other["Location"], page.summary) == (question(page), "Vi laver suppe.")
    assert [told.finding.code for told in unanswered(page.get_latest_revision_as_object(),
                                                     now=MONDAY)] == ["outside_hours"]  # fmt: skip


def test_a_draft_is_never_asked_about(client, venue):
    address = reverse("wagtailadmin_pages:add", args=["activities", "activitypage", venue.pk])

    response = client.post(address, posted(row(), price_type="unknown"))

    page = ActivityPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_newer_version_is_shown_before_it_is_published(client, venue):
    publish(client, venue, price_type="unknown")
    page = ActivityPage.objects.get()
    old = page.get_latest_revision().pk
    page.summary = "Vi danser."
    page.save_revision()

    response = client.post(question(page), {"version": old})

    page.refresh_from_db()
    assert (response.status_code, page.live) == (200, False)
    assert "er blevet ændret imens" in response.content.decode()


def test_a_time_of_publication_is_asked_about_when_it_is_chosen(client, venue):
    go_live = "2026-04-01 10:00"
    past_by_then = row(frequency="once", first_on="10.3.2026")

    response = publish(client, venue, past_by_then, go_live_at=go_live)

    page = ActivityPage.objects.get()
    assert response["Location"] == question(page)
    anyway(client, page)
    page.refresh_from_db()
    assert (page.live, page.approved_schedule) == (False, True)
    with time_machine.travel(MONDAY + dt.timedelta(days=31), tick=False):
        publish_due_pages()
    page.refresh_from_db()
    assert page.live


def test_several_at_once_are_not_published_while_one_has_something_to_answer(client, venue):
    sync_groups(admin := make_user("admin@eksempelby.example", admin=True))
    client.force_login(admin)
    good = make_activity(venue, "Kaffe", live=False)
    vague = make_activity(venue, "Tur", live=False, price_type="unknown")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={good.pk}&id={vague.pk}&next=/admin/", {})
    assert set(ActivityPage.objects.live()) == set()

    client.post(f"{address}?id={good.pk}&next=/admin/", {})
    assert set(ActivityPage.objects.live()) == {good}


def test_who_may_not_publish_the_page_gets_no_answer(client, venue):
    page = make_activity(venue, live=False, price_type="unknown")
    page.save_revision()
    for role, place in ((Role.VOLUNTEER, venue), (Role.EDITOR, make_venue("Stjernen"))):
        stranger = make_user(f"{role}@eksempelby.example", role=role, venue=place)
        sync_groups(stranger)
        client.force_login(stranger)

        assert client.get(question(page))["Location"] == "/admin/"
        anyway(client, page)

    page.refresh_from_db()
    assert not page.live


def test_a_venue_without_hours_and_phone_is_asked_about(home):
    venue = make_venue(phone="")

    assert [told.text for told in told_of(venue, now=MONDAY)] == [
        "Der står ingen åbningstider. Ingen kan se, hvornår døren er åben.",
        "Der står intet telefonnummer. Hvor vi ikke ved noget, siger siden: Ring og hør.",
    ]


def test_an_error_cannot_be_answered(home):
    venue = make_venue(hours=[(0, "9.00", "16.00"), (0, "15.00", "18.00")])
    told = unanswered(VenuePage.objects.get(pk=venue.pk), now=MONDAY)

    assert [(one.stops, one.text) for one in told] == [
        (True, "To rækker åbningstider overlapper hinanden: mandag kl. 9–16 står to gange.")
    ]
    with pytest.raises(ValueError, match="an error cannot be answered"):
        publish_anyway(venue, told, by=None)


def test_an_activity_while_its_place_is_shut_names_the_place_and_the_hours(home):
    venue = make_venue(hours=[(1, "10.00", "16.00")])
    page = make_activity(venue, schedules=[make_schedule(dt.date(2026, 3, 3))])

    (told,) = told_of(page, now=MONDAY)

    assert told.text == (
        "Perlen har åbent kl. 10–16 den dag, og aktiviteten er "
        "tirsdag den 3. marts 2026 kl. 17.30–19.30."
    )
