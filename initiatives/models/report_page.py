from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.page_panels import introduction_panel
from initiatives.domain.document import DocumentError
from initiatives.models.report import AnnualReport
from initiatives.report_files import FILES, stored_document
from initiatives.writers.page import contents, document_parts

EXAMPLE = _("For example: What the venues worked on in 2026, and what comes next.")


class AnnualReportPage(BasePage):
    """A frozen report on the public site, with its files beside it.

    Made by `publish_report` and never by hand: what it shows is the report's own copy.
    """

    introduction = models.CharField(_("introduction"), max_length=255, blank=True)
    report = models.OneToOneField(AnnualReport, on_delete=models.PROTECT, related_name="page")

    is_creatable = False
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: list[str] = []
    template = "initiatives/report_page.html"
    content_panels = [*BasePage.content_panels, introduction_panel(EXAMPLE)]

    class Meta:
        verbose_name = _("yearly report on the site")
        verbose_name_plural = _("yearly reports on the site")

    def searchable_texts(self) -> list[str]:
        return [*super().searchable_texts(), self.introduction]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            document = stored_document(self.report)
        except DocumentError:  # not what was approved: rather nothing
            raise Http404 from None
        return super().get_context(request, *args, **kwargs) | {
            "document": document,
            "parts": document_parts(document),
            "contents": contents(document),
            "files": [
                (file.label, reverse("report_file", args=[self.report_id, file.name]))
                for file in FILES
            ],
        }
