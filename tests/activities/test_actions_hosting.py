import datetime as dt

import pytest

from activities.actions import (
    HostingError,
    answer_invitation,
    invite_host,
    refresh_activity,
    verify_activity,
)
from activities.models import ActivityHost, Occurrence
from activities.taxonomy import HostRole, HostStatus
from core.models import ContentVersion
from tests.factories.activities import make_activity, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def hosts(activity):
    rows = ActivityHost.objects.filter(activity=activity).order_by("pk")
    return [(row.venue.title, row.role, row.status) for row in rows]


def test_inviting_makes_the_activitys_own_venue_its_main_host(home):
    activity = make_activity(make_venue("Perlen"))

    invite_host(activity, make_venue("Ankeret"), now=NOW)

    assert hosts(activity) == [
        ("Perlen", HostRole.LEAD, HostStatus.ACCEPTED),
        ("Ankeret", HostRole.CO_HOST, HostStatus.INVITED),
    ]


def test_an_event_shows_at_a_venue_only_after_its_yes(home):
    activity, venue = make_activity(make_venue("Perlen")), make_venue("Ankeret")
    host = invite_host(activity, venue, now=NOW)
    invited = Occurrence.objects.for_venue(venue.pk).exists()

    answer_invitation(host, accept=True, by=make_user(), now=NOW)
    accepted = Occurrence.objects.public().for_venue(venue.pk).exists()
    answer_invitation(host, accept=False, now=NOW)

    assert (invited, accepted) == (False, True)
    assert Occurrence.objects.for_venue(venue.pk).exists() is False


def test_a_venue_that_said_no_may_be_asked_again(home):
    activity, venue = make_activity(make_venue("Perlen")), make_venue("Ankeret")
    host = invite_host(activity, venue, now=NOW)
    answer_invitation(host, accept=False, now=NOW)

    again = invite_host(activity, venue, now=NOW)

    assert (again.pk, again.status, again.answered_at) == (host.pk, HostStatus.INVITED, None)


def test_asking_again_does_not_undo_a_yes(home):
    activity, venue = make_activity(make_venue("Perlen")), make_venue("Ankeret")
    host = invite_host(activity, venue, now=NOW)
    answer_invitation(host, accept=True, now=NOW)

    assert invite_host(activity, venue, now=NOW).status == HostStatus.ACCEPTED


def test_the_main_host_is_neither_asked_nor_answers(home):
    venue = make_venue("Perlen")
    activity = make_activity(venue)
    invite_host(activity, make_venue("Ankeret"), now=NOW)

    with pytest.raises(HostingError, match="own_event"):
        invite_host(activity, venue, now=NOW)
    with pytest.raises(HostingError, match="main_host"):
        answer_invitation(activity.hosts.get(role=HostRole.LEAD), accept=False, now=NOW)


def test_a_shared_event_belongs_to_its_main_host(home):
    lead = make_venue("Perlen")
    event = make_shared_event(home.shared, lead, make_venue("Ankeret"))

    refresh_activity(event.pk, now=NOW)

    assert set(Occurrence.objects.values_list("venue", "shared")) == {(lead.pk, True)}


def test_a_confirmation_is_added_and_changes_the_page(home):
    activity, user = make_activity(make_venue()), make_user()
    version, _ = ContentVersion.current()

    verify_activity(activity, by=user, now=NOW)
    verify_activity(activity, by=user, now=NOW + dt.timedelta(days=60))

    assert activity.verifications.count() == 2
    assert activity.verifications.latest().verified_at == NOW + dt.timedelta(days=60)
    assert ContentVersion.current()[0] == version + 2
