"""One initiative at one venue, or jointly: how far it is, what was recorded, and what shows it."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core.wording import age_text, day_month
from directory.models import VenueMove, VenuePage
from initiatives.actions import Refused, confirm_progress, progress_at
from initiatives.actions.progress import last_change
from initiatives.board import Cell, cells_on
from initiatives.domain.deadlines import Freshness, Suggestion, suggestion
from initiatives.domain.records import completeness, written_here
from initiatives.due import progress_url
from initiatives.elsewhere import kept_facts
from initiatives.history import changes_of
from initiatives.models import Initiative, Progress, Record
from initiatives.reading import plan_lines
from initiatives.record_display import lookups_for, shown_record
from initiatives.record_reading import fields_for
from initiatives.tracker_pages import TrackerView, seen_venue

RECENT = 8


class SquareMixin:
    """Finds initiative and venue of the address, and whether the person may write there."""

    rights: Any
    now: Any
    today: Any
    kwargs: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin
        self.venue: VenuePage | None = None

    def find(self) -> None:
        """Load what the address names; 404 for what the person may not see or what is not kept."""
        initiatives = Initiative.objects.select_related("guiding_principle")
        self.initiative = get_object_or_404(initiatives, number=self.kwargs["number"])
        venue = self.kwargs.get("venue")
        if venue is not None:
            self.venue = seen_venue(self.rights, venue)
        kept = self.initiative.at_venues if self.venue else self.initiative.joint
        if not kept:
            raise Http404
        rows = Progress.objects.select_related("initiative", "venue", "record")
        self.progress: Progress | None = rows.filter(
            initiative=self.initiative, venue=self.venue
        ).first()
        self.successor = self.venue.successor_on(self.today) if self.venue else None
        self.day = last_day(self.venue, self.today) if self.venue else self.today

    @property
    def may_write(self) -> bool:
        """Whether the person may write here now; nobody may at a venue that is no more."""
        if self.venue is None:
            return bool(self.rights.edits_joint(self.initiative))
        return self.successor is None and bool(self.rights.edits(self.venue.pk))

    @property
    def place(self) -> str:
        return str(self.venue.title) if self.venue else _("All venues together")

    def url(self, step: str = "") -> str:
        """Return the address of this square's page, or of a step below it such as `edit`."""
        if not step:
            return progress_url(self.initiative, self.venue)
        number = self.initiative.number
        if self.venue is None:
            return reverse(f"progress_joint_{step}", args=[number])
        return reverse(f"progress_{step}", args=[self.venue.pk, number])

    def begun(self, user: Any) -> Progress:
        """Return the progress, begun now if nobody has. Raises Refused as `progress_at` does."""
        return self.progress or progress_at(self.initiative, self.venue, by=user, now=self.now)


