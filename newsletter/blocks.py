"""What an issue is built of: text, pictures, notices, and lists that the calendar fills in.

A list stores what to look for and never the dates themselves, so a draft is never out of date.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from activities.taxonomy import ActivityType
from core.blocks import TEXT_FEATURES, PictureBlock
from core.forms import DayField

SIMPLE_TEXT = ["bold", "link", "ul", "ol"]
MOST = 60
LONGEST = dt.timedelta(days=92)


class Period(models.TextChoices):
    """How far ahead a list of dates looks, counted from the day the issue is sent."""

    WEEK = "7", _("The next 7 days")
    FORTNIGHT = "14", _("The next 14 days")
    MONTH = "31", _("The next 31 days")
    DATES = "dates", _("From one day to another")


class DayBlock(blocks.FieldBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A day as Danes write it: 3.3.2026."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self.field = DayField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return self.field.to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.date) else value

    class Meta:
        icon = "date"


class VenueBlock(blocks.PageChooserBlock):  # type: ignore[misc]  # Wagtail is untyped
    """One venue. A venue that has been deleted since must be seen, not passed over."""

    def clean(self, value: Any) -> Any:
        if value is None:
            raise ValidationError(
                _("This venue is no longer here. Choose another one, or take the line away.")
            )
        return super().clean(value)


def venues_block() -> blocks.ListBlock:
    """Return the choice of venues a list of dates is about; none means all of them."""
    return blocks.ListBlock(
        VenueBlock("directory.VenuePage", label=_("venue")),
        label=_("only these venues"),
        default=[],
        help_text=_("Choose none, and the list is about all venues."),
    )


class DatesBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """What every list of dates is asked: how far ahead, and how many at most."""

    heading = blocks.CharBlock(
        label=_("heading"),
        max_length=80,
        help_text=_("For example: This happens the next two weeks"),
    )
    period = blocks.ChoiceBlock(
        label=_("period"),
        choices=Period.choices,
        default=Period.FORTNIGHT,
        help_text=_("Counted from the day the newsletter is sent."),
    )
    first = DayBlock(label=_("first day"), required=False, help_text=_("For example 1.12.2026"))
    last = DayBlock(label=_("last day"), required=False, help_text=_("For example 14.12.2026"))
    most = blocks.IntegerBlock(
        label=_("at most"),
        default=20,
        min_value=1,
        max_value=MOST,
        help_text=_("How many dates the list may have, for example 20. The soonest come first."),
    )
    empty_text = blocks.CharBlock(
        label=_("if there are none"),
        max_length=160,
        required=False,
        help_text=_("For example: Nothing is planned yet. Leave it empty to leave the list out."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse a period that ends before it begins, beside the day that is wrong."""
        cleaned = super().clean(value)
        if cleaned["period"] == Period.DATES:
            errors = period_errors(cleaned["first"], cleaned["last"])
            if errors:
                raise StructBlockValidationError(block_errors=errors)
        return cleaned


class ActivitiesBlock(DatesBlock):
    """Coming activities, chosen by venue and kind."""

    venues = venues_block()
    types = blocks.MultipleChoiceBlock(
        label=_("only these kinds"), choices=ActivityType.choices, required=False
    )
    fixed_too = blocks.BooleanBlock(
        label=_("what happens every week, too"),
        required=False,
        help_text=_("Without a tick only what is out of the ordinary is in the list."),
    )

    class Meta:
        icon = "calendar-alt"
        label = _("coming activities")


class SharedBlock(DatesBlock):
    """Coming events that several venues hold together."""

    class Meta:
        icon = "group"
        label = _("shared events")


class NoticeBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A short message that must stand out."""

    heading = blocks.CharBlock(
        label=_("heading"), max_length=80, help_text=_("For example: We are closed on Friday")
    )
    text = blocks.RichTextBlock(
        label=_("text"),
        features=SIMPLE_TEXT,
        help_text=_("For example: The whole house is on a trip. We open again on Saturday at 10."),
    )

    class Meta:
        icon = "warning"
        label = _("notice")


class TextBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A heading, or none, and what there is to say."""

    heading = blocks.CharBlock(
        label=_("heading"),
        max_length=80,
        required=False,
        help_text=_("For example: The new kitchen is ready"),
    )
    text = blocks.RichTextBlock(
        label=_("text"),
        features=TEXT_FEATURES,
        help_text=_("For example: On Tuesday we cook in it for the first time. Come and taste."),
    )

    class Meta:
        icon = "pilcrow"
        label = _("text")


def period_errors(first: dt.date | None, last: dt.date | None) -> dict[str, ValidationError]:
    """Return what is wrong with a period of two days, by the field to change."""
    errors = {}
    if first is None:
        errors["first"] = ValidationError(_("Write the first day, for example 3.3.2026."))
    if last is None:
        errors["last"] = ValidationError(_("Write the last day, for example 17.3.2026."))
    elif first is not None and last < first:
        errors["last"] = ValidationError(_("The last day lies before the first."))
    elif first is not None and last - first > LONGEST:
        errors["last"] = ValidationError(_("A list can look three months ahead at most."))
    return errors


ISSUE_BLOCKS = [
    ("text", TextBlock()),
    ("picture", PictureBlock()),
    ("notice", NoticeBlock()),
    ("activities", ActivitiesBlock()),
    ("shared", SharedBlock()),
]
