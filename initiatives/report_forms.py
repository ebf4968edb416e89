"""Forms of the yearly report."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import AnnualReport, Initiative
from initiatives.tracker_forms import PlainCharField


class BeginReportForm(forms.Form):
    """Which year; only years with a locked round are offered."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a choice


class ReportForm(forms.Form):
    """A draft's words: foreword, one text for each initiative, and what comes next."""

    foreword = PlainCharField(
        label=_("Foreword"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The year in your own words. An empty line begins a new paragraph."),
    )

    def __init__(self, *args: Any, report: AnnualReport, **kwargs: Any) -> None:
        texts = dict(report.texts.values_list("initiative__number", "text"))
        super().__init__(*args, **kwargs)
        self.fields["foreword"].initial = report.foreword
        self.initiatives = list(Initiative.objects.all())
        for one in self.initiatives:
            self.fields[self.name(one)] = PlainCharField(
                label=str(one),
                required=False,
                max_length=6000,
                initial=texts.get(one.number, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["afterword"] = PlainCharField(
            label=_("What comes next"),
            required=False,
            max_length=6000,
            initial=report.afterword,
            widget=forms.Textarea(attrs={"rows": 6}),
        )

    @staticmethod
    def name(initiative: Initiative) -> str:
        return f"text-{initiative.number}"

    def texts(self) -> dict[str, str]:
        """Return what was written about each initiative, by its number."""
        return {one.number: self.cleaned_data[self.name(one)] for one in self.initiatives}

    def words(self) -> Iterator[Any]:
        """Yield the fields in order, for the template."""
        yield from self


class PublishForm(forms.Form):
    """A line above the report on the public site."""

    introduction = PlainCharField(
        label=_("Introduction"),
        required=False,
        max_length=255,
        help_text=_("One or two sentences that say what the page is for."),
    )
