"""Forms for visits, swaps, courses, wishes and visit rounds."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.change_forms import DayText
from core.domain.dates import instant, local_time
from core.forms import ClockField, DayField
from directory.models import VenuePage
from staff.models import ExchangeEvent, Wish

PAST = _("That time has passed.")


def offer(form: forms.BaseForm, name: str, venues: Any) -> None:
    """Let the field `name` offer `venues`."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells mypy, and a wrong name)
    field.queryset = venues


class EventForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A visit, a swap or a course."""

    day = DayField(label=capfirst(_("day")), widget=DayText)
    starts = ClockField(label=capfirst(_("from")), help_text=_("For example 13.30"))
    ends = ClockField(label=capfirst(_("until")))

    field_order = [
        "kind",
        "title",
        "venue",
        "place",
        "day",
        "starts",
        "ends",
        "seats",
        "text",
    ]

    class Meta:
        model = ExchangeEvent
        fields: ClassVar[list[str]] = ["kind", "title", "venue", "place", "seats", "text"]

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        offer(self, "venue", VenuePage.objects.live().in_order())
        if self.instance.pk:
            starts, ends = local_time(self.instance.starts_at), local_time(self.instance.ends_at)
            self.initial.update(day=starts.date(), starts=starts.time(), ends=ends.time())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("venue") and not cleaned.get("place"):
            self.add_error("venue", _("Say where it is: choose a place, or write where."))
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if day and starts and ends:
            if ends <= starts:
                self.add_error("ends", _("It ends before it begins."))
            elif instant(dt.datetime.combine(day, starts)) <= self.now:
                self.add_error("day", PAST)
        return cleaned

    def save(self, commit: bool = True) -> ExchangeEvent:
        """Return the event with its times; the view hands it to the action that stores it."""
        event: ExchangeEvent = super().save(commit=False)
        data = self.cleaned_data
        event.starts_at = instant(dt.datetime.combine(data["day"], data["starts"]))
        event.ends_at = instant(dt.datetime.combine(data["day"], data["ends"]))
        return event


class RoundForm(forms.Form):
    """A row of visits."""

    title = forms.CharField(label=_("What the round is called"), max_length=80)
    venues = forms.ModelMultipleChoiceField(
        label=_("Places to visit, in the order of the list"),
        queryset=VenuePage.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one place.")},
    )
    day = DayField(label=_("First visit"), widget=DayText)
    starts = ClockField(label=capfirst(_("from")), help_text=_("For example 13.30"))
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=15, max_value=600, initial=120
    )
    every_days = forms.IntegerField(
        label=_("Days between two visits"), min_value=1, max_value=90, initial=14
    )
    seats = forms.IntegerField(
        label=_("How many can come each time"), min_value=1, max_value=200, required=False
    )

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        offer(self, "venues", VenuePage.objects.live().in_order())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (day := cleaned.get("day")) and (starts := cleaned.get("starts")):
            cleaned["first"] = dt.datetime.combine(day, starts)
            if instant(cleaned["first"]) <= self.now:
                self.add_error("day", PAST)
        return cleaned


class WishForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What a place offers or wishes."""

    class Meta:
        model = Wish
        fields: ClassVar[list[str]] = ["kind", "venue", "other", "text"]

    def __init__(self, *args: Any, own: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "venue", VenuePage.objects.filter(pk__in=own).in_order())
        offer(self, "other", VenuePage.objects.live().in_order())
        if len(own) == 1:
            self.initial["venue"] = next(iter(own))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("other") and cleaned.get("other") == cleaned.get("venue"):
            self.add_error("other", _("Choose another place than your own."))
        return cleaned


class WordsForm(forms.Form):
    """A few words: what was learned, or why something is called off."""

    words = forms.CharField(max_length=600, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, hint
