from typing import Any

from django.db import models


class Mention(models.Model):
    """A dispatch told of an activity: what Kommunikation shows as a channel."""

    dispatch = models.ForeignKey(
        "newsletter.Dispatch", on_delete=models.CASCADE, related_name="mentions"
    )
    activity = models.ForeignKey(
        "activities.ActivityPage", on_delete=models.CASCADE, related_name="mentions"
    )
    dates = models.PositiveSmallIntegerField()

    objects: Any = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "activity"], name="mention_once")
        ]

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.activity_id}"
