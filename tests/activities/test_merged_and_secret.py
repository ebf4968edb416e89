"""What directory tells: a venue became part of another, or its address became secret."""

import datetime as dt

from django.test import Client

from activities.actions import hand_over_hosting
from activities.models import CalendarEntry, Occurrence
from activities.taxonomy import HostRole, HostStatus
from directory.actions import apply_due_moves, make_address_secret, merge_venue
from tests.factories.activities import make_activity, make_host, make_shared_event
from tests.factories.directory import make_venue

TODAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def test_no_stored_calendar_keeps_an_address_that_became_secret(home):
    venue = make_venue(street="Skovstien 9")
    activity = make_activity(venue)
    entry = CalendarEntry.objects.get(activity=activity)
    before = "Skovstien 9" in entry.ical

    make_address_secret(venue)

    entry.refresh_from_db()
    assert (before, "Skovstien" in entry.ical, entry.public) == (True, False, True)


def test_the_successor_holds_what_a_merged_venue_held(home, time_machine):
    time_machine.move_to(NOON, tick=False)
    old, new, lead = make_venue("Anker"), make_venue("Kahytten"), make_venue("Perlen")
    event = make_shared_event(home.shared, lead, old)
    merge_venue(old, new, on=TODAY)

    apply_due_moves(TODAY, NOON)

    hosts = event.hosts.order_by("pk").values_list("venue__title", "role", "status")
    assert list(hosts) == [
        ("Perlen", HostRole.LEAD, HostStatus.ACCEPTED),
        ("Kahytten", HostRole.CO_HOST, HostStatus.ACCEPTED),
    ]
    assert Occurrence.objects.public().for_venue(new.pk).exists()


def test_where_both_were_hosts_one_row_stays_and_says_yes(home):
    old, new, lead = make_venue("Anker"), make_venue("Kahytten"), make_venue("Perlen")
    event = make_shared_event(home.shared, lead, old)
    make_host(event, new, status=HostStatus.INVITED)

    hand_over_hosting(old, new)

    hosts = event.hosts.order_by("pk").values_list("venue__title", "status")
    assert list(hosts) == [("Perlen", "accepted"), ("Kahytten", "accepted")]


def test_calendars_of_a_merged_venue_lead_to_its_successor(home, client: Client, time_machine):
    time_machine.move_to(NOON, tick=False)
    old, new = make_venue("Anker"), make_venue("Kahytten")
    merge_venue(old, new, on=TODAY)
    apply_due_moves(TODAY, NOON)

    answers = [client.get(f"/steder/anker/{name}") for name in ("kalender.ics", "feed.rss")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (301, "/steder/kahytten/kalender.ics"),
        (301, "/steder/kahytten/feed.rss"),
    ]
