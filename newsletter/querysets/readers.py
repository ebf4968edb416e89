"""Reads over topics and readers. Who is sent to is decided in `receiving` and nowhere else."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from newsletter.taxonomy import Audience, ReaderState, SubscriptionState, TopicKind

if TYPE_CHECKING:
    from newsletter.models import Topic


class TopicQuerySet(models.QuerySet[Any]):
    def on_offer(self) -> Self:
        """That somebody new can choose."""
        return self.filter(active=True)

    def public(self) -> Self:
        """On offer to everybody."""
        return self.on_offer().filter(audience=Audience.PUBLIC)

    def written(self) -> Self:
        """Whose newsletters an editor writes."""
        return self.filter(kind=TopicKind.ISSUES)

    def weekly(self) -> Self:
        """The week's programme; at most one."""
        return self.filter(kind=TopicKind.WEEKLY)

    def alerts(self) -> Self:
        """Mail when something is cancelled or moved; at most one."""
        return self.filter(kind=TopicKind.ALERTS)


class SubscriptionQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        return self.filter(state=SubscriptionState.ACTIVE)

    def pending(self) -> Self:
        return self.filter(state=SubscriptionState.PENDING)


class SubscriberQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        """Whose owner has said yes, and who has not been stopped."""
        return self.filter(state=ReaderState.ACTIVE)

    def having(self, topic: "Topic") -> Self:
        """Active, and subscribed to `topic`; in a pause or not."""
        own = _model("Subscription").objects.filter(
            subscriber=OuterRef("pk"), topic=topic, state=SubscriptionState.ACTIVE
        )
        return self.active().filter(Exists(own))

    def receiving(self, topic: "Topic", at: dt.datetime) -> Self:
        """Who gets what is sent on `topic` at the moment `at` (aware).

        Active, subscribed, in no pause, and not on the suppression list. Usable as the SELECT
        of an INSERT: no joins, no ordering.
        """
        suppressed = _model("Suppression").objects.filter(email_hmac=OuterRef("email_hmac"))
        return (
            self.having(topic)
            .filter(Q(paused_until__isnull=True) | Q(paused_until__lte=at))
            .filter(~Exists(suppressed))
        )

    def with_address(self, email: str) -> Self:
        """The reader with an address, whatever its capitals."""
        return self.alias(low=Lower("email")).filter(low=email.lower())

    def never_confirmed_since(self, moment: dt.datetime) -> Self:
        """Asked before `moment`, and nobody has said yes."""
        return self.filter(state=ReaderState.PENDING, created_at__lt=moment)

    def stopped_before(self, moment: dt.datetime) -> Self:
        """Without any subscription since before `moment`."""
        return self.filter(state=ReaderState.STOPPED, stopped_at__lt=moment)


def _model(name: str) -> Any:
    """Return a model of this app: models stand above the reads they are read with."""
    return apps.get_model("newsletter", name)
