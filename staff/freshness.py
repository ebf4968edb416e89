"""What nobody has confirmed for too long: profiles after 90 days, fixed activities after 60."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max

from activities.models import ActivityPage, Occurrence
from activities.taxonomy import ActivityKind
from directory.models import VenuePage

PROFILE = "sted"


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

    An activity counts if it is public, fixed, and has dates to come.
    """
    found = [Due(venue, tuple(_items(venue, now))) for venue in venues]
    return [due for due in found if due.items]


def _items(venue: VenuePage, now: dt.datetime) -> list[Item]:
    items = []
    confirmed = venue.confirmed_at
    if _is_old(confirmed, settings.FRISTED_VENUE_VERIFY_DAYS, now):
        items.append(Item(PROFILE, venue.title, venue, confirmed))
    coming = Occurrence.objects.public().taking_place().filter(ends_at__gt=now)
    fixed = (
        ActivityPage.objects.public()
        .child_of(venue)
        .filter(kind=ActivityKind.FIXED, pk__in=coming.values("activity"))
        .annotate(last_confirmed=Max("verifications__verified_at"))
        .in_order()
    )
    for page in fixed:
        if _is_old(page.last_confirmed, settings.FRISTED_ACTIVITY_VERIFY_DAYS, now):
            items.append(Item(str(page.pk), page.title, page, page.last_confirmed))
    return items


def _is_old(confirmed: dt.datetime | None, days: int, now: dt.datetime) -> bool:
    return confirmed is None or confirmed <= now - dt.timedelta(days=days)
