"""Forms for the rows beside a venue's page: other hours, notices, moves, private addresses."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from core.forms import ClockField, DayField
from directory.models import VenuePage


class VenueRowForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A row of one venue: only one's own venues can be chosen, and who wrote it is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "venue" in self.fields and self.for_user is not None:
            policy = policy_registry.get_by_type(self._meta.model)
            field = self.fields["venue"]
            field.queryset = policy.may_choose(self.for_user, VenuePage.objects.in_order())
            field.required = field.required or not policy.everywhere_for(self.for_user)
            if not self.instance.pk and field.queryset.count() == 1:
                self.initial.setdefault("venue", field.queryset.get().pk)

    def save(self, commit: bool = True) -> Any:
        if not self.instance.pk and hasattr(self.instance, "created_by_id"):
            self.instance.created_by = self.for_user
        return super().save(commit=commit)


class OpeningExceptionForm(VenueRowForm):
    """Days with other hours than usual."""

    first_on = DayField(label=capfirst(_("from")), help_text=_("For example 24.12.2026"))
    until_on = DayField(
        label=capfirst(_("until and including")), help_text=_("For example 26.12.2026")
    )
    opens = ClockField(label=capfirst(_("opens")), required=False, help_text=_("For example 12"))
    closes = ClockField(label=capfirst(_("closes")), required=False, help_text=_("For example 20"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day lies before the first."))
        if not cleaned.get("closed") and not {"opens", "closes"} & set(self.errors):
            for name in ("opens", "closes"):
                if cleaned.get(name) is None:
                    self.add_error(name, _("Write when it opens and closes, or choose closed."))
        return cleaned


class NoticeForm(VenueRowForm):
    """A message with a beginning and an end."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if isinstance(starts, dt.datetime) and isinstance(ends, dt.datetime) and ends <= starts:
            self.add_error("ends_at", _("The notice ends before it starts."))
        return cleaned


class VenueMoveForm(VenueRowForm):
    """From which day a venue lives elsewhere, or is a part of another."""

    on = DayField(label=capfirst(_("from")), help_text=_("For example 1.12.2026"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "successor" in self.fields and self.for_user is not None:
            policy = policy_registry.get_by_type(self._meta.model)
            venues = VenuePage.objects.in_order()
            own = policy.may_choose(self.for_user, venues).values("pk")
            self.fields["successor"].queryset = venues.filter(Q(live=True) | Q(pk__in=own))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        merged = cleaned.get("kind") == "merged"
        if merged and not cleaned.get("successor"):
            self.add_error("successor", _("Choose which venue it becomes part of."))
        if not merged and cleaned.get("successor"):
            self.add_error("successor", _("Leave it empty when the venue only moves."))
        return cleaned
