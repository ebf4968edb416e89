"""Reads over venues and what stands beside them. What the public may see is decided here."""

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from directory.models import VenuePage

KM_A_DEGREE = 111.32
MERGED = "merged"


class VenueQuerySet(PageQuerySet["VenuePage"]):
    def public(self) -> Self:
        """Published and below no page that needs a login or a password."""
        return self.live().public_pages()

    def public_pages(self) -> Self:
        return super().public()

    def standing(self, today: dt.date) -> Self:
        """Not yet a part of another venue on `today` (a local day)."""
        moves = self._related("moves").filter(venue=OuterRef("pk"), kind=MERGED, on__lte=today)
        return self.exclude(Exists(moves))

    def in_order(self) -> Self:
        """By name as Danes sort: æ, ø and å last."""
        return self.order_by("sort_key", "pk")

    def for_lists(self) -> Self:
        """What a row in a list, its filters and its search words need."""
        return self.select_related("district").prefetch_related("target_groups", "amenities")

    def with_profile(self) -> Self:
        """All that a profile tells, in a constant number of queries."""
        return self.select_related("district", "organisation", "photo", "instead").prefetch_related(
            "target_groups",
            "amenities",
            "opening_hours",
            "first_visit_steps",
            "contacts",
            "short_infos",
        )

    def with_opening(self, first: dt.date) -> Self:
        """Weekly hours, and the deviations that have not ended before the local day `first`."""
        return self.prefetch_related(*opening_prefetches(self.model, first))

    def near(self, latitude: float, longitude: float, *, km: float = 5) -> Self:
        """Within a square of `km` to each side of a point in WGS84, nearest first.

        Good enough for a town; a secret address is nowhere.
        """
        wide = km / (KM_A_DEGREE * max(math.cos(math.radians(latitude)), 0.01))
        high = km / KM_A_DEGREE
        shrink = math.cos(math.radians(latitude)) ** 2
        north, east = F("latitude") - latitude, F("longitude") - longitude
        return (
            self.filter(
                address_public=True,
                latitude__range=(latitude - high, latitude + high),
                longitude__range=(longitude - wide, longitude + wide),
            )
            .annotate(nearness=north * north + east * east * shrink)
            .order_by("nearness", "pk")
        )

    def confirmed_before(self, moment: dt.datetime) -> Self:
        """Not confirmed by the venue since `moment`, or never."""
        newer = self._related("verifications").filter(venue=OuterRef("pk"), verified_at__gte=moment)
        return self.exclude(Exists(newer))

    def with_confirmation(self) -> Self:
        """With `last_confirmed`: when the venue last said its page is right, or None."""
        newest = self._related("verifications").filter(venue=OuterRef("pk"))
        return self.annotate(
            last_confirmed=models.Subquery(
                newest.order_by("-verified_at").values("verified_at")[:1]
            )
        )

    def _related(self, name: str) -> models.QuerySet[Any]:
        return related_rows(self.model, name)


class NoticeQuerySet(models.QuerySet[Any]):
    def showing(self, now: dt.datetime) -> Self:
        """Shown to the public at `now`, newest first."""
        return self.standing().filter(starts_at__lte=now, ends_at__gt=now)

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def for_venue(self, venue: "VenuePage") -> Self:
        return self.filter(venue=venue)

    def next_change(self, now: dt.datetime) -> dt.datetime | None:
        """When the next notice begins or ends after `now`; two cheap queries."""
        standing = self.standing()
        moments = (
            standing.filter(starts_at__gt=now).aggregate(m=models.Min("starts_at"))["m"],
            standing.filter(ends_at__gt=now).aggregate(m=models.Min("ends_at"))["m"],
        )
        return min((moment for moment in moments if moment), default=None)


class OpeningExceptionQuerySet(models.QuerySet[Any]):
    def between(self, first: dt.date, last: dt.date) -> Self:
        """Covering at least one of the local days `first` to `last`, both included."""
        return self.filter(first_on__lte=last, until_on__gte=first)


class VenueMoveQuerySet(models.QuerySet[Any]):
    def due(self, today: dt.date) -> Self:
        """To be carried out on `today` at the latest, and not done yet; oldest first."""
        return self.filter(on__lte=today, done_at__isnull=True).order_by("on", "pk")

    def worth_telling(self, today: dt.date) -> Self:
        """Still to come, or carried out within the last two months."""
        return self.filter(
            Q(done_at__isnull=True) | Q(on__gt=today - dt.timedelta(days=60))
        ).order_by("on", "pk")


VenueManager = PageManager.from_queryset(VenueQuerySet)


def opening_prefetches(model: type[models.Model], first: dt.date) -> list[Any]:
    """Return what to prefetch to know when venues are open from the local day `first` on."""
    ahead = deviations_ahead(model, first)
    return [
        "opening_hours",
        Prefetch("opening_exceptions", queryset=ahead, to_attr="deviations_ahead"),
    ]


def deviations_ahead(model: type[models.Model], first: dt.date) -> models.QuerySet[Any]:
    """Return the deviations that bear on the local day `first` or a later one.

    A night that began the day before still runs, so that day belongs to it.
    """
    return related_rows(model, "opening_exceptions").filter(
        until_on__gte=first - dt.timedelta(days=1)
    )


def start_of_day(day: dt.date) -> dt.datetime:
    """Return the aware moment at which the local `day` begins."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def related_rows(model: type[models.Model], name: str) -> models.QuerySet[Any]:
    """Return all rows of the model at the other end of a relation (models stand above this)."""
    related = model._meta.get_field(name).related_model
    return related._default_manager.all()  # type: ignore[union-attr]  # always a model here
