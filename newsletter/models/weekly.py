import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from newsletter.domain.weeks import SUNDAY


class WeeklyPlan(models.Model):
    """When the week's programme leaves, and whether it does."""

    topic = models.OneToOneField(
        "newsletter.Topic", on_delete=models.CASCADE, related_name="weekly_plan"
    )
    active = models.BooleanField(
        _("send it each week"),
        default=True,
        help_text=_("Without a tick nothing is sent by itself."),
    )
    weekday = models.PositiveSmallIntegerField(
        _("day of the week"),
        choices=list(WEEKDAYS.items()),
        default=SUNDAY,
        validators=[MaxValueValidator(SUNDAY)],
    )
    at = models.TimeField(_("time of day"), default=dt.time(16))

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("plan of the week's programme")
        verbose_name_plural = _("plans of the week's programme")

    def __str__(self) -> str:
        return f"{self.weekday} {self.at:%H.%M}"


class WeekState(models.TextChoices):
    HELD = "held", _("Held back")
    SENT = "sent", _("Sent")
    EMPTY = "empty", _("Nothing happened that week")


class WeeklyIssue(models.Model):
    """What became of one week's programme. A week without a row leaves at its time."""

    topic = models.ForeignKey(
        "newsletter.Topic", on_delete=models.CASCADE, related_name="weekly_issues"
    )
    monday = models.DateField(_("week"))
    state = models.CharField(_("state"), max_length=5, choices=WeekState)
    dispatch = models.ForeignKey(
        "newsletter.Dispatch", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: Any = models.Manager()

    class Meta:
        ordering = ["-monday"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "monday"], name="one_programme_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.monday} {self.state}"
