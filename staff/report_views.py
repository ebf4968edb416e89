"""Fejl på siden?: a form anybody can fill in, and the list where the venue answers it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.cards import site_root
from core.throttle import under_limit
from directory.permissions import Rights, rights_of
from staff.actions.reports import report_page, settle_report
from staff.forms import ReportForm
from staff.models import PageReport
from staff.models.report import ReportState

HOURLY = 10
SHOWN = 100


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take in what is wrong on a page; `?side=` says which. What is typed is never lost.

    Anybody may send it, so nothing is won by a forged one, and no cookie is set.
    """
    path = page_path(request.GET.get("side", ""))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.by_machine:
            form.add_error(None, _("That went very fast. Press “Send” once more."))
        elif not under_limit(request, "report", limit=HOURLY, seconds=3600):
            form.add_error(
                None, _("We have had many messages from here in the last hour. Ring the place.")
            )
        else:
            report_page(
                path=path,
                text=form.cleaned_data["text"],
                contact=form.cleaned_data["contact"],
                root_path=site_root(),
                now=timezone.now(),
            )
            return redirect(f"{reverse('report_thanks')}?side={path}")
    answer = render(request, "staff/report.html", {"form": form, "path": path})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say thank you, and lead back."""
    context = {"path": page_path(request.GET.get("side", ""))}
    return render(request, "staff/report_thanks.html", context)


@never_cache
@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List what is told about one's own venues, the open ones first."""
    rows = visible(_rights(request)).select_related("venue", "handled_by")
    context = {
        "open": rows.filter(state=ReportState.OPEN)[:SHOWN],
        "settled": rows.exclude(state=ReportState.OPEN)[:SHOWN],
        "current": "place",
    }
    return render(request, "staff/reports.html", context)


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, close or open a report again."""
    row = get_object_or_404(visible(_rights(request)), pk=pk)
    state = request.POST.get("state", "")
    if state not in ReportState.values:
        messages.error(request, _("Choose one of the buttons."))
        return redirect("staff_reports")
    note = request.POST.get("note", row.note).strip()[:400]
    settle_report(row, state=ReportState(state), note=note, by=request.user, now=timezone.now())
    words = {
        ReportState.OPEN: _("It is open again."),
        ReportState.ANSWERED: _("Noted as answered."),
        ReportState.CLOSED: _("Noted as put right."),
    }
    messages.success(request, words[ReportState(state)])
    return redirect("staff_reports")


def visible(rights: Rights) -> QuerySet[PageReport]:
    """Return the reports a person may see: own venues'; for those who look after the site, all."""
    if rights.sees_everything:
        return PageReport.objects.all()
    return PageReport.objects.filter(Q(venue__in=rights.operates))


def page_path(text: str) -> str:
    """Return the path of one of our own pages; anything else becomes the front page."""
    parts = urlsplit(text[:300])
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    odd = "\\" in text or any(ord(sign) < 32 for sign in text)
    return parts.path if own and not odd and not parts.path.startswith("//") else "/"


def _rights(request: HttpRequest) -> Rights:
    rights = rights_of(request.user)
    if not (rights.operates or rights.sees_everything):
        raise PermissionDenied
    return rights
