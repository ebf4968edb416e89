"""Reads over activities and their dates. `public()` is the one door for every reader."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from core.domain.text import stems
from django.db import models
from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from activities.taxonomy import HostRole, HostStatus, PlaceKind
from directory.taxonomy import PriceType

if TYPE_CHECKING:
    from activities.filters import CalendarFilter
    from activities.models import ActivityPage, Occurrence

HOLDING = Q(role=HostRole.LEAD) | Q(status=HostStatus.ACCEPTED)
MOST_FOUND = 5000


class ActivityQuerySet(PageQuerySet["ActivityPage"]):
    def public(self) -> Self:
        """Published, at a published venue, below nothing restricted."""
        return self.filter(calendar_entry__public=True)

    def in_order(self) -> Self:
        """By name as Danes sort: æ, ø and å last."""
        return self.order_by("sort_key", "pk")


ActivityManager = PageManager.from_queryset(ActivityQuerySet)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def public(self) -> Self:
        """Published, at a published venue. Cancelled too: people must be told."""
        return self.filter(public=True)

    def taking_place(self) -> Self:
        return self.exclude(status="cancelled")

    def upcoming(self, now: dt.datetime) -> Self:
        """Not over yet, soonest first; the key makes pages of results stable."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Touching the time from `start` up to but not including `end`, soonest first."""
        return self.filter(starts_at__lt=end, ends_at__gt=start).order_by("starts_at", "pk")

    def on_days(self, first: dt.date, last: dt.date) -> Self:
        """Beginning on one of the local days `first` to `last`, both included."""
        return self.filter(local_date__gte=first, local_date__lte=last).order_by("starts_at", "pk")

    def with_pages(self) -> Self:
        """With the pages that a row in a list names: activity, venue, place and districts."""
        return self.select_related(
            "activity__place_venue__district", "activity__place_district", "venue__district"
        )

    def for_venue(self, venue_id: int) -> Self:
        """Held by a venue, alone or as a host of a shared event that has said yes."""
        return self.filter(Q(venue=venue_id) | Q(activity__in=self._held_by(venue=venue_id)))

    def matching(self, wanted: "CalendarFilter") -> Self:
        """What a visitor asks for: the days, and everything else in the filter."""
        found = self
        if wanted.first:
            found = found.filter(local_date__gte=wanted.first)
        if wanted.last:
            found = found.filter(local_date__lte=wanted.last)
        if wanted.types:
            found = found.filter(activity__activity_type__in=wanted.types)
        if wanted.free:
            found = found.filter(activity__price_type=PriceType.FREE)
        for condition in self._conditions(wanted):
            found = found.filter(condition)
        return found

    def _conditions(self, wanted: "CalendarFilter") -> list[Q]:
        found = []
        if wanted.venues:
            hosted = self._held_by(venue__slug__in=wanted.venues)
            found.append(Q(venue__slug__in=wanted.venues) | Q(activity__in=hosted))
        if wanted.groups:
            fitting = self._activities().filter(target_groups__code__in=wanted.groups)
            found.append(Q(activity__in=fitting.values("pk")))
        if wanted.kinds:
            kinds = Q(activity__kind__in=wanted.kinds)
            found.append(kinds | Q(shared=True) if "shared" in wanted.kinds else kinds)
        if wanted.districts:
            found.append(_in_districts(wanted.districts))
        if wanted.words:
            found.append(Q(activity__in=self._found_by_words(wanted.words)))
        return found

    def _held_by(self, **venue: Any) -> models.QuerySet[Any]:
        hosts = self._activities().model._meta.get_field("hosts").related_model
        return hosts._default_manager.filter(HOLDING, **venue).values("activity")

    def _found_by_words(self, words: str) -> list[int]:
        wanted = stems(words)
        if not wanted:
            return []
        found = self._activities().search(wanted, fields=["search_stems"], operator="and")
        return [page.pk for page in found[:MOST_FOUND]]

    def _activities(self) -> Any:
        return self.model._meta.get_field("activity").related_model._default_manager.all()


def _in_districts(slugs: tuple[str, ...]) -> Q:
    """Where it takes place, which need not be where its venue lies."""
    own = Q(activity__place_kind=PlaceKind.OWN, venue__district__slug__in=slugs)
    other = Q(
        activity__place_kind=PlaceKind.OTHER_VENUE,
        activity__place_venue__district__slug__in=slugs,
    )
    elsewhere = Q(activity__place_kind=PlaceKind.ADDRESS, activity__place_district__slug__in=slugs)
    return own | other | elsewhere
