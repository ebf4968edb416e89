"""What is decided about many dates in one act, and can be taken back in one act."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.domain.stop import Stop


class ChangeBatch(models.Model):
    """Changes somebody made in one act: a stop, or the dates of a closed period.

    Taken back together; `closure` is the venue's closed days that belong to the act, if any.
    """

    closure = models.ForeignKey(
        "directory.OpeningException",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("changes made together")
        verbose_name_plural = _("changes made together")

    def __str__(self) -> str:
        return f"{self.pk} {self.created_at:%Y-%m-%d}"


class ActivityStop(models.Model):
    """An activity takes place no more from one of its dates on, and people must be told.

    Its dates from there to `shown_until` are shown as cancelled until they are past; later ones
    do not come into being. An operational record beside the page, like a single change.
    """

    activity = models.ForeignKey(
        "activities.ActivityPage",
        verbose_name=_("activity"),
        on_delete=models.CASCADE,
        related_name="stops",
    )
    batch = models.ForeignKey(ChangeBatch, on_delete=models.CASCADE, related_name="stops")
    from_on = models.DateField(_("from"))
    from_at = models.TimeField(_("from"), default=dt.time(0))
    shown_until = models.DateField(_("until and including"))
    resumed_on = models.DateField(_("goes on from"), null=True, blank=True)
    replaced_by = models.ForeignKey(  # an earlier stop: when that is taken back, this holds again
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=models.Q(undone_at__isnull=True),
                name="one_stop_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.from_on}"

    def stop(self) -> Stop:
        """Return this row as the plain value that recurrence works on."""
        return Stop(
            begins=dt.datetime.combine(self.from_on, self.from_at),
            shown_until=self.shown_until,
            resumed_on=self.resumed_on,
            reason=self.reason,
        )


class PlanChange(models.Model):
    """A line of an activity's plan got other times from a day on; how it was, to take it back."""

    activity = models.ForeignKey(
        "activities.ActivityPage", on_delete=models.CASCADE, related_name="plan_changes"
    )
    batch = models.ForeignKey(ChangeBatch, on_delete=models.CASCADE, related_name="plan_changes")
    from_on = models.DateField(_("from"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    key = models.CharField(max_length=12)
    new_key = models.CharField(max_length=12, blank=True)  # "" where the line itself was changed
    was_starts = models.TimeField()
    was_ends = models.TimeField()
    was_until_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("new time from a day on")
        verbose_name_plural = _("new times from a day on")

    def __str__(self) -> str:
        return f"{self.activity_id} {self.from_on}"
