"""The forms with which dates are cancelled, moved, added and noted, and a venue is closed.

The internal section and the admin show the same ones. A form reads and checks; an action writes.
"""

import datetime as dt
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import ClockField, DayField
from core.wording import sentence
from directory.taxonomy import ExceptionReason

MAX_WORDS = 200
PAST = _("That day has passed.")
ONE_ONLY = _("For several dates at once only the time of day can be changed here.")
OVER = _("That time has passed.")
RULE_ERRORS = {
    "no_original": _("This date is no longer in the plan."),
    "no_dates": _("There is nothing to cancel from that day on."),
    "no_start": _("Write when it begins."),
    "no_end": _("Write when it ends."),
    "ends_before_start": _("It ends before it begins."),
}


class Why(models.TextChoices):
    """What people most often cancel for: one tap instead of a sentence."""

    ILLNESS = "illness", _("Illness")
    FEW = "few", _("We are too few today")
    BROKEN = "broken", _("Something is broken")
    OTHER = "other", _("Something else")


class Scope(models.TextChoices):
    """How much of a series is meant."""

    ONE = "one", _("Only this date")
    FOLLOWING = "following", _("This one and those after it")
    ALL = "all", _("All coming dates")


class DayText(forms.DateInput):
    """The telephone's own calendar; where there is none, a day is typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Words(forms.Textarea):
    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2, "maxlength": MAX_WORDS})


class CancelForm(forms.Form):
    """Why, in a chip and in words, and how much of the series."""

    why = forms.ChoiceField(
        label=_("Why?"), choices=Why.choices, required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What we write on the page"),
        max_length=MAX_WORDS,
        required=False,
        widget=Words,
        help_text=_("For example: The foot therapist is ill. No names of guests or users."),
    )
    scope = forms.ChoiceField(
        label=_("Which dates?"),
        choices=Scope.choices,
        initial=Scope.ONE,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, series: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not series:
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        why, words = cleaned.get("why"), cleaned.get("words", "")
        chip = str(Why(why).label) if why and why != Why.OTHER else ""
        told = f"{sentence(chip)} {sentence(words)}" if chip and words else chip or words
        if len(told) > MAX_WORDS:
            self.add_error("words", _("That is a little too long. Write it shorter."))
        cleaned["reason"] = told
        cleaned["scope"] = cleaned.get("scope") or Scope.ONE
        return cleaned


class TimeForm(forms.Form):
    """A day and times; the place only where it is another one than usual."""

    day = DayField(label=capfirst(_("day")), widget=DayText)
    starts = ClockField(label=capfirst(_("from")), help_text=_("For example 17.30"))
    ends = ClockField(label=capfirst(_("until")), help_text=_("For example 19.30"))
    place = forms.CharField(
        label=_("Another place than usual"),
        max_length=160,
        required=False,
        help_text=_("Leave it empty if the place is the usual one."),
    )
    reason = forms.CharField(
        label=_("What we write on the page"), max_length=MAX_WORDS, required=False, widget=Words
    )

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if not (day and starts is not None and ends is not None):
            return cleaned
        begins, over = dt.datetime.combine(day, starts), dt.datetime.combine(day, ends)
        if over <= begins:
            over += dt.timedelta(days=1)
        if over <= self.now:
            gone = day < self.now.date()
            self.add_error("day" if gone else "starts", PAST if gone else OVER)
        if over - begins > dt.timedelta(hours=16):
            self.add_error("ends", RULE_ERRORS["ends_before_start"])
        cleaned["begins"], cleaned["over"] = begins, over
        return cleaned


class MoveForm(TimeForm):
    """Another day, time or place for one date, or another time for those after it too."""

    scope = forms.ChoiceField(
        label=_("Which dates?"),
        choices=Scope.choices,
        initial=Scope.ONE,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, series: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not series:
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not set(self.changed_data) & {"day", "starts", "ends", "place"}:
            self.add_error("starts", _("This is when it is already. Write the new time."))
        cleaned["scope"] = cleaned.get("scope") or Scope.ONE
        elsewhere = {"day", "place"} & set(self.changed_data)
        if cleaned["scope"] != Scope.ONE and elsewhere and not self.errors:
            self.add_error(elsewhere.pop(), ONE_ONLY)
        return cleaned


class NoteForm(forms.Form):
    """A word to say about one date, which takes place as planned."""

    note = forms.CharField(
        label=_("What should people know?"),
        max_length=MAX_WORDS,
        widget=Words,
        help_text=_("For example: Bring a cup."),
        error_messages={"required": _("Write what people should know.")},
    )


class StopForm(forms.Form):
    """From which day on an activity takes place no more."""

    day = DayField(label=_("Stop from"), widget=DayText)
    reason = forms.CharField(
        label=_("What we write on the page"), max_length=MAX_WORDS, required=False, widget=Words
    )

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day < self.now.date():
            raise forms.ValidationError(PAST)
        return day


class ClosureForm(forms.Form):
    """On which days a venue is closed and why; told on its page."""

    first_on = DayField(label=_("Closed from"), widget=DayText)
    until_on = DayField(label=capfirst(_("until and including")), widget=DayText)
    reason = forms.ChoiceField(
        label=capfirst(_("reason")),
        choices=[pair for pair in ExceptionReason.choices if pair[0] != ExceptionReason.EXTRA_OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("What we write on the page"),
        max_length=160,
        required=False,
        help_text=_("For example: We are on a trip."),
    )

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
        return cleaned
