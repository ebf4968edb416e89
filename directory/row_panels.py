"""How the rows beside the pages are laid out in the admin, each field with an example."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

OPENING_EXCEPTION = [
    FieldPanel("venue", widget=forms.Select),
    FieldRowPanel([FieldPanel("first_on"), FieldPanel("until_on")]),
    FieldPanel("closed", help_text=_("Untick it if it is open at other hours than usual.")),
    FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
    FieldPanel("extra", help_text=_("Open on top of the usual hours, not in place of them.")),
    FieldPanel("kind"),
    FieldPanel("reason"),
    FieldPanel("note", help_text=_("Shown to the public. For example: We are on a trip.")),
]

NOTICE = [
    FieldPanel(
        "venue",
        widget=forms.Select,
        help_text=_("Empty: a message from the municipality, on the front page."),
    ),
    FieldPanel("title", help_text=_("For example: Closed today because of illness")),
    FieldPanel("text", help_text=_("For example: We open again tomorrow at 9.")),
    FieldRowPanel(
        [
            FieldPanel("starts_at", help_text=_("For example 23.11.2026 08.00")),
            FieldPanel("ends_at", help_text=_("For example 23.11.2026 18.00")),
        ]
    ),
]

VENUE_MOVE = [
    FieldPanel("venue", widget=forms.Select),
    FieldPanel("kind"),
    FieldPanel("on"),
    FieldPanel(
        "successor",
        widget=forms.Select,
        help_text=_("Only when it becomes a part of another venue."),
    ),
    FieldPanel("street", help_text=_("For example: Nygade 3")),
    FieldRowPanel(
        [
            FieldPanel("postal_code", help_text=_("For example 9999")),
            FieldPanel("city", help_text=_("For example Eksempelby")),
        ]
    ),
    FieldPanel("district"),
    FieldRowPanel(
        [
            FieldPanel("latitude", help_text=_("For the map. For example 56.1567")),
            FieldPanel("longitude", help_text=_("For the map. For example 10.2108")),
        ]
    ),
    FieldPanel("note", help_text=_("For example: The dog may still come.")),
]

SECRET_ADDRESS = [
    FieldPanel("venue", widget=forms.Select),
    FieldPanel("street", help_text=_("For example: Havnegade 12")),
    FieldRowPanel(
        [
            FieldPanel("postal_code", help_text=_("For example 9999")),
            FieldPanel("city", help_text=_("For example Eksempelby")),
        ]
    ),
    FieldPanel("directions", help_text=_("For example: Ring at the blue door.")),
]

ORGANISATION = [
    FieldPanel("name", help_text=_("For example: Foreningen Perlens Venner")),
    FieldPanel("operator_type"),
    FieldPanel("website", help_text=_("For example https://perlen.example")),
    FieldPanel("email", help_text=_("For example perlen@eksempelby.example")),
]

COOPERATION_AGREEMENT = [
    FieldPanel("organisation"),
    FieldPanel("title", help_text=_("For example: Agreement on the night café 2026–2028")),
    FieldRowPanel(
        [
            FieldPanel("starts_on", help_text=_("For example 1.1.2026")),
            FieldPanel("ends_on", help_text=_("For example 31.12.2028. Empty: no end.")),
        ]
    ),
    FieldPanel("note", help_text=_("For example: To be talked about again in the spring.")),
]

DISTRICT = [
    FieldPanel("name", help_text=_("For example: The harbour quarter")),
    FieldPanel("slug", help_text=_("For addresses, for example: havnekvarteret")),
]

TARGET_GROUP = [
    FieldPanel("label", help_text=_("For example: Lonely people")),
    FieldPanel("sentence"),
    FieldPanel("synonyms", help_text=_("Words people search for, for example: alone, lonesome")),
    FieldPanel(
        "ffb_code",
        help_text=_(
            "The national code, for example 7e419926-bb04-4829-99c9-95ea20403c2c. Often empty."
        ),
    ),
    FieldPanel("code", help_text=_("A short name that never changes, for example: loneliness")),
    FieldPanel("order", help_text=_("The lowest comes first, for example 10.")),
]

AMENITY = [
    FieldPanel("label", help_text=_("For example: Hot meal")),
    FieldPanel("synonyms", help_text=_("Words people search for, for example: dinner, supper")),
    FieldPanel("icon", help_text=_("The name of a drawing, for example: food")),
    FieldPanel("code", help_text=_("A short name that never changes, for example: hot_meal")),
    FieldPanel("order", help_text=_("The lowest comes first, for example 10.")),
]

MEMBERSHIP = [FieldPanel("user"), FieldPanel("venue", widget=forms.Select), FieldPanel("role")]
