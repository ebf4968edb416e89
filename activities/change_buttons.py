"""Buttons without a form of their own: take something back, count a free place."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from activities.actions import count_free_places, undo_batch, undo_change
from activities.change_done import may_undo, undo_target
from activities.change_views import Surface
from activities.date_rows import Undo
from activities.models import ActivityPage, ChangeBatch, Occurrence
from activities.operating import may_operate
from directory.permissions import rights_of

STEPS = {"1": 1, "-1": -1}


class ButtonView(View):
    """Something a button does at once; by POST only."""

    http_method_names = ["post"]
    surface: Surface = None  # type: ignore[assignment]  # given in the list of addresses

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)


class UndoView(ButtonView):
    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        target = undo_target(Undo(kind, pk))
        if target is None:
            raise Http404
        if not may_undo(rights_of(request.user), target):
            raise PermissionDenied
        now = timezone.now()
        if isinstance(target, ChangeBatch):
            undo_batch(target, by=request.user, now=now)
            row = target.stops.first() or target.plan_changes.first() or target.changes.first()
        else:
            undo_change(target, by=request.user, now=now)
            row = target
        activity: ActivityPage | None = row.activity if row else None
        return HttpResponseRedirect(self.surface.home_url(activity, "fortrudt"))


class PlacesView(ButtonView):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        date = get_object_or_404(Occurrence.objects.select_related("activity"), pk=pk)
        if not may_operate(rights_of(request.user), date.activity):
            raise PermissionDenied
        step = STEPS.get(request.POST.get("step", ""))
        if step and date.activity.seats is not None:
            count_free_places(date, step, by=request.user, now=timezone.now())
        return HttpResponseRedirect(f"{self.surface.home_url(date.activity)}#d{date.pk}")
