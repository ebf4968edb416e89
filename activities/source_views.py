"""Calendars from venues in the admin: add one, look at what it holds, take it in, see to it."""

import datetime as dt
from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from activities.actions.source_reading import SourceError
from activities.actions.sources import (
    answer_gone,
    approve_source,
    pause_source,
    preview_source,
)
from activities.models import CalendarSource, EntryState, SourceEntry, SourceKind
from activities.source_forms import NewSourceForm, TakeInForm
from activities.source_wording import own_words, reason, status_of
from activities.tasks import fetch_source, take_in_waiting
from core.fetching import PUBLIC
from core.queue import enqueue
from core.wording import date_text
from directory.permissions import Rights, rights_of

LIST, SHOW = "calendar_sources:index", "calendar_sources:show"
MOST_SHOWN = 300
REFRESH_SECONDS = 3


def may_see(rights: Rights) -> bool:
    """Whether the person publishes for some venue and so may take calendars in."""
    return bool(rights.publishes) or rights.edits_site


def own_sources(rights: Rights) -> QuerySet[CalendarSource]:
    """Return the calendars of the venues the person publishes for."""
    rows = CalendarSource.objects.select_related("venue")
    return rows if rights.edits_site else rows.filter(venue__in=rights.publishes)


class SourceMixin(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    header_icon = "calendar-alt"
    page_title = gettext_lazy("Calendars")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.rights = rights_of(request.user)
        if not may_see(self.rights):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = {"url": reverse(LIST), "label": _("Calendars")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


@method_decorator(sensitive_post_parameters("url"), name="dispatch")
class NewSourceView(SourceMixin, FormView):  # type: ignore[misc]  # Wagtail is untyped
    """Where the calendar is. It is read at once, and shown before anything is made of it."""

    template_name = "activities/admin/sources/new.html"
    page_title = gettext_lazy("Take in a calendar")
    form_class = NewSourceForm
    gate = PUBLIC  # an argument of as_view, for tests with a server of their own

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rights": self.rights}

    def form_valid(self, form: NewSourceForm) -> HttpResponse:
        source = form.source(self.request.user)
        file = form.cleaned_data["file"]
        body = file.read() if file else None
        try:
            preview_source(source, body=body, now=timezone.now(), gate=self.gate)
        except SourceError as error:
            form.add_error("file" if file else "url", reason(error.code))
            return self.form_invalid(form)
        return redirect(SHOW, source.pk)


class SourceView(SourceMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """One calendar: what it holds before the yes, how it goes afterwards."""

    template_name = "activities/admin/sources/show.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = own_sources(rights_of(request.user))
        self.source = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.source.name

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().get(request, *args, **kwargs)
        if self.source.entries.filter(state=EntryState.WAITING).exists():
            answer.headers["Refresh"] = str(REFRESH_SECONDS)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        source = self.source
        entries = list(source.entries.select_related("activity"))
        counts = Counter(entry.state for entry in entries)
        refused = [entry for entry in entries if entry.state == EntryState.REFUSED]
        taken = [entry for entry in entries if entry.state != EntryState.REFUSED]
        problems = [problem for problem in source.problems if not problem["kept"]]
        remarks = [problem for problem in source.problems if problem["kept"]]
        return context | {
            "source": source,
            "status": status_of(source),
            "problem": reason(source.last_problem) if source.last_problem else "",
            "is_file": source.kind == SourceKind.FILE,
            "waiting": counts[EntryState.WAITING],
            "settled": len(taken) - counts[EntryState.WAITING] - counts[EntryState.FOUND],
            "usable": len(taken),
            "rows": [entry_row(entry) for entry in taken[:MOST_SHOWN]],
            "more": max(len(taken) - MOST_SHOWN, 0),
            "asked": [entry for entry in taken if entry.state == EntryState.ASKED],
            "refused": [*map(refused_row, refused), *map(problem_row, problems)],
            "remarks": [problem_row(problem) for problem in remarks],
            "form": kwargs.get("form") or TakeInForm(source=source),
        }


class TakeInView(SourceView):
    """The editor's yes."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TakeInForm(request.POST, source=self.source)
        if self.source.approved_at is not None:
            return redirect(SHOW, self.source.pk)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        approve_source(self.source, now=timezone.now(), **form.choices)
        enqueue(take_in_waiting, self.source.pk)
        messages.success(request, _("The calendar is being taken in."))
        return redirect(SHOW, self.source.pk)


class ActView(SourceView):
    """One thing done to a calendar by a button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.act(request, timezone.now())
        return redirect(SHOW, self.source.pk)

    def act(self, request: HttpRequest, now: dt.datetime) -> None:
        raise NotImplementedError


class FetchNowView(ActView):
    def act(self, request: HttpRequest, now: dt.datetime) -> None:
        if self.source.kind == SourceKind.ADDRESS and self.source.approved_at:
            enqueue(fetch_source, self.source.pk)
            messages.success(request, _("The calendar is being fetched."))


class PauseView(ActView):
    def act(self, request: HttpRequest, now: dt.datetime) -> None:
        if self.source.kind == SourceKind.ADDRESS and self.source.approved_at:
            pause_source(self.source, pause=self.source.active, now=now)


class AnswerView(ActView):
    """What becomes of something that is no longer in the calendar."""

    def act(self, request: HttpRequest, now: dt.datetime) -> None:
        cancel = request.POST.get("answer") == "cancel"
        if answer_gone(self.source, self.kwargs["entry"], cancel=cancel) and cancel:
            enqueue(take_in_waiting, self.source.pk)


class DeleteView(SourceView):
    """Forget a calendar; its activities stay."""

    template_name = "activities/admin/sources/delete.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.source.delete()
        messages.success(request, _("The calendar is deleted. Its activities are still here."))
        return redirect(LIST)


def entry_row(entry: SourceEntry) -> dict[str, Any]:
    """Return an entry as the list shows it."""
    dates = entry.wanted.get("dates", [])
    activity = entry.activity
    return {
        "title": entry.title,
        "first": date_text(entry.first_on) if entry.first_on else "",
        "count": len(dates),
        "cancelled": sum(1 for date in dates if date["cancelled"]),
        "state": entry.get_state_display(),
        "own": own_words(entry),
        "note": reason("no_end") if entry.wanted.get("open_ended") else "",
        "url": reverse("wagtailadmin_pages:edit", args=[activity.pk]) if activity else "",
    }


def refused_row(entry: SourceEntry) -> dict[str, str]:
    return {
        "title": entry.title,
        "day": date_text(entry.first_on) if entry.first_on else "",
        "reason": reason(entry.problem),
    }


def problem_row(problem: dict[str, Any]) -> dict[str, str]:
    """Return one of the reader's remarks; a private entry has no title here."""
    day = dt.date.fromisoformat(problem["on"]) if problem["on"] else None
    detail = f" ({problem['detail']})" if problem["detail"] else ""
    return {
        "title": problem["title"],
        "day": date_text(day) if day else "",
        "reason": f"{reason(problem['code'])}{detail}",
    }
