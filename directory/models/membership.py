from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.taxonomy import Role


class Membership(models.Model):
    """One person's role at one venue, or in the whole municipality when there is no venue.

    Every right in the hub, in Wagtail's page tree too, follows from these rows.
    """

    EVERYWHERE = (Role.COMMUNICATION, Role.AREA_HEAD)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "venue", "role"],
                name="one_membership_per_role_and_venue",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(venue__isnull=True),
                name="one_membership_per_role",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(role__in=["communication", "area_head"], venue__isnull=True)
                    | (
                        ~models.Q(role__in=["communication", "area_head"])
                        & models.Q(venue__isnull=False)
                    )
                ),
                name="membership_venue_fits_role",
                violation_error_message=_("This role needs a venue, or must have none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
