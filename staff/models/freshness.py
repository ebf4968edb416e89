from django.db import models
from django.utils.translation import gettext_lazy as _


class VenueAsk(models.Model):
    """One time that a venue was asked whether what the site says is still right."""

    venue = models.ForeignKey("directory.VenuePage", on_delete=models.CASCADE, related_name="asks")
    asked_at = models.DateTimeField(_("asked at"))
    items = models.PositiveSmallIntegerField(_("how many things"))
    escalated = models.BooleanField(_("sent to the leader"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("question whether all is right")
        verbose_name_plural = _("questions whether all is right")
        indexes = [models.Index(fields=["venue", "-asked_at"], name="ask_newest")]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.asked_at:%Y-%m-%d}"
