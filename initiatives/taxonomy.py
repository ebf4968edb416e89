"""Codes of the leaders' tracker with their words; the rules between them are in domain.status."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """How far an initiative has come at a venue, or jointly."""

    NOT_STARTED = "not_started", pgettext_lazy("of an initiative", "Not started")
    STARTED = "started", _("Started")
    DEVELOPING = "developing", _("Being developed")
    IMPLEMENTED = "implemented", _("Implemented")
    IN_OPERATION = "in_operation", _("In operation")
    PAUSED = "paused", pgettext_lazy("status of an initiative", "Paused")
    DROPPED = "dropped", _("Dropped")


class Reach(models.TextChoices):
    """Where progress on an initiative is kept: at each venue, once for all, or both."""

    VENUE = "venue", _("At each venue")
    JOINT = "joint", _("Once, for all venues")
    BOTH = "both", _("At each venue, and once for all")


class ChangeKind(models.TextChoices):
    """What an entry in a log is about."""

    CREATED = "created", _("Begun")
    CHANGED = "changed", _("Changed")
    CONFIRMED = "confirmed", _("Confirmed")
    RECORD = "record", _("Facts changed")
    EVIDENCE = "evidence", _("Evidence")
    CORRECTED = "corrected", _("Corrected")


class EvidenceKind(models.TextChoices):
    LINK = "link", _("Link")
    PAGE = "page", _("Page on this site")
    DOCUMENT = "document", _("Document")


class ServiceArea(models.TextChoices):
    """What an outreach service is about (4c)."""

    HEALTH = "health", _("Health")
    JOB = "job", _("Job and benefits")
    CLOTHES_FOOD = "clothes_food", _("Clothes and food")
    ADVICE = "advice", _("Advice")
    OTHER = "other", _("Something else")


class ServiceStatus(models.TextChoices):
    """How far an outreach service has come, from an idea to Tuesdays at ten."""

    IDEA = "idea", _("Idea")
    DIALOGUE = "dialogue", _("In dialogue")
    AGREED = "agreed", _("Agreed")
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")
