"""Reads over the leaders' tracker that chain into English. Time is an argument."""

import datetime as dt
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only added to: changing or deleting many at once is refused, too."""

    def update(self, **values: Any) -> int:
        # Django itself empties `by` when an account is deleted, through a private way.
        raise TypeError(f"{self.model._meta.label} is only added to")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model._meta.label} is only added to")

    def before(self, moment: dt.datetime) -> Self:
        """Written before the aware `moment`."""
        return self.filter(at__lt=moment)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class ProgressQuerySet(models.QuerySet[Any]):
    def at_venue(self, venue_id: int | None) -> Self:
        """Of one venue; of all venues together when `venue_id` is None."""
        return self.filter(venue=venue_id)

    def within(self, venue_ids: frozenset[int] | None) -> Self:
        """Joint, or of one of these venues; of every venue when `venue_ids` is None."""
        if venue_ids is None:
            return self
        return self.filter(Q(venue__isnull=True) | Q(venue__in=venue_ids))

    def with_state(self, moment: dt.datetime) -> Self:
        """With `state_then`: the board's facts as they stood just before the aware `moment`.

        None for progress that had not begun by then.
        """
        changes = self.model._meta.get_field("changes").related_model
        log = changes._default_manager.filter(progress=OuterRef("pk"), at__lt=moment).order_by(
            "-at", "-pk"
        )
        return self.annotate(state_then=Subquery(log.values("state")[:1]))


class EvidenceQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Not taken away again, oldest first."""
        return self.filter(removed_at__isnull=True).order_by("added_at", "pk")


class OutreachServiceQuerySet(models.QuerySet[Any]):
    def running(self) -> Self:
        """At the venue now."""
        return self.filter(status="running")

    def public(self) -> Self:
        """What the public may see: what runs. Ideas and talks are nobody's business yet."""
        return self.running()

    def within(self, venue_ids: frozenset[int] | None) -> Self:
        """Of one of these venues; of every venue when `venue_ids` is None."""
        return self if venue_ids is None else self.filter(venue__in=venue_ids)

    def in_order(self) -> Self:
        """By venue as Danes sort, then by title."""
        return self.order_by(F("venue__sort_key"), "title", "pk")


class RecordQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Of a venue that lets its public facts be shown; which those are says the catalogue."""
        return self.filter(shown=True, progress__venue__isnull=False)
