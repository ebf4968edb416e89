from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from core.validators import validate_phone


class FirstVisitStep(Orderable):
    """One step of "Dit første besøg": what happens when I come for the first time."""

    venue = ParentalKey(
        "directory.VenuePage", on_delete=models.CASCADE, related_name="first_visit_steps"
    )
    heading = models.CharField(_("what happens"), max_length=60)
    text = models.CharField(_("a little more"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step of the first visit")
        verbose_name_plural = _("steps of the first visit")

    def __str__(self) -> str:
        return self.heading


class VenueContact(Orderable):
    """Whom to ask for, by function: a first name and a work phone, never a home address."""

    venue = ParentalKey("directory.VenuePage", on_delete=models.CASCADE, related_name="contacts")
    function = models.CharField(_("function"), max_length=80)
    first_name = models.CharField(_("first name"), max_length=60, blank=True)
    phone = models.CharField(
        _("work phone"), max_length=30, blank=True, validators=[validate_phone]
    )
    email = models.EmailField(_("work e-mail"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.function


class VenueShortInfo(Orderable):
    """The most important facts of a venue in another language."""

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        GREENLANDIC = "kl", "Kalaallisut"
        ARABIC = "ar", "العربية"
        UKRAINIAN = "uk", "Українська"
        POLISH = "pl", "Polski"
        ROMANIAN = "ro", "Română"
        BULGARIAN = "bg", "Български"
        SOMALI = "so", "Soomaali"
        PERSIAN = "fa", "فارسی"
        TIGRINYA = "ti", "ትግርኛ"
        TURKISH = "tr", "Türkçe"

    RIGHT_TO_LEFT = {"ar", "fa"}

    venue = ParentalKey("directory.VenuePage", on_delete=models.CASCADE, related_name="short_infos")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    text = models.TextField(_("text"), max_length=600)
    machine_translated = models.BooleanField(_("translated by a machine"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("short information in another language")
        verbose_name_plural = _("short information in other languages")

    def __str__(self) -> str:
        return self.get_language_display()

    @property
    def direction(self) -> str:
        """Return "rtl" or "ltr" for the text's dir attribute."""
        return "rtl" if self.language in self.RIGHT_TO_LEFT else "ltr"


class SecretAddress(models.Model):
    """Where a venue lives whose address must not be known. Beside the page, in no output.

    Not part of any revision, search index, feed, export or log.
    """

    venue = models.OneToOneField(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        related_name="secret_address",
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=4, blank=True)
    city = models.CharField(_("town"), max_length=60, blank=True)
    directions = models.TextField(_("how to get there"), blank=True)

    class Meta:
        verbose_name = _("secret address")
        verbose_name_plural = _("secret addresses")

    def __str__(self) -> str:
        return str(self.venue.title)


class VenueVerification(models.Model):
    """Somebody at the venue said: the page is still right. One that was a slip is taken back."""

    venue = models.ForeignKey(
        "directory.VenuePage", on_delete=models.CASCADE, related_name="verifications"
    )
    verified_at = models.DateTimeField(_("confirmed at"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-verified_at"]
        get_latest_by = "verified_at"
        indexes = [models.Index(fields=["venue", "-verified_at"], name="verification_newest")]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.venue_id} {self.verified_at:%Y-%m-%d}"
