"""Reads over activities and their dates. `public()` is the one door for every reader."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from activities.domain.recurrence import local_to_utc
from activities.taxonomy import ActivityKind, HostRole, HostStatus, PlaceKind
from core.domain.text import stems
from directory.taxonomy import PriceType

if TYPE_CHECKING:
    from activities.filters import CalendarFilter
    from activities.models import ActivityPage, Occurrence  # noqa: F401  (named in quotes)

LONGEST = dt.timedelta(hours=25)  # a date lasts a day at most, on the night the clocks go back
MOST_FOUND = 500
SHARED = "shared"
HOLDING = Q(role=HostRole.LEAD) | Q(status=HostStatus.ACCEPTED)


class ActivityQuerySet(PageQuerySet["ActivityPage"]):
    def public(self) -> Self:
        """Published, at a published venue, below nothing restricted."""
        return self.filter(calendar_entry__public=True)

    def held_by(self, venue_ids: Collection[int]) -> Self:
        """The venues' own activities and those they have said yes to hold with others."""
        hosted = _model("ActivityHost").objects.filter(HOLDING, venue__in=venue_ids)
        paths = list(
            _model("VenuePage", "directory")
            .objects.filter(pk__in=venue_ids)
            .values_list("path", flat=True)
        )
        own = Q(pk__in=[])
        for path in paths:
            own |= Q(path__startswith=path)
        return self.filter(own | Q(pk__in=hosted.values("activity")))

    def in_order(self) -> Self:
        """By name as Danes sort: æ, ø and å last."""
        return self.order_by("sort_key", "pk")


