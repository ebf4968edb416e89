"""How an activity is laid out in the editor: in the order in which somebody tells of it."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from activities.editor_forms import MOST_ROWS, BreakForm, ScheduleForm, ScheduleFormSet
from activities.next_dates import dates_ahead
from core.inline_panels import FormInlinePanel
from core.page_panels import description_panel


def shown_when(condition: str) -> dict[str, str]:
    """Return the attributes of a field that a script hides unless, say, "price_type=fixed"."""
    return {"data-shown-when": condition}


class NextDatesPanel(Panel):  # type: ignore[misc]  # Wagtail is untyped
    """The plan in words and its next dates; a script asks for them again as the editor types."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]  # Wagtail is untyped
        template_name = "activities/admin/next_dates_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            forms_of = self.form.formsets
            context["url"] = reverse("activity_dates")
            context["ahead"] = dates_ahead(
                forms_of["schedules"], forms_of["breaks"], today=timezone.localdate()
            )
            return context


class HostsPanel(Panel):  # type: ignore[misc]  # Wagtail is untyped
    """Who holds a shared event, and what they answered."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]  # Wagtail is untyped
        template_name = "activities/admin/hosts_panel.html"

        def is_shown(self) -> bool:
            return "co_hosts" in self.form.fields and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["hosts"] = self.instance.hosts.select_related("venue")
            return context


class SourcePanel(Panel):  # type: ignore[misc]  # Wagtail is untyped
    """Which calendar the activity came from, and that changes made here win."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]  # Wagtail is untyped
        template_name = "activities/admin/source_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None and self.instance.source_entries.exists()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["entries"] = self.instance.source_entries.select_related("source")
            return context


SCHEDULE_PANELS = [
    FieldPanel("key", classname="w-hidden"),
    FieldPanel("frequency", widget=forms.RadioSelect, classname="choice-row"),
    FieldPanel(
        "nth",
        attrs=shown_when("frequency=monthly"),
        help_text=_("For example the second, for the second Tuesday of the month."),
    ),
    FieldPanel("weekdays", classname="choice-row", attrs=shown_when("frequency=weekly monthly")),
    FieldRowPanel(
        [
            FieldPanel("starts", help_text=_("For example 17.30")),
            FieldPanel("ends", help_text=_("For example 19.30")),
            FieldPanel("overnight", attrs={"data-overnight": ""}),
        ],
    ),
    FieldRowPanel(
        [
            FieldPanel("first_on", help_text=_("For example 3.3.2026")),
            FieldPanel(
                "until_on",
                help_text=_("For example 30.6.2026. Leave empty if it goes on."),
                attrs=shown_when("frequency=weekly monthly"),
            ),
        ]
    ),
    FieldRowPanel(
        [
            FieldPanel("weeks", attrs=shown_when("frequency=weekly")),
            FieldPanel(
                "interval",
                help_text=_("For example 2: every other week, counted from the first day."),
                attrs=shown_when("frequency=weekly weeks=interval"),
            ),
        ]
    ),
]

WHAT = MultiFieldPanel(
    [
        SourcePanel(),
        FieldPanel("title", help_text=_("What people call it, for example: Supper together")),
        FieldPanel(
            "summary",
            help_text=_(
                "One sentence for lists, for example: We cook together and eat at half past six."
            ),
        ),
        FieldPanel("activity_type"),
        FieldPanel(
            "kind",
            widget=forms.RadioSelect,
            classname="choice-row",
            help_text=_("Fixed comes back again and again. Varying is now and then."),
        ),
    ],
    heading=_("What"),
    icon="pick",
)

WHEN = [
    FormInlinePanel(
        "schedules",
        panels=SCHEDULE_PANELS,
        row_form=ScheduleForm,
        row_formset=ScheduleFormSet,
        heading=_("When"),
        label=_("time"),
        min_num=1,
        max_num=MOST_ROWS,
        icon="calendar-alt",
    ),
    NextDatesPanel(heading=_("The next dates"), icon="date", classname="next-dates"),
    FormInlinePanel(
        "breaks",
        panels=[
            FieldRowPanel(
                [
                    FieldPanel("first_on", help_text=_("For example 1.7.2026")),
                    FieldPanel("until_on", help_text=_("For example 31.7.2026")),
                ]
            ),
            FieldPanel("reason", help_text=_("For example: summer break")),
        ],
        row_form=BreakForm,
        max_num=MOST_ROWS,
        heading=_("Breaks"),
        label=_("break"),
        icon="cross",
        classname="collapsed",
    ),
]

