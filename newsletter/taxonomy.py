"""The lists of words that readers, topics and consents are described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    STAFF = "staff", _("Staff")


class TopicKind(models.TextChoices):
    """What makes the mails of a topic: an editor, the calendar each week, or a cancellation."""

    ISSUES = "issues", _("Newsletters that somebody writes")
    WEEKLY = "weekly", _("The week's programme, made by itself")
    ALERTS = "alerts", _("Mail when something is cancelled or moved")


class ReaderKind(models.TextChoices):
    CITIZEN = "citizen", _("Citizen")
    STAFF = "staff", _("Staff")


class ReaderState(models.TextChoices):
    PENDING = "pending", _("Waits for the reader's own yes")
    ACTIVE = "active", _("Active")
    STOPPED = "stopped", _("Stopped")


class SubscriptionState(models.TextChoices):
    PENDING = "pending", _("Waits for the reader's own yes")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class Ended(models.TextChoices):
    """Why a subscription ended."""

    READER = "reader", _("The reader chose to")
    BOUNCE = "bounce", _("The address does not exist")
    COMPLAINT = "complaint", _("The reader reported the mail as unwanted")


class Act(models.TextChoices):
    """What happened to a consent."""

    ASKED = "asked", _("Asked for")
    CONFIRMED = "confirmed", _("Confirmed")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ERASED = "erased", _("Erased")


class How(models.TextChoices):
    """By which door something happened to a consent."""

    FORM = "form", _("The form on the site")
    STAFF = "staff", _("Written down by staff")
    LINK = "link", _("A link in a mail, and a button")
    ONE_CLICK = "one_click", _("The mail program's own button")
    MAIL = "mail", _("A mail to the unsubscribe address")
    BOUNCE = "bounce", _("Mail came back")
    COMPLAINT = "complaint", _("A complaint")
    TERM = "term", _("The term ran out")


class SuppressionReason(models.TextChoices):
    HARD = "hard", _("The address does not exist")
    COMPLAINT = "complaint", _("The reader reported the mail as unwanted")


class AlertState(models.TextChoices):
    """What is told of a date in a mail of its own."""

    CANCELLED = "cancelled", pgettext_lazy("of a date", "Cancelled")
    MOVED = "moved", _("Moved")
    AGAIN = "again", _("As planned")
