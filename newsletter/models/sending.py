"""What is sent out, the pieces it is made of, and one row for each reader."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsletter.querysets.sending import DeliveryQuerySet, DispatchQuerySet
from newsletter.sending_taxonomy import (
    DeliveryState,
    DispatchKind,
    DispatchState,
    DoubtPolicy,
)


class Dispatch(models.Model):
    """One sending to everybody who follows a topic; content and audience are fixed at its time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=DispatchKind.choices)
    topic = models.ForeignKey(
        "newsletter.Topic", on_delete=models.PROTECT, related_name="dispatches"
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="dispatches",
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What the kind needs besides: the week of a programme, the dates of an alert.
    payload = models.JSONField(default=dict, blank=True)
    # The same non-empty key is not made twice: "weekly:2026-48:topic".
    key = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200)
    web_url = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=10, choices=DispatchState.choices, default=DispatchState.WAITING
    )
    doubt_policy = models.CharField(
        max_length=10, choices=DoubtPolicy.choices, default=DoubtPolicy.RESEND
    )
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Numbers that stay when the rows of the readers are deleted.
    audience = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict, blank=True)
    content_version = models.PositiveBigIntegerField(default=0)
    # How many messages in a row went wrong, and until when nothing is tried.
    setbacks = models.PositiveIntegerField(default=0)
    resting_until = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=40, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        indexes = [models.Index(fields=["state", "due_at"], name="dispatch_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(page__isnull=False) & ~Q(state="cancelled"),
                name="dispatch_page_once",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key="") & ~Q(state="cancelled"),
                name="dispatch_key_once",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def under_way(self) -> bool:
        """Whether rows of readers exist and not all of them are settled."""
        return self.state in {DispatchState.FROZEN, DispatchState.SENDING, DispatchState.PAUSED}

    def is_stale(self, at: dt.datetime) -> bool:
        """Whether nobody is helped by getting it after `at`."""
        return self.expires_at is not None and self.expires_at <= at


class Fragment(models.Model):
    """A piece of a dispatch, encoded once and joined with others for each reader."""

    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.CASCADE, related_name="fragments", db_index=False
    )
    key = models.CharField(max_length=80)
    order = models.PositiveIntegerField()
    html = models.BinaryField()
    text = models.BinaryField()
    occurrence_id = models.BigIntegerField(null=True, blank=True)
    venue_ids = models.JSONField(default=list)
    district_ids = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "key"], name="fragment_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One message to one reader, or why there was none.

    The reader may be erased while the row stays: it then names nobody.
    """

    id = models.BigAutoField(primary_key=True)
    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    subscriber = models.ForeignKey(
        "newsletter.Subscriber",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="deliveries",
    )
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    # Set when it was uncertain whether the message had arrived, and stays: the list of doubts.
    doubted_at = models.DateTimeField(null=True, blank=True)
    repeated = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounced_hard = models.BooleanField(default=False)
    # The relay's answer (250, 451, 550) and our word for the reason.
    code = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "subscriber"], name="delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["dispatch", "id"], condition=Q(state="queued"), name="delivery_queued"
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(lease_until__isnull=False),
                name="delivery_lease_ends",
            ),
            models.Index(
                fields=["dispatch"], condition=Q(doubted_at__isnull=False), name="delivery_doubt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class RelayLine(models.Model):
    """A place at the relay: only who holds it keeps a connection under its number."""

    number = models.PositiveSmallIntegerField(unique=True)
    holder = models.UUIDField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.number)


class ServerLife(models.Model):
    """One row in a table that a crash of PostgreSQL empties: it names the time since.

    On other databases the table is not used.
    """

    token = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.pk)


class Allowance(models.Model):
    """How many messages may go at once to the relay or to one mail domain; filled up by time."""

    name = models.CharField(max_length=255, unique=True)
    left = models.FloatField()
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