ActivityManager = PageManager.from_queryset(ActivityQuerySet)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """Reads chain. Conditions look at the columns of the date first, which are indexed."""

    def public(self) -> Self:
        """Published, at a published venue. Cancelled too: people must be told."""
        return self.filter(public=True)

    def taking_place(self) -> Self:
        return self.exclude(status="cancelled")

    def upcoming(self, now: dt.datetime) -> Self:
        """Not over yet, soonest first; the key makes pages of results stable."""
        begun = self.filter(starts_at__gt=now - LONGEST)  # lets the index skip the past
        return begun.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Touching the time from `start` up to but not including `end`, soonest first."""
        near = self.filter(starts_at__gt=start - LONGEST, starts_at__lt=end)
        return near.filter(ends_at__gt=start).order_by("starts_at", "pk")

    def on_days(self, first: dt.date, last: dt.date) -> Self:
        """Beginning on one of the local days `first` to `last`, both included, soonest first."""
        return self.from_day(first).to_day(last).order_by("starts_at", "pk")

    def from_day(self, first: dt.date) -> Self:
        """Beginning on the local day `first` or later. Asks the column that lists sort by."""
        return self.filter(starts_at__gte=local_to_utc(dt.datetime.combine(first, dt.time())))

    def to_day(self, last: dt.date) -> Self:
        """Beginning on the local day `last` or earlier."""
        following = dt.datetime.combine(last, dt.time()) + dt.timedelta(days=1)
        return self.filter(starts_at__lt=local_to_utc(following))

    def for_venue(self, venue_id: int) -> Self:
        """Of the venue's own activities and of those it has said yes to hold with others."""
        return self.for_venues([venue_id])

    def for_venues(self, venue_ids: Any) -> Self:
        """Like `for_venue`; takes ids or a query of them."""
        hosted = _model("ActivityHost").objects.filter(HOLDING, venue__in=venue_ids)
        return self.filter(Q(venue__in=venue_ids) | Q(activity__in=hosted.values("activity")))

    def fixed(self) -> Self:
        return self.filter(activity__kind=ActivityKind.FIXED)

    def varying(self) -> Self:
        return self.filter(activity__kind=ActivityKind.VARYING)

    def shared(self) -> Self:
        """Held by more than one venue, or placed among the shared events."""
        return self.filter(shared=True)

    def of_kinds(self, kinds: Collection[str]) -> Self:
        """One of fixed, varying and shared; a shared event is fixed or varying too."""
        if set(kinds) == {SHARED}:
            return self.shared()
        wanted = Q(activity__kind__in=[kind for kind in kinds if kind != SHARED])
        return self.filter(wanted | Q(shared=True) if SHARED in kinds else wanted)

    def for_types(self, types: Collection[str]) -> Self:
        """Of one of the types. Where they have few activities these are looked up first, else
        the database would look through every date there is to find their few."""
        of_types = _model("ActivityPage").objects.filter(activity_type__in=types).order_by()
        few = list(of_types.values_list("pk", flat=True)[: MOST_FOUND + 1])
        if len(few) > MOST_FOUND:
            return self.filter(activity__activity_type__in=types)
        return self.filter(activity__in=few)

    def for_groups(self, codes: Collection[str]) -> Self:
        """For one of the target groups; an activity that names none is for its venue's."""
        activities = _model("ActivityPage").objects
        named = activities.filter(target_groups__code__in=codes).values("pk")
        silent = activities.filter(target_groups__isnull=True).values("pk")
        venues = _model("VenuePage", "directory").objects.filter(target_groups__code__in=codes)
        inherited = Q(activity__in=silent, venue__in=venues.values("pk"))
        return self.filter(Q(activity__in=named) | inherited)

    def in_districts(self, slugs: Collection[str]) -> Self:
        """Where it takes place, which need not be where its venue lies."""
        venues = _model("VenuePage", "directory").objects.filter(district__slug__in=slugs)
        districts = _model("District", "directory").objects.filter(slug__in=slugs)
        there = Q(activity__place_kind=PlaceKind.OWN, venue__in=venues.values("pk"))
        there |= Q(
            activity__place_kind=PlaceKind.OTHER_VENUE,
            activity__place_venue__in=venues.values("pk"),
        )
        there |= Q(
            activity__place_kind=PlaceKind.ADDRESS,
            activity__place_district__in=districts.values("pk"),
        )
        return self.filter(there)

    def free(self) -> Self:
        """That cost nothing."""
        return self.filter(activity__price_type=PriceType.FREE)

    def with_words(self, words: str) -> Self:
        """Whose activity holds every one of `words`, in any form of the word."""
        wanted = stems(words)
        if not wanted:
            return self.none()
        found = _model("ActivityPage").objects.search(wanted, operator="and")
        return self.filter(activity__in=[page.pk for page in found[:MOST_FOUND]])

    def matching(self, wanted: "CalendarFilter") -> Self:
        """What a visitor asked for. The order is the one it had, or none."""
        found = self
        if wanted.first:
            found = found.from_day(wanted.first)
        if wanted.last:
            found = found.to_day(wanted.last)
        if wanted.venues:
            venues = _model("VenuePage", "directory").objects.filter(slug__in=wanted.venues)
            found = found.for_venues(list(venues.values_list("pk", flat=True)))
        if wanted.kinds:
            found = found.of_kinds(wanted.kinds)
        if wanted.free:
            found = found.free()
        return found._of_activities(wanted)

    def _of_activities(self, wanted: "CalendarFilter") -> Self:
        found = self
        if wanted.types:
            found = found.for_types(wanted.types)
        if wanted.groups:
            found = found.for_groups(wanted.groups)
        if wanted.districts:
            found = found.in_districts(wanted.districts)
        if wanted.words:
            found = found.with_words(wanted.words)
        return found

    def with_pages(self) -> Self:
        """With everything a list shows of activity, venue and place: one query."""
        return self.select_related(
            "activity",
            "activity__place_district",
            "activity__place_venue__district",
            "venue__district",
        )


def _model(name: str, app: str = "activities") -> Any:
    """Models are above queries; they are looked up when a query is made."""
    return apps.get_model(app, name)
