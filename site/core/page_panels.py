"""The fields that all pages have in the editor, each with an example."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

SEARCH_ENGINES = {"data-no-prose": ""}  # not read on the page, and not counted with its text


def title_panel() -> FieldPanel:
    """Return the field of a page's name."""
    return FieldPanel(
        "title",
        classname="title",
        help_text=_("What stands at the top of the page, for example: Your first visit"),
    )


def introduction_panel(example: Any) -> FieldPanel:
    """Return the field of the first words, with an `example` of what they may be."""
    return FieldPanel("introduction", help_text=example)


def description_panel() -> FieldPanel:
    """Return the field of what search engines tell of a page."""
    return FieldPanel(
        "search_description",
        attrs=SEARCH_ENGINES,
        help_text=_(
            "One or two sentences for search engines, for example: See where you can eat, rest "
            "and talk with somebody. Leave empty: the page's first words are used."
        ),
    )


def promote_panels() -> list[Any]:
    """Return the tab on how a page is found."""
    return [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text=_(
                        "The last part of the address, for example: first-visit. A new one breaks "
                        "the links that others have made."
                    ),
                ),
                FieldPanel(
                    "seo_title",
                    attrs=SEARCH_ENGINES,
                    help_text=_(
                        "The heading in search engines, for example: Your first visit to a drop-in "
                        "centre. Leave empty: the title is used."
                    ),
                ),
                description_panel(),
            ],
            heading=_("In search engines"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("show_in_menus")])], heading=_("In menus")),
    ]
