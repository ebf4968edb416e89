"""The week's programme at the desk: see it, hold it back, let it go, and say when it leaves."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from core.queue import enqueue
from directory.permissions import rights_of
from newsletter.actions.weekly import hold_week, release_week, weekly_plan
from newsletter.domain.weeks import due_at
from newsletter.issue_forms import LookForm, PlanForm
from newsletter.issue_views import INDEX, DeskView, may_edit
from newsletter.issue_wording import local_moment
from newsletter.mail import preview_html, preview_text
from newsletter.tasks import tick
from newsletter.weekly import weekly_content, weekly_subject


def monday_of(text: str) -> dt.date:
    """Return the Monday an address names, or raise Http404."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day.weekday() != 0 or not 2020 <= day.year <= 2200:
        raise Http404
    return day


class WeekView(DeskView):
    """One week's programme as a reader gets it."""

    template_name = "newsletter/admin/week.html"
    is_below = True

    def get_page_title(self) -> str:
        return weekly_subject(self.monday)

    def get(self, request: HttpRequest, day: str) -> HttpResponse:
        self.monday = monday_of(day)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        look = LookForm(self.request.GET)
        content = weekly_content(self.monday, now=self.now)
        return {
            **super().get_context_data(**kwargs),
            "monday": self.monday,
            "look_form": look,
            "looks_as": look.described(),
            "query": self.request.GET.urlencode(),
            "text": preview_text(content, look.reader(self.now)),
        }


@require_safe
@xframe_options_sameorigin
def week_mail(request: HttpRequest, day: str) -> HttpResponse:
    """The HTML of a week's programme as one kind of reader would get it; shown in a frame."""
    if not may_edit(rights_of(request.user)):
        raise PermissionDenied
    now = timezone.now()
    content = weekly_content(monday_of(day), now=now)
    return HttpResponse(preview_html(content, LookForm(request.GET).reader(now)))


@require_POST
def hold(request: HttpRequest, day: str) -> HttpResponse:
    """Keep a week's programme from leaving."""
    if not may_edit(rights_of(request.user)):
        raise PermissionDenied
    if hold_week(monday_of(day), by=request.user, now=timezone.now()):
        messages.success(request, _("The week's programme is held back. Nothing is sent."))
    else:
        messages.error(request, _("The week's programme has left already."))
    return redirect(INDEX)


@require_POST
def release(request: HttpRequest, day: str) -> HttpResponse:
    """Let a programme go that was held back."""
    if not may_edit(rights_of(request.user)):
        raise PermissionDenied
    monday, now = monday_of(day), timezone.now()
    plan = weekly_plan()
    if release_week(monday, by=request.user, now=now):
        enqueue(tick)
        messages.success(request, _("The week's programme is on its way."))
    elif plan is not None and due_at(monday, plan.weekday, plan.at) > now:
        leaves = local_moment(due_at(monday, plan.weekday, plan.at))
        said = _("The week's programme is sent %(moment)s.") % {"moment": leaves}
        messages.success(request, said)
    else:
        messages.error(request, _("There is nothing left of that week to send."))
    return redirect(INDEX)


class PlanView(DeskView):
    """When the programme leaves, and whether it does."""

    template_name = "newsletter/admin/plan.html"
    page_title = gettext_lazy("When the week's programme is sent")
    is_below = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(PlanForm(instance=self.plan()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PlanForm(request.POST, instance=self.plan())
        if not form.is_valid():
            return self.shown(form, status=422)
        form.save()
        messages.success(request, _("Saved. It holds from the next programme on."))
        return redirect(INDEX)

    def plan(self) -> Any:
        found = weekly_plan()
        if found is None:
            raise Http404
        return found

    def shown(self, form: PlanForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data() | {"form": form}
        return self.render_to_response(context, status=status)
