"""The planning sheet of a shared event: its page, its forms, and what is done with one press.

The internal section and the admin show the same views; a `SheetSurface` says with which templates
and addresses. Rights are asked in one place, `SheetView.dispatch`.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from activities import planning_forms
from activities.actions import invite_host
from activities.actions.planning import (
    PlanningError,
    count_taken,
    mark_task,
    remove_from_sheet,
    save_on_sheet,
    set_open_to_public,
    sheet_of,
    undo_on_sheet,
)
from activities.hosts import access_to, may_answer
from activities.log_actions import planning_words
from activities.models import (
    ActivityPage,
    PlanningChange,
    PlanningSheet,
    PlanningTask,
    SharedCost,
    VenueSeats,
)
from activities.planning import holding, view_of
from activities.taxonomy import HostStatus
from directory.models import VenuePage
from directory.permissions import rights_of


@dataclass(frozen=True, slots=True)
class SheetSurface:
    """Where a sheet is shown: its templates, and how its addresses are called."""

    prefix: str
    sheet: str
    act: str
    answer: str  # the name of the page that asks for an answer to an invitation

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.prefix}_{name}", args=args)

    def home(self, activity: ActivityPage, done: str = "") -> str:
        """Return the address of the sheet; `done` says what it is to tell of."""
        url = self.url("sheet", activity.pk)
        return f"{url}?gjort={done}" if done else url


class SheetMixin(View):
    """Finds the event and asks who it is; whoever has no part in it is told of no event."""

    surface: SheetSurface = None  # type: ignore[assignment]  # given in the list of addresses
    writing: ClassVar[bool] = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.now = timezone.now()
        self.rights = rights_of(request.user)
        self.activity = get_object_or_404(ActivityPage, pk=kwargs["pk"])
        self.access = access_to(self.rights, self.activity)
        if not self.access.reads:
            raise Http404
        if self.writing and not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        return self.access.writes

    def sheet(self) -> PlanningSheet:
        """Return the sheet to write on; while somebody only looks, none is made."""
        if self.request.method == "POST":
            return sheet_of(self.activity)
        stored = PlanningSheet.objects.filter(activity=self.activity).first()
        return stored or PlanningSheet(activity=self.activity)

    def counts(self, venue: VenuePage) -> VenueSeats:
        """Return a host's numbers, with none where nobody has counted."""
        sheet = self.sheet()
        stored = VenueSeats.objects.filter(sheet=sheet, venue=venue).first() if sheet.pk else None
        return stored or VenueSeats(sheet=sheet, venue=venue)

    def back(self, done: str = "") -> HttpResponse:
        return HttpResponseRedirect(self.surface.home(self.activity, done))


class SheetPage(SheetMixin):
    """The sheet; with `printed` the same on paper, without anything to press."""

    writing = False
    printed = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sheet = view_of(self.activity, now=self.now)
        asked = [host for host in sheet.hosts if host.status == HostStatus.INVITED]
        context = {
            "view": sheet,
            "access": self.access,
            "may_write": self.access.writes and not self.printed,
            "printed": self.printed,
            "to_answer": [
                (host, reverse(self.surface.answer, args=[host.pk]))
                for host in asked
                if may_answer(self.rights, host)
            ],
            "base": self.surface.home(self.activity),
            "done": self._done(),
            "current": "place",
        }
        return render(request, self.surface.sheet, context)

    def _done(self) -> dict[str, Any] | None:
        """What has just happened here, from the address one was led back to."""
        said = self.request.GET.get("gjort", "")
        told = {
            "fortrudt": _("It is taken back."),
            "igen": _("Somebody has changed it again since then, so it was left as it is now."),
            "aaben": _("It is changed, and shows on the site at once."),
            "spurgt": _("The invitation is sent again."),
        }
        if said in told:
            return {"text": told[said]}
        if not (said.isascii() and said.isdigit()):
            return None
        change = PlanningChange.objects.filter(
            pk=int(said), sheet__activity=self.activity, undone_at__isnull=True
        ).first()
        if change is None:
            return None
        return {"text": planning_words(change.act, change.words), "undo": change.pk}


