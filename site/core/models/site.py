from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from core.editor_forms import SiteSettingsForm
from core.panels import SETTINGS_EDIT_HANDLER
from core.validators import validate_colour, validate_phone


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """What differs from one municipality to the next: name, looks, contact, legal addresses."""

    site_name = models.CharField(_("name of the site"), max_length=60, default="Fristed")
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    logo = models.ForeignKey(
        "core.FristedImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact_phone = models.CharField(
        _("phone"), max_length=30, blank=True, validators=[validate_phone]
    )
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    was_url = models.URLField(
        _("address of the accessibility statement"),
        blank=True,
        help_text=_("The statement made in WAS-Tool. /was leads there."),
    )
    was_updated_on = models.DateField(_("statement updated on"), null=True, blank=True)
    quick_exit_url = models.URLField(
        _("quick exit leads to"),
        default="https://www.dmi.dk/",
        help_text=_("A neutral page."),
    )
    kompas_name = models.CharField(
        _("name of the national directory"), max_length=60, default="Det Sociale Kompas"
    )
    acute_heading = models.CharField(_("heading"), max_length=60, blank=True)
    acute_text = models.CharField(_("text"), max_length=255, blank=True)
    outline = models.TextField(
        _("outline of the municipality"),
        blank=True,
        help_text=_("GeoJSON polygon in WGS84. Draws the map; leave empty for no outline."),
    )
    paper = models.CharField(_("paper"), max_length=7, blank=True, validators=[validate_colour])
    ink = models.CharField(_("ink"), max_length=7, blank=True, validators=[validate_colour])
    pine = models.CharField(
        _("main colour"), max_length=7, blank=True, validators=[validate_colour]
    )
    glow = models.CharField(_("light"), max_length=7, blank=True, validators=[validate_colour])
    brick = models.CharField(_("warning"), max_length=7, blank=True, validators=[validate_colour])

    base_form_class = SiteSettingsForm
    edit_handler = SETTINGS_EDIT_HANDLER

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def __str__(self) -> str:
        return self.site_name


class AcuteNumber(Orderable):
    """A number to ring in an emergency: content that an editor writes, never code."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="acute_numbers")
    number = models.CharField(_("number"), max_length=30, validators=[validate_phone])
    text = models.CharField(_("when to ring"), max_length=160)

    class Meta(Orderable.Meta):
        verbose_name = _("emergency number")
        verbose_name_plural = _("emergency numbers")

    def __str__(self) -> str:
        return self.number
