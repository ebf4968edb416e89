"""What stands between a form on the web and a reader: asked, counted, and answered by mail."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.models.readers import Subscriber, Topic
from newsletter.taxonomy import How


class Ask(models.Model):
    """A form somebody sent, until the worker has answered it by mail; then the row is gone.

    The request writes this row whatever we know of the address, so that neither its answer nor
    its time tells anything.
    """

    class Kind(models.TextChoices):
        SIGN_UP = "sign_up", _("Sign up")
        MANAGE = "manage", _("A link to one's own choices")

    kind = models.CharField(max_length=10, choices=Kind)
    email = models.CharField(max_length=254)
    how = models.CharField(max_length=10, choices=How)
    topics = models.JSONField(default=list)
    everything = models.BooleanField(default=True)
    venues = models.JSONField(default=list)
    districts = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    objects: Any = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d %H.%M}"

    @property
    def domain(self) -> str:
        return str(self.email).rpartition("@")[2]


class Token(models.Model):
    """A key that was put into a mail. Only its SHA-256 is here."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("Confirm")
        MANAGE = "manage", _("One's own choices")
        UNSUBSCRIBE = "unsubscribe", _("Unsubscribe from a topic")

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="tokens")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects: Any = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose="unsubscribe", topic__isnull=False)
                | (~models.Q(purpose="unsubscribe") & models.Q(expires_at__isnull=False)),
                name="only_unsubscribing_lasts_for_ever",
            )
        ]

    def __str__(self) -> str:
        return self.purpose

    def has_run_out(self, now: dt.datetime) -> bool:
        """Whether its term is over at `now`; a key to unsubscribe has none."""
        return self.expires_at is not None and self.expires_at <= now


class MailCount(models.Model):
    """How many mails strangers have had sent to one address, known by its keyed hash.

    `opt_ins` counts until the owner confirms, so that nobody is buried in confirmations.
    """

    email_hmac = models.CharField(max_length=64, unique=True)
    opt_ins = models.PositiveSmallIntegerField(default=0)
    opt_in_at = models.DateTimeField(null=True)
    links = models.PositiveSmallIntegerField(default=0)
    links_since = models.DateTimeField(null=True)

    objects: Any = models.Manager()

    def __str__(self) -> str:
        return f"{self.opt_ins} {self.links}"


class HourCount(models.Model):
    """How many forms came from one network, or from everywhere, within one clock hour.

    The key is a keyed hash of the network and the hour, so the rows of two hours cannot be
    put together, and they are deleted the next night.
    """

    key = models.CharField(max_length=64, unique=True)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    objects: Any = models.Manager()

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.count}"
