from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.domain.periods import Rhythm
from initiatives.models.catalogue import Initiative


class SharedIndicator(models.Model):
    """A figure that all venues report alike, such as the answer to one anonymous question.

    It says what is asked, how, and how often; what venues report are Measurements.
    """

    class Kind(models.TextChoices):
        SHARE = "share", _("Share: how many of those who answered said yes")
        MEAN = "mean", _("Mean: what those who answered said on average")

    class HowOften(models.TextChoices):
        YEAR = Rhythm.YEAR.value, _("Once a year")
        HALF = Rhythm.HALF.value, _("Twice a year")
        QUARTER = Rhythm.QUARTER.value, _("Four times a year")

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.PROTECT,
        related_name="shared_indicators",
    )
    title = models.CharField(_("name of the figure"), max_length=120, unique=True)
    definition = models.TextField(_("what exactly is asked or counted"), max_length=600)
    kind = models.CharField(_("how it is told"), max_length=5, choices=Kind)
    rhythm = models.CharField(_("how often"), max_length=7, choices=HowOften, default=HowOften.HALF)
    method = models.TextField(_("how one asks, everywhere alike"), max_length=600)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ended_on = models.DateField(_("not asked any more from"), null=True, blank=True)

    class Meta:
        ordering = ["initiative__order", "title"]
        verbose_name = _("shared indicator")
        verbose_name_plural = _("shared indicators")

    def __str__(self) -> str:
        return self.title


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def standing(self) -> "MeasurementQuerySet":
        """Neither taken back nor reported anew since."""
        return self.filter(withdrawn_at__isnull=True)


class Measurement(models.Model):
    """What one venue reports for one period: sums of anonymous answers, never anybody's own.

    Rows are only added; one that was wrong is withdrawn and stays.
    """

    indicator = models.ForeignKey(
        SharedIndicator, on_delete=models.PROTECT, related_name="measurements"
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.PROTECT,
        related_name="measurements",
    )
    first_on = models.DateField(_("period from"))
    last_on = models.DateField(_("period until"))
    people = models.PositiveIntegerField(_("how many answered"))
    agree = models.PositiveIntegerField(_("how many said yes"), null=True, blank=True)
    mean = models.DecimalField(
        _("what they said on average"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    method_note = models.CharField(_("how it was done this time"), max_length=300)
    reported_at = models.DateTimeField(_("reported"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
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

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["-first_on", "venue__sort_key", "-pk"]
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "venue", "first_on"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_measurement_per_period",
            ),
            models.CheckConstraint(
                condition=models.Q(agree__isnull=True) | models.Q(agree__lte=models.F("people")),
                name="measurement_agree_within_people",
            ),
            models.CheckConstraint(
                condition=models.Q(agree__isnull=False) ^ models.Q(mean__isnull=False),
                name="measurement_has_one_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.venue_id} {self.first_on}"


class Conclusion(models.Model):
    """What the leaders concluded from a shared figure, and on which day they talked about it."""

    indicator = models.ForeignKey(
        SharedIndicator, on_delete=models.PROTECT, related_name="conclusions"
    )
    first_on = models.DateField(_("period from"))
    last_on = models.DateField(_("period until"))
    discussed_on = models.DateField(_("discussed at the meeting on"))
    text = models.TextField(_("what we concluded"), max_length=1000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-discussed_on", "-pk"]
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.discussed_on}"
