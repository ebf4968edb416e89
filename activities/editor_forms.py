"""The editor's form for an activity: what is typed, read and answered in plain words.

An unfinished activity may be saved as a draft; what contradicts itself is refused at once, beside
the field it is about.
"""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from activities.domain.recurrence import RuleError, check_rule
from activities.domain.rules import Rule
from core.domain.text import slugify_da
from core.forms import ClockField, DayField, KronerField
from core.page_forms import PageForm
from directory.drawings import DRAWINGS
from directory.permissions import Rights, rights_of

ACTIVITY_DRAWINGS = (
    *DRAWINGS,
    ("bonfire", _("Bonfire")),
    ("swimming_hall", _("Swimming hall")),
    ("football", _("Football")),
    ("house_meeting", _("House meeting")),
    ("christmas_tree", _("Christmas tree")),
    ("moving", _("Moving")),
)
KEY = re.compile(r"[0-9a-zA-Z_-]{1,12}")
MIDNIGHT = dt.time(0)
MOST_ROWS = 100  # of a plan, and of its breaks: a year of single dates has 52
UNFINISHED = {"no_weekday", "bad_nth"}
RULE_ERRORS = {
    "out_of_range": ("first_on", _("Choose a year between 1970 and 2199.")),
    "ends_before_start": ("until_on", _("The last day lies before the first.")),
    "no_weekday": ("weekdays", _("Choose at least one day of the week.")),
    "bad_weekday": ("weekdays", _("Choose at least one day of the week.")),
    "bad_interval": ("interval", _("Write a number of weeks from 1 to 52.")),
    "bad_nth": ("nth", _("Choose which one of the month, for example the second.")),
    "no_dates": ("until_on", _("There is no such day between the first and the last day.")),
    "too_many_dates": (
        "until_on",
        _("That makes more than 2,000 dates. Choose an earlier last day, or leave it empty."),
    ),
}


def today() -> dt.date:
    """Return the date on the wall in Denmark."""
    return timezone.localdate()


