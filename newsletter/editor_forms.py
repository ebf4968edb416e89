"""The editor's form for a newsletter: plain answers beside the field they are about."""

from typing import Any

from django import forms
from django.urls import resolve
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

FOLDER = "/nyhedsbrev/"
PAGES = "wagtail_serve"  # the address of every page that has none of its own


class IssuePageForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """One newsletter. It may be saved half done; what is missing is told before it is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = self.fields.get("topic")
        if topics is not None:
            topics.empty_label = None

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_subject(self) -> str:
        return one_line(self.cleaned_data["subject"])

    def clean_preheader(self) -> str:
        return one_line(self.cleaned_data["preheader"])

    def clean_slug(self) -> str:
        """Refuse an address that leads elsewhere: the forms for readers lie in the same folder."""
        slug: str = self.cleaned_data["slug"]
        if slug and resolve(f"{FOLDER}{slug}/").url_name != PAGES:
            raise forms.ValidationError(
                _("“%(slug)s” is the address of another page. Choose a different one.")
                % {"slug": slug}
            )
        return slug


def one_line(text: str) -> str:
    """Return `text` without line breaks: it becomes a line at the head of a mail."""
    return " ".join(text.split())
