"""Shared figures in the admin: agreed on, reported by venues, told when closed, concluded from."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.wording import day_month
from initiatives.actions.indicators import (
    agree_indicator,
    conclude,
    end_indicator,
    report_measurement,
    withdraw_measurement,
)
from initiatives.actions.refusal import Refused
from initiatives.board_filters import shown
from initiatives.domain.periods import Period, Rhythm, periods_back, read_period
from initiatives.indicators.shared import Results, results
from initiatives.models import Initiative, Measurement, SharedIndicator
from initiatives.period_words import period_text
from initiatives.reading import tracked_venues
from initiatives.reports_due import open_period
from initiatives.shared_figure_forms import ConclusionForm, IndicatorForm, ReportForm
from initiatives.tracker_forms import TrackerFormView
from initiatives.tracker_pages import TrackerListView, TrackerView, seen_venue

LIST, DETAIL = "initiatives_shared_figures", "initiatives_shared_figure"
PERIODS = 8
DATA = "5a"


class SharedFiguresView(TrackerListView):
    """All shared figures with their definition."""

    template_name = "initiatives/shared_figures.html"
    page_title = gettext_lazy("Shared figures")
    export_name = "faelles-tal"

    def above(self) -> list[tuple[str, str]]:
        return [(reverse("initiatives_figures"), _("Figures"))]

    def indicators(self) -> Any:
        return SharedIndicator.objects.select_related("initiative")

    def export_headings(self) -> Sequence[str]:
        return [_("Initiative"), _("Figure"), _("Definition"), _("How often"), _("Method")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for one in self.indicators():
            often = one.get_rhythm_display()
            yield [one.initiative.number, one.title, one.definition, often, one.method]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = []
        for one in self.indicators():
            period = open_period(one, self.today)
            rows.append({"indicator": one, "open": period_text(period) if period else ""})
        return {
            **super().get_context_data(**kwargs),
            "rows": rows,
            "may_add": self.rights.everywhere,
        }


class FigureMixin(TrackerView):
    """A page about one shared figure."""

    def above(self) -> list[tuple[str, str]]:
        return [
            (reverse("initiatives_figures"), _("Figures")),
            (reverse(LIST), _("Shared figures")),
        ]

    def find(self) -> SharedIndicator:
        rows = SharedIndicator.objects.select_related("initiative")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class SharedFigureView(FigureMixin, TrackerListView):
    """One shared figure: a period's results, and what one's own venues can report."""

    template_name = "initiatives/shared_figure.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.indicator = self.find()
        self.open = open_period(self.indicator, self.today)
        self.periods = self._periods()
        self.period, self.problems = self._asked(request.GET.get("periode", ""))
        venues = list(tracked_venues(self.today))
        found = results(self.indicator, self.period, venues, self.today)
        self.results: Results = found.seen_by(self.rights.venues)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.indicator.title)

    def _periods(self) -> list[Period]:
        back = periods_back(self.today, Rhythm(self.indicator.rhythm), PERIODS)
        return [period for period in back if period.last < self.today]

    def _asked(self, code: str) -> tuple[Period, list[str]]:
        period = read_period(code.strip())
        if period in self.periods:
            return period, []  # type: ignore[return-value]  # it is one of them
        text = _("We do not know the period “%(value)s”.") % {"value": shown(code)}
        return self.periods[0], [text] if code else []

    @property
    def export_name(self) -> str:
        return f"faelles-tal-{self.indicator.pk}-{self.period.code}"

    def export_headings(self) -> Sequence[str]:
        return [_("Venue"), _("Period"), _("Value"), _("How it was done")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        period = period_text(self.period)
        yield [_("All venues together"), period, self.results.value, ""]
        for row in self.results.rows:
            note = row.measurement.method_note if row.measurement else ""
            yield [row.venue.title, period, row.value, note]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "indicator": self.indicator,
            "results": self.results,
            "period_text": period_text(self.period),
            "periods": [
                (period.code, period_text(period), period == self.period) for period in self.periods
            ],
            "takes_reports": self.open == self.period,
            "open_text": period_text(self.open) if self.open else "",
            "told_from": day_month(self.period.told_from, year=True),
            "problems": self.problems,
            "may_end": self.rights.everywhere and self.indicator.ended_on is None,
        }


class IndicatorAddView(FigureMixin, TrackerFormView):
    """A new shared figure; the owner of 5a agrees on it (S8)."""

    page_title = gettext_lazy("A new shared figure")
    submit_label = gettext_lazy("Agree on it")
    lead = gettext_lazy(
        "All venues will be asked to report it. The definition cannot be changed afterwards, so "
        "that the answers can be compared. You can stop asking at any time."
    )

    def enter(self) -> None:
        if not self.rights.everywhere:
            raise PermissionDenied

    def make_form(self, data: Any = None, files: Any = None) -> IndicatorForm:
        first = Initiative.objects.filter(number=DATA).first()
        return IndicatorForm(data, initial={"initiative": first, "rhythm": "half"})

    def deed(self, form: Any) -> str:
        values = dict(form.cleaned_data)
        made = agree_indicator(
            values.pop("initiative"), by=self.request.user, now=self.now, **values
        )
        return reverse(DETAIL, args=[made.pk])

    def back_url(self) -> str:
        return reverse(LIST)

    def done_text(self) -> str:
        return _("The figure is agreed on. Venues can report it when the period is over.")


class OfFigure(FigureMixin, TrackerFormView):
    """A form about one shared figure."""

    def enter(self) -> None:
        self.indicator = self.find()

    def above(self) -> list[tuple[str, str]]:
        return [*super().above(), (self.back_url(), self.indicator.title)]

    def back_url(self) -> str:
        return reverse(DETAIL, args=[self.indicator.pk])


class ReportView(OfFigure):
    """What one venue's guests answered in the period that is open."""

    submit_label = gettext_lazy("Report it")
    lead = gettext_lazy(
        "Only sums, never anybody's own answer. Too small numbers are not shown to anybody."
    )

    def enter(self) -> None:
        super().enter()
        self.venue = seen_venue(self.rights, self.kwargs["venue"])
        period = open_period(self.indicator, self.today)
        if period is None:
            raise Http404
        self.period = period

    def get_page_title(self) -> str:
        words = {"figure": self.indicator.title, "venue": self.venue.title}
        return _("%(figure)s at %(venue)s") % words

    def get_page_subtitle(self) -> str:
        return f"{period_text(self.period)}: {self.indicator.definition}"

    def make_form(self, data: Any = None, files: Any = None) -> ReportForm:
        standing = Measurement.objects.standing().filter(
            indicator=self.indicator, venue=self.venue, first_on=self.period.first
        )
        row = standing.first()
        initial = {} if row is None else _stands(row)
        return ReportForm(data, indicator=self.indicator, initial=initial)

    def deed(self, form: Any) -> str:
        report_measurement(
            self.indicator,
            self.venue,
            self.period,
            **form.cleaned_data,
            by=self.request.user,
            now=self.now,
            today=self.today,
        )
        return self.back_url()

    def done_text(self) -> str:
        text = _("Thank you. %(venue)s has reported; it can be changed until the period closes.")
        return text % {"venue": self.venue.title}


