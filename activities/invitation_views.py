"""Saying yes or no to holding an event together: one page, in /intern/ and in the admin."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from activities.actions import answer_invitation
from activities.hosts import access_to, may_answer
from activities.models import ActivityHost
from activities.planning import event_when
from activities.taxonomy import HostRole
from directory.permissions import rights_of

ANSWERS = {"yes": True, "no": False}


class AnswerView(View):
    """What is asked, what a yes means, and two buttons."""

    template = ""
    home = ""
    sheet = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.now = timezone.now()
        self.rights = rights_of(request.user)
        rows = ActivityHost.objects.select_related("activity", "venue")
        self.host = get_object_or_404(rows, pk=kwargs["pk"])
        self.sees_sheet = access_to(self.rights, self.host.activity).reads
        if not may_answer(self.rights, self.host):
            raise PermissionDenied if self.sees_sheet else Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        lead = self.host.activity.hosts.filter(role=HostRole.LEAD).select_related("venue").first()
        context = {
            "host": self.host,
            "lead": lead,
            "when": event_when(self.host.activity, now=self.now),
            "home": self.home,
            "sheet": self.sheet if self.sees_sheet else "",
            "current": "place",
        }
        return render(request, self.template, context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        accept = ANSWERS.get(request.POST.get("answer", ""))
        if accept is None:
            messages.error(request, _("Press yes or no."))
            return redirect(request.path)
        answer_invitation(self.host, accept=accept, by=request.user, now=self.now)
        said = _("%(venue)s holds “%(event)s”.") if accept else _("Said no to “%(event)s”.")
        values = {"venue": self.host.venue.title, "event": self.host.activity.title}
        messages.success(request, said % values)
        return redirect(self.home)
