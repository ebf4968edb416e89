"""Which stored calendar entries a feed is made of. Everything starts from what is public."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from activities.filters import CalendarFilter
from activities.models import ActivityHost, ActivityPage, CalendarEntry, Occurrence
from activities.querysets import OccurrenceQuerySet
from activities.taxonomy import HostRole, HostStatus, PlaceKind
from core.domain.text import stems
from directory.models import VenuePage
from directory.taxonomy import PriceType

if TYPE_CHECKING:
    Entries = QuerySet[CalendarEntry]

HOLDING = Q(role=HostRole.LEAD) | Q(status=HostStatus.ACCEPTED)
MOST_FOUND = 5000


def all_entries() -> "Entries":
    """Every entry the public may see, oldest activity first, so that files change little."""
    return CalendarEntry.objects.filter(public=True).exclude(ical="").order_by("pk")


def filtered_entries(wanted: CalendarFilter) -> "Entries":
    """Entries of activities with a date that `wanted` asks for; a series is never cut."""
    if wanted == CalendarFilter():
        return all_entries()
    return all_entries().filter(activity__in=wanted_dates(wanted).values("activity"))


def venue_entries(venue: VenuePage) -> "Entries":
    """Entries of what a venue holds itself, and of shared events it has said yes to."""
    return all_entries().filter(activity__in=activities_of(venue).values("pk"))


def shared_entries() -> "Entries":
    """Entries of all that several venues hold together."""
    return all_entries().filter(activity__in=shared_activities().values("pk"))


def activities_of(venue: VenuePage) -> "QuerySet[ActivityPage]":
    """Public activities below a venue, and those it holds with others."""
    hosted = ActivityHost.objects.filter(HOLDING, venue=venue).values("activity")
    own = Q(path__startswith=venue.path, depth=venue.depth + 1)
    return ActivityPage.objects.public().filter(own | Q(pk__in=hosted))


def shared_activities() -> "QuerySet[ActivityPage]":
    """Public activities with more than one host; the refresh works out which they are."""
    dates = Occurrence.objects.public().filter(shared=True)
    return ActivityPage.objects.public().filter(pk__in=dates.values("activity"))


def wanted_dates(wanted: CalendarFilter) -> OccurrenceQuerySet:
    """Public dates that a filter asks for, in no order."""
    dates = Occurrence.objects.public().order_by()
    if wanted.first:
        dates = dates.filter(local_date__gte=wanted.first)
    if wanted.last:
        dates = dates.filter(local_date__lte=wanted.last)
    if wanted.types:
        dates = dates.filter(activity__activity_type__in=wanted.types)
    if wanted.free:
        dates = dates.filter(activity__price_type=PriceType.FREE)
    for condition in _conditions(wanted):
        dates = dates.filter(condition)
    return dates


def _conditions(wanted: CalendarFilter) -> list[Q]:
    found = []
    if wanted.venues:
        hosted = ActivityHost.objects.filter(HOLDING, venue__slug__in=wanted.venues)
        found.append(Q(venue__slug__in=wanted.venues) | Q(activity__in=hosted.values("activity")))
    if wanted.groups:
        fitting = ActivityPage.objects.filter(target_groups__code__in=wanted.groups)
        found.append(Q(activity__in=fitting.values("pk")))
    if wanted.kinds:
        kinds = Q(activity__kind__in=wanted.kinds)
        found.append(kinds | Q(shared=True) if "shared" in wanted.kinds else kinds)
    if wanted.districts:
        found.append(_in_districts(wanted.districts))
    if wanted.words:
        found.append(Q(activity__in=_found_by_words(wanted.words)))
    return found


def _in_districts(slugs: tuple[str, ...]) -> Q:
    """Where it takes place, which need not be where its venue lies."""
    return (
        Q(activity__place_kind=PlaceKind.OWN, venue__district__slug__in=slugs)
        | Q(
            activity__place_kind=PlaceKind.OTHER_VENUE,
            activity__place_venue__district__slug__in=slugs,
        )
        | Q(activity__place_kind=PlaceKind.ADDRESS, activity__place_district__slug__in=slugs)
    )


def _found_by_words(words: str) -> list[int]:
    wanted = stems(words)
    if not wanted:
        return []
    found = ActivityPage.objects.search(wanted, operator="and")
    return [page.pk for page in found[:MOST_FOUND]]
