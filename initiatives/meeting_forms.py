"""Forms of a leaders' meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import VenuePage
from initiatives.models import AgendaItem, Initiative, LeadersMeeting
from initiatives.tracker_forms import DayField, PlainCharField


class ClockField(forms.TimeField):
    """A time of day in the browser's own picker; `9.30` may also be written."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        kwargs.setdefault("error_messages", {"invalid": _("Write the time like 9.30.")})
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)


class MeetingForm(forms.Form):
    """When, where, what about, and who visits whom."""

    on = DayField(label=_("Day"))
    starts = ClockField(label=_("From"))
    ends = ClockField(label=_("Until"), required=False)
    host_venue = forms.ModelChoiceField(
        label=_("Host"),
        queryset=VenuePage.objects.none(),
        required=False,
        empty_label=_("No venue"),
    )
    place = PlainCharField(label=_("Other place"), required=False, max_length=160)
    theme = PlainCharField(
        label=_("Strategic theme"),
        required=False,
        max_length=200,
        help_text=_("For example: Loneliness among young people"),
    )
    speaker = PlainCharField(
        label=_("Speaker"),
        required=False,
        max_length=200,
        help_text=_("Name or function, and where from."),
    )
    venue_visited = forms.ModelChoiceField(
        label=_("Venue visited"),
        queryset=VenuePage.objects.none(),
        required=False,
        empty_label=_("No venue"),
    )
    visit_elsewhere = PlainCharField(
        label=_("Visit outside the municipality"), required=False, max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venues = VenuePage.objects.live().in_order()
        for name in ("host_venue", "venue_visited"):
            self.fields[name].queryset = venues  # type: ignore[attr-defined]  # a choice of rows


class ItemForm(forms.Form):
    """A point of one's own."""

    title = PlainCharField(label=_("Point"), max_length=200)
    note = PlainCharField(
        label=_("What it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    initiative = forms.ModelChoiceField(
        label=_("Initiative"),
        queryset=Initiative.objects.all(),
        required=False,
        empty_label=_("None in particular"),
    )


class MinutesForm(forms.Form):
    """Who was there, and what was said under each point."""

    present = forms.ModelMultipleChoiceField(
        label=_("Venues present"),
        queryset=VenuePage.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    also_present = PlainCharField(
        label=_("Others present"),
        required=False,
        max_length=300,
        help_text=_("Functions rather than names, for example: the project manager."),
    )

    def __init__(self, *args: Any, meeting: LeadersMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "present": [venue.pk for venue in meeting.present.all()],
            "also_present": meeting.also_present,
        }
        self.items = list(meeting.items.all())
        self.fields["present"].queryset = VenuePage.objects.live().in_order()  # type: ignore[attr-defined]  # a choice of rows
        for number, item in enumerate(self.items, start=1):
            self.fields[self.name(item)] = PlainCharField(
                label=f"{number}. {item.title}",
                required=False,
                max_length=6000,
                initial=item.said,
                help_text=item.note,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[self.seen_name(item)] = PlainCharField(
                required=False, initial=item.said, widget=forms.HiddenInput
            )

    @staticmethod
    def name(item: AgendaItem) -> str:
        return f"said-{item.pk}"

    @staticmethod
    def seen_name(item: AgendaItem) -> str:
        return f"seen-{item.pk}"

    def said(self) -> dict[int, str]:
        """Return what was written under each point that the person changed, by its id."""
        asked = [item for item in self.items if self.name(item) in self.data]
        texts = {item.pk: self.cleaned_data[self.name(item)] for item in asked}
        seen = self.seen()
        return {pk: text for pk, text in texts.items() if text != seen.get(pk)}

    def seen(self) -> dict[int, str]:
        """Return what stood under each point when the form was filled, by its id."""
        shown = [item for item in self.items if self.seen_name(item) in self.data]
        return {item.pk: self.cleaned_data[self.seen_name(item)] for item in shown}


class DecisionForm(forms.Form):
    """What was decided, why, and about which initiative."""

    text = PlainCharField(
        label=_("What was decided"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = PlainCharField(
        label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    initiative = forms.ModelChoiceField(
        label=_("Initiative"),
        queryset=Initiative.objects.all(),
        required=False,
        empty_label=_("None in particular"),
    )


class ActionForm(forms.Form):
    """A task, who does it, and by when."""

    text = PlainCharField(label=_("What"), max_length=300)
    owner = PlainCharField(
        label=_("Who"), max_length=120, help_text=_("A function, such as: leader of Perlen.")
    )
    venue = forms.ModelChoiceField(
        label=_("Venue"),
        queryset=VenuePage.objects.none(),
        required=False,
        empty_label=_("No particular venue"),
    )
    due_on = DayField(label=_("Deadline"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = VenuePage.objects.live().in_order()  # type: ignore[attr-defined]  # a choice of rows


class NoteForm(forms.Form):
    """A remark to minutes that are fixed."""

    text = PlainCharField(
        label=_("Remark"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
