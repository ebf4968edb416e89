from django.db import models


class CalendarEntry(models.Model):
    """One activity rendered for calendars, stored so that every feed is only a join.

    `sequence` and `changed_at` go up with the text and never with the clock.
    """

    activity = models.OneToOneField(
        "activities.ActivityPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="calendar_entry",
    )
    ical = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    public = models.BooleanField(default=False, db_index=True)
    refreshed_revision = models.BigIntegerField(null=True)
    refreshed_path = models.CharField(max_length=255, blank=True)
    refreshed_until = models.DateField()
    problem = models.CharField(max_length=20, blank=True)  # code of a RuleError; dates are kept

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Tombstone(models.Model):
    """What is left of a deleted venue or activity: its calendar answers 410, not 404."""

    url_path = models.CharField(max_length=255, unique=True)
    uid = models.UUIDField()
    ical = models.TextField(blank=True)
    deleted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url_path