WHERE = MultiFieldPanel(
    [
        FieldPanel("place_kind", widget=forms.RadioSelect, classname="choice-row"),
        FieldPanel(
            "place_venue",
            widget=forms.Select,
            attrs=shown_when("place_kind=other_venue"),
        ),
        FieldPanel(
            "place_name",
            attrs=shown_when("place_kind=address"),
            help_text=_("For example: The library"),
        ),
        FieldRowPanel(
            [
                FieldPanel("place_street", help_text=_("For example: Torvet 1")),
                FieldPanel("place_postal_code", help_text=_("For example: 9999")),
                FieldPanel("place_city", help_text=_("For example: Eksempelby")),
            ],
            attrs=shown_when("place_kind=address"),
        ),
        FieldPanel("place_district", attrs=shown_when("place_kind=address")),
        FieldPanel("room", help_text=_("For example: The kitchen, or: We meet at the door")),
    ],
    heading=_("Where"),
    icon="home",
)

PRICE_AND_SIGN_UP = MultiFieldPanel(
    [
        FieldPanel("price_type"),
        FieldRowPanel(
            [
                FieldPanel(
                    "price",
                    attrs=shown_when("price_type=fixed range"),
                    help_text=_("For example 25 or 25,50"),
                ),
                FieldPanel(
                    "price_max",
                    attrs=shown_when("price_type=range"),
                    help_text=_("For example 40"),
                ),
            ],
            attrs=shown_when("price_type=fixed range"),
        ),
        FieldPanel("price_note", help_text=_("For example: Coffee is included")),
        FieldPanel("sign_up", widget=forms.RadioSelect, classname="choice-row"),
        FieldPanel(
            "sign_up_text",
            attrs=shown_when("sign_up=call ask"),
            help_text=_("For example: Ring by Monday at noon"),
        ),
        FieldRowPanel(
            [
                FieldPanel("seats", help_text=_("For example 12. Empty: there is always room.")),
                FieldPanel("phone", help_text=_("For example 12 34 56 78")),
            ],
            attrs=shown_when("sign_up=call ask"),
        ),
    ],
    heading=_("Price and joining"),
    icon="tag",
)

HOSTS = MultiFieldPanel(
    [
        HostsPanel(),
        FieldPanel("lead_venue", help_text=_("The venue that answers for the event.")),
        FieldPanel(
            "co_hosts",
            help_text=_("They get an invitation. The event is shown with them when they say yes."),
        ),
    ],
    heading=_("Who holds it"),
    icon="group",
)

WHO = MultiFieldPanel(
    [
        FieldPanel("open_to_public"),
        FieldPanel(
            "who_text", help_text=_("For example: For you who would like to cook with others")
        ),
        FieldPanel("gender_policy"),
        FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple, classname="choice-grid"),
    ],
    heading=_("Who it is for"),
    icon="user",
)

PICTURE = MultiFieldPanel(
    [
        FieldPanel(
            "photo",
            help_text=_(
                "Best without people who can be recognised, for example the kitchen or the "
                "garden. After the last day of consent the drawing is shown instead."
            ),
        ),
        FieldPanel(
            "photo_alt",
            help_text=_("For those who cannot see it, for example: Two people cut vegetables"),
        ),
        FieldPanel("illustration"),
    ],
    heading=_("Picture"),
    icon="image",
)

MORE = FieldPanel(
    "body",
    icon="edit",
    help_text=_(
        "Everything that does not fit above, for example: Bring shoes for indoors. We have aprons."
    ),
)

SHARING = [
    FieldPanel(
        "slug",
        help_text=_(
            "The last part of the address, for example: supper. Leave empty: it is made from the "
            "title."
        ),
    ),
    FieldPanel("search_words", attrs={"data-no-prose": ""}),
    description_panel(),
    PublishingPanel(),
]

ACTIVITY_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList([WHAT, *WHEN, WHERE, PRICE_AND_SIGN_UP, HOSTS], heading=_("The activity")),
        ObjectList([WHO, PICTURE, MORE], heading=_("More about it")),
        ObjectList(SHARING, heading=_("Sharing")),
    ]
)
