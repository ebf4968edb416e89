"""How a newsletter is laid out in the editor: first what stands in the inbox, then the letter."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from core.page_panels import description_panel


class SendingPanel(Panel):  # type: ignore[misc]  # Wagtail is untyped
    """Says that saving and publishing send nothing, and leads to where it is sent."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]  # Wagtail is untyped
        template_name = "newsletter/admin/sending_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk is not None:
                context["url"] = reverse("newsletters:issue", args=[self.instance.pk])
            return context


ISSUE_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                SendingPanel(),
                FieldPanel(
                    "title",
                    classname="title",
                    help_text=_("For example: News from the venues, week 48"),
                ),
                FieldPanel("topic", help_text=_("Everybody who follows the topic gets it.")),
                MultiFieldPanel(
                    [
                        FieldPanel(
                            "subject",
                            help_text=_(
                                "What stands in the inbox, for example: Christmas at the venues. "
                                "Empty: the title."
                            ),
                        ),
                        FieldPanel(
                            "preheader",
                            help_text=_(
                                "Most mail programs show it after the subject, for example: See "
                                "where you can eat on Christmas Eve."
                            ),
                        ),
                    ],
                    heading=_("In the inbox"),
                ),
                FieldPanel(
                    "greeting",
                    help_text=_(
                        "A few lines from you to the readers. It comes first. For example: Dear "
                        "all, it is getting cold. Here is what keeps warm."
                    ),
                ),
                FieldPanel(
                    "body",
                    help_text=_("Lists are filled from the calendar, also after you have saved."),
                ),
            ],
            heading=_("The letter"),
        ),
        ObjectList(
            [
                FieldPanel(
                    "slug",
                    help_text=_(
                        "The last part of the address, for example: week-48. Leave empty: it is "
                        "made from the title."
                    ),
                ),
                description_panel(),
            ],
            heading=_("On the web"),
        ),
    ]
)
