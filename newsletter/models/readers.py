import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from newsletter.querysets.readers import (
    SubscriberQuerySet,
    SubscriptionQuerySet,
    TopicQuerySet,
)
from newsletter.taxonomy import (
    Audience,
    Ended,
    ReaderKind,
    ReaderState,
    SubscriptionState,
    SuppressionReason,
    TopicKind,
)


class Topic(models.Model):
    """Something a reader can say yes to, and no to again, by itself."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=80)
    description = models.CharField(
        _("description"),
        max_length=200,
        help_text=_("What the reader gets, and how often. Stands beside the tick."),
    )
    audience = models.CharField(
        _("for whom"), max_length=10, choices=Audience, default=Audience.PUBLIC
    )
    kind = models.CharField(_("kind"), max_length=10, choices=TopicKind, default=TopicKind.ISSUES)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(
        _("can be chosen"),
        default=True,
        help_text=_("Without a tick nobody new can choose it. Those who have it keep it."),
    )

    objects: Any = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=~models.Q(kind="issues"),
                name="one_topic_made_by_itself_of_a_kind",
                violation_error_message=_("There is one such topic already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def list_id(self, domain: str) -> str:
        """Return the name of the mailing list (RFC 2919), without angle brackets."""
        return f"{self.slug}.nyhedsbrev.{domain}"


class Subscriber(models.Model):
    """One address that mail is sent to, once its owner has said yes.

    `email` is kept as typed. `email_hmac` (newsletter.tokens.address_hmac) stands for it in the
    suppression list. `everything` wins over the Follow rows, so that a reader of one venue
    does not get everything on the day that venue is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.CharField(_("e-mail address"), max_length=254)
    email_hmac = models.CharField(max_length=64, db_index=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=10, choices=ReaderKind, default=ReaderKind.CITIZEN
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ReaderState, default=ReaderState.PENDING
    )
    everything = models.BooleanField(_("follows everything"), default=True)
    paused_until = models.DateTimeField(_("pause until"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    soft_bounces = models.PositiveSmallIntegerField(default=0, editable=False)
    soft_bounced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: Any = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_reader_an_address"),
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(confirmed_at__isnull=False),
                name="active_reader_has_said_yes",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="reader_state")]

    def __str__(self) -> str:
        return str(self.pk)


class Follow(models.Model):
    """A venue or a district that a reader wants to hear about."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="follows")
    venue = models.ForeignKey(
        "directory.VenuePage", null=True, on_delete=models.CASCADE, related_name="+"
    )
    district = models.ForeignKey(
        "directory.District", null=True, on_delete=models.CASCADE, related_name="+"
    )

    objects: Any = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "venue"], name="venue_followed_once"),
            models.UniqueConstraint(
                fields=["subscriber", "district"], name="district_followed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(venue__isnull=True) ^ models.Q(district__isnull=True),
                name="follows_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id} {self.venue_id or self.district_id}"


class Subscription(models.Model):
    """One reader's yes to one topic: asked for, given, or taken back."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="subscriptions")
    state = models.CharField(
        max_length=10, choices=SubscriptionState, default=SubscriptionState.PENDING
    )
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=10, choices=Ended, blank=True)

    objects: Any = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "topic"], name="one_subscription_to_a_topic"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(started_at__isnull=False),
                name="active_subscription_has_started",
            ),
        ]
        indexes = [models.Index(fields=["topic", "state"], name="subscription_topic_state")]

    def __str__(self) -> str:
        return f"{self.subscriber_id} {self.topic_id} {self.state}"


class Suppression(models.Model):
    """An address that nothing is sent to again, known by its keyed hash only."""

    email_hmac = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=10, choices=SuppressionReason)
    since = models.DateTimeField()

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return self.reason
