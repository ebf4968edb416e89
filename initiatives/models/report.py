from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.catalogue import Initiative
from initiatives.models.round import FollowUpRound, person
from initiatives.models.sealed import Sealed


class AnnualReport(Sealed):
    """The yearly report to the politicians: a draft, then a frozen copy of its own.

    `content` is the whole document in the words it was approved in. All that is shown and handed
    out afterwards is written from it, whatever becomes of the rest.
    """

    SEALED_BY = "approved_at"

    year = models.PositiveSmallIntegerField(_("year"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    foreword = models.TextField(_("foreword"), max_length=6000, blank=True)
    afterword = models.TextField(_("what comes next"), max_length=6000, blank=True)
    rounds = models.ManyToManyField(
        FollowUpRound, verbose_name=_("follow-up rounds"), blank=True, related_name="reports"
    )
    begun_at = models.DateTimeField()
    begun_by = person()
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = person()
    approved_by_name = models.CharField(max_length=160, blank=True)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-year", "-edition"]
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="one_report_per_edition"),
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(approved_at__isnull=True),
                name="one_report_draft_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True, content__isnull=True)
                | models.Q(approved_at__isnull=False, content__isnull=False),
                name="report_frozen_with_content",
            ),
        ]

    def __str__(self) -> str:
        title = str(_("Yearly report %(year)s")) % {"year": self.year}
        if self.edition == 1:
            return title
        return f"{title}, " + str(_("edition %(number)d")) % {"number": self.edition}


class ReportText(Sealed):
    """What a draft tells of one initiative in words."""

    SEALED_BY = "report__approved_at"

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="texts")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what the year brought"), max_length=6000, blank=True)

    class Meta:
        ordering = ["initiative__order"]
        verbose_name = _("text of a report")
        verbose_name_plural = _("texts of reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "initiative"], name="one_text_per_initiative")
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.initiative.number}"


class ReportFile(Sealed):
    """A frozen report as a file, byte for byte as it was approved."""

    SEALED_BY = "report__approved_at"

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"
        STATUS_CSV = "csv", _("status (CSV)")
        FIGURES_CSV = "figures", _("figures (CSV)")

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    body = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="one_file_per_kind")]

    def __str__(self) -> str:
        return f"{self.report} · {self.get_kind_display()}"
