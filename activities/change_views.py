"""Cancel, move, add, note, stop, close, count and undo: one form each, in two surroundings.

The internal section and the admin show the same views; a `Surface` says with which templates and
addresses. Rights are asked in one place, `ActView.dispatch`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView

from activities.actions import (
    change_from,
    close_venue,
    dates_while_closed,
    first_of_series,
    next_start,
    record_change,
    stop_activity,
)
from activities.change_forms import (
    RULE_ERRORS,
    CancelForm,
    ClosureForm,
    MoveForm,
    NoteForm,
    Scope,
    StopForm,
    TimeForm,
)
from activities.closures import Offered, here, ticked
from activities.date_rows import MANY, ONE
from activities.domain.rules import RuleError
from activities.models import ActivityPage, Occurrence
from activities.operating import may_operate
from activities.taxonomy import ChangeKind, OccurrenceStatus
from core.domain.dates import local_time
from core.followers import readers_are_told
from core.wording import relative_moment
from directory.models import VenuePage
from directory.permissions import Rights, rights_of


@dataclass(frozen=True, slots=True)
class Surface:
    """Where the acts are shown: their template, and how their addresses are called.

    `home` names the list one comes back to; with `by_activity` it is one activity's own.
    """

    template: str
    prefix: str
    home: str
    by_activity: bool

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.prefix}_{name}", args=args)

    def home_url(self, activity: ActivityPage | None, done: str = "") -> str:
        """Return where to go afterwards; `done` says what the list is to tell of."""
        if not self.by_activity:
            url = reverse(self.home)
        elif activity is not None:
            url = reverse(self.home, args=[activity.pk])
        else:
            url = reverse("activity_list:index")
        return f"{url}?gjort={done}" if done else url


class ActView(FormView):  # type: ignore[type-arg]  # forms differ
    """One act on one date, activity or venue, for those who may operate it."""

    surface: Surface = None  # type: ignore[assignment]  # given in the list of addresses
    stops = False
    activity: ActivityPage
    rights: Rights
    by: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.now = timezone.now()
        self.today = local_time(self.now).date()
        if (elsewhere := self.enter(request)) is not None:
            return elsewhere
        self.find(kwargs["pk"])
        if not self.allowed(self.rights):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def enter(self, request: HttpRequest) -> HttpResponse | None:
        """Learn who acts (`by`) and what they may; return where strangers are led instead."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.rights, self.by = rights_of(request.user), request.user
        return None

    def find(self, pk: int) -> None:
        self.activity = get_object_or_404(ActivityPage, pk=pk)

    def allowed(self, rights: Rights) -> bool:
        return may_operate(rights, self.activity)

    @property
    def about(self) -> ActivityPage | None:
        """The activity whose list one comes back to."""
        return self.activity

    def get_template_names(self) -> list[str]:
        return [self.surface.template]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        words = {
            "heading": self.get_heading(),
            "lead": self.get_lead(),
            "submit": self.get_submit(),
        }
        stops = {"submit_stops": self.stops}
        return {**context, **words, **stops, "back_url": self.surface.home_url(self.about)}

    def get_heading(self) -> str:
        raise NotImplementedError

    def get_lead(self) -> str:
        if self.about is not None and not self.about.live:
            return _(
                "The activity is not published, so nobody outside sees it yet. "
                "You can take it back."
            )
        return _(
            "It shows at once on the site and the screen, and in calendars the next time they "
            "look for news. You can take it back."
        )

    def get_submit(self) -> str:
        return _("Save")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            done = self.act(form.cleaned_data)
        except RuleError as error:
            field = "ends" if error.code in {"no_end", "ends_before_start"} else None
            form.add_error(field if field in form.fields else None, RULE_ERRORS[error.code])
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        return HttpResponseRedirect(self.surface.home_url(self.about, done))

    def act(self, data: dict[str, Any]) -> str:
        """Do it; return what was done as `dato-<pk>` or `samlet-<pk>`."""
        raise NotImplementedError


class DateView(ActView):
    """An act on one date that is not over."""

    def find(self, pk: int) -> None:
        dates = Occurrence.objects.filter(ends_at__gt=self.now).with_pages()
        self.date = get_object_or_404(dates, pk=pk)
        self.activity = self.date.activity

    @property
    def title(self) -> str:
        return str(self.date.activity.title)

    @property
    def when(self) -> str:
        """`i morgen kl. 17.30`."""
        return relative_moment(local_time(self.date.starts_at), self.today)

    def get_mail_text(self) -> str:
        """Say so when readers get a mail about it."""
        if not readers_are_told(self.date.pk, self.now):
            return ""
        return _("Those who follow the place by mail are told within five minutes.")

    def record(self, kind: str, **what: Any) -> str:
        change = record_change(
            self.date.activity,
            kind,
            original=self.date.original,
            by=self.by,
            now=self.now,
            **what,
        )
        return f"{ONE}-{change.pk}"