def _stands(row: Measurement) -> dict[str, Any]:
    mean = "" if row.mean is None else f"{row.mean:.2f}".replace(".", ",")
    return {
        "people": row.people,
        "agree": row.agree,
        "mean": mean,
        "method_note": row.method_note,
    }


class ConcludeView(OfFigure):
    """What the leaders concluded about a period's answers."""

    page_title = gettext_lazy("What did you conclude?")

    def make_form(self, data: Any = None, files: Any = None) -> ConclusionForm:
        back = periods_back(self.today, Rhythm(self.indicator.rhythm), PERIODS)
        periods = [period for period in back if self.today >= period.told_from]
        return ConclusionForm(data, periods=periods, initial={"discussed_on": self.today})

    def deed(self, form: Any) -> str:
        period = form.periods[form.cleaned_data["period"]]
        conclude(
            self.indicator,
            period,
            discussed_on=form.cleaned_data["discussed_on"],
            text=form.cleaned_data["text"],
            by=self.request.user,
            now=self.now,
            today=self.today,
        )
        return f"{self.back_url()}?periode={period.code}"


class WithdrawView(TrackerView):
    """Take one report back; by POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Measurement.objects.standing().select_related("indicator")
        row = get_object_or_404(rows, pk=pk)
        if not self.rights.edits(row.venue_id):
            raise Http404
        try:
            withdraw_measurement(row, by=request.user, now=self.now, today=self.today)
        except Refused as refused:
            messages.error(request, str(refused))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("The report is taken back. You can report anew."))
        return redirect(DETAIL, row.indicator_id)


class EndView(TrackerView):
    """Stop asking about a figure; by POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.rights.everywhere:
            raise PermissionDenied
        indicator = get_object_or_404(SharedIndicator, pk=pk, ended_on__isnull=True)
        end_indicator(indicator, on=self.today)
        messages.success(
            request, _("The venues are not asked any more. What was reported stays here.")
        )
        return redirect(DETAIL, pk)
