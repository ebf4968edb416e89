from django.db import models
from django.utils.translation import gettext_lazy as _

from core.validators import validate_phone


class VenueInternal(models.Model):
    """What colleagues at other venues should know about one: whom to ring, whom to send.

    Beside the venue's page and never on it: nothing here is public.
    """

    venue = models.OneToOneField(
        "directory.VenuePage", on_delete=models.CASCADE, related_name="internal"
    )
    contact = models.CharField(
        _("whom to ask for"),
        max_length=120,
        blank=True,
        help_text=_("A name or a function, such as: Mette, day shift."),
    )
    phone = models.CharField(
        _("internal phone"), max_length=30, blank=True, validators=[validate_phone]
    )
    email = models.EmailField(_("internal e-mail address"), blank=True)
    deputy = models.CharField(
        _("deputy"),
        max_length=120,
        blank=True,
        help_text=_("Who decides when the leader is away, and the number."),
    )
    referral_note = models.TextField(
        _("when you send somebody to us"),
        blank=True,
        max_length=1000,
        help_text=_(
            "Whom we can help, whom we cannot, and what to do first. Never anything about single"
            " persons."
        ),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self) -> str:
        return str(self.venue)
