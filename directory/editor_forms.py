"""The editor's forms for a venue: readable errors beside the field, and no address that must hide.

What is typed stays. An unfinished venue may be saved as a draft; what contradicts itself is
refused at once.
"""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from core.domain.text import slugify_da
from core.forms import ClockField, DayField, KronerField
from core.page_forms import PageForm
from core.wording import time_range
from directory.domain.hours import Hours
from directory.domain.publishing import overlap
from directory.drawings import DRAWINGS
from directory.taxonomy import Weekday

PHONE_EXAMPLE = _("For example 12 34 56 78.")


class OpeningHoursForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """One stretch of one weekday."""

    opens = ClockField(label=capfirst(_("opens")), help_text=_("For example 9 or 9.30"))
    closes = ClockField(
        label=capfirst(_("closes")),
        help_text=_("For example 16. After midnight: 2. The same time twice means day and night."),
    )
    valid_from = DayField(
        label=capfirst(_("only from")),
        required=False,
        help_text=_("For example 1.9.2026. Often empty."),
    )
    valid_until = DayField(
        label=capfirst(_("only until")),
        required=False,
        help_text=_("For example 30.4.2027. Often empty."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day lies before the first."))
        return cleaned

    def row(self) -> Hours | None:
        """Return what is typed as a plain value, or None while something is missing."""
        typed = getattr(self, "cleaned_data", {})
        weekday, opens, closes = (typed.get(name) for name in ("weekday", "opens", "closes"))
        if weekday is None or opens is None or closes is None:
            return None
        return Hours(
            weekday=int(weekday),
            opens=opens,
            closes=closes,
            valid_from=typed.get("valid_from"),
            valid_until=typed.get("valid_until"),
        )


class OpeningHoursFormSet(BaseChildFormSet):  # type: ignore[misc]  # modelcluster is untyped
    """A week of opening hours, in which no two rows with the same people there overlap."""

    def clean(self) -> None:
        super().clean()
        seen: list[tuple[Hours, Any]] = []
        for form in self.forms:
            row = None if form in self.deleted_forms else form.row()
            if row is None:
                continue
            kind = form.cleaned_data.get("kind")
            clash = next((old for old, k in seen if k == kind and overlap(old, row)), None)
            if clash is not None:
                form.add_error("opens", _overlap_text(clash))
            seen.append((row, kind))


def _overlap_text(row: Hours) -> str:
    words = {
        "day": str(Weekday(row.weekday).label).lower(),
        "hours": time_range(row.opens, row.closes),
    }
    return _("It is already open then: %(day)s %(hours)s. Change one of the two rows.") % words


class VenuePageForm(PageForm):
    """The whole form: kroner instead of øre, drawings by name, and a secret that stays one."""

    food_price = KronerField(
        label=capfirst(_("price in kroner")),
        required=False,
        help_text=_("For example 25 or 25,50."),
    )
    food_price_max = KronerField(
        label=capfirst(_("highest price in kroner")),
        required=False,
        help_text=_("Only for “from–to”. For example 40."),
    )
    illustration = forms.ChoiceField(
        label=capfirst(_("drawing")),
        required=False,
        choices=[("", _("The one that goes with the kind of venue")), *DRAWINGS],
        help_text=_("Shown where there is no picture."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self.instance.slug or slugify_da(cleaned.get("title") or "")
        result: dict[str, Any] = super().clean()
        self._keep_secret(result)
        self._withhold_address(result)
        self._check_price(result)
        return result

    def _keep_secret(self, cleaned: dict[str, Any]) -> None:
        """Refuse the address of a tab that was opened before somebody else made it secret."""
        was_secret = self.instance.pk and self.initial.get("address_public") is False
        if was_secret and cleaned.get("address_public") and self._is_out_of_date():
            text = _("The page was changed meanwhile. Read it through once more.")
            self.add_error("address_public", text)

    def _is_out_of_date(self) -> bool:
        """Whether Wagtail's editor was opened before the newest version was saved."""
        names = ("overwrite_revision_id", "loaded_revision_id")
        seen = next(filter(None, (self.data.get(name) for name in names)), None)
        return seen is not None and seen != str(self.instance.latest_revision_id)

    def _withhold_address(self, cleaned: dict[str, Any]) -> None:
        """Take a secret address out of what is saved; the view keeps it in the private record."""
        if cleaned.get("address_public") is not False:
            return
        names = [name for name in self.instance.ADDRESS_FIELDS if name in self.fields]
        self.instance.withheld_address = {name: cleaned.get(name) for name in names}
        for name in names:
            cleaned[name] = self.fields[name].clean("") if name != "district" else None
            self.errors.pop(name, None)
        for name in self.instance.ADDRESS_FIELDS:
            field = self.instance._meta.get_field(name)
            setattr(self.instance, name, None if field.null else "")

    def _check_price(self, cleaned: dict[str, Any]) -> None:
        kind, price = cleaned.get("food_price_type"), cleaned.get("food_price")
        highest = cleaned.get("food_price_max")
        if self.is_deferred_validation or "food_price" not in self.fields:
            return
        if kind in ("fixed", "range") and price is None:
            self.add_error("food_price", _("Write the price."))
        elif kind == "range" and (highest is None or highest < price):
            self.add_error("food_price_max", _("Write a price higher than the lowest one."))
