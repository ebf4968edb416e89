"""Writing about one initiative at one venue, or jointly: each form on a page of its own."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from activities.models import ActivityPage
from initiatives.actions import (
    Refused,
    add_evidence,
    correct_last_change,
    remove_evidence,
    restore_evidence,
    save_record,
    update_progress,
)
from initiatives.actions.progress import last_change
from initiatives.domain.deadlines import suggestion
from initiatives.domain.records import written_here
from initiatives.history import change_lines, record_labels
from initiatives.models import Evidence, Progress, Record
from initiatives.progress_forms import EvidenceForm, ProgressForm, ReasonForm
from initiatives.progress_views import SquareMixin, suggestion_text
from initiatives.record_display import lookups_for
from initiatives.record_forms import RecordForm, asked_for_rows, with_more_rows
from initiatives.record_reading import fields_for, values_at
from initiatives.tracker_forms import SeenForm, TrackerFormView
from initiatives.tracker_pages import TrackerView

NOTHING_YET = dt.datetime.min.replace(tzinfo=dt.UTC)  # nobody had written when the form was filled


class SquareFormView(SquareMixin, TrackerFormView):
    """A form about one square: only for those who may write there."""

    heading: Any = ""

    def enter(self) -> None:
        """Find the square; refuse those who may not write there."""
        self.find()
        if not self.may_write:
            raise PermissionDenied
        self.subject = self.progress or Progress(initiative=self.initiative, venue=self.venue)

    def get_page_title(self) -> str:
        return str(self.heading)

    def get_page_subtitle(self) -> str:
        return f"{self.place} · {self.initiative}"

    def above(self) -> list[tuple[str, str]]:
        return [(self.url(), f"{self.initiative.number} · {self.place}")]

    def back_url(self) -> str:
        return self.url()

    def done_text(self) -> str:
        return _("Saved.")

    def seen_at(self) -> str:
        """Return when what stands here was last changed, for the form to bring back."""
        return (self.progress.changed_at if self.progress else NOTHING_YET).isoformat()

    def seen(self, form: SeenForm) -> dt.datetime | None:
        """Return what the form was filled from; None where this is the first to be written."""
        return form.cleaned_data["seen_at"] if self.progress else None


class ProgressEditView(SquareFormView):
    """Status, agreed days, who and what next."""

    heading = gettext_lazy("Where are we?")

    def make_form(self, data: Any = None, files: Any = None) -> ProgressForm:
        facts = {key: getattr(self.subject, key) for key in Progress.FACTS}
        asked = parse_day(self.request.GET.get("frist", ""))
        if asked and not facts["agreed_deadline"]:
            facts["agreed_deadline"] = asked
        found = suggestion_text(
            suggestion(self.initiative.time_perspective, self.subject.agreed_start)
        )
        hint = found["text"] if found else _("When the start is agreed, a day is suggested here.")
        return ProgressForm(
            data,
            initial={**facts, "seen_at": self.seen_at()},
            progress=self.subject,
            hint=hint,
        )

    def deed(self, form: ProgressForm) -> str:
        said = form.cleaned_data
        update_progress(
            self.begun(self.request.user),
            values={key: said[key] for key in Progress.FACTS},
            by=self.request.user,
            now=self.now,
            reason=said["reason"],
            seen_at=self.seen(form),
        )
        return self.url()


class RecordEditView(SquareFormView):
    """What the catalogue asks to have recorded."""

    template_name = "initiatives/record_form.html"
    heading = gettext_lazy("What is recorded")

    def enter(self) -> None:
        super().enter()
        fields = fields_for(self.initiative, joint=self.venue is None)
        self.fields = written_here(fields)
        if not self.fields:
            raise Http404

    def make_form(self, data: Any = None, files: Any = None) -> RecordForm:
        record = Record.objects.filter(progress=self.progress).first() if self.progress else None
        public = any(field.public for field in self.fields) and self.venue is not None
        return RecordForm(
            data,
            record=self.fields,
            values=values_at(self.progress) if self.progress else {},
            lookups=lookups_for(self.subject),
            shown=(record.shown if record else True) if public else None,
            initial={"seen_at": self.seen_at()},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = asked_for_rows(request.POST)
        if not key:
            return super().post(request, *args, **kwargs)
        self.enter()
        self.form = self.make_form(with_more_rows(request.POST, key))
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer

    def deed(self, form: RecordForm) -> str:
        save_record(
            self.begun(self.request.user),
            form.stored(),
            shown=form.cleaned_data.get("shown"),
            by=self.request.user,
            now=self.now,
            seen_at=self.seen(form),
        )
        return self.url()


class CorrectView(SquareFormView):
    """Takes the newest change of facts back, with a reason."""

    heading = gettext_lazy("Take the last change back")
    submit_label = gettext_lazy("Take it back")

    def enter(self) -> None:
        super().enter()
        self.wrong = last_change(self.progress) if self.progress else None
        if self.wrong is None or self.progress is None:
            raise Http404
        labels = record_labels(self.progress)
        lines = "; ".join(change_lines(self.wrong.after, self.wrong.before, labels))
        self.lead = _("This is what happens: %(lines)s. Both stay in the history.") % {
            "lines": lines.rstrip(".")
        }

    def make_form(self, data: Any = None, files: Any = None) -> ReasonForm:
        return ReasonForm(data, initial={"seen_at": self.seen_at()})

    def deed(self, form: ReasonForm) -> str:
        assert self.progress is not None  # noqa: S101  (for the type checker: enter has seen to it)
        correct_last_change(
            self.progress,
            by=self.request.user,
            now=self.now,
            reason=form.cleaned_data["reason"],
            seen_at=self.seen(form),
        )
        return self.url()

    def done_text(self) -> str:
        return _("The last change has been taken back.")


class EvidenceAddView(SquareFormView):
    """Puts a link, a page or a document beside what was done."""

    heading = gettext_lazy("Add evidence")

    def make_form(self, data: Any = None, files: Any = None) -> EvidenceForm:
        return EvidenceForm(data, files, pages=self.pages())

    def pages(self) -> Any:
        """Return the pages that can be pointed to: the venue's own, or the shared events."""
        live = Page.objects.live()
        if self.venue is None:
            shared = ActivityPage.objects.live().filter(hosts__isnull=False)
            return live.filter(pk__in=shared.values("pk")).order_by("title")
        return live.filter(Q(pk=self.venue.pk) | Q(path__startswith=self.venue.path)).order_by(
            "path"
        )

    def deed(self, form: EvidenceForm) -> str:
        said = form.cleaned_data
        add_evidence(
            self.begun(self.request.user),
            title=said["title"],
            url=said["url"],
            page=said["page"],
            upload=form.upload(),
            by=self.request.user,
            now=self.now,
        )
        return self.url()

    def done_text(self) -> str:
        return _("The evidence stands with the initiative now.")


