"""Every event of Wagtail that changes what the public may see (design.md section 13)."""

import datetime as dt
import io
import logging

import PIL.Image
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from activities.actions import refresh_activity
from activities.models import (
    ActivityHost,
    ActivityPage,
    CalendarEntry,
    Occurrence,
    Tombstone,
)
from activities.taxonomy import HostRole, PlaceKind
from core.models import ContentVersion, FristedImage, SiteSettings
from core.tasks import publish_due_pages
from directory.models import District, Organisation, TargetGroup, VenuePage
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import (
    make_district,
    make_exception,
    make_notice,
    make_organisation,
    make_venue,
)
from tests.factories.pages import make_standard_page


def soon(days=7):
    return timezone.localdate() + dt.timedelta(days=days)


def make(venue=None, title="Banko", **fields):
    """One public date a week from now."""
    plan = [make_schedule(soon(), frequency="once", weekdays=[])]
    return make_activity(venue or make_venue(), title, schedules=plan, **fields)


def public(activity):
    """What lists and feeds have of it: dates, and whether its calendar is there."""
    return (
        Occurrence.objects.public().filter(activity=activity.pk).count(),
        CalendarEntry.objects.filter(pk=activity.pk, public=True).exists(),
    )


def text(activity):
    return CalendarEntry.objects.get(pk=activity.pk).ical


def version():
    return ContentVersion.current()[0]


SHOWN, HIDDEN = (1, True), (0, False)


def test_publishing_a_draft_shows_its_dates(home):
    activity = make(live=False)
    before = public(activity)

    activity.save_revision().publish()

    assert (before, public(activity)) == (HIDDEN, SHOWN)
    entry = CalendarEntry.objects.get(pk=activity.pk)
    assert entry.refreshed_revision == ActivityPage.objects.get(pk=activity.pk).live_revision_id


def test_publishing_a_new_plan_replaces_the_dates(home):
    activity = make()
    draft = ActivityPage.objects.get(pk=activity.pk)
    draft.schedules = [make_schedule(soon(9), frequency="once", weekdays=[])]

    draft.save_revision().publish()

    dates = Occurrence.objects.public().values_list("local_date", flat=True)
    assert list(dates) == [soon(9)]


def test_a_draft_of_a_live_page_changes_nothing(home):
    activity = make()
    draft = ActivityPage.objects.get(pk=activity.pk)
    draft.schedules = [make_schedule(soon(9), frequency="once", weekdays=[])]

    draft.save_revision()

    dates = Occurrence.objects.public().values_list("local_date", flat=True)
    assert list(dates) == [soon(7)]


def test_publishing_for_later_shows_nothing_before(home):
    activity = make(live=False)
    activity.go_live_at = timezone.now() + dt.timedelta(days=1)

    activity.save_revision().publish()

    assert public(activity) == HIDDEN


def test_what_is_due_is_shown_and_taken_down_by_the_clock(home):
    activity = make(live=False)
    activity.go_live_at = timezone.now() + dt.timedelta(hours=1)
    activity.save_revision().publish()
    revision = activity.revisions.get()
    revision.approved_go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()

    publish_due_pages()
    published = public(activity)
    past = timezone.now() - dt.timedelta(minutes=1)
    ActivityPage.objects.filter(pk=activity.pk).update(expire_at=past)
    publish_due_pages()

    assert (published, public(activity)) == (SHOWN, HIDDEN)


def test_unpublishing_hides_dates_and_calendar(home):
    activity = make()

    activity.unpublish()

    assert public(activity) == HIDDEN


def test_reverting_to_an_older_version_gives_its_dates_back(home):
    activity = make()
    page = ActivityPage.objects.get(pk=activity.pk)
    older = page.save_revision()
    older.publish()
    page = ActivityPage.objects.get(pk=activity.pk)
    page.schedules = [make_schedule(soon(9), frequency="once", weekdays=[])]
    page.save_revision().publish()

    older.as_object().save_revision(previous_revision=older).publish()

    dates = Occurrence.objects.public().values_list("local_date", flat=True)
    assert list(dates) == [soon(7)]


