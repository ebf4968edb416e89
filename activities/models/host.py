from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.taxonomy import HostRole, HostStatus


class ActivityHost(models.Model):
    """One venue's part in a shared event: the main host, or a host that was asked.

    An operational record beside the page: an acceptance is never undone by an older draft.
    """

    activity = models.ForeignKey(
        "activities.ActivityPage",
        verbose_name=_("shared event"),
        on_delete=models.CASCADE,
        related_name="hosts",
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        related_name="hostings",
    )
    role = models.CharField(_("role"), max_length=8, choices=HostRole, default=HostRole.CO_HOST)
    status = models.CharField(
        _("answer"), max_length=8, choices=HostStatus, default=HostStatus.INVITED
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-role", "pk"]
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(fields=["activity", "venue"], name="one_hosting_per_venue"),
            models.UniqueConstraint(
                fields=["activity"],
                condition=models.Q(role="lead"),
                name="one_lead_host",
                violation_error_message=_("A shared event has one main host."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.venue_id} {self.role}"
