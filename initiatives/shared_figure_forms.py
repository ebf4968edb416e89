"""Forms of shared figures: a new one, a venue's report, and what was concluded."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.domain.periods import Period
from initiatives.models import Initiative, SharedIndicator
from initiatives.period_words import period_text
from initiatives.tracker_forms import DayField, PlainCharField

MOST = 100_000
ROWS = {"rows": 3}


class MeanField(forms.CharField):
    """A number with a comma: 3,4."""

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= 10_000:
            raise forms.ValidationError(_("Write a number, for example 3,4."), code="invalid")
        return round(number, 2)


class IndicatorForm(forms.Form):
    """A figure that all venues report from now on."""

    title = PlainCharField(
        label=_("Name of the figure"), max_length=120, help_text=_("For example: Less alone")
    )
    initiative = forms.ModelChoiceField(
        label=_("Initiative"), queryset=Initiative.objects.all(), empty_label=None
    )
    definition = PlainCharField(
        label=_("What exactly is asked or counted"),
        max_length=600,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("For example: Do you feel less alone when you come here? Yes or no."),
    )
    kind = forms.ChoiceField(
        label=_("How it is told"), choices=SharedIndicator.Kind.choices, widget=forms.RadioSelect
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=SharedIndicator.HowOften.choices)
    method = PlainCharField(
        label=_("How one asks, everywhere alike"),
        max_length=600,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Without names: for example a card in a closed box, for a week."),
    )


class ReportForm(forms.Form):
    """What guests of one venue answered; a share has `agree`, a mean has `mean`."""

    people = forms.IntegerField(label=_("How many answered?"), min_value=1, max_value=MOST)
    agree = forms.IntegerField(label=_("How many said yes?"), min_value=0, max_value=MOST)
    mean = MeanField(
        label=_("What did they say on average?"), help_text=_("A number, for example 3,4")
    )
    method_note = PlainCharField(
        label=_("How did you do it this time?"),
        max_length=300,
        help_text=_("For example: Cards in the box in week 24, read by the house meeting"),
    )

    def __init__(self, *args: Any, indicator: SharedIndicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_mean = indicator.kind == SharedIndicator.Kind.MEAN
        del self.fields["agree" if is_mean else "mean"]


class ConclusionForm(forms.Form):
    """What the leaders concluded when they talked about a period's answers."""

    period = forms.ChoiceField(label=_("About the period"))
    discussed_on = DayField(label=_("Discussed at the meeting on"))
    text = PlainCharField(
        label=_("What did you conclude?"), max_length=1000, widget=forms.Textarea(attrs=ROWS)
    )

    def __init__(self, *args: Any, periods: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {period.code: period for period in periods}
        choices = [(code, period_text(period)) for code, period in self.periods.items()]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]  # a choice field
