from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from core.blocks import BODY_BLOCKS
from core.models import BasePage
from pages.front import front_context


class HomePage(BasePage):
    """The front page: what is open now, what happens today, and where to ring."""

    headline = models.CharField(_("headline"), max_length=60)
    introduction = models.CharField(_("introduction"), max_length=200, blank=True)
    search_hint = models.CharField(_("hint in the search field"), max_length=60, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "directory.VenueIndexPage",
        "activities.CalendarPage",
        "activities.SharedIndexPage",
        "newsletter.NewsletterIndexPage",
        "pages.StandardPage",
        "initiatives.AnnualReportPage",
    ]
    max_count = 1
    template = "pages/home_page.html"
    fixed_place = True
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline", help_text=_("For example: Come as you are")),
        FieldPanel(
            "introduction",
            help_text=_("For example: Find a place where you can eat, rest or talk."),
        ),
        FieldPanel("search_hint", help_text=_("For example: coffee, bath, Tuesday")),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | front_context(request, timezone.now())


class StandardPage(BasePage):
    """A page of text: privacy, accessibility, what happens the first time."""

    introduction = models.CharField(_("introduction"), max_length=255, blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("text"), blank=True)
    show_in_footer = models.BooleanField(_("show at the foot of every page"), default=False)

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage", "initiatives.AnnualReportPage"]
    template = "pages/standard_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel(
            "introduction",
            help_text=_(
                "One or two sentences that say what the page is for, for example: Read what "
                "happens the first time you come."
            ),
        ),
        FieldPanel("body"),
    ]
    promote_panels = [*BasePage.promote_panels, FieldPanel("show_in_footer")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def searchable_texts(self) -> list[str]:
        return [*super().searchable_texts(), self.introduction, *self.body_texts()]

    def body_texts(self) -> list[str]:
        """Return every text of the body without markup."""
        return [
            text for block in self.body for text in block.block.get_searchable_content(block.value)
        ]
