"""Forms with which a venue tells of other hours and of news."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.change_forms import PAST, ClosureForm, DayText, Words
from core.domain.dates import instant
from core.forms import ClockField, DayField

MIDNIGHT = dt.time(0)
LAST_MINUTE = dt.time(23, 59)
LONGEST_NOTICE = 366  # days


class OtherHoursForm(ClosureForm):
    """Days on which a venue is open at other hours than usual, or as well as usual."""

    first_on = DayField(label=capfirst(_("first day")), widget=DayText)
    opens = ClockField(label=capfirst(_("opens")), help_text=_("For example 12"))
    closes = ClockField(label=capfirst(_("closes")), help_text=_("For example 20"))
    extra = forms.BooleanField(label=capfirst(_("as well as the usual hours")), required=False)
    field_order = ("first_on", "until_on", "opens", "closes", "extra", "reason", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens is not None and opens == closes:
            self.add_error("closes", _("It closes when it opens. Write when it closes."))
        return cleaned


class NoticeForm(forms.Form):
    """A message with a first and a last day."""

    title = forms.CharField(
        label=_("What do you want to tell?"),
        max_length=120,
        help_text=_("For example: The washing machine is broken"),
    )
    text = forms.CharField(
        label=_("A little more"),
        max_length=200,
        required=False,
        widget=Words,
        help_text=_("For example: It is repaired on Thursday. No names of guests or users."),
    )
    first_on = DayField(label=_("Show it from"), widget=DayText)
    until_on = DayField(label=capfirst(_("until and including")), widget=DayText)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_on"), cleaned.get("until_on")
        if first and first < self.today:
            self.add_error("first_on", PAST)
        if first and last and last < first:
            self.add_error("until_on", _("The last day lies before the first."))
        elif first and last and (last - first).days > LONGEST_NOTICE:
            self.add_error("until_on", _("A message can stand for a year at most."))
        return cleaned

    def moments(self, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """Return the aware moments between which it is shown; from `now` when that is today."""
        first, last = self.cleaned_data["first_on"], self.cleaned_data["until_on"]
        starts = now if first == self.today else instant(dt.datetime.combine(first, MIDNIGHT))
        return starts, instant(dt.datetime.combine(last, LAST_MINUTE))
