"""The form of a picture: what it shows, who is in it, and until when they agree."""

from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from core.forms import DayField
from core.picture_files import bare_picture

EXAMPLES = {
    "title": _("To find it again, for example: The kitchen at Perlen"),
    "description": _("What it shows, for those who cannot see it, for example: A long table"),
}


class PictureForm(BaseImageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's form with examples, and a day as Danes write it.

    Fields are changed where they are there, and none is declared: a form for a part of the fields
    must not empty the others.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, example in EXAMPLES.items():
            if name in self.fields:
                self.fields[name].help_text = example
        if ends := self.fields.get("consent_expires_on"):
            self.fields["consent_expires_on"] = DayField(
                label=ends.label, help_text=ends.help_text, required=False
            )

    def clean_file(self) -> File:
        """Take the camera's notes away before Wagtail measures the file and knows it again."""
        file: File = self.cleaned_data["file"]
        return bare_picture(file) if isinstance(file, UploadedFile) else file
