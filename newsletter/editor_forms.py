"""The editor's form for a newsletter: plain answers beside the field they are about."""

import json
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import resolve
from django.utils.functional import cached_property
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

    @cached_property
    def changed_data(self) -> list[str]:
        """Return the fields that say something new.

        Wagtail compares what was typed with what is kept, and to it a day left empty and a number
        differ always: who approved an unchanged letter made a new version, to be approved again.
        """
        changed: list[str] = super().changed_data
        same = "body" in changed and self._keeps_its_blocks()
        return [name for name in changed if not (same and name == "body")]

    def _keeps_its_blocks(self) -> bool:
        cleaned = getattr(self, "cleaned_data", {}).get("body")
        return cleaned is not None and as_kept(cleaned) == as_kept(self["body"].initial)

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


def as_kept(blocks: Any) -> str:
    """Return blocks as the database keeps them."""
    return json.dumps(blocks.get_prep_value(), cls=DjangoJSONEncoder)


def one_line(text: str) -> str:
    """Return `text` without line breaks: it becomes a line at the head of a mail."""
    return " ".join(text.split())