def test_moving_an_activity_gives_its_dates_to_the_new_venue(home):
    activity, other = make(), make_venue("Ankeret")

    Page.objects.get(pk=activity.pk).move(other, pos="last-child")

    occurrence = Occurrence.objects.public().get()
    assert (occurrence.venue_id, "/steder/ankeret/banko/" in text(activity)) == (other.pk, True)


def test_a_new_address_of_an_activity_is_in_its_calendar(home, django_capture_on_commit_callbacks):
    activity = make()
    page = ActivityPage.objects.get(pk=activity.pk)
    page.slug = "bingo"

    with django_capture_on_commit_callbacks(execute=True):
        page.save()

    assert "/steder/perlen/bingo/" in text(activity)


def test_a_new_address_of_a_venue_reaches_own_and_located_activities(
    home, django_capture_on_commit_callbacks
):
    venue, other = make_venue(), make_venue("Ankeret")
    own = make(venue)
    hosted = make_shared_event(
        home.shared, other, venue, schedules=[make_schedule(soon(), frequency="once", weekdays=[])]
    )
    refresh_activity(hosted.pk)
    page = VenuePage.objects.get(pk=venue.pk)
    page.slug = "perlen-paa-havnen"

    with django_capture_on_commit_callbacks(execute=True):
        page.save()

    assert "/steder/perlen-paa-havnen/banko/" in text(own)
    assert CalendarEntry.objects.get(pk=own.pk).refreshed_path.endswith("perlen-paa-havnen/banko/")
    assert public(hosted) == SHOWN


def test_unpublishing_a_venue_hides_its_activities_and_publishing_shows_them(home):
    venue = make_venue()
    activity = make(venue)

    venue.unpublish()
    hidden = public(activity)
    VenuePage.objects.get(pk=venue.pk).save_revision().publish()

    assert (hidden, public(activity)) == (HIDDEN, SHOWN)


def test_a_venues_new_address_is_in_the_calendar_of_what_happens_there(home):
    venue, other = make_venue(), make_venue("Ankeret")
    located = make(other, place_kind=PlaceKind.OTHER_VENUE, place_venue=venue)
    page = VenuePage.objects.get(pk=venue.pk)
    page.street = "Havnegade 12"

    page.save_revision().publish()

    assert "Havnegade 12" in text(located).replace("\r\n ", "")


def test_deleting_an_activity_leaves_a_tombstone(home):
    activity = make()
    path, uid = activity.url_path, activity.uid

    activity.delete()

    stone = Tombstone.objects.get()
    assert (stone.url_path, stone.uid) == (path, uid)
    assert ("STATUS:CANCELLED" in stone.ical, "STATUS:CONFIRMED" in stone.ical) == (True, False)
    assert (Occurrence.objects.count(), CalendarEntry.objects.count()) == (0, 0)


def test_deleting_a_draft_leaves_nothing(home):
    make(live=False).delete()

    assert Tombstone.objects.count() == 0


def test_deleting_a_venue_buries_all_that_was_below_it(home, django_capture_on_commit_callbacks):
    venue, other = make_venue(), make_venue("Ankeret")
    activity = make(venue)
    event = make_shared_event(
        home.shared, other, venue, schedules=[make_schedule(soon(), frequency="once", weekdays=[])]
    )
    paths = {venue.url_path, activity.url_path}
    before = version()

    with django_capture_on_commit_callbacks(execute=True):
        venue.delete()

    assert set(Tombstone.objects.values_list("url_path", flat=True)) == paths
    assert list(Occurrence.objects.values_list("activity", "shared", "public")) == [
        (event.pk, True, True)
    ]
    assert ActivityHost.objects.get(activity=event).role == HostRole.LEAD
    assert version() > before


def test_a_login_before_the_venues_hides_every_date_below(home):
    activity = make()

    restriction = PageViewRestriction.objects.create(page=home.venues, restriction_type="login")
    behind = public(activity)
    restriction.delete()

    assert (behind, public(activity)) == (HIDDEN, SHOWN)


def test_aliases_are_forbidden(home):
    activity = make()

    with pytest.raises(PermissionDenied):
        activity.create_alias(parent=make_venue("Ankeret"))
    with pytest.raises(PermissionDenied):
        activity.get_parent().specific.create_alias(parent=home.venues, update_slug="kopi")


