"""Codes of follow-up and meetings with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundAnswer(models.TextChoices):
    """The answer to one of a round's three questions."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    LATER = "later", _("Not yet due")


class AgendaSource(models.TextChoices):
    """Where a point of the agenda was proposed from."""

    OWN = "own", pgettext_lazy("point of an agenda", "Own")
    STANDING = "standing", _("Standing point")
    OVERDUE = "overdue", _("Past its deadline")
    ACTION = "action", _("Open task")
    SHARED = "shared", _("Shared event")
    OUTREACH = "outreach", _("Outreach service")
    AGREEMENT = "agreement", _("Cooperation agreement")
    THEME = "theme", pgettext_lazy("of a meeting", "Theme")
