import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from activities.domain.counting import MOST_PEOPLE
from activities.taxonomy import ActivityType


class HeadCountQuerySet(models.QuerySet["HeadCount"]):
    def standing(self) -> "HeadCountQuerySet":
        """Neither taken back nor counted anew since."""
        return self.filter(withdrawn_at__isnull=True)

    def on_days(self, first: dt.date, last: dt.date) -> "HeadCountQuerySet":
        """Of dates on the local days `first` to `last`, both included."""
        return self.filter(local_date__gte=first, local_date__lte=last)

    def by_month(self) -> "models.QuerySet[HeadCount, Any]":
        """Rows of `venue_id`, `month` (its first day), `people` and `dates`; one query."""
        months = self.annotate(month=TruncMonth("local_date")).order_by()
        return months.values("venue_id", "month").annotate(
            people=models.Sum("number"), dates=models.Count("pk")
        )


class HeadCount(models.Model):
    """How many came to one date: a number, and nothing about anybody.

    Rows are only added. Counting anew or taking back marks the older row as withdrawn. It stands
    on its own, so that it stays when the date or the activity goes.
    """

    activity = models.ForeignKey(
        "activities.ActivityPage",
        verbose_name=_("activity"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="head_counts",
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        related_name="head_counts",
    )
    recurrence_id = models.CharField(max_length=15)
    local_date = models.DateField(_("day"))
    title = models.CharField(_("title"), max_length=255)
    activity_type = models.CharField(_("kind of activity"), max_length=14, choices=ActivityType)
    number = models.PositiveSmallIntegerField(
        _("how many came"), validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    counted_at = models.DateTimeField(_("counted at"))
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("counted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects = HeadCountQuerySet.as_manager()

    class Meta:
        ordering = ["-local_date", "-pk"]
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        indexes = [models.Index(fields=["venue", "local_date"], name="head_count_of_venue")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "recurrence_id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_head_count_per_date",
            ),
            models.CheckConstraint(
                condition=models.Q(number__lte=MOST_PEOPLE), name="head_count_is_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.local_date}: {self.number}"
