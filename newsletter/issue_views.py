"""The desk where newsletters are seen as a reader sees them, tested, and sent."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from core.post import PostError
from core.queue import enqueue
from directory.permissions import Rights, rights_of
from newsletter.actions.issues import (
    IssueError,
    hindrances,
    is_approved,
    readers_of,
    send_issue,
    standing_dispatch,
    start_draft,
    take_in_changes,
)
from newsletter.actions.sending import SendingError
from newsletter.issue_forms import LookForm, SendForm, StartForm, TestForm
from newsletter.issue_lists import desk_lists
from newsletter.issue_wording import local_moment, obstacle_text, readers_text
from newsletter.mail import send_test
from newsletter.models import IssuePage, NewsletterIndexPage
from newsletter.preview import MAIL, TEXT, rendered
from newsletter.sending_wording import state_text
from newsletter.tasks import tick

INDEX, ISSUE = "newsletters:index", "newsletters:issue"


def may_edit(rights: Rights) -> bool:
    """Newsletters are the communication team's (design: roles)."""
    return rights.edits_site


def edited_issue(request: HttpRequest, pk: int) -> IssuePage:
    """Return the newsletter, or raise PermissionDenied or Http404."""
    if not may_edit(rights_of(request.user)):
        raise PermissionDenied
    issue: IssuePage = get_object_or_404(IssuePage.objects.select_related("topic"), pk=pk)
    return issue


