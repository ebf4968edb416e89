"""Checks on what editors type, with messages that say what to do."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PHONE = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
WEST, EAST, SOUTH, NORTH = 7.5, 15.6, 54.4, 58.0  # Denmark, Bornholm included


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


def position_errors(latitude: float | None, longitude: float | None) -> dict[str, Any]:
    """Return what is wrong with a place in WGS84, by field; None is no place and never wrong.

    One venue on the equator would press all others of the drawn map into one dot.
    """
    errors: dict[str, Any] = {}
    if latitude is not None and not SOUTH <= latitude <= NORTH:
        errors["latitude"] = _("That lies outside Denmark. Latitude is between 54.4 and 58.0.")
    if longitude is not None and not WEST <= longitude <= EAST:
        errors["longitude"] = _("That lies outside Denmark. Longitude is between 7.5 and 15.6.")
    return errors
