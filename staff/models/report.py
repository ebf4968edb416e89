from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    OPEN = "open", pgettext_lazy("report", "New")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Put right")


class PageReport(models.Model):
    """Somebody told us that something on a page is wrong. Who it was we do not ask.

    `contact` is only there if somebody wants an answer, and is wiped a month after that.
    """

    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
    )
    path = models.CharField(_("page"), max_length=300)
    text = models.TextField(_("what is wrong"), max_length=2000)
    contact = models.CharField(_("where to answer"), max_length=160, blank=True)
    created_at = models.DateTimeField(_("written"))
    state = models.CharField(
        _("state"), max_length=8, choices=ReportState, default=ReportState.OPEN
    )
    note = models.CharField(_("what was done"), max_length=400, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        indexes = [models.Index(fields=["venue", "state"], name="report_by_venue")]

    def __str__(self) -> str:
        return self.path