class DeskView(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # untyped
    """What the pages of the desk share."""

    header_icon = "mail"
    page_title: Any = gettext_lazy("Newsletters")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.now = timezone.now()
        if not may_edit(rights_of(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = [{"url": reverse(INDEX), "label": _("Newsletters")}] if self.is_below else []
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    is_below = False


class IndexView(DeskView):
    """Drafts that lie ready, what is planned and on its way, what has been sent, and the week."""

    template_name = "newsletter/admin/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **desk_lists(now=self.now),
            "start_form": StartForm(),
            "archive": NewsletterIndexPage.objects.first(),
            "add_url": add_archive_url(self.request),
        }


def add_archive_url(request: HttpRequest) -> str:
    """Return where the page that holds all letters is made; "" without a front page."""
    site = Site.find_for_request(request)
    kind = ["newsletter", "newsletterindexpage"]
    return reverse("wagtailadmin_pages:add", args=[*kind, site.root_page_id]) if site else ""


class IssueView(DeskView):
    """One newsletter: what is missing, how it looks, a test, and sending."""

    template_name = "newsletter/admin/issue.html"
    is_below = True

    def get_page_title(self) -> str:
        return str(self.issue.get_admin_display_title())

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        self.issue = edited_issue(request, pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **issue_desk(self.request, self.issue, now=self.now),
        }


def issue_desk(
    request: HttpRequest, issue: IssuePage, *, now: dt.datetime, **forms: Any
) -> dict[str, Any]:
    """Return all that the desk of one newsletter shows; `forms` are those that were sent in."""
    sending = standing_dispatch(issue)
    newest = issue.get_latest_revision_as_object()
    look = LookForm(request.GET)
    found = [] if sending else hindrances(issue, now=now)
    return {
        "issue": issue,
        "newest": newest,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[issue.pk]),
        "look_form": look,
        "looks_as": look.described(),
        "query": request.GET.urlencode(),
        "text": rendered(newest, TEXT, look.reader(now), now=now),
        "test_form": TestForm(initial={"email": getattr(request.user, "email", "")}),
        "send_form": SendForm(),
        "obstacles": [obstacle_text(*each) for each in found],
        "readers": readers_text(readers_of(newest.topic, now=now)),
        "is_approved": is_approved(issue),
        "sending": sending,
        "stands": state_text(sending, now) if sending else "",
        "is_changed": sending is not None
        and sending.frozen_at is None
        and sending.revision_id != issue.latest_revision_id,
        **forms,
    }


def again(request: HttpRequest, issue: IssuePage, **forms: Any) -> HttpResponse:
    """Show the desk once more with a form that has something to mend."""
    view = IssueView()
    view.setup(request)
    view.now, view.issue = timezone.now(), issue
    context = view.get_context_data() | forms
    return render(request, view.template_name, context, status=422)


@require_safe
@xframe_options_sameorigin
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of the newest version as one kind of reader would get it; shown in a frame."""
    issue = edited_issue(request, pk)
    now = timezone.now()
    newest = issue.get_latest_revision_as_object()
    return HttpResponse(rendered(newest, MAIL, LookForm(request.GET).reader(now), now=now))


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a newsletter, filled with the coming time, and go on to write in it."""
    if not may_edit(rights_of(request.user)):
        raise PermissionDenied
    form = StartForm(request.POST)
    index = NewsletterIndexPage.objects.first()
    if index is None:
        messages.error(
            request, _("Make the archive on the website first: letters are kept below it.")
        )
        return redirect(INDEX)
    if not form.is_valid():
        messages.error(request, _("Choose one of the topics."))
        return redirect(INDEX)
    topic = form.cleaned_data["topic"]
    issue = start_draft(topic, index=index, now=timezone.now(), by=request.user)
    messages.success(request, _("The draft is filled with the coming time. Write a greeting."))
    return redirect("wagtailadmin_pages:edit", issue.pk)


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the newest version to one address, marked as a test."""
    issue = edited_issue(request, pk)
    form = TestForm(request.POST)
    if not form.is_valid():
        return again(request, issue, test_form=form)
    now = timezone.now()
    address = form.cleaned_data["email"]
    newest = issue.get_latest_revision_as_object()
    reader = LookForm(request.POST).reader(now)
    try:
        sent = send_test(newest, to=address, as_reader=reader, now=now)
    except PostError:
        form.add_error("email", form.fields["email"].error_messages["invalid"])
        return again(request, issue, test_form=form)
    if sent is None:
        messages.warning(request, _("This reader would get no mail: there is nothing for them."))
    else:
        messages.success(request, _("The test is on its way to %(to)s.") % {"to": address})
    return redirect(ISSUE, issue.pk)


class SendView(DeskView):
    """First says what will happen, then, when it is confirmed, does it."""

    template_name = "newsletter/admin/confirm_send.html"
    is_below = True
    page_title = gettext_lazy("Send the newsletter")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(ISSUE, edited_issue(request, pk).pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.issue = edited_issue(request, pk)
        self.form = SendForm(request.POST)
        if not self.form.is_valid():
            return again(request, self.issue, send_form=self.form)
        if "confirmed" in request.POST:
            return self.send(self.form.cleaned_data["due_at"])
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        topic = self.issue.get_latest_revision_as_object().topic
        return {
            **super().get_context_data(**kwargs),
            "issue": self.issue,
            "topic": topic,
            "form": self.form,
            "is_now": self.form.is_now,
            "moment": local_moment(self.form.cleaned_data["due_at"]),
            "readers": readers_text(readers_of(topic, now=self.now)),
        }

    def send(self, due_at: dt.datetime) -> HttpResponse:
        """Plan it; what hinders is told on the desk, where it can be mended."""
        try:
            sending = send_issue(self.issue, due_at=due_at, now=self.now, by=self.request.user)
        except (IssueError, SendingError) as error:
            tell(self.request, error)
            return redirect(ISSUE, self.issue.pk)
        enqueue(tick)
        if self.form.is_now:
            messages.success(self.request, _("The newsletter is on its way."))
        else:
            said = _("The newsletter is sent %(moment)s.")
            messages.success(self.request, said % {"moment": local_moment(sending.due_at)})
        return redirect(ISSUE, self.issue.pk)


@require_POST
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a planned sending go out as the letter was last saved."""
    issue = edited_issue(request, pk)
    try:
        taken = take_in_changes(issue, now=timezone.now())
    except IssueError as error:
        tell(request, error)
        return redirect(ISSUE, issue.pk)
    if taken:
        messages.success(request, _("Your changes go out with the newsletter."))
    else:
        messages.error(request, _("It has begun already, so the changes are only on the website."))
    return redirect(ISSUE, issue.pk)


def tell(request: HttpRequest, error: IssueError | SendingError) -> None:
    """Show what hindered a sending."""
    found = getattr(error, "found", None)
    texts = [obstacle_text(*each) for each in found] if found else [str(error)]
    for text in texts:
        messages.error(request, text)
