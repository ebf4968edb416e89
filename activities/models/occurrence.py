import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.domain import rules
from activities.querysets import OccurrenceQuerySet
from activities.taxonomy import ChangeKind, OccurrenceStatus


class OccurrenceChange(models.Model):
    """What somebody decided about one date: cancelled, moved, extra, or a word to say.

    Rows are never deleted; taking one back sets `undone_at`. An operational record beside the
    page: publishing an older draft never un-cancels a date.
    """

    activity = models.ForeignKey(
        "activities.ActivityPage",
        verbose_name=_("activity"),
        on_delete=models.CASCADE,
        related_name="changes",
    )
    kind = models.CharField(_("what happens"), max_length=10, choices=ChangeKind)
    original_on = models.DateField(_("planned day"), null=True, blank=True)
    original_at = models.TimeField(_("planned time"), null=True, blank=True)
    starts_on = models.DateField(_("new day"), null=True, blank=True)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    batch = models.ForeignKey(
        "activities.ChangeBatch",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="changes",
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at"], name="change_newest")]
        verbose_name = _("change of a date")
        verbose_name_plural = _("changes of dates")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "original_on", "original_at", "kind"],
                condition=models.Q(undone_at__isnull=True) & ~models.Q(kind="extra"),
                name="one_change_of_a_kind_per_date",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="extra")
                | models.Q(original_on__isnull=False, original_at__isnull=False),
                name="change_names_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["extra", "moved"])
                | models.Q(
                    starts_on__isnull=False,
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                ),
                name="change_has_new_time",
                violation_error_message=_("Write the new day and time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind} {self.original_on or self.starts_on}"

    def change(self) -> rules.Change:
        """Return this row as the plain value that recurrence works on."""
        original = starts = ends = None
        if self.original_on and self.original_at:
            original = dt.datetime.combine(self.original_on, self.original_at)
        if self.starts_on and self.starts_at and self.ends_at:
            starts = dt.datetime.combine(self.starts_on, self.starts_at)
            ends = dt.datetime.combine(self.starts_on, self.ends_at)
            if ends <= starts:
                ends += dt.timedelta(days=1)
        return rules.Change(
            kind=rules.ChangeKind(self.kind),
            original=original,
            starts=starts,
            ends=ends,
            reason=self.reason,
            note=self.note,
            place=self.place,
        )


class Occurrence(models.Model):
    """One date of an activity, as the public meets it. Its id and address never change.

    Worked out from schedule and changes by `refresh_activity`, and by nothing else. `public`,
    `shared` and the venue are worked out there too, so that lists read one table.
    """

    activity = models.ForeignKey(
        "activities.ActivityPage", on_delete=models.CASCADE, related_name="occurrences"
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        on_delete=models.CASCADE,
        null=True,
        related_name="occurrences",
    )
    recurrence_id = models.CharField(max_length=15)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    local_date = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=10, choices=OccurrenceStatus)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    free_seats = models.PositiveSmallIntegerField(_("free places"), null=True, blank=True)
    public = models.BooleanField(default=False)
    shared = models.BooleanField(default=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "recurrence_id"], name="one_occurrence_per_date"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="occurrence_ends_after_start",
            ),
        ]
        indexes = [
            # Partial: SQLite takes a bare boolean for no use of an index that begins with it.
            models.Index(
                fields=["starts_at", "id"],
                condition=models.Q(public=True),
                name="occurrence_public_start",
            ),
            models.Index(
                fields=["local_date"],
                condition=models.Q(public=True),
                name="occurrence_public_day",
            ),
            models.Index(
                fields=["starts_at", "id"],
                condition=models.Q(public=True, shared=True),
                name="occurrence_shared_start",
            ),
            models.Index(fields=["activity", "starts_at"], name="occurrence_of_activity"),
            models.Index(fields=["venue", "starts_at"], name="occurrence_of_venue"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.recurrence_id}"

    @property
    def cancelled(self) -> bool:
        return self.status == OccurrenceStatus.CANCELLED

    @property
    def moved(self) -> bool:
        return self.status == OccurrenceStatus.MOVED

    @property
    def original(self) -> dt.datetime:
        """Return the naive local start the schedule gave."""
        return dt.datetime.fromisoformat(self.recurrence_id)
