"""The forms of a planning sheet. A form reads and checks; an action writes."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.change_forms import DayText
from activities.models import PlanningSheet, PlanningTask, SharedCost, VenueSeats
from activities.models.planning import MAX_TEXT, MOST_PEOPLE
from activities.planning import shared_by_all
from core.forms import DayField, KronerField
from directory.models import VenuePage

NO_NAMES = _("No names of guests or users, and nothing that can be told from a person.")


class LongText(forms.Textarea):
    def __init__(self) -> None:
        super().__init__(attrs={"rows": 5, "maxlength": MAX_TEXT})


class HostForm(forms.ModelForm):  # type: ignore[type-arg]  # several models
    """A row that belongs to one of the hosts, or to all of them together."""

    venue = forms.ModelChoiceField(
        label=_("Which of you?"), queryset=VenuePage.objects.none(), required=False
    )

    def __init__(self, *args: Any, venues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["venue"]
        field.queryset = venues  # type: ignore[attr-defined]  # a choice of rows
        field.empty_label = capfirst(shared_by_all())  # type: ignore[attr-defined]


class TaskForm(HostForm):
    due_on = DayField(label=capfirst(_("done by")), widget=DayText, required=False)

    class Meta:
        model = PlanningTask
        fields = ["text", "venue", "due_on"]
        help_texts = {"text": _("For example: Book the bus. No names of guests or users.")}
        error_messages = {"text": {"required": _("Write what is to be done.")}}


class CostForm(HostForm):
    amount = KronerField(
        label=_("Amount in kroner"),
        error_messages={"required": _("Write the amount, for example 250.")},
    )

    field_order = ["what", "amount", "venue"]

    class Meta:
        model = SharedCost
        fields = ["what", "amount", "venue"]
        help_texts = {"what": _("For example: Food and coffee")}
        error_messages = {"what": {"required": _("Write what it is for.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].label = _("Who pays?")


class CountForm(forms.ModelForm):  # type: ignore[type-arg]  # its model is VenueSeats
    """Numbers, never names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = _("Write a number from 0 to %(most)s.") % {"most": MOST_PEOPLE}
        for field in self.fields.values():
            field.error_messages |= {"invalid": wrong}
            field.widget.attrs["inputmode"] = "numeric"
            for check in field.validators:
                check.message = wrong  # type: ignore[attr-defined]  # both are limits


class SeatsForm(CountForm):
    class Meta:
        model = VenueSeats
        fields = ["seats", "taken"]
        help_texts = {"taken": _("A number only. Names stay at your own place.")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seats, taken = cleaned.get("seats"), cleaned.get("taken")
        if seats is not None and taken is not None and taken > seats:
            self.add_error("taken", _("More places are taken than you have."))
        return cleaned


class CameForm(CountForm):
    class Meta:
        model = VenueSeats
        fields = ["participants"]
        help_texts = {"participants": _("A number only. Never names.")}


class TransportForm(forms.ModelForm):  # type: ignore[type-arg]  # its model is PlanningSheet
    class Meta:
        model = PlanningSheet
        fields = ["transport"]
        widgets = {"transport": LongText}
        help_texts = {
            "transport": _("Who drives, from where and when. No names of guests or users.")
        }


class LearnedForm(forms.ModelForm):  # type: ignore[type-arg]  # its model is PlanningSheet
    class Meta:
        model = PlanningSheet
        fields = ["learned"]
        widgets = {"learned": LongText}
        help_texts = {"learned": NO_NAMES}


class OpenForm(forms.Form):
    """Whether everybody is welcome; the page says so to the public."""

    open_to_public = forms.TypedChoiceField(
        label=_("Who may come?"),
        choices=[
            ("yes", _("Everybody is welcome")),
            ("no", _("Only guests of the places that hold it")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may come.")},
    )
