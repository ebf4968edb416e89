"""The states a dispatch and each of its messages can be in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DispatchKind(models.TextChoices):
    ISSUE = "issue", _("Newsletter")
    WEEKLY = "weekly", _("This week's programme")
    ALERT = "alert", _("Message about a cancellation")


class DispatchState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("dispatch", "Waiting for its time")
    FROZEN = "frozen", pgettext_lazy("dispatch", "Ready")
    SENDING = "sending", pgettext_lazy("dispatch", "Being sent")
    PAUSED = "paused", pgettext_lazy("dispatch", "Paused")
    DONE = "done", pgettext_lazy("dispatch", "Sent out")
    CANCELLED = "cancelled", pgettext_lazy("dispatch", "Stopped")


class DoubtPolicy(models.TextChoices):
    RESEND = "resend", _("Send it once more")
    HOLD = "hold", _("Wait for me")


class DeliveryState(models.TextChoices):
    """`committing` is the gate: from here on the reader may have got the message."""

    QUEUED = "queued", pgettext_lazy("delivery", "Waiting")
    LEASED = "leased", pgettext_lazy("delivery", "Being prepared")
    COMMITTING = "committing", pgettext_lazy("delivery", "Being handed over")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed")
    SKIPPED = "skipped", pgettext_lazy("delivery", "Skipped")
    DOUBT = "doubt", pgettext_lazy("delivery", "In doubt")


# Not settled: something still happens to these by itself.
OPEN = (DeliveryState.QUEUED, DeliveryState.LEASED, DeliveryState.COMMITTING)


class Reason(models.TextChoices):
    """Why a message was skipped or failed."""

    EMPTY = "empty", _("Nothing for the places this reader follows")
    LEFT = "left", _("Has unsubscribed")
    PAUSED = "paused", _("Has paused the mails")
    SUPPRESSED = "suppressed", _("The address does not take mail from us")
    CANCELLED = "cancelled", _("The sending was stopped")
    STALE = "stale", _("It was too late")
    BROKEN = "broken", _("The address cannot be used")
    NO_MAILBOX = "no_mailbox", _("The address does not exist")
    REFUSED = "refused", _("The receiver's mail server refused it")
    GAVE_UP = "gave_up", _("The receiver's mail server was busy for too long")


class StoppedWhy(models.TextChoices):
    """Why a dispatch stands still or ended without anybody getting it."""

    EDITOR = "editor", _("An editor did it")
    EMPTY = "empty", _("There was nothing in it")
    NOBODY = "nobody", _("Nobody receives it")
    RELAY = "relay", _("The mail server did not take our mail")
    SILENT = "silent", _("The mail server did not answer")
    STALE = "stale", _("It was too late")
    CONTENT = "content", _("The content could not be made")
