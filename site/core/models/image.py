from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class FristedImage(AbstractImage):
    """A picture with what is needed to show it lawfully: what it shows, and who agreed."""

    consent_note = models.CharField(
        _("consent"),
        max_length=255,
        blank=True,
        help_text=_("Who agreed to be shown, and when? Leave empty if nobody can be recognised."),
    )
    consent_expires_on = models.DateField(
        _("consent ends on"),
        null=True,
        blank=True,
        help_text=_("After this day the picture is no longer shown to the public."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "consent_note",
        "consent_expires_on",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


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
