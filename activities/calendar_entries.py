"""Which stored calendar entries a feed is made of. Everything starts from what is public."""

import datetime as dt
from typing import TYPE_CHECKING

from wagtail.models import Page

from activities.filters import CalendarFilter
from activities.models import ActivityHost, ActivityPage, CalendarEntry, Occurrence, Tombstone
from activities.querysets import HOLDING
from directory.models import VenuePage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Entries = QuerySet[CalendarEntry]
    Activities = QuerySet[ActivityPage]

FAREWELL = dt.timedelta(days=30)
LAST_CHILD = "Z" * Page.steplen  # no page's path is later among those below another


def all_entries() -> "Entries":
    """Every entry the public may see, oldest activity first, so that files change little."""
    return CalendarEntry.objects.filter(public=True).order_by("pk")


def filtered_entries(wanted: CalendarFilter) -> "Entries":
    """Entries of activities with a date that `wanted` asks for; a series is never cut."""
    if wanted == CalendarFilter():
        return all_entries()
    dates = Occurrence.objects.public().matching(wanted).order_by()
    return all_entries().filter(activity__in=dates.values("activity"))


def venue_entries(venue: VenuePage) -> "Entries":
    """Entries of what a venue holds itself, and of shared events it has said yes to."""
    return all_entries().filter(activity__in=activities_of(venue).values("pk"))


def shared_entries() -> "Entries":
    """Entries of all that several venues hold together."""
    return all_entries().filter(activity__in=shared_activities().values("pk"))


def farewells(now: dt.datetime, below: str = "") -> list[str]:
    """Return the VEVENTs, as cancelled, of what was deleted in the last month with dates to come.

    `below` is the tree address of a venue. Nothing of an activity that has come back.
    """
    stones = Tombstone.objects.filter(deleted_at__gt=now - FAREWELL, url_path__startswith=below)
    gone = stones.exclude(ical="").exclude(uid__in=ActivityPage.objects.values("uid"))
    return list(gone.order_by("pk").values_list("ical", flat=True))


def activities_of(venue: VenuePage) -> "Activities":
    """Public activities of a venue, and those it has said yes to hold with others.

    Their ids are fetched first, each by its own index, so that the rest is not looked through.
    """
    below = Page.objects.filter(path__range=(venue.path, f"{venue.path}{LAST_CHILD}"))
    held = ActivityHost.objects.filter(HOLDING, venue=venue)
    ids = {*below.values_list("pk", flat=True), *held.values_list("activity", flat=True)}
    return ActivityPage.objects.public().filter(pk__in=ids)


def shared_activities() -> "Activities":
    """Public activities that several venues hold together."""
    dates = Occurrence.objects.public().shared().order_by()
    return ActivityPage.objects.public().filter(pk__in=dates.values("activity"))
