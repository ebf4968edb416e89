"""Forms of shared devices: the leader's, and the device's own."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.change_forms import DayText
from core.domain.dates import instant
from core.forms import ClockField, DayField
from directory.models import VenuePage
from staff.domain.pins import pin_problem
from staff.models import Device

PIN_PROBLEMS = {
    "digits": _("Write 4 to 6 digits."),
    "easy": _("That is too easy to guess. Choose digits that do not follow each other."),
}
LONGEST_NOTICE = dt.timedelta(days=14)
OUT_OF_THE_WAY = {"autocomplete": "off", "data-1p-ignore": "", "data-lpignore": "true"}


class PinField(forms.CharField):
    """A new PIN, shown while it is typed: the leader tells it to colleagues."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "size": 8, "maxlength": 6, **OUT_OF_THE_WAY}
        )
        super().__init__(
            widget=widget, error_messages={"required": PIN_PROBLEMS["digits"]}, **kwargs
        )

    def clean(self, value: Any) -> str:
        pin: str = super().clean(value)
        if problem := pin_problem(pin):
            raise forms.ValidationError(PIN_PROBLEMS[problem])
        return pin


class PinForm(forms.Form):
    """A new PIN for a device."""

    pin = PinField(
        label=_("PIN, 4 to 6 digits"),
        help_text=_("Tell it to those who may use the device. It is not shown again."),
    )


class NameForm(forms.Form):
    """What a device is called; names differ within a venue."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=60,
        help_text=_("For example: The tablet in the kitchen"),
        error_messages={"required": _("Write a name, so that you know it in the list.")},
    )

    def __init__(
        self, *args: Any, venue: VenuePage | None = None, device: Device | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.at, self.device = venue, device

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Device.objects.filter(venue=self.chosen_venue(), name__iexact=name)
        if self.device is not None:
            others = others.exclude(pk=self.device.pk)
        if others.exists():
            raise forms.ValidationError(_("This place has a device of that name already."))
        return name

    def chosen_venue(self) -> VenuePage | None:
        return self.at


class NewDeviceForm(NameForm, PinForm):
    """Where a new device stands, what it is called, and its PIN."""

    venue = forms.ModelChoiceField(
        label=capfirst(_("venue")), queryset=VenuePage.objects.none(), empty_label=None
    )
    field_order = ["venue", "name", "pin"]

    def __init__(self, *args: Any, venues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]
        if len(venues) == 1:
            self.fields["venue"].initial = venues[0]
            self.fields["venue"].widget = forms.HiddenInput()

    def chosen_venue(self) -> VenuePage | None:
        return self.cleaned_data.get("venue")


class UnlockForm(forms.Form):
    """The PIN, typed on the device; never kept by the browser."""

    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "size": 8, "maxlength": 12, **OUT_OF_THE_WAY}
        ),
        error_messages={"required": _("Write the PIN.")},
    )


class CodeForm(forms.Form):
    """The code from the leader's screen, typed on the device."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"size": 12, "autocapitalize": "characters", "spellcheck": "false"}
            | OUT_OF_THE_WAY
        ),
        error_messages={"required": _("Write the code.")},
    )


class NoticeForm(forms.Form):
    """A message of the venue, and between which moments it is shown."""

    title = forms.CharField(
        label=capfirst(_("heading")),
        max_length=120,
        help_text=_(
            "For example: The coffee machine is broken today. No names of guests or users."
        ),
        error_messages={"required": _("Write what people should know.")},
    )
    text = forms.CharField(
        label=_("More words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
    )
    first_on = DayField(label=_("Shown from"), widget=DayText)
    starts = ClockField(label=_("Shown from, time"), help_text=_("For example 17.30"))
    last_on = DayField(label=_("Shown until"), widget=DayText)
    ends = ClockField(label=_("Shown until, time"), help_text=_("For example 19.30"))

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        """`now` is naive local time."""
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        begins = dt.datetime.combine(cleaned["first_on"], cleaned["starts"])
        over = dt.datetime.combine(cleaned["last_on"], cleaned["ends"])
        if over <= begins:
            self.add_error("last_on", _("The notice ends before it starts."))
        elif over <= self.now:
            self.add_error("last_on", _("That time has passed."))
        elif over - max(begins, self.now) > LONGEST_NOTICE:
            self.add_error("last_on", _("From a device a notice is shown for 14 days at most."))
        cleaned["starts_at"], cleaned["ends_at"] = instant(begins), instant(over)
        return cleaned
