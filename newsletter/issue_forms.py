"""The forms of the newsletter desk: who to look as, where a test goes, and when to send."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.domain.dates import instant
from core.forms import ClockField, DayField
from directory.models import District, VenuePage
from newsletter.domain.headers import Reader
from newsletter.domain.readiness import TimeProblem, time_problem
from newsletter.models import Topic, WeeklyPlan
from newsletter.preview import reader_like

NOW, LATER = "nu", "senere"
TIME_ERRORS = {
    TimeProblem.PAST: _("That time has passed. Choose a later one, or send it now."),
    TimeProblem.TOO_FAR: _("That is more than three months ahead. Choose an earlier day."),
}


class LookForm(forms.Form):
    """Which reader to look as: one who follows these places, or everything."""

    sted = forms.ModelMultipleChoiceField(
        label=_("Venues"),
        queryset=VenuePage.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bydel = forms.ModelMultipleChoiceField(
        label=_("Districts"),
        queryset=District.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sted"].queryset = VenuePage.objects.public().in_order()
        fields["bydel"].queryset = District.objects.all()

    def reader(self, now: dt.datetime) -> Reader:
        """Return the reader; a place that is no longer there is passed over."""
        self.full_clean()
        venues = frozenset(venue.pk for venue in self.cleaned_data.get("sted") or ())
        districts = frozenset(place.pk for place in self.cleaned_data.get("bydel") or ())
        return reader_like(
            now=now,
            everything=not (venues or districts),
            venue_ids=venues,
            district_ids=districts,
        )

    def described(self) -> str:
        """Return who the reader is, in words."""
        self.full_clean()
        names = [venue.title for venue in self.cleaned_data.get("sted") or ()]
        names += [place.name for place in self.cleaned_data.get("bydel") or ()]
        return ", ".join(names)


class TestForm(forms.Form):
    """Where a test goes."""

    email = forms.EmailField(
        label=capfirst(_("e-mail address")),
        max_length=254,
        error_messages={
            "required": _("Write an e-mail address, for example navn@eksempelby.example."),
            "invalid": _("Write an e-mail address, for example navn@eksempelby.example."),
        },
    )


class SendForm(forms.Form):
    """When an issue leaves: at once, or on a day at a time."""

    when = forms.ChoiceField(
        label=_("When?"),
        choices=[(NOW, _("Now")), (LATER, _("Later"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    day = DayField(label=_("Day"), required=False)
    at = ClockField(label=_("Time"), required=False, help_text=_("For example 9.30"))

    def clean(self) -> dict[str, Any]:
        """Turn day and time into `due_at`; each mistake is told beside its field."""
        typed: dict[str, Any] = super().clean() or {}
        now = timezone.now()
        typed["due_at"] = now
        if typed.get("when") != LATER:
            return typed
        day, at = typed.get("day"), typed.get("at")
        for name, value in (("day", day), ("at", at)):
            if value is None and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if day is not None and at is not None:
            typed["due_at"] = instant(dt.datetime.combine(day, at))
            problem = time_problem(typed["due_at"], now)
            if problem is not None:
                field = "at" if day == timezone.localdate() else "day"
                self.add_error(field, TIME_ERRORS[problem])
        return typed

    @property
    def is_now(self) -> bool:
        return bool(self.cleaned_data["when"] == NOW)


class StartForm(forms.Form):
    """On which topic a new newsletter is written."""

    topic = forms.ModelChoiceField(
        label=capfirst(_("topic")), queryset=Topic.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["topic"].queryset = Topic.objects.written().on_offer()


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # the form names its model below
    """When the week's programme leaves by itself."""

    at = ClockField(label=_("Time"))

    class Meta:
        model = WeeklyPlan
        fields = ["active", "weekday", "at"]
