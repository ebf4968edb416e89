import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Which mails still have to leave."""

    def waiting(self) -> "OutgoingMailQuerySet":
        return self.filter(sent_at=None, failed_at=None)

    def due(self, now: dt.datetime) -> "OutgoingMailQuerySet":
        """Waiting, its time has come, and no worker holds it at `now`; the oldest first."""
        free = models.Q(claimed_until=None) | models.Q(claimed_until__lte=now)
        return self.waiting().filter(free, due_at__lte=now).order_by("due_at", "pk")


class OutgoingMail(models.Model):
    """One mail to one person, kept here until the relay has taken it.

    What it says is wiped once it has left; the address goes a week later. The row of a mail with
    a `key` stays, so that the same reminder is never written twice.
    """

    purpose = models.CharField(_("purpose"), max_length=40)
    key = models.CharField(max_length=200, blank=True)
    to = models.CharField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=255)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=255, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="one_mail_per_key"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, failed_at=None),
                name="mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class MailAttachment(models.Model):
    """A file that goes along with a mail; wiped with its text."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    body = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class KeptMail(models.Model):
    """A whole message that would have been sent, kept because no relay is set."""

    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=255)
    raw = models.BinaryField()
    kept_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("mail in the outbox")
        verbose_name_plural = _("mails in the outbox")

    def __str__(self) -> str:
        return self.subject
