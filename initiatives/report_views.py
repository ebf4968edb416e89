"""The yearly report in the admin: begun, written, seen, approved, handed out and published."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from initiatives.actions import Refused
from initiatives.actions.reports import (
    approve_report,
    begin_report,
    discard_report,
    draft_document,
    publish_report,
    take_off,
    write_report,
)
from initiatives.domain.document import Document, DocumentError
from initiatives.models import AnnualReport, AnnualReportPage, FollowUpRound
from initiatives.report_files import FILES, broken_text, file_answer, stored_document
from initiatives.report_forms import BeginReportForm, PublishForm, ReportForm
from initiatives.tracker_forms import TrackerFormView
from initiatives.tracker_pages import TrackerListView, TrackerView
from initiatives.writers.page import contents, document_parts

LIST = "initiatives_reports"
SHOW = "initiatives_report"


class ReportListView(TrackerListView):
    """Every report; a leader sees those that are approved."""

    template_name = "initiatives/reports/list.html"
    page_title = gettext_lazy("Yearly report")
    export_name = "afrapporteringer"

    def reports(self) -> Any:
        reports = AnnualReport.objects.select_related("page")
        return reports if self.rights.approves else reports.filter(approved_at__isnull=False)

    def export_headings(self) -> Sequence[str]:
        return [_("Report"), _("Approved"), _("Approved by"), _("On the site")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        return [
            [str(one), one.approved_at, one.approved_by_name, published(one)]
            for one in self.reports()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "reports": [{"report": one, "published": published(one)} for one in self.reports()],
            "may_begin": self.rights.approves and bool(years_to_report()),
            "writes": self.rights.approves,
        }


class HeadView:
    """Reports are begun, written, approved and published by the area head alone."""

    rights: Any

    def enter(self) -> None:
        if not self.rights.approves:
            raise PermissionDenied


class BeginView(HeadView, TrackerFormView):
    """Begin a year's report."""

    page_title = gettext_lazy("Begin a report")
    submit_label = gettext_lazy("Begin")
    lead = gettext_lazy("The report is put together from the year's locked follow-up rounds.")

    def above(self) -> list[tuple[str, str]]:
        return [(reverse(LIST), _("Yearly report"))]

    def make_form(self, data: Any = None, files: Any = None) -> BeginReportForm:
        return BeginReportForm(data, years=years_to_report())

    def deed(self, form: Any) -> str:
        report = begin_report(form.cleaned_data["year"], by=self.request.user, now=self.now)
        return reverse(SHOW, args=[report.pk])

    def back_url(self) -> str:
        return reverse(LIST)


class ReportMixin:
    """Finds the report of the address; a draft is there for the area head only."""

    rights: Any
    kwargs: Any

    def find(self) -> AnnualReport:
        self.report: AnnualReport = get_object_or_404(AnnualReport, pk=self.kwargs["pk"])
        if self.report.approved_at is None and not self.rights.approves:
            raise Http404
        return self.report

    def get_page_title(self) -> str:
        return str(self.report)

    def above(self) -> list[tuple[str, str]]:
        return [(reverse(LIST), _("Yearly report"))]

    def url(self) -> str:
        return reverse(SHOW, args=[self.report.pk])


class ReportView(ReportMixin, TrackerView):
    """The report as it reads: a draft as it would be frozen today, or the frozen copy."""

    template_name = "initiatives/reports/show.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find()
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frozen = self.report.approved_at is not None
        problem = ""
        document: Document | None = None
        try:
            document = stored_document(self.report) if frozen else self._draft()
        except Refused as refused:
            problem = str(refused)
        except DocumentError:
            problem = broken_text()
        return {
            **super().get_context_data(**kwargs),
            "report": self.report,
            "frozen": frozen,
            "document": document,
            "problem": problem,
            "parts": document_parts(document) if document else [],
            "contents": contents(document) if document else [],
            "files": self._files() if frozen else [],
            "page": AnnualReportPage.objects.filter(report=self.report, live=True).first(),
            "writes": self.rights.approves,
        }

    def _draft(self) -> Document:
        name = str(self.request.user)
        return draft_document(self.report, now=self.now, author_name=name)

    def _files(self) -> list[tuple[Any, str]]:
        return [
            (file.label, reverse("initiatives_report_file", args=[self.report.pk, file.name]))
            for file in FILES
        ]


