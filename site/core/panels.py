"""How the site's settings are laid out in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

COLOUR = {"placeholder": "#14514a", "maxlength": 7, "size": 9}


def colour_panel(name: str, help_text: object) -> FieldPanel:
    """Return the field of one colour, written as # and six digits."""
    return FieldPanel(name, widget=forms.TextInput(attrs=COLOUR), help_text=help_text)


SETTINGS_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("site_name", help_text=_("For example: Fristed")),
                        FieldPanel("municipality", help_text=_("For example: Eksempelby Kommune")),
                        FieldRowPanel(
                            [
                                FieldPanel("contact_phone", help_text=_("For example 12 34 56 78")),
                                FieldPanel(
                                    "contact_email",
                                    help_text=_("For example: fristed@eksempelby.example"),
                                ),
                            ]
                        ),
                    ],
                    heading=_("Name and contact"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("acute_heading", help_text=_("For example: Need help now?")),
                        FieldPanel(
                            "acute_text", help_text=_("For example: Is it life or death? Ring 112.")
                        ),
                        InlinePanel(
                            "acute_numbers",
                            panels=[
                                FieldPanel("number", help_text=_("For example 112")),
                                FieldPanel(
                                    "text", help_text=_("For example: Danger to life, all hours")
                                ),
                            ],
                            heading=_("Emergency numbers"),
                            label=_("number"),
                        ),
                    ],
                    heading=_("Help in an emergency"),
                ),
            ],
            heading=_("Contact"),
        ),
        ObjectList(
            [
                FieldPanel("logo"),
                MultiFieldPanel(
                    [
                        colour_panel("paper", _("The ground of every page. Empty: #fbf7f0")),
                        colour_panel("ink", _("Text. Empty: #1c2927")),
                        colour_panel("pine", _("Links and buttons. Empty: #14514a")),
                        colour_panel("glow", _("The light of an open door. Empty: #f3b94c")),
                        colour_panel("brick", _("Cancelled and errors. Empty: #9c3526")),
                    ],
                    heading=_("Colours"),
                    help_text=_("Colours that are hard to read together are refused."),
                ),
                FieldPanel(
                    "outline",
                    help_text=_(
                        "Draws the map. A GeoJSON polygon in WGS84, for example {“type”: "
                        "“Polygon”, “coordinates”: [[[10.1, 56.1], …]]}. Leave empty for no "
                        "outline."
                    ),
                ),
            ],
            heading=_("Looks"),
        ),
        ObjectList(
            [
                FieldPanel(
                    "was_url",
                    help_text=_(
                        "The statement made in WAS-Tool, for example "
                        "https://www.was.digst.dk/eksempelby-example. /was leads there."
                    ),
                ),
                FieldPanel("was_updated_on", help_text=_("For example 3.3.2026")),
                FieldPanel(
                    "quick_exit_url", help_text=_("A neutral page, for example https://www.dmi.dk/")
                ),
                FieldPanel("kompas_name", help_text=_("For example: Det Sociale Kompas")),
            ],
            heading=_("Addresses"),
        ),
    ]
)
