"""Fields for what Danes write by hand: times, days and amounts of money.

Times are naive wall time, days are dates, money is stored as whole øre.
"""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:]?(\d{2})(?:[.:]00)?)?")
DAY = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
KRONER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,7})(?:[,.](\d{1,2}))?")
MAX_KRONER = 100_000


class ClockField(forms.TimeField):
    """A time of day as people write it: 17.30, 17:30, 1730 or 17. Midnight may be 24.

    Spreadsheets add seconds, 17:30:00; they are nothing.
    """

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Write the time, for example 17.30."),
        "invalid": _("Write the time as hours and minutes, for example 17.30."),
    }

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        match = CLOCK.fullmatch(" ".join(str(value).lower().split()))
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        if (hour, minute) == (24, 0):
            hour = 0
        if hour > 23 or minute > 59:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return dt.time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, dt.time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"size": "6", "autocomplete": "off", "maxlength": "10", "class": "clock-input"}


class DayInput(AdminDateInput):  # type: ignore[misc]  # Wagtail is untyped
    """A day written 3.3.2026, with a small calendar that leaves alone what was typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"size": "12"} | (attrs or {}), format="%d.%m.%Y")

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}


class DayField(forms.DateField):
    """A day as people write it: 3.3.2026, 3/3-26, 03-03-2026 or 2026-03-03."""

    widget = DayInput
    default_error_messages = {
        "required": _("Write the day, for example 3.3.2026."),
        "invalid": _("Write the day as day, month and year, for example 3.3.2026."),
    }

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        try:
            if iso := ISO_DAY.fullmatch(text):
                return dt.date(*(int(part) for part in iso.groups()))
            if match := DAY.fullmatch(text):
                day, month, year = (int(part) for part in match.groups())
                return dt.date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            pass
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class KronerField(forms.Field):
    """An amount typed in kroner (25 or 25,50) and handed on in whole øre."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the amount in kroner, for example 25 or 25,50."),
        "too_much": _("That is more than 100,000 kroner. Is it right?"),
    }

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = re.sub(r"(kr\.?|kroner|,-)$", "", str(value).strip().lower()).strip()
        match = KRONER.fullmatch(text)
        if match is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        kroner = int(match[1].replace(".", ""))
        if kroner > MAX_KRONER:
            raise forms.ValidationError(self.error_messages["too_much"], code="too_much")
        return kroner * 100 + int((match[2] or "0").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        kroner, oere = divmod(value, 100)
        return f"{kroner},{oere:02d}" if oere else str(kroner)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except forms.ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "decimal", "size": "8", "autocomplete": "off", "maxlength": "12"}