class FileView(ReportMixin, TrackerView):
    """One of a frozen report's files."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        report = self.find()
        kind = next((file for file in FILES if file.name == self.kwargs["name"]), None)
        if kind is None or report.approved_at is None:
            raise Http404
        return file_answer(report, kind)


class ReportFormView(ReportMixin, HeadView, TrackerFormView):
    """A form about one report."""

    def enter(self) -> None:
        super().enter()
        self.find()

    def get_page_title(self) -> str:
        return str(self.page_title)

    def above(self) -> list[tuple[str, str]]:
        return [*super().above(), (self.url(), str(self.report))]

    def back_url(self) -> str:
        return self.url()


class WriteView(ReportFormView):
    """A draft's words."""

    page_title = gettext_lazy("Write the report")
    lead = gettext_lazy(
        "Statuses, figures, meetings and decisions put themselves in. Here you write what only "
        "people can tell. Leave empty what there is nothing to say about."
    )

    def enter(self) -> None:
        super().enter()
        if self.report.approved_at is not None:
            raise Http404

    def make_form(self, data: Any = None, files: Any = None) -> ReportForm:
        return ReportForm(data, report=self.report)

    def deed(self, form: Any) -> str:
        values = form.cleaned_data
        write_report(
            self.report,
            foreword=values["foreword"],
            afterword=values["afterword"],
            texts=form.texts(),
        )
        return self.url()

    def done_text(self) -> str:
        return _("The words are saved.")


class PublishView(ReportFormView):
    """Put a frozen report on the public site."""

    page_title = gettext_lazy("Publish the report")
    submit_label = gettext_lazy("Publish on the site")
    lead = gettext_lazy(
        "Everybody can read the report on the site then, and fetch it as PDF, Word and CSV. You "
        "can take it off again."
    )

    def make_form(self, data: Any = None, files: Any = None) -> PublishForm:
        page = AnnualReportPage.objects.filter(report=self.report).first()
        return PublishForm(data, initial={"introduction": page.introduction if page else ""})

    def deed(self, form: Any) -> str:
        publish_report(
            self.report, introduction=form.cleaned_data["introduction"], by=self.request.user
        )
        return self.url()

    def done_text(self) -> str:
        return _("The report stands on the site.")


class ApproveView(ReportFormView):
    """The last question before a report is frozen."""

    page_title = gettext_lazy("Approve the report")
    template_name = "initiatives/reports/approve.html"

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        return forms.Form(data)

    def deed(self, form: Any) -> str:
        approve_report(self.report, by=self.request.user, now=self.now)
        return self.url()

    def done_text(self) -> str:
        return _("The report is approved and frozen.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        empty = [text.initiative.number for text in self.report.texts.filter(text="")]
        return {**super().get_context_data(**kwargs), "report": self.report, "empty": empty}


class ReportDeedView(ReportMixin, HeadView, TrackerView):
    """Take a report off the site, or throw a draft away: one press."""

    http_method_names = ["post"]
    step = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.enter()
        report = self.find()
        try:
            if self.step == "discard":
                discard_report(report)
                messages.success(request, _("The draft is thrown away. The rounds stay."))
                return redirect(LIST)
            take_off(report, by=request.user)
            messages.success(request, _("The report is off the site. It can be published again."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(self.url())


def years_to_report() -> list[int]:
    """Return the years with a locked round and no draft, newest first."""
    drafts = AnnualReport.objects.filter(approved_at__isnull=True).values("year")
    years = FollowUpRound.objects.filter(running=False).exclude(year__in=drafts)
    return sorted(set(years.values_list("year", flat=True)), reverse=True)


def published(report: AnnualReport) -> bool:
    """Whether a report stands on the public site."""
    page = getattr(report, "page", None)
    return page is not None and bool(page.live)
