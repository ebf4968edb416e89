"""How a venue is laid out in the editor: one tab for each thing people ask about."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from core.inline_panels import FormInlinePanel
from core.page_panels import description_panel
from directory.editor_forms import PHONE_EXAMPLE, OpeningHoursForm, OpeningHoursFormSet

PROFILE = [
    FieldPanel("title", help_text=_("What people call the place, for example: Perlen")),
    FieldPanel(
        "summary",
        help_text=_("For example: A room by the harbour where you can eat, rest or talk."),
    ),
    FieldRowPanel([FieldPanel("venue_type"), FieldPanel("organisation")]),
    FieldPanel(
        "phone", help_text=_("Shown large, and wherever we do not know. For example 12 34 56 78.")
    ),
    FieldPanel("phone_note", help_text=_("For example: Ask for Mette or Omar")),
    FieldRowPanel(
        [
            FieldPanel("email", help_text=_("For example perlen@eksempelby.example")),
            FieldPanel("website", help_text=_("For example https://perlen.example")),
        ]
    ),
    FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple, classname="choice-grid"),
    FieldPanel(
        "target_text", help_text=_("For example: For you who would rather not be alone all day.")
    ),
    FieldPanel("core_task", help_text=_("For example: We give people without a home a calm day.")),
    FieldPanel("description", help_text=_("For example: There are two rooms and a garden.")),
    FieldPanel("not_for", help_text=_("For example: We have no room for children.")),
    FieldPanel("instead", help_text=_("The place that people can go to instead.")),
    InlinePanel(
        "contacts",
        heading=_("Who to ask for"),
        label=_("contact"),
        help_text=_("A function, a first name and a work phone. Never a home address."),
        panels=[
            FieldRowPanel(
                [
                    FieldPanel("function", help_text=_("For example: The person on duty")),
                    FieldPanel("first_name", help_text=_("For example: Mette")),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("phone", help_text=PHONE_EXAMPLE),
                    FieldPanel("email", help_text=_("For example perlen@eksempelby.example")),
                ]
            ),
        ],
    ),
]

ACCESS = [
    FieldPanel("referral"),
    FieldPanel("access_note", help_text=_("For example: Just come in, you need not ring.")),
    FieldRowPanel(
        [
            FieldPanel("age_min", help_text=_("For example 18. Empty: no limit.")),
            FieldPanel("age_max", help_text=_("For example 30. Empty: no limit.")),
        ]
    ),
    FieldRowPanel([FieldPanel("residency_required"), FieldPanel("call_first")]),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("anonymous_ok"), FieldPanel("registration")]),
            FieldPanel("anonymous_note", help_text=_("For example: A nickname is fine.")),
        ],
        heading=_("Anonymous"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("gender_policy"),
            FieldPanel("gender_note", help_text=_("For example: Only women on Tuesdays.")),
        ],
        heading=_("Women and men"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("sobriety_policy"),
            FieldRowPanel([FieldPanel("alcohol_policy"), FieldPanel("drug_policy")]),
            FieldPanel(
                "intoxication_note",
                help_text=_("For example: But you may not drink or take drugs here."),
            ),
            FieldPanel("smoking_policy"),
        ],
        heading=_("Under the influence"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("pets_policy"),
            FieldPanel("pets_note", help_text=_("For example: There is water by the door.")),
            FieldRowPanel([FieldPanel("relatives_welcome"), FieldPanel("children_welcome")]),
        ],
        heading=_("Dogs, relatives and children"),
    ),
    FieldPanel("languages_spoken", help_text=_("For example: Danish, English and Arabic")),
]

FOOD_AND_FACILITIES = [
    MultiFieldPanel(
        [
            FieldPanel("food_price_type"),
            FieldRowPanel([FieldPanel("food_price"), FieldPanel("food_price_max")]),
            FieldPanel("food_note", help_text=_("For example: Breakfast is free.")),
        ],
        heading=_("Food"),
    ),
    FieldPanel("amenities", widget=forms.CheckboxSelectMultiple, classname="choice-grid"),
    FieldPanel("bath_note", help_text=_("For example: From 9 to 14. We have towels.")),
    FieldPanel("sleep_note", help_text=_("For example: There are ten beds from 8 in the evening.")),
    FieldPanel("christmas_note", help_text=_("For example: We eat and dance round the tree.")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("step_free"), FieldPanel("door_help")]),
            FieldPanel(
                "wheelchair_note", help_text=_("For example: There are two steps. We have a ramp.")
            ),
            FieldRowPanel([FieldPanel("accessible_toilet"), FieldPanel("lift")]),
            FieldRowPanel([FieldPanel("hearing_loop"), FieldPanel("accessible_parking")]),
            FieldPanel("quiet_room"),
        ],
        heading=_("Getting in and around"),
    ),
]

ADDRESS = [
    FieldPanel(
        "address_public",
        help_text=_(
            "Untick it, and the address is taken off the page and out of all older versions at "
            "once. It is kept where only the venue sees it. Mind what other texts give away."
        ),
    ),
    FieldPanel("street", help_text=_("For example: Havnegade 12")),
    FieldRowPanel(
        [
            FieldPanel("postal_code", help_text=_("For example 9999")),
            FieldPanel("city", help_text=_("For example Eksempelby")),
        ]
    ),
    FieldPanel("district", widget=forms.Select),
    FieldPanel("stop", help_text=_("For example: Toldboden, bus 3 and 7")),
    FieldPanel(
        "directions",
        help_text=_("For example: Walk towards the water and turn right at the bicycle shop."),
    ),
    FieldRowPanel(
        [
            FieldPanel("latitude", help_text=_("For the map. For example 56.1567")),
            FieldPanel("longitude", help_text=_("For the map. For example 10.2108")),
        ]
    ),
]

OPENING_HOURS = [
    FormInlinePanel(
        "opening_hours",
        row_form=OpeningHoursForm,
        row_formset=OpeningHoursFormSet,
        heading=_("Opening hours in an ordinary week"),
        label=_("hours"),
        help_text=_(
            "One row for each stretch. Closed days and holidays are written under "
            "“Other opening hours” in the menu."
        ),
        panels=[
            FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")]),
            FieldRowPanel(
                [
                    FieldPanel("kind"),
                    FieldPanel("note", help_text=_("For example: Coffee only")),
                ]
            ),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        ],
    ),
]

FIRST_VISIT = [
    FieldPanel("who_meets_you", help_text=_("For example: Mette, Omar or a volunteer.")),
    FieldPanel(
        "first_visit_note",
        help_text=_("For example: Are you nervous? Ring, and we meet you at the door."),
    ),
    InlinePanel(
        "first_visit_steps",
        heading=_("What happens the first time"),
        label=_("step"),
        max_num=6,
        panels=[
            FieldPanel("heading", help_text=_("For example: Just walk in")),
            FieldPanel("text", help_text=_("For example: The door is the green one.")),
        ],
    ),
    InlinePanel(
        "short_infos",
        heading=_("In other languages"),
        label=_("language"),
        panels=[
            FieldPanel("language"),
            FieldPanel(
                "text",
                help_text=_(
                    "Opening hours, who may come and how to get there. For example: We are open "
                    "every day from 9 to 16. Everybody is welcome. Bus 3 stops at the door."
                ),
            ),
            FieldPanel("machine_translated"),
        ],
    ),
]

PICTURE = [
    FieldPanel(
        "photo",
        help_text=_(
            "Best without people who can be recognised, for example the kitchen or the garden. "
            "After the last day of consent the drawing is shown instead."
        ),
    ),
    FieldPanel(
        "photo_alt",
        help_text=_("For those who cannot see it, for example: A long table with coffee"),
    ),
    FieldPanel("illustration"),
]

SHARING = [
    FieldPanel(
        "slug",
        help_text=_(
            "The last part of the address, for example: perlen. Leave empty: it is made from the "
            "name."
        ),
    ),
    FieldPanel("search_words", attrs={"data-no-prose": ""}),
    description_panel(),
    FieldPanel("show_quick_exit"),
    PublishingPanel(),
]

VENUE_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(PROFILE, heading=_("Profile")),
        ObjectList(ACCESS, heading=_("May I come?")),
        ObjectList(FOOD_AND_FACILITIES, heading=_("Food and facilities")),
        ObjectList(ADDRESS, heading=_("Address")),
        ObjectList(OPENING_HOURS, heading=_("Opening hours")),
        ObjectList(FIRST_VISIT, heading=_("First visit")),
        ObjectList(PICTURE, heading=_("Picture")),
        ObjectList(SHARING, heading=_("Sharing")),
    ]
)
"""The editor's form for a venue."""
