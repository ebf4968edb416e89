"""What somebody says when they have put a thing somewhere else."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from activities.taxonomy import Channel


class LinkForm(forms.Form):
    """Where the post can be seen, if one knows."""

    url = forms.URLField(
        label=_("Link to the post"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("You may leave it empty."),
        error_messages={"invalid": _("Write the whole address, for example https://…")},
    )


class PostForm(LinkForm):
    """Which channel it was, too."""

    field_order = ["channel", "url"]

    channel = forms.ChoiceField(label=_("Where you shared it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in Channel.choices if choice[0] != Channel.KOMPAS]
        self.fields["channel"].choices = choices  # type: ignore[attr-defined]  # a choice field
