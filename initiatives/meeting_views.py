"""Leaders' meetings in the admin: the list, one meeting, and what is handed out of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.http import plain_answer
from core.paper import PaperBusy, PaperMissing
from initiatives.agenda import proposals
from initiatives.domain.document import Document, DocumentError, digest, from_json
from initiatives.minutes import agenda_document, minutes_document, when_text, where_text
from initiatives.models import LeadersMeeting, MeetingAction
from initiatives.report_files import broken_text
from initiatives.tracker_pages import TrackerListView, TrackerView
from initiatives.writers.page import document_parts
from initiatives.writers.paper import pdf_bytes

LIST = "initiatives_meetings"
SHOW = "initiatives_meeting"


class MeetingListView(TrackerListView):
    """Meetings to come and held."""

    template_name = "initiatives/meetings/list.html"
    page_title = gettext_lazy("Leaders' meetings")
    export_name = "ledermoeder"

    def export_headings(self) -> Sequence[str]:
        return [_("Day"), _("From"), _("Where"), _("Theme"), _("Speaker"), _("Minutes fixed")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        return [
            [one.on, one.starts, where_text(one), one.theme, one.speaker, one.settled_at]
            for one in LeadersMeeting.objects.select_related("host_venue")
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meetings = LeadersMeeting.objects.select_related("host_venue")
        return {
            **super().get_context_data(**kwargs),
            "coming": [_shown(one) for one in meetings.filter(on__gte=self.today).order_by("on")],
            "held": [_shown(one) for one in meetings.filter(on__lt=self.today)],
            "open_tasks": MeetingAction.objects.filter(done_at__isnull=True).count(),
        }


class TaskListView(TrackerListView):
    """Tasks from all meetings, the open ones first."""

    template_name = "initiatives/meetings/tasks.html"
    page_title = gettext_lazy("Tasks from meetings")
    export_name = "opgaver-fra-ledermoeder"

    def above(self) -> list[tuple[str, str]]:
        return [(reverse(LIST), _("Leaders' meetings"))]

    def tasks(self) -> Any:
        return MeetingAction.objects.select_related("meeting", "venue").order_by(
            "done_at", "due_on", "pk"
        )

    def export_headings(self) -> Sequence[str]:
        return [
            pgettext("to do", "Task"),
            _("Who"),
            _("Venue"),
            _("Deadline"),
            _("Meeting"),
            _("Done"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        return [
            [one.text, one.owner, one.venue, one.due_on, one.meeting.on, one.done_at]
            for one in self.tasks()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = list(self.tasks())
        return {
            **super().get_context_data(**kwargs),
            "open": [task_line(one, self) for one in tasks if one.done_at is None],
            "done": [task_line(one, self) for one in tasks if one.done_at is not None],
        }


class MeetingPage(TrackerView):
    """What the pages of one meeting share."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.meeting = get_object_or_404(
            LeadersMeeting.objects.select_related("host_venue", "venue_visited"), pk=kwargs["pk"]
        )

    def get_page_title(self) -> str:
        return str(self.meeting)

    def above(self) -> list[tuple[str, str]]:
        return [(reverse(LIST), _("Leaders' meetings"))]

    def url(self) -> str:
        return reverse(SHOW, args=[self.meeting.pk])


class MeetingView(MeetingPage):
    """One meeting: agenda and proposals before it, minutes and tasks after it."""

    template_name = "initiatives/meetings/show.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = self.meeting
        settled = meeting.settled_at is not None
        return {
            **super().get_context_data(**kwargs),
            "meeting": meeting,
            "when": when_text(meeting),
            "where": where_text(meeting),
            "settled": settled,
            "held": meeting.on <= self.today and meeting.cancelled_at is None,
            "items": list(meeting.items.select_related("initiative")),
            "proposals": [] if settled else proposals(meeting, self.now),
            "decisions": meeting.decisions.select_related("initiative", "plan"),
            "tasks": [task_line(one, self) for one in meeting.actions.select_related("venue")],
            "present": meeting.present.order_by("sort_key", "pk"),
            "notes": meeting.notes.all(),
            **self._stored(),
        }

    def _stored(self) -> dict[str, Any]:
        """The minutes as they were fixed, or why they are not shown."""
        if self.meeting.settled_at is None:
            return {"parts": [], "problem": ""}
        try:
            return {"parts": document_parts(stored_minutes(self.meeting)), "problem": ""}
        except DocumentError:
            return {"parts": [], "problem": broken_text()}


class PaperView(MeetingPage):
    """The agenda or the minutes as a PDF."""

    kind = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = "dagsorden" if self.kind == "agenda" else "referat"
        try:
            body = pdf_bytes(self._document())
        except (PaperMissing, DocumentError):
            raise Http404 from None
        except PaperBusy:
            text = _("Many people are printing now. Try again in a minute.")
            return plain_answer(text, 503)
        answer = HttpResponse(body, content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="{name}-{self.meeting.on}.pdf"'
        return answer

    def _document(self) -> Document:
        if self.kind == "agenda":
            return agenda_document(self.meeting, self.today)
        if self.meeting.settled_at is not None:
            return stored_minutes(self.meeting)
        return minutes_document(self.meeting, self.today)


def stored_minutes(meeting: LeadersMeeting) -> Document:
    """Return fixed minutes as they were sent. Raises DocumentError if they were tampered with."""
    if meeting.minutes is None or digest(meeting.minutes) != meeting.digest:
        raise DocumentError("the stored minutes do not fit their fingerprint")
    return from_json(meeting.minutes)


def task_line(action: MeetingAction, view: TrackerView) -> dict[str, Any]:
    """Return a task for a list: whether it is late, and whether the person may tick it."""
    return {
        "task": action,
        "late": action.done_at is None and action.due_on < view.today,
        "may_tick": may_tick(view.rights, action),
    }


def may_tick(rights: Any, action: MeetingAction) -> bool:
    """A venue's task is ticked by its leader or the area head; any other by all who meet."""
    return bool(rights.edits(action.venue_id)) if action.venue_id else bool(rights.sees_any)


def _shown(meeting: LeadersMeeting) -> dict[str, Any]:
    return {"meeting": meeting, "when": when_text(meeting), "where": where_text(meeting)}
