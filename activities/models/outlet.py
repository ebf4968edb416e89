from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.taxonomy import Channel


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def standing(self) -> "HandOverQuerySet":
        """Not taken back by somebody who had noted it by mistake."""
        return self.filter(withdrawn_at__isnull=True)

    def to_kompas(self) -> "HandOverQuerySet":
        return self.filter(channel=Channel.KOMPAS)

    def elsewhere(self) -> "HandOverQuerySet":
        """On social media and other places that one may use and need not."""
        return self.exclude(channel=Channel.KOMPAS)


class HandOver(models.Model):
    """Somebody put an activity, or a venue itself, somewhere outside this site.

    `content_hash` is what our public facts were then, so that a later change can be seen. Rows
    are only added; one noted by mistake is taken back and stays.
    """

    activity = models.ForeignKey(
        "activities.ActivityPage",
        verbose_name=_("activity"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="hand_overs",
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="hand_overs",
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    url = models.URLField(_("link to the post"), max_length=500, blank=True)
    content_hash = models.CharField(max_length=64, editable=False)
    handed_at = models.DateTimeField(_("when"))
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
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

    objects: Any = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-handed_at", "-pk"]
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(activity__isnull=True) ^ models.Q(venue__isnull=True),
                name="hand_over_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.activity_id or self.venue_id}"

    @property
    def subject(self) -> Any:
        """Return the activity or the venue that was put there."""
        return self.activity if self.activity_id else self.venue