class KeyField(forms.CharField):
    """The hidden name of a schedule row. Calendars know its dates by it, so it must survive."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ScheduleForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """One line of the plan: how often, on which days, from when until when."""

    key = KeyField(label="", required=False)
    starts = ClockField(label=capfirst(_("from")))
    ends = ClockField(label=capfirst(_("until")))
    overnight = forms.BooleanField(label=_("It ends after midnight"), required=False)
    first_on = DayField(label=capfirst(_("first day")), initial=today)
    until_on = DayField(label=capfirst(_("last day")), required=False)
    interval = forms.IntegerField(
        label=capfirst(_("number of weeks")),
        required=False,
        initial=2,
        min_value=1,
        max_value=52,
        error_messages={
            "min_value": RULE_ERRORS["bad_interval"][1],
            "max_value": RULE_ERRORS["bad_interval"][1],
            "invalid": RULE_ERRORS["bad_interval"][1],
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.starts and row.ends and MIDNIGHT != row.ends <= row.starts:
            self.initial["overnight"] = True

    def has_changed(self) -> bool:
        """A new row that only has its place in the order is still untouched."""
        changed = set(self.changed_data)
        return bool(changed if self.instance.pk else changed - {ORDERING_FIELD_NAME})

    def defer_required_fields(self) -> None:
        """Let a row nobody has touched pass in a draft; a finished activity needs one."""
        super().defer_required_fields()
        if self.instance.pk is None:
            self.empty_permitted = True

    def clean_key(self) -> str:
        """Keep the key of a stored row, or of one that waits in a draft."""
        typed: str = self.cleaned_data["key"]
        new = self.instance.pk is None and KEY.fullmatch(typed)
        return typed if new else self.instance.key

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        frequency = cleaned.get("frequency")
        cleaned["interval"] = cleaned.get("interval") or 2
        if frequency != "weekly":
            cleaned["weeks"] = "every"
        if frequency != "monthly":
            cleaned["nth"] = None
        if frequency == "once":
            cleaned["until_on"] = None
            cleaned["weekdays"] = []
            self.errors.pop("until_on", None)
        self._check_midnight(cleaned)
        return cleaned

    def _check_midnight(self, cleaned: dict[str, Any]) -> None:
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts is None or ends is None or ends > starts or ends == MIDNIGHT:
            return
        if not cleaned.get("overnight"):
            self.add_error(
                "ends",
                _("It ends before it begins. Does it end after midnight? Then tick the box."),
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            check_rule(self.rule())
        except RuleError as error:
            if not (self.is_deferred_validation and error.code in UNFINISHED):
                self.add_error(*RULE_ERRORS[error.code])

    def rule(self) -> Rule:
        """Return what the row says as a plain value."""
        rule: Rule = self.instance.rule()
        return rule

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave, tell the open form the key the row got."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, (f"{self.prefix}-key", self.instance.key)]


class ScheduleFormSet(BaseChildFormSet):  # type: ignore[misc]  # modelcluster is untyped
    """All lines of one plan. A finished activity has at least one."""

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if form not in self.deleted_forms]
        self._give_own_keys(rows)
        deferred = self.min_num == 0
        if not deferred and not any(form.has_changed() or form.instance.pk for form in rows):
            raise ValidationError(_("Say when it happens."), code="no_schedule")

    def _give_own_keys(self, rows: list[ScheduleForm]) -> None:
        """No two rows share a key, whatever was posted."""
        seen: set[str] = set()
        for form in rows:
            if form.instance.key in seen:
                form.instance.key = self.model().key
            seen.add(form.instance.key)


class BreakForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """Days on which the whole activity has a break."""

    first_on = DayField(label=capfirst(_("from")))
    until_on = DayField(label=capfirst(_("until and including")))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", RULE_ERRORS["ends_before_start"][1])
        return cleaned


class ActivityPageForm(PageForm):
    """The whole form: kroner instead of øre, an address from the title, hosts of shared events."""

    price = KronerField(label=capfirst(_("price in kroner")), required=False)
    price_max = KronerField(label=capfirst(_("highest price in kroner")), required=False)
    illustration = forms.ChoiceField(
        label=capfirst(_("drawing")),
        choices=[("", _("Choose one for me")), *ACTIVITY_DRAWINGS],
        required=False,
        help_text=_("Shown where there is no picture."),
    )
    lead_venue: Any = forms.ModelChoiceField(
        label=capfirst(_("main host")), queryset=None, required=True, empty_label=None
    )
    co_hosts: Any = forms.ModelMultipleChoiceField(
        label=capfirst(_("invite other venues")),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    acts_known = forms.CharField(required=False, widget=forms.HiddenInput)

    class Media:
        js = ["js/admin_activity.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: dt.datetime | None = self.instance.acts_known_at
        self.initial["acts_known"] = known.isoformat() if known else ""
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "place_venue" in self.fields:
            self.fields["place_venue"].queryset = self._venues()
        self._offer_hosts()

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self._slug(cleaned.get("title", ""))
        if self.add_prefix("acts_known") in self.data:
            self._stay_as_opened(cleaned.get("acts_known", ""))
        result: dict[str, Any] = super().clean()
        return result

    def _stay_as_opened(self, known: str) -> None:
        """What is saved knows as much of what was decided beside it as the form that was opened."""
        try:
            self.instance.acts_known_at = parse_datetime(known) if known else None
        except ValueError:
            self.instance.acts_known_at = None

    def _slug(self, title: str) -> str:
        """Return the address of a published page, or a free one made from the title."""
        if self.instance.first_published_at:
            return str(self.instance.slug)
        stem = slugify_da(title) or "aktivitet"
        available = type(self.instance)._slug_is_available
        number, slug = 1, stem
        while not available(slug, self.parent_page, self.instance):
            number += 1
            slug = f"{stem}-{number}"
        return slug

    def _update_errors(self, errors: ValidationError) -> None:
        """In a draft, what is still missing is no error yet."""
        if self.is_deferred_validation and hasattr(errors, "error_dict"):
            found = errors.error_dict
            for name in [name for name in found if self._is_unfinished(name)]:
                del found[name]
            if not found:
                return
        super()._update_errors(errors)

    def _is_unfinished(self, name: str) -> bool:
        return name in self.fields and self.cleaned_data.get(name) in (None, "")

    # Hosts of shared events

    def _offer_hosts(self) -> None:
        """Ask for hosts only where several venues hold an event together."""
        offered = self._is_shared() and self.for_user is not None
        if not offered:
            self.fields.pop("lead_venue", None)
            self.fields.pop("co_hosts", None)
            return
        if "co_hosts" in self.fields:
            asked = self._hosts().exclude(status="declined").values("venue")
            self.fields["co_hosts"].queryset = self._venues().exclude(pk__in=asked)
        if "lead_venue" in self.fields:
            self._offer_lead()

    def _offer_lead(self) -> None:
        rights = rights_of(self.for_user)
        own = self._own_venues(rights)
        obvious = len(own) < 2 and not rights.edits_site
        lead = self._hosts().filter(role="lead").values_list("venue", flat=True).first()
        # A venue that only takes part does not make itself the one that answers for it.
        of_others = lead is not None and not rights.may_publish(lead)
        if self.instance.first_published_at or obvious or of_others or not own:
            del self.fields["lead_venue"]
            return
        field = self.fields["lead_venue"]
        field.queryset = own
        self.initial["lead_venue"] = lead or own[0].pk

    def _own_venues(self, rights: Rights) -> Any:
        venues = self._venues()
        return venues if rights.edits_site else venues.filter(pk__in=rights.publishes)

    def _hosts(self) -> Any:
        hosts = self._meta.model._meta.get_field("hosts").related_model._default_manager
        return hosts.filter(activity_id=self.instance.pk) if self.instance.pk else hosts.none()

    def _venues(self) -> Any:
        venues = self._meta.model._meta.get_field("place_venue").related_model
        return venues._default_manager.live().order_by("sort_key", "pk")

    def _is_shared(self) -> bool:
        model = self._meta.model
        index = model._meta.apps.get_model("activities", "SharedIndexPage")
        return self.parent_page is not None and self.parent_page.specific_class is index
