from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Workflow

from core.models import BasePage
from core.page_panels import description_panel, introduction_panel
from directory.permissions import rights_of
from newsletter import panels
from newsletter.archive import archive_context, issue_context
from newsletter.blocks import ISSUE_BLOCKS, SIMPLE_TEXT
from newsletter.editor_forms import FOLDER, IssuePageForm
from newsletter.models.approval import IssueApproval
from newsletter.preview import PREVIEW_MODES, preview_context, preview_template
from newsletter.querysets.issues import IssueManager
from newsletter.taxonomy import Audience


class LetterPage(BasePage):
    """A page whose drafts go round to a colleague: Wagtail's workflow, for newsletters only."""

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        tasks = IssueApproval.objects.filter(active=True).values("task_ptr")
        found: Workflow | None = (
            Workflow.objects.active().filter(workflow_tasks__task__in=tasks).first()
        )
        return found


class NewsletterIndexPage(LetterPage):
    """What has been sent, newest first, at /nyhedsbrev/, and the way to sign up.

    Its address is fixed: the forms for readers lie below it, and every mail links there.
    """

    introduction = models.CharField(_("introduction"), max_length=255, blank=True)
    needs_approval = models.BooleanField(
        _("a newsletter must be approved before it is sent"),
        default=False,
        help_text=_("By a communication editor other than the one who asks for it."),
    )

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["newsletter.IssuePage"]
    max_count = 1
    template = "newsletter/index_page.html"
    fixed_place = True
    content_panels = [
        *BasePage.content_panels,
        introduction_panel(_("For example: What happens in the next two weeks, by mail.")),
        "needs_approval",
    ]
    promote_panels = ["show_in_menus", description_panel()]

    class Meta:
        verbose_name = _("newsletters")
        verbose_name_plural = _("newsletters")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = FOLDER.strip("/")
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | archive_context(request, self, IssuePage.objects.in_archive())


class IssuePage(LetterPage):
    """One newsletter: what is sent as mail and kept on the web are the same page.

    When it is sent, and to whom, is a Dispatch beside the page, so that publishing the page
    again can never send it again.
    """

    topic = models.ForeignKey(
        "newsletter.Topic",
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        related_name="issues",
        limit_choices_to={"kind": "issues"},
    )
    subject = models.CharField(_("subject line"), max_length=120, blank=True)
    preheader = models.CharField(_("first line in the inbox"), max_length=150, blank=True)
    greeting = RichTextField(_("greeting"), features=SIMPLE_TEXT, blank=True)
    body = StreamField(ISSUE_BLOCKS, verbose_name=_("content"), blank=True)

    objects = IssueManager()

    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types: list[str] = []
    template = "newsletter/issue_page.html"
    base_form_class = IssuePageForm
    edit_handler = panels.ISSUE_EDIT_HANDLER

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")

    @property
    def subject_line(self) -> str:
        """Return what stands in the inbox."""
        return self.subject or self.title

    @property
    def is_for_staff(self) -> bool:
        """Whether it is written to colleagues, and is in no archive on the web."""
        return bool(self.topic.audience == Audience.STAFF)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return PREVIEW_MODES

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return preview_template(mode_name) or super().get_preview_template(request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        return context | preview_context(self, mode_name, now=timezone.now())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | issue_context(request, self, now=timezone.now())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what is for everybody; a letter to colleagues only to those who work here."""
        if self.is_for_staff and not rights_of(request.user).works_here:
            raise Http404
        return super().serve(request, *args, **kwargs)
