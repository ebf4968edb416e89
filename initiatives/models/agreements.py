from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.catalogue import Initiative
from initiatives.models.log import Change


class AgreementInitiative(models.Model):
    """A cooperation agreement supports an initiative; how, in a line."""

    agreement = models.ForeignKey(
        "directory.CooperationAgreement",
        verbose_name=_("cooperation agreement"),
        on_delete=models.CASCADE,
        related_name="initiative_links",
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="agreement_links"
    )
    note = models.CharField(_("how it supports the initiative"), max_length=200, blank=True)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["agreement", "initiative__order"]
        verbose_name = _("initiative of an agreement")
        verbose_name_plural = _("initiatives of agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "initiative"], name="one_link_per_agreement_and_initiative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} · {self.initiative}"


class AgreementChange(Change):
    """One entry in the log of what an agreement supports: notes by the initiatives' numbers."""

    agreement = models.ForeignKey(
        "directory.CooperationAgreement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    agreement_title = models.CharField(max_length=160)

    class Meta(Change.Meta):
        verbose_name = _("change of an agreement")
        verbose_name_plural = _("changes of agreements")

    def __str__(self) -> str:
        return f"{self.agreement_title} {self.kind} {self.at:%Y-%m-%d}"
