"""What nobody has confirmed for too long: profiles after 90 days, fixed activities after 60."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Q

from activities.models import ActivityPage, Occurrence
from activities.taxonomy import ActivityKind
from directory.models import VenuePage

PROFILE = "sted"
FEW = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to confirm: the venue's profile, or a fixed activity. `key` names it in forms."""

    key: str
    title: str
    page: VenuePage | ActivityPage
    confirmed_at: dt.datetime | None

    @property
    def is_profile(self) -> bool:
        return self.key == PROFILE


@dataclass(frozen=True, slots=True)
class Due:
    """What is due at one venue, the profile first."""

    venue: VenuePage
    items: tuple[Item, ...]


def due_at(venues: Collection[VenuePage], *, now: dt.datetime) -> list[Due]:
    """Return what is due at `now` at each of the venues; those with nothing are left out.

    An activity counts if it is public, fixed, and has dates to come. Two queries for any number
    of venues.
    """
    if not venues:
        return []
    confirmed = dict(
        VenuePage.objects.filter(pk__in=[venue.pk for venue in venues])
        .annotate(newest=Max("verifications__verified_at"))
        .values_list("pk", "newest")
    )
    by_path = _fixed_by_path(venues, now)
    found = []
    for venue in venues:
        items = [Item(PROFILE, venue.title, venue, confirmed.get(venue.pk))]
        items += by_path.get(venue.path, [])
        due = tuple(item for item in items if _is_old(item, now))
        if due:
            found.append(Due(venue, due))
    return found


def _fixed_by_path(venues: Collection[VenuePage], now: dt.datetime) -> dict[str, list[Item]]:
    """Return the fixed activities with dates to come, by the path of the venue above them."""
    below = Q()
    if len(venues) <= FEW:  # else it is cheaper to look at all of them
        for venue in venues:
            below |= Q(path__startswith=venue.path)
    coming = Occurrence.objects.public().taking_place().filter(ends_at__gt=now)
    fixed = (
        ActivityPage.objects.public()
        .filter(below, kind=ActivityKind.FIXED, pk__in=coming.values("activity"))
        .annotate(newest=Max("verifications__verified_at"))
        .in_order()
    )
    found: dict[str, list[Item]] = {}
    for page in fixed:
        above = page.path[: -page.steplen]
        found.setdefault(above, []).append(Item(str(page.pk), page.title, page, page.newest))
    return found


def _is_old(item: Item, now: dt.datetime) -> bool:
    days = (
        settings.FRISTED_VENUE_VERIFY_DAYS
        if item.is_profile
        else settings.FRISTED_ACTIVITY_VERIFY_DAYS
    )
    return item.confirmed_at is None or item.confirmed_at <= now - dt.timedelta(days=days)
