from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from core.picture_files import without_traces


class FristedImage(AbstractImage):
    """A picture with what is needed to show it lawfully: what it shows, and who agreed."""

    people = models.CharField(
        _("who is in the picture"),
        max_length=255,
        blank=True,
        help_text=_(
            "For example: Mette from the kitchen and two guests seen from behind. Only for you who "
            "work here. Leave empty if nobody can be recognised."
        ),
    )
    consent_note = models.CharField(
        _("consent"),
        max_length=255,
        blank=True,
        help_text=_(
            "Who agreed, when, and to what? For example: Mette said yes to the website and the "
            "newsletter on 3.3.2026, on paper in the office."
        ),
    )
    consent_expires_on = models.DateField(
        _("consent ends on"),
        null=True,
        blank=True,
        help_text=_(
            "The last day on which the picture may be shown, for example 3.3.2028. After it pages "
            "show a drawing or nothing instead, and letters, feeds and other people's calendars "
            "no longer get the picture. You are reminded 30 days before."
        ),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "people",
        "consent_note",
        "consent_expires_on",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep of a new file what it shows, and not where it was taken."""
        file: Any = self.file  # type: ignore[has-type]  # Wagtail is untyped
        if file and not file._committed:
            file.open()
            bare = without_traces(file.read())
            file.seek(0)
            if bare is not None:
                self.file = ContentFile(bare, name=file.name)
                self._set_image_file_metadata()
        super().save(*args, **kwargs)


class FristedRendition(AbstractRendition):
    """One size of a picture, made when it is first asked for."""

    image = models.ForeignKey(FristedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_size",
            )
        ]