class EvidenceView(SquareMixin, TrackerView):
    """What the addresses of one piece of evidence share."""

    writes = True

    def find_evidence(self, pk: int) -> Evidence:
        """Return evidence of a square the person may see; 404 for every other."""
        rows = Evidence.objects.select_related("progress__initiative", "progress__venue", "page")
        evidence = get_object_or_404(rows, pk=pk)
        progress = evidence.progress
        self.kwargs = {"number": progress.initiative.number, "venue": progress.venue_id}
        self.find()
        if self.writes and not self.may_write:
            raise PermissionDenied
        return evidence


class EvidenceFileView(EvidenceView):
    """The document itself, to be fetched and never shown within the admin."""

    writes = False

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        evidence = self.find_evidence(pk)
        file = getattr(evidence, "file", None)
        if file is None or evidence.removed_at is not None:
            raise Http404
        answer = HttpResponse(bytes(file.body), content_type=file.content_type)
        answer.headers["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=file.name
        )
        return answer


class EvidenceRemoveView(EvidenceView):
    """Takes evidence away, or puts it back: one press each."""

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find_evidence(pk)
        return redirect(self.url())

    def post(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        evidence = self.find_evidence(pk)
        try:
            if "restore" in request.POST:
                restore_evidence(evidence, by=request.user, now=self.now)
            else:
                remove_evidence(evidence, by=request.user, now=self.now)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(self.url())
        if "restore" in request.POST:
            messages.success(request, _("“%(title)s” is back.") % {"title": evidence.title})
            return redirect(self.url())
        return redirect(f"{self.url()}?fjernet={evidence.pk}#dokumentation")


def parse_day(text: str) -> Any:
    """Return an ISO day of an address, or None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None
