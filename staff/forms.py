"""Forms of the internal section."""

import time
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from directory.models import VenuePage
from staff.models import VenueInternal

BEGUN = "report-begun"
QUICKEST = 2  # seconds; nobody writes a sentence faster
LONGEST = 24 * 60 * 60


class InternalForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What colleagues should know about a venue."""

    class Meta:
        model = VenueInternal
        fields: ClassVar[list[str]] = ["contact", "phone", "email", "deputy", "referral_note"]


class ReportForm(forms.Form):
    """What is wrong on a page: two fields, and what keeps machines out."""

    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example: It says open until 4 pm, but the door was locked."),
        error_messages={"required": _("Write what is wrong, so that we can put it right.")},
    )
    contact = forms.CharField(
        label=_("Do you want an answer? Then write a phone number or e-mail address"),
        max_length=160,
        required=False,
    )
    website = forms.CharField(required=False)  # people never see it; machines fill it in
    begun = forms.CharField(required=False)

    @property
    def now_signed(self) -> str:
        """When the form is shown: goes along in `begun`."""
        return signing.dumps(time.time(), salt=BEGUN)

    @property
    def by_machine(self) -> bool:
        """Whether the hidden field is filled, or the form was sent faster than anybody types."""
        if self.cleaned_data.get("website"):
            return True
        try:
            begun = signing.loads(self.cleaned_data.get("begun", ""), salt=BEGUN, max_age=LONGEST)
        except signing.BadSignature:
            return True
        return time.time() - begun < QUICKEST


class CalendarForm(forms.Form):
    """What one's own calendar holds."""

    venues = forms.ModelMultipleChoiceField(
        label=_("Places whose programme you want to see"),
        queryset=VenuePage.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    internal = forms.BooleanField(
        label=_("Visits, swaps and courses for colleagues"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venues"].queryset = VenuePage.objects.public().in_order()  # type: ignore[attr-defined]
