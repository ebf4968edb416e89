"""What an editor says about a calendar: where it is, and how its entries are to be shown."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.models import CalendarSource, SourceKind, WhenGone
from activities.taxonomy import ActivityType
from core.fetching import FetchError, read_address
from directory.models import VenuePage
from directory.permissions import Rights

MOST_CATEGORIES = 40
MEGABYTE = 1024 * 1024


class NewSourceForm(forms.Form):
    """An address to follow, or a file to take in once."""

    venue = forms.ModelChoiceField(label=_("Venue"), queryset=VenuePage.objects.none())
    name = forms.CharField(
        label=_("What we call it"),
        max_length=80,
        help_text=_("For example: The house's Outlook calendar"),
    )
    url = forms.CharField(
        label=_("Address of the calendar"),
        required=False,
        max_length=2000,
        help_text=_(
            "In Google: “Secret address in iCal format”. In Outlook: publish the calendar and copy"
            " the ICS link. We keep it to ourselves."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("An .ics file. It is taken in once and not followed."),
    )

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venues = VenuePage.objects.in_order()
        if not rights.edits_site:
            venues = venues.filter(pk__in=rights.publishes)
        field = self.fields["venue"]
        field.queryset = venues  # type: ignore[attr-defined]  # a choice field
        if venues.count() == 1:
            field.initial = venues.get()

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        if url:
            try:
                read_address(url)
            except FetchError as error:
                raise ValidationError(error.message) from error
        return url

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
            raise ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("url")) == bool(cleaned.get("file")):
            raise ValidationError(_("Write an address or choose a file: one of them."))
        return cleaned

    def source(self, by: Any) -> CalendarSource:
        """Return the calendar, not stored yet."""
        kind = SourceKind.ADDRESS if self.cleaned_data["url"] else SourceKind.FILE
        return CalendarSource(
            venue=self.cleaned_data["venue"],
            name=self.cleaned_data["name"],
            url=self.cleaned_data["url"],
            kind=kind,
            created_by=by,
        )


class TakeInForm(forms.Form):
    """How what was found becomes activities."""

    publish = forms.TypedChoiceField(
        label=_("Show the activities on the website"),
        choices=[("1", _("At once")), ("", _("Not yet: save them as drafts"))],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
        initial="1",
    )
    default_type = forms.ChoiceField(
        label=_("Kind of activity"), choices=ActivityType.choices, initial=ActivityType.SOCIAL
    )
    when_gone = forms.ChoiceField(
        label=_("When something is no longer in the calendar"),
        choices=WhenGone.choices,
        widget=forms.RadioSelect,
        initial=WhenGone.CANCEL,
    )

    def __init__(self, *args: Any, source: CalendarSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source.kind == SourceKind.FILE:
            del self.fields["when_gone"]
        self.categories = categories_of(source)
        for number, name in enumerate(self.categories):
            self.fields[f"category_{number}"] = forms.ChoiceField(
                label=name,
                required=False,
                choices=[("", _("As the rest")), *ActivityType.choices],
            )

    @property
    def category_fields(self) -> list[Any]:
        return [self[f"category_{number}"] for number in range(len(self.categories))]

    @property
    def choices(self) -> dict[str, Any]:
        """Return what `approve_source` asks for."""
        said = self.cleaned_data
        mapped = {name: said[f"category_{number}"] for number, name in enumerate(self.categories)}
        return {
            "publish": bool(said["publish"]),
            "default_type": said["default_type"],
            "category_types": {name: kind for name, kind in mapped.items() if kind},
            "when_gone": said.get("when_gone", WhenGone.CANCEL),
        }


def categories_of(source: CalendarSource) -> list[str]:
    """Return the categories that the calendar's entries have, by name."""
    found: set[str] = set()
    for wanted in source.entries.values_list("wanted", flat=True):
        found.update(wanted.get("categories", ()))
    return sorted(found)[:MOST_CATEGORIES]