class CancelView(DateView):
    form_class = CancelForm
    stops = True

    def get_form_kwargs(self) -> dict[str, Any]:
        coming = Occurrence.objects.filter(activity=self.activity).taking_place()
        return {**super().get_form_kwargs(), "series": coming.upcoming(self.now).count() > 1}

    def get_heading(self) -> str:
        words = {"title": self.title, "when": self.when}
        return _("Do you want to cancel “%(title)s” %(when)s?") % words

    def get_lead(self) -> str:
        return f"{super().get_lead()} {self.get_mail_text()}".rstrip()

    def get_submit(self) -> str:
        return _("Cancel it")

    def act(self, data: dict[str, Any]) -> str:
        if data["scope"] == Scope.ONE:
            return self.record(ChangeKind.CANCELLED, reason=data["reason"])
        begins = local_time(self.date.starts_at)
        if data["scope"] == Scope.ALL:
            begins = next_start(self.date.activity, now=self.now) or begins
        activity = self.date.activity
        batch = stop_activity(activity, begins, reason=data["reason"], by=self.by, now=self.now)
        return f"{MANY}-{batch.pk}"


class TimeView(ActView):
    """Shared by moving a date and adding one."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "now": local_time(self.now)}

    @staticmethod
    def times(data: dict[str, Any]) -> dict[str, Any]:
        words = {"place": data["place"], "reason": data["reason"]}
        return {"starts": data["begins"], "ends": data["over"], **words}


class MoveView(TimeView, DateView):
    form_class = MoveForm

    def get_initial(self) -> dict[str, Any]:
        starts, ends = local_time(self.date.starts_at), local_time(self.date.ends_at)
        times = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
        return {**times, "place": self.date.place}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Several dates can be moved where the plan gives this one and it was not changed."""
        planned = Occurrence.objects.filter(activity=self.activity, status=OccurrenceStatus.PLANNED)
        series = (
            planned.upcoming(self.now).count() > 1 and self.date.status == OccurrenceStatus.PLANNED
        )
        return {**super().get_form_kwargs(), "series": series}

    def get_heading(self) -> str:
        words = {"title": self.title, "when": self.when}
        return _("Move “%(title)s” %(when)s") % words

    def get_lead(self) -> str:
        return f"{super().get_lead()} {self.get_mail_text()}".rstrip()

    def get_submit(self) -> str:
        return _("Move it")

    def act(self, data: dict[str, Any]) -> str:
        if data["scope"] == Scope.ONE:
            return self.record(ChangeKind.MOVED, **self.times(data))
        activity, original = self.date.activity, self.date.original
        if data["scope"] == Scope.ALL:
            original = first_of_series(activity, original, now=self.now)
        times = {"starts": data["starts"], "ends": data["ends"]}
        batch = change_from(activity, original, **times, by=self.by, now=self.now)
        return f"{MANY}-{batch.pk}"


class NoteView(DateView):
    form_class = NoteForm

    def get_initial(self) -> dict[str, Any]:
        return {"note": self.date.note}

    def get_heading(self) -> str:
        words = {"title": self.title, "when": self.when}
        return _("A note for “%(title)s” %(when)s") % words

    def act(self, data: dict[str, Any]) -> str:
        return self.record(ChangeKind.NOTE, note=data["note"])


class ExtraView(TimeView):
    form_class = TimeForm

    def get_heading(self) -> str:
        return _("One more date for “%(title)s”") % {"title": self.activity.title}

    def get_submit(self) -> str:
        return _("Add the date")

    def act(self, data: dict[str, Any]) -> str:
        change = record_change(
            self.activity,
            ChangeKind.EXTRA,
            by=self.by,
            now=self.now,
            **self.times(data),
        )
        return f"{ONE}-{change.pk}"


class StopView(ActView):
    form_class = StopForm
    stops = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "now": local_time(self.now)}

    def get_heading(self) -> str:
        return _("Stop “%(title)s” from a day on") % {"title": self.activity.title}

    def get_lead(self) -> str:
        return _(
            "Every date from that day on is shown as cancelled until it is past, so that everybody "
            "is told. No new ones come after that. You can take it back."
        )

    def get_submit(self) -> str:
        return _("Stop the activity")

    def act(self, data: dict[str, Any]) -> str:
        begins = dt.datetime.combine(data["day"], dt.time())
        reason = data["reason"]
        batch = stop_activity(self.activity, begins, reason=reason, by=self.by, now=self.now)
        return f"{MANY}-{batch.pk}"


class ClosureView(ActView):
    """Close a venue on some days: first the days (GET), then which dates to cancel (POST)."""

    form_class = ClosureForm
    stops = True

    def find(self, pk: int) -> None:
        self.venue = get_object_or_404(VenuePage, pk=pk)

    @property
    def about(self) -> None:
        return None

    def allowed(self, rights: Rights) -> bool:
        return rights.may_operate(self.venue.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(), "today": self.today}
        if self.request.method == "GET" and "first_on" in self.request.GET:
            kwargs["data"] = self.request.GET
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if form.is_bound and form.is_valid():
            return {**context, "offered": self._offered(form.cleaned_data), "step": "dates"}
        return {**context, "step": "days"}

    def get_heading(self) -> str:
        return _("Close %(venue)s for some days") % {"venue": self.venue.title}

    def get_submit(self) -> str:
        return _("Close, and cancel what is ticked")

    def act(self, data: dict[str, Any]) -> str:
        dates = ticked(self._offered(data), self.request)
        batch = close_venue(self.venue, dates, **data, by=self.by, now=self.now)
        return f"{MANY}-{batch.pk}"

    def _offered(self, data: dict[str, Any]) -> list[Offered]:
        days = (data["first_on"], data["until_on"])
        return here(dates_while_closed(self.venue.pk, *days, now=self.now), self.venue.pk)