class SquareView(SquareMixin, TrackerView):
    """What the pages of one square share: the way back to the venue, and who may write."""

    writes = False

    def get_page_title(self) -> str:
        return str(self.initiative)

    def above(self) -> list[tuple[str, str]]:
        if self.venue is None:
            return [(reverse("initiative_catalogue"), _("Catalogue"))]
        return [
            (reverse("tracker_venues"), _("Venues")),
            (reverse("tracker_venue", args=[self.venue.pk]), self.venue.title),
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.enter()
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def enter(self) -> None:
        """Find the square; refuse those who may not write where something is written."""
        self.find()
        if self.writes and not self.may_write:
            raise PermissionDenied


class ProgressView(SquareView):
    """The page of one square."""

    template_name = "initiatives/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = self.progress
        fields = fields_for(self.initiative, joint=self.venue is None)
        record = Record.objects.filter(progress=progress).first() if progress else None
        values = record.values if record else {}
        lookups = lookups_for(progress or Progress(initiative=self.initiative, venue=self.venue))
        newest = last_change(progress) if progress else None
        cell = self._cell()
        return {
            **super().get_context_data(**kwargs),
            "initiative": self.initiative,
            "venue": self.venue,
            "place": self.place,
            "progress": progress,
            "cell": cell,
            "mark_words": cell.mark_words,
            "freshness": freshness_text(cell, self.day),
            "line": plan_lines().get(self.initiative.pk),
            "suggestion": suggestion_text(self._suggestion(progress)),
            "record": record,
            "facts": shown_record(written_here(fields), values, lookups),
            "kept": kept_facts(fields, self.venue, self.now, edits_page=self.edits_page),
            "complete": completeness(fields, values),
            "evidence": evidence_of(progress),
            "removed": self._removed(progress),
            "history": changes_of(progress, self.today, limit=RECENT) if progress else [],
            "may_write": self.may_write,
            "successor": self.successor,
            "wrong": newest,
            "urls": {step: self.url(step) for step in STEPS},
            "changes_url": self.history_url(),
        }

    @property
    def edits_page(self) -> bool:
        """Whether the person may change the venue's own page."""
        return self.venue is not None and self.rights.rights.may_publish(self.venue.pk)

    def _removed(self, progress: Progress | None) -> Any:
        """Return the evidence just taken away, to be put back with one press."""
        pk = self.request.GET.get("fjernet", "")
        if progress is None or not (pk.isascii() and pk.isdigit()):
            return None
        return progress.evidence.filter(pk=int(pk[:18]), removed_at__isnull=False).first()

    def history_url(self) -> str:
        query = {"initiativ": self.initiative.number}
        if self.venue:
            query["sted"] = str(self.venue.pk)
        return f"{reverse('tracker_history')}?{urlencode(query)}"

    def _cell(self) -> Cell:
        venues = [self.venue] if self.venue else []
        return next(
            cell
            for cell in cells_on(self.day, venues)
            if cell.initiative.pk == self.initiative.pk and cell.venue == self.venue
        )

    def _suggestion(self, progress: Progress | None) -> Suggestion | None:
        if progress is None or progress.agreed_deadline:
            return None
        return suggestion(self.initiative.time_perspective, progress.agreed_start)


def evidence_of(progress: Progress | None) -> Any:
    """Return what stands beside a progress, with what it points to."""
    if progress is None:
        return []
    return progress.evidence.standing().select_related("page", "file").defer("file__body")


STEPS = ("edit", "record", "confirm", "correct", "evidence")


class ConfirmView(SquareView):
    """Says that what stands here still holds: one press."""

    writes = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.enter()
        return redirect(self.url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.enter()
        try:
            confirm_progress(self.begun(request.user), by=request.user, now=self.now)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Noted: it still holds today."))
        return redirect(self.url())


def suggestion_text(found: Suggestion | None) -> dict[str, Any] | None:
    """Return the catalogue's expectation with its assumption in words, and the day itself."""
    if found is None:
        return None
    start = day_month(found.start, year=True)
    if found.deadline is None:
        return {"text": _("The catalogue names no end, so there is no day to suggest."), "day": ""}
    if not found.months:
        return {"text": _("The catalogue expects it to be in use at once."), "day": ""}
    told = _(
        "The catalogue expects %(months)d months. Counted from the agreed start, %(start)s, "
        "that is %(deadline)s. You decide yourselves."
    )
    words = {
        "months": found.months,
        "start": start,
        "deadline": day_month(found.deadline, year=True),
    }
    return {"text": told % words, "day": found.deadline.isoformat()}


def last_day(venue: VenuePage, today: dt.date) -> dt.date:
    """Return `today`, or the last day on which a venue that has become part of another stood."""
    moves = venue.moves.filter(kind=VenueMove.Kind.MERGED, on__lte=today)
    merged = moves.order_by("on").values_list("on", flat=True).last()
    return merged - dt.timedelta(days=1) if merged else today


def freshness_text(cell: Cell, today: dt.date) -> str:
    """Return how lately somebody said that it holds."""
    fresh = cell.state.fresh(today, within_days=settings.FRISTED_PROGRESS_FRESH_DAYS)
    if fresh == Freshness.NEVER or cell.state.confirmed_on is None:
        return _("Not confirmed yet")
    told = _("Confirmed %(ago)s") if fresh == Freshness.FRESH else _("Last confirmed %(ago)s")
    return told % {"ago": age_text(cell.state.confirmed_on, today)}
