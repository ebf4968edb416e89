from django.db import models

from newsletter.taxonomy import AlertState


class Alert(models.Model):
    """What readers were last told of one date outside the programme: that it is off, or on again.

    Written in the same transaction as the dispatch that tells them, so that nobody is told twice.
    """

    # The date may go and the row stays. A cascade would have the dates of a deleted activity
    # collected before its page is taken down, and those worked out meanwhile left over.
    occurrence = models.OneToOneField(
        "activities.Occurrence",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    state = models.CharField(max_length=10, choices=AlertState)
    starts_at = models.DateTimeField()
    # Where it had moved to, when that was told: only of a date that had moved.
    place = models.CharField(max_length=160, blank=True)
    told_at = models.DateTimeField()
    # Empty when nobody who follows the place wants such mail.
    dispatch = models.ForeignKey(
        "newsletter.Dispatch", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: models.Manager["Alert"] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="alert_of_date")]

    def __str__(self) -> str:
        return f"{self.occurrence_id} {self.state}"
