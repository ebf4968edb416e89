"""What a leader writes about one initiative."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from initiatives.actions.progress import allowed_statuses
from initiatives.domain.documents import LARGEST, Upload
from initiatives.models import Progress
from initiatives.taxonomy import Status
from initiatives.tracker_forms import DayField, PlainCharField, RowChoiceField, SeenForm


class ProgressForm(SeenForm):
    """Status, agreed days, who and what next. Offers only statuses that may follow."""

    status = forms.ChoiceField(label=_("Status"), choices=Status.choices)
    agreed_start = DayField(
        label=_("Agreed start"),
        required=False,
        help_text=_("The day you have agreed to begin on."),
    )
    agreed_deadline = DayField(label=_("Agreed deadline"), required=False)
    responsible = PlainCharField(
        label=_("Responsible function"),
        required=False,
        max_length=120,
        help_text=_("A function, not a name. For example: the coordinator."),
    )
    next_step = PlainCharField(
        label=_("Next step"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = PlainCharField(
        label=_("Why it changes"),
        required=False,
        max_length=300,
        help_text=_("You may leave it empty. It stands in the history."),
    )

    def __init__(self, *args: Any, progress: Progress, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code.value, Status(code).label) for code in allowed_statuses(progress)]
        self.fields["status"].widget.choices = offered  # type: ignore[attr-defined]  # a select
        self.fields["agreed_deadline"].help_text = hint


class ReasonForm(SeenForm):
    """Why the last change is taken back."""

    reason = PlainCharField(
        label=_("Why is it taken back?"),
        max_length=300,
        help_text=_("For example: It was another venue."),
    )


class EvidenceForm(forms.Form):
    """A link, a page of this site, or a document: one of them."""

    title = PlainCharField(
        label=_("What it shows"),
        max_length=160,
        help_text=_("For example: The core task, adopted by the house meeting"),
    )
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Write the whole address, for example https://…")},
    )
    page = RowChoiceField(
        label=_("Or a page on this site"),
        required=False,
        queryset=Page.objects.none(),
        empty_label=_("Choose a page"),
    )
    document = forms.FileField(
        label=_("Or a document"),
        required=False,
        allow_empty_file=True,
        max_length=160,
        help_text=_("PDF, Word, Excel or OpenDocument, at most 10 MB. Only leaders can fetch it."),
    )

    def __init__(self, *args: Any, pages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]  # a choice of rows

    def upload(self) -> Upload | None:
        """Return the document that was handed in; never more of it than may be kept."""
        file = self.cleaned_data.get("document")
        if not file:
            return None
        return Upload(PurePath(file.name or "").name[-160:], file.read(LARGEST + 1))
