"""What the outlets are made of, read for many activities at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from wagtail.models import Page

from activities.activity_facts import At
from activities.cards import site_root
from activities.models import ActivityHost, ActivityPage, Occurrence
from activities.outlets.kompas import Card, activity_card, belongs_in_kompas, venue_card
from activities.querysets import HOLDING
from activities.taxonomy import ActivityKind, HostRole
from core.domain.dates import local_day
from directory.models import VenuePage


def with_dates_ahead(activities: Any, now: dt.datetime) -> Any:
    """Return those of `activities` that take place at least once more."""
    dates = Occurrence.objects.public().taking_place().upcoming(now)
    return activities.filter(Exists(dates.filter(activity=OuterRef("pk"))))


def fixed_activities(now: dt.datetime) -> Any:
    """Return what must be on the website and in Kompas: fixed, public, open to all, going on."""
    fixed = ActivityPage.objects.public().filter(kind=ActivityKind.FIXED, open_to_public=True)
    return with_dates_ahead(fixed, now).in_order()


def varying_activities(now: dt.datetime) -> Any:
    """Return what may go to newsletters and social media: varying, public, with dates ahead."""
    varying = ActivityPage.objects.public().filter(kind=ActivityKind.VARYING)
    return with_dates_ahead(varying, now).in_order()


def card_venues() -> Any:
    """Return venues with all that their cards ask for, in a constant number of queries."""
    venues = VenuePage.objects.select_related("district", "organisation")
    return venues.prefetch_related("target_groups", "contacts", "opening_hours")


def placed(activities: Iterable[ActivityPage], today: dt.date) -> list[At]:
    """Return each activity with its venue and those who hold it, on the local day `today`.

    Some ten queries, however many activities.
    """
    pages = list(activities)
    prefetch_related_objects(
        pages,
        "schedules",
        "breaks",
        "stops",
        "target_groups",
        "place_district",
        "place_venue__district",
    )
    parents = {page.path[: -Page.steplen] for page in pages}
    holding: dict[int, list[tuple[bool, int]]] = defaultdict(list)
    hosts = ActivityHost.objects.filter(HOLDING, activity__in=[page.pk for page in pages])
    for activity, venue, role in hosts.values_list("activity", "venue", "role"):
        holding[activity].append((role != HostRole.LEAD, venue))
    wanted = {venue for rows in holding.values() for _, venue in rows}
    by_path = {venue.path: venue for venue in card_venues().filter(path__in=parents)}
    by_id = {venue.pk: venue for venue in card_venues().live().filter(pk__in=wanted)}
    root = site_root()
    found = []
    for page in pages:
        held = [by_id[venue] for _, venue in sorted(holding[page.pk]) if venue in by_id]
        home = by_path.get(page.path[: -Page.steplen]) or (held[0] if held else None)
        found.append(At(page, home, held, root, today))
    return found


def kompas_cards(now: dt.datetime) -> list[Card]:
    """Return the cards of all venues and fixed activities that belong in Kompas, by name."""
    today, root = local_day(now), site_root()
    venues = list(card_venues().public().standing(today).in_order())
    activities = placed(fixed_activities(now), today)
    return [
        *(venue_card(venue, root) for venue in venues if belongs_in_kompas(venue)),
        *(activity_card(at) for at in activities if belongs_in_kompas(at.home)),
    ]
