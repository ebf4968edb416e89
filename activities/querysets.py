"""Reads over activities and their dates. `public()` is the one door for every reader."""

import datetime as dt
from typing import Self

from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet


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
