"""Forms of the internal section."""

from typing import ClassVar

from django import forms

from staff.models import VenueInternal


class InternalForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What colleagues should know about a venue."""

    class Meta:
        model = VenueInternal
        fields: ClassVar[list[str]] = ["contact", "phone", "email", "deputy", "referral_note"]
