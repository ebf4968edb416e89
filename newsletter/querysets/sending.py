"""Reads over dispatches and the messages they are made of."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, IntegerField, Q, When

from newsletter.sending_taxonomy import DeliveryState, DispatchKind, DispatchState


class DispatchQuerySet(models.QuerySet[Any]):
    def due(self, at: dt.datetime) -> Self:
        """Whose time has come and whose audience is not fixed yet."""
        return self.filter(state=DispatchState.WAITING, due_at__lte=at).order_by("due_at", "pk")

    def sending(self) -> Self:
        return self.filter(state=DispatchState.SENDING)

    def under_way(self) -> Self:
        """Rows of readers exist and the dispatch has not ended."""
        return self.filter(
            state__in=[DispatchState.FROZEN, DispatchState.SENDING, DispatchState.PAUSED]
        )

    def not_cancelled(self) -> Self:
        return self.exclude(state=DispatchState.CANCELLED)

    def ready(self, at: dt.datetime) -> Self:
        """Being sent, not at rest, with a message that may go at `at`; alerts first."""
        messages = apps.get_model("newsletter", "Delivery").objects
        waiting = messages.ready(at).filter(dispatch=models.OuterRef("pk"))
        hurry = Case(When(kind=DispatchKind.ALERT, then=0), default=1, output_field=IntegerField())
        return (
            self.sending()
            .filter(Q(resting_until__isnull=True) | Q(resting_until__lte=at))
            .filter(models.Exists(waiting))
            .order_by(hurry, "due_at", "pk")
        )


class DeliveryQuerySet(models.QuerySet[Any]):
    def ready(self, at: dt.datetime) -> Self:
        """Waiting, and not told to wait beyond `at`."""
        return self.filter(state=DeliveryState.QUEUED).filter(
            Q(not_before__isnull=True) | Q(not_before__lte=at)
        )

    def leased_beyond(self, at: dt.datetime) -> Self:
        """Whose worker is gone before the dot: certainly not sent."""
        return self.filter(state=DeliveryState.LEASED, lease_until__lt=at)

    def committed_beyond(self, at: dt.datetime) -> Self:
        """Whose worker is gone after the gate: perhaps sent."""
        return self.filter(state=DeliveryState.COMMITTING, lease_until__lt=at)

    def in_doubt(self) -> Self:
        """Unsettled doubt: nobody knows, and nothing is done about it by itself any more."""
        return self.filter(state=DeliveryState.DOUBT)

    def ever_doubted(self) -> Self:
        """The list of doubts: also those that were sent once more."""
        return self.filter(doubted_at__isnull=False)

    def counts(self) -> dict[str, int]:
        """Return how many messages are in each state; states without any are left out."""
        rows = self.order_by().values("state").annotate(number=models.Count("pk"))
        return {row["state"]: row["number"] for row in rows}

    def reasons(self, state: str) -> dict[str, int]:
        """Return how many messages in `state` there are for each reason."""
        rows = self.filter(state=state).order_by().values("reason")
        return {row["reason"]: row["number"] for row in rows.annotate(number=models.Count("pk"))}
