"""A field for a handful of weekdays, stored as digits: "024" is Monday, Wednesday, Friday."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.taxonomy import Weekday


def parse_weekdays(value: Any) -> list[int]:
    """Return sorted weekday numbers (0 is Monday) from "024", [0, "2", 4] or None.

    Raises ValidationError for anything else.
    """
    if value in (None, ""):
        return []
    digits = list(value) if isinstance(value, str) else [str(day) for day in value]
    if not all(digit in "0123456" and len(digit) == 1 for digit in digits):
        raise ValidationError(_("Choose one or more days."))
    return sorted({int(digit) for digit in digits})


class WeekdaysField(models.CharField):
    """Weekdays as a sorted list of numbers, 0 is Monday."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 7)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> list[int]:
        return parse_weekdays(value)

    def to_python(self, value: Any) -> list[int]:
        return parse_weekdays(value)

    def get_prep_value(self, value: Any) -> str:
        return "".join(str(day) for day in parse_weekdays(value))

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def clean(self, value: Any, model_instance: models.Model | None) -> list[int]:
        return parse_weekdays(value)

    def formfield(self, **kwargs: Any) -> forms.Field:  # type: ignore[override]  # another field
        return forms.TypedMultipleChoiceField(
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=False,
            choices=Weekday.choices,
            coerce=int,
            widget=kwargs.get("widget") or forms.CheckboxSelectMultiple,
        )
