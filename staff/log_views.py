"""Hvad er der sket?: the log of one venue, with a button to take things back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from activities.models import ActivityPage
from activities.operating import may_operate
from staff.log import PER_PAGE, entries_of, lines
from staff.log_undo import CannotUndo, of_others, undo
from staff.my_place import PlaceView, may_draft


class LogView(PlaceView):
    """What was done at a venue; everybody who works there reads it."""

    def allowed(self) -> bool:
        return self.rights.sees_everything or may_draft(self.rights, self.venue)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = Paginator(entries_of(self.venue), PER_PAGE).get_page(request.GET.get("side"))
        may = self.rights.may_operate(self.venue.pk)
        context: dict[str, Any] = {
            "venue": self.venue,
            "lines": lines(page.object_list, self.rights, may_operate=may, now=self.now),
            "page": page,
            "current": "place",
        }
        return render(request, "staff/log.html", context)


class LogUndoView(PlaceView):
    """Take back one act of the log; by POST only. It says so when that cannot be done."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        row = get_object_or_404(entries_of(self.venue), pk=entry)
        page = row.page.specific
        if page is None:
            raise Http404
        if isinstance(page, ActivityPage) and not may_operate(self.rights, page):
            raise PermissionDenied
        if of_others([row], self.rights):
            raise PermissionDenied
        try:
            undo(row, by=request.user, now=self.now)
        except CannotUndo as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, _("It is taken back."))
        return redirect("staff_log", pk)
