"""Checks on what editors type, with messages that say what to do."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PHONE = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def validate_phone(value: str) -> None:
    """Raise ValidationError unless `value` can be dialled: digits and blanks, perhaps a +."""
    if not PHONE.fullmatch(value):
        raise ValidationError(
            _("Write the number with digits and blanks, for example 12 34 56 78.")
        )


def validate_colour(value: str) -> None:
    """Raise ValidationError unless `value` is written #rrggbb."""
    if not COLOUR.fullmatch(value):
        raise ValidationError(_("Write the colour as # and six digits, for example #14514a."))