class PartView(SheetMixin, FormView):  # type: ignore[type-arg]  # forms differ
    """One row of the sheet in a form."""

    def get_template_names(self) -> list[str]:
        return [self.surface.act]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.find()}

    def find(self) -> Any:
        """Return the row to change, or a new one."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "heading": self.get_heading(),
            "lead": self.get_lead(),
            "submit": _("Save"),
            "back_url": self.surface.home(self.activity),
        }

    def get_heading(self) -> str:
        raise NotImplementedError

    def get_lead(self) -> str:
        words = {"event": self.activity.title}
        return _("For “%(event)s”. Only the hosts' own people see it.") % words

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:  # type: ignore[type-arg, override]
        change = save_on_sheet(form.save(commit=False), by=self.request.user, now=self.now)
        return self.back(str(change.pk) if change else "")

    def stored(self, model: Any) -> Any:
        """Return the row of this sheet that the address names, or an empty one."""
        if "row" not in self.kwargs:
            return model(sheet=self.sheet())
        rows = model.objects.filter(sheet__activity=self.activity, removed=False)
        return get_object_or_404(rows, pk=self.kwargs["row"])

    def host_venues(self) -> Any:
        hosts = holding(self.activity.hosts.all())
        return VenuePage.objects.filter(pk__in=[host.venue_id for host in hosts]).in_order()


class HostPartView(PartView):
    model: Any = None

    def find(self) -> Any:
        return self.stored(self.model)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "venues": self.host_venues()}


class TaskView(HostPartView):
    form_class = planning_forms.TaskForm
    model = PlanningTask

    def get_heading(self) -> str:
        return _("Change the task") if "row" in self.kwargs else _("A new task")


class CostView(HostPartView):
    form_class = planning_forms.CostForm
    model = SharedCost

    def get_heading(self) -> str:
        return _("Change the expense") if "row" in self.kwargs else _("A new expense")


class CountView(PartView):
    """The numbers of one host."""

    def find(self) -> VenueSeats:
        self.venue = get_object_or_404(self.host_venues(), pk=self.kwargs["venue"])
        return self.counts(self.venue)


class SeatsView(CountView):
    form_class = planning_forms.SeatsForm

    def get_heading(self) -> str:
        return _("Places for %(venue)s") % {"venue": self.venue.title}


class CameView(CountView):
    form_class = planning_forms.CameForm

    def get_heading(self) -> str:
        return _("How many came from %(venue)s?") % {"venue": self.venue.title}


class SheetTextView(PartView):
    def find(self) -> Any:
        return self.sheet()


class TransportView(SheetTextView):
    form_class = planning_forms.TransportForm

    def get_heading(self) -> str:
        return _("How people get there and home")


class LearnedView(SheetTextView):
    form_class = planning_forms.LearnedForm

    def get_heading(self) -> str:
        return _("What did we learn?")


class OpenView(SheetMixin, FormView):  # type: ignore[type-arg]  # a plain form
    """Say whether everybody is welcome: the only thing here that the public sees."""

    form_class = planning_forms.OpenForm

    def allowed(self) -> bool:
        return self.access.publishes

    def get_template_names(self) -> list[str]:
        return [self.surface.act]

    def get_initial(self) -> dict[str, Any]:
        return {"open_to_public": "yes" if self.activity.open_to_public else "no"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "heading": _("Who may come to “%(event)s”?") % {"event": self.activity.title},
            "lead": _("The page says so at once, and other systems read it the next time."),
            "submit": _("Save"),
            "back_url": self.surface.home(self.activity),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        value = form.cleaned_data["open_to_public"]
        changed = set_open_to_public(self.activity, value, by=self.request.user, now=self.now)
        return self.back("aaben" if changed else "")


class PressView(SheetMixin):
    """Something done with one press of a button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        change = self.act()
        return self.back(str(change.pk) if change else "")

    def act(self) -> PlanningChange | None:
        raise NotImplementedError

    def row(self, model: Any) -> Any:
        rows = model.objects.filter(sheet__activity=self.activity, removed=False)
        return get_object_or_404(rows, pk=self.kwargs["row"])


class DoneView(PressView):
    def act(self) -> PlanningChange | None:
        done = self.request.POST.get("done") == "yes"
        task = self.row(PlanningTask)
        return mark_task(task, done=done, by=self.request.user, now=self.now)


class RemoveView(PressView):
    model: Any = None

    def act(self) -> PlanningChange | None:
        found = self.row(self.model)
        return remove_from_sheet(found, by=self.request.user, now=self.now)


class CounterView(PressView):
    def act(self) -> PlanningChange | None:
        venue = self.kwargs["venue"]
        hosts = {host.venue_id: host.venue for host in holding(self.activity.hosts.all())}
        if venue not in hosts:
            raise Http404
        step = -1 if self.request.POST.get("step") == "-1" else 1
        counts = self.counts(hosts[venue])
        counts.save()
        return count_taken(counts, step, by=self.request.user, now=self.now)


class UndoSheetView(PressView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        changes = PlanningChange.objects.filter(sheet__activity=self.activity)
        change = get_object_or_404(changes, pk=kwargs["change"])
        try:
            undo_on_sheet(change, by=request.user, now=self.now)
        except PlanningError as error:
            return self.back("fortrudt" if error.code == "undone" else "igen")
        return self.back("fortrudt")


class AskAgainView(PressView):
    """Ask a venue once more that has said no."""

    def allowed(self) -> bool:
        return self.access.invites

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        declined = self.activity.hosts.filter(status=HostStatus.DECLINED)
        host = get_object_or_404(declined.select_related("venue"), pk=kwargs["host"])
        invite_host(self.activity, host.venue, by=request.user, now=self.now)
        return self.back("spurgt")