def test_a_copy_has_its_own_uid_and_no_hosts(home):
    lead, other = make_venue(), make_venue("Ankeret")
    event = make_shared_event(home.shared, lead, other)

    copy = event.copy(update_attrs={"slug": "kopi"}, keep_live=False)

    assert (copy.uid == event.uid, copy.live, copy.hosts.count()) == (False, False, 0)
    assert copy.get_latest_revision_as_object().uid == copy.uid
    assert copy.schedules.count() == 1
    assert public(copy) == HIDDEN


def test_a_copied_venue_has_its_own_uid(home):
    venue = make_venue()
    make(venue)

    copy = venue.copy(recursive=True, update_attrs={"slug": "kopi"}, keep_live=False)

    uids = {page.uid for page in [*VenuePage.objects.all(), *ActivityPage.objects.all()]}
    assert (copy.live, len(uids)) == (False, 4)


def test_whoever_writes_a_shared_event_brings_their_venue(home):
    venue = make_venue()
    user = make_user(role=Role.EDITOR, venue=venue)
    event = ActivityPage(title="Sommerfest", slug="sommerfest", summary="Fest.", owner=user)

    home.shared.add_child(instance=event)

    host = ActivityHost.objects.get()
    assert (host.activity_id, host.venue_id, host.role) == (event.pk, venue.pk, HostRole.LEAD)


def test_deleting_a_shared_event_takes_its_hosts_along(home, django_capture_on_commit_callbacks):
    lead, other = make_venue(), make_venue("Ankeret")
    event = make_shared_event(home.shared, lead, other)

    with django_capture_on_commit_callbacks(execute=True):
        event.delete()

    assert CalendarEntry.objects.filter(pk=event.pk).exists() is False


def test_an_accepted_host_that_leaves_takes_its_dates_along(
    home, django_capture_on_commit_callbacks
):
    lead, other = make_venue(), make_venue("Ankeret")
    event = make_shared_event(home.shared, lead, other)
    refresh_activity(event.pk)

    with django_capture_on_commit_callbacks(execute=True):
        event.hosts.get(venue=other).delete()

    assert Occurrence.objects.for_venue(other.pk).exists() is False


CHANGES = {
    "a notice": lambda venue: make_notice(
        venue, timezone.now(), timezone.now() + dt.timedelta(hours=2)
    ),
    "a closed day": lambda venue: make_exception(venue, soon()),
    "a district": lambda venue: make_district(),
    "an organisation": lambda venue: make_organisation(),
    "a target group": lambda venue: TargetGroup.objects.first().save(),
    "site settings": lambda venue: SiteSettings.for_site(Site.objects.get()).save(),
    "a page of text": lambda venue: (
        make_standard_page(Page.objects.get(slug="eksempelby")).save_revision().publish()
    ),
    "a venue": lambda venue: venue.save_revision().publish(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_cached_answers_are_old_after(home, what):
    venue = make_venue()
    before = version()

    CHANGES[what](venue)

    assert version() > before


def test_cached_answers_are_old_after_a_change_of_names(home):
    district, organisation = make_district(), make_organisation()
    before = version()

    District.objects.get(pk=district.pk).save()
    Organisation.objects.get(pk=organisation.pk).delete()

    assert version() == before + 2


def png():
    """A white square."""
    file = io.BytesIO()
    PIL.Image.new("RGB", (4, 4), "white").save(file, "PNG")
    return file.getvalue()


def test_cached_answers_are_old_after_a_new_picture(home):
    before = version()

    FristedImage.objects.create(title="Køkkenet", file=ContentFile(png(), name="koekken.png"))

    assert version() > before


def test_a_failing_receiver_is_logged_and_stops_nothing(home, monkeypatch, caplog):
    activity = make(live=False)
    caplog.set_level(logging.ERROR)

    def broken(*args, **kwargs):
        raise RuntimeError("no disk")

    monkeypatch.setattr("activities.calendar_text.entry_text", broken)
    activity.save_revision().publish()

    assert ActivityPage.objects.get(pk=activity.pk).live is True
    assert public(activity) == HIDDEN
    assert "refresh_after_publishing failed for <class" in caplog.text
    assert str(activity.pk) in caplog.text
