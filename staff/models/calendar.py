from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalCalendar(models.Model):
    """One colleague's own calendar address: chosen venues and what is internal.

    Only the hash of its token is stored, so nobody can read an address out of the database. A new
    token makes the old address stop.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_calendar"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    venues = models.ManyToManyField(
        "directory.VenuePage", verbose_name=_("venues"), blank=True, related_name="+"
    )
    internal = models.BooleanField(_("visits, swaps and courses"), default=True)
    created_at = models.DateTimeField()
    fetched_at = models.DateTimeField(_("last fetched"), null=True, blank=True)

    class Meta:
        verbose_name = _("personal calendar")
        verbose_name_plural = _("personal calendars")

    def __str__(self) -> str:
        return str(self.user)
