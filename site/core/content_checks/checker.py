"""Wagtail's content checker with rules for Danish, and what a citizen would misunderstand.

Wagtail runs axe in the preview of the page as it is typed. Our rules are declared here; the
browser's part of them is `static/js/content_checks.js`. What `core.publishing` would ask about is
worked out for the previewed page and handed to the panel with it.
"""

from typing import Any

from django.forms import Media
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from core.domain import phrases
from core.publishing import told_of

LINKS, PICTURES = "fristed-link-text", "fristed-picture-text"
LEFT_OUT = {"alt-text-quality", "empty-meta-description"}  # ours knows Danish; the other is filled
RULES = (
    ("fristed-link-vague", "main a[href]", LINKS, phrases.Problem.VAGUE),
    ("fristed-link-address", "main a[href]", LINKS, phrases.Problem.ADDRESS),
    ("fristed-picture-missing", "main img", PICTURES, phrases.Problem.MISSING),
    ("fristed-picture-useless", "main img", PICTURES, phrases.Problem.USELESS),
)
MESSAGES = {
    "fristed-link-vague": {
        "error_name": _("The link does not say where it leads"),
        "help_text": _("Write it into the link, for example: Read about our supper on Tuesdays."),
    },
    "fristed-link-address": {
        "error_name": _("A link is a bare web address"),
        "help_text": _("It is read aloud letter by letter. Write the name of the page instead."),
    },
    "fristed-picture-missing": {
        "error_name": _("The picture has no words"),
        "help_text": _("Write what it shows, for example: Three people peel potatoes."),
    },
    "fristed-picture-useless": {
        "error_name": _("The words of the picture say nothing"),
        "help_text": _("Write what it shows, not that it is a picture and not the file's name."),
    },
    "heading-order": {
        "error_name": _("A heading skips a level"),
        "help_text": _("Use the headings in order, so that one can find the way by ear."),
    },
}


class DanishChecks(ContentCheckerItem):  # type: ignore[misc]  # Wagtail is untyped
    """The checker of one page, `page`, as it is shown in the preview or kept as a draft."""

    template_name = "core/content_checker_item.html"
    axe_run_only = [
        *(rule for rule in ContentCheckerItem.axe_run_only if rule not in LEFT_OUT),
        *(name for name, *_rest in RULES),
    ]
    axe_messages = ContentCheckerItem.axe_messages | MESSAGES

    def __init__(self, page: Page | None = None, *, in_editor: bool = False) -> None:
        super().__init__(in_editor=in_editor)
        self.page = page

    @cached_property
    def media(self) -> Media:
        script: Any = Script("js/content_checks.js", type="module")
        return Media(js=[script])

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        """One rule for each thing that can be wrong, so that each has its own words."""
        return [
            {
                "id": name,
                "impact": "serious",
                "selector": selector,
                "tags": ["best-practice"],
                "all": [],
                "any": [f"{check}-{problem}"],
                "none": [],
                "enabled": True,
            }
            for name, selector, check, problem in RULES
        ]

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What the browser looks for: the patterns that `core.domain.phrases` uses."""
        patterns = {
            "vague": phrases.VAGUE_LINKS,
            "ends": phrases.ENDS,
            "address": phrases.ADDRESS,
            "useless": phrases.USELESS_ALT,
        }
        return [
            {"id": f"{check}-{problem}", "options": {"problem": problem, "patterns": patterns}}
            for _name, _selector, check, problem in RULES
        ]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["told"] = told_in(self.page)
        return context


def told_in(page: Page | None) -> list[dict[str, Any]]:
    """Return what would be asked before publishing, ready for the panel."""
    if page is None:
        return []
    told = told_of(page, now=timezone.now())
    return [{"text": one.text, "advice": one.advice, "stops": one.stops} for one in told]
