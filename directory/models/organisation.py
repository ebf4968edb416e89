from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.taxonomy import OperatorType


class Organisation(models.Model):
    """Who runs a venue: the municipality or an association."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    operator_type = models.CharField(_("kind"), max_length=30, choices=OperatorType)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class CooperationAgreement(models.Model):
    """An agreement between the municipality and an organisation about its venues."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    title = models.CharField(_("title"), max_length=160)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("cooperation agreement")
        verbose_name_plural = _("cooperation agreements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="agreement_ends_after_start",
                violation_error_message=_("The agreement ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.title
