"""The short form of a new activity, and the sentence that says what it will be."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.actions.making import line_of
from activities.cards import price_text
from activities.change_forms import PAST, DayText
from activities.domain.dates import check_rule
from activities.domain.rules import RuleError
from activities.models import ActivityPage, Schedule
from activities.taxonomy import ActivityKind, ActivityType, Frequency
from activities.wording import schedule_text
from core.forms import ClockField, DayField, KronerField
from core.wording import sentence
from directory.taxonomy import PriceType

MIDNIGHT = dt.time(0)
LAST_BEFORE_FIRST = _("The last day lies before the first.")
NO_DATE = _("There is no such day between the first and the last day.")


class Often(models.TextChoices):
    """Whether it comes again."""

    ONCE = "once", pgettext_lazy("how often", "Once")
    WEEKLY = "weekly", pgettext_lazy("how often", "Every week on the same day")


class DaysForm(forms.Form):
    """From which day until which."""

    first_on = DayField(label=capfirst(_("first day")), widget=DayText)
    until_on = DayField(
        label=capfirst(_("last day")),
        widget=DayText,
        required=False,
        help_text=_("Leave it empty if it goes on."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_on"), cleaned.get("until_on")
        if first and first < self.today:
            self.add_error("first_on", PAST)
        if first and last and last < first:
            self.add_error("until_on", LAST_BEFORE_FIRST)
        return cleaned


class NewActivityForm(DaysForm):
    """What, when, where, price and for whom: nothing else is needed to begin with."""

    title = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        help_text=_("For example: Communal supper"),
    )
    summary = forms.CharField(
        label=_("What happens, in one sentence?"),
        max_length=200,
        help_text=_("For example: We cook and eat together. Come and help, or just come to eat."),
    )
    activity_type = forms.ChoiceField(
        label=_("What kind of activity is it?"),
        choices=[("", _("Choose one.")), *ActivityType.choices],
        error_messages={"required": _("Choose one.")},
    )
    often = forms.ChoiceField(
        label=_("How often?"), choices=Often.choices, initial=Often.ONCE, widget=forms.RadioSelect
    )
    starts = ClockField(label=capfirst(_("from")), help_text=_("For example 17.30"))
    ends = ClockField(label=capfirst(_("until")), help_text=_("For example 19.30"))
    room = forms.CharField(
        label=_("Where do people meet?"),
        max_length=120,
        required=False,
        help_text=_("For example: the kitchen. Empty: at the place."),
    )
    price = KronerField(
        label=capfirst(_("price in kroner")),
        required=False,
        help_text=_("Leave it empty if it is free."),
    )
    who_text = forms.CharField(
        label=_("Who is it for?"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty if everybody who may come to the place may come."),
    )
    field_order = [
        "title", "summary", "activity_type", "often", "first_on", "until_on", "starts", "ends",
        "room", "price", "who_text",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("often") == Often.ONCE:
            cleaned["until_on"] = None
            self.errors.pop("until_on", None)
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts is not None and starts == ends:
            self.add_error("ends", _("It ends when it begins. Write when it ends."))
        if not self.errors:
            self._check_line(cleaned)
        return cleaned

    def page(self) -> ActivityPage:
        """Return the unsaved page the form describes."""
        data = self.cleaned_data
        weekly = data["often"] == Often.WEEKLY
        return ActivityPage(
            title=data["title"],
            summary=data["summary"],
            activity_type=data["activity_type"],
            kind=ActivityKind.FIXED if weekly else ActivityKind.VARYING,
            room=data["room"],
            who_text=data["who_text"],
            price=data["price"] or None,
            price_type=PriceType.FIXED if data["price"] else PriceType.FREE,
        )

    def lines(self) -> list[Schedule]:
        """Return the plan: one line."""
        return [self._line(self.cleaned_data)]

    def _line(self, data: dict[str, Any]) -> Schedule:
        names = ("first_on", "until_on", "starts", "ends")
        frequency = Frequency.WEEKLY if data["often"] == Often.WEEKLY else Frequency.ONCE
        return line_of({"frequency": frequency, **{name: data[name] for name in names}})

    def _check_line(self, data: dict[str, Any]) -> None:
        try:
            check_rule(self._line(data).rule())
        except RuleError as error:
            field = "until_on" if error.code == "no_dates" else "first_on"
            self.add_error(field, NO_DATE)


def told(page: ActivityPage, lines: Iterable[Schedule], *, today: dt.date) -> str:
    """Return what the site will say: "Fællesspisning. Hver tirsdag kl. 17.30-19.30. Gratis."."""
    when = schedule_text([line.rule() for line in lines], today=today)
    parts = [page.title, capfirst(when), page.summary]
    if page.room:
        parts.append(gettext("Where: %(place)s") % {"place": page.room})
    parts += [price_text(page), page.who_text]
    return " ".join(sentence(part) for part in parts if part)
