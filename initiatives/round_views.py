"""Follow-up rounds in the admin: the list, one round, a venue's sheet, and its lock."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from core.wording import date_text, day_month
from directory.models import VenuePage
from initiatives.actions import Refused
from initiatives.actions.letters import tell_of_round
from initiatives.actions.rounds import (
    add_correction,
    carry_over,
    lock_round,
    move_deadline,
    open_round,
)
from initiatives.domain.rounds import half_of
from initiatives.domain.snapshot import SnapshotError
from initiatives.models import FollowUpRound, Initiative
from initiatives.report_files import broken_text
from initiatives.round_forms import CorrectionForm, DeadlineForm, LockForm, OpenRoundForm, code
from initiatives.round_reading import round_state, running_round
from initiatives.round_shown import VenueLine, result_rows, shown_corrections, venue_lines
from initiatives.tracker_forms import TrackerFormView
from initiatives.tracker_pages import TrackerListView, TrackerView, seen_venue

LIST = "initiatives_rounds"
SHOW = "initiatives_round"


class RoundListView(TrackerListView):
    """Every round, the newest first; the running one with what is missing."""

    template_name = "initiatives/rounds/list.html"
    page_title = gettext_lazy("Follow-up")
    export_name = "opfoelgninger"

    def export_headings(self) -> Sequence[str]:
        return [_("Round"), _("Opened"), _("Deadline"), _("Locked"), _("Asked"), _("Missing")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        return [
            [str(one), one.opened_on, one.deadline_on, one.locked_at, *_counts(one, self.today)]
            for one in FollowUpRound.objects.all()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        running = running_round()
        return {
            **super().get_context_data(**kwargs),
            "running": running,
            "counts": _counts(running, self.today) if running else (),
            "locked": FollowUpRound.objects.filter(running=False),
            "may_open": self.rights.opens_rounds and running is None,
            "late": running is not None and running.deadline_on < self.today,
        }


class RoundPage(TrackerView):
    """What the pages of one round share."""

    manages = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.asked = get_object_or_404(FollowUpRound, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.asked)

    def above(self) -> list[tuple[str, str]]:
        return [(reverse(LIST), _("Follow-up"))]

    def url(self) -> str:
        return reverse(SHOW, args=[self.asked.pk])

    def check(self) -> None:
        """Refuse those who do not lead rounds where a round is led."""
        if self.manages and not self.rights.opens_rounds:
            raise PermissionDenied

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check()
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer


class RoundView(RoundPage, TrackerListView):
    """One round: who has answered while it runs, what it froze once it is locked."""

    template_name = "initiatives/rounds/show.html"

    @property
    def export_name(self) -> str:
        return f"opfoelgning-{code(self.asked.half_year)}"

    def export_headings(self) -> Sequence[str]:
        if self.asked.running:
            return [_("Venue"), _("Asked"), _("Missing")]
        return [
            _("Initiative"),
            _("Venue"),
            _("Status"),
            _("Start"),
            _("Development"),
            _("Implementation"),
            _("Answered"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        if self.asked.running:
            return [[line.name, line.asked, len(line.missing)] for line in self._lines()]
        return [row.cells() for row in self._results()["results"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        running = self.asked.running
        return {
            **super().get_context_data(**kwargs),
            "round": self.asked,
            "deadline": date_text(self.asked.deadline_on),
            "late": running and self.asked.deadline_on < self.today,
            "lines": self._lines() if running else [],
            **self._results(),
            "corrections": shown_corrections(self.asked, self.rights),
            "reminders": self.asked.reminders.all(),
            "manages": self.rights.opens_rounds,
        }

    def _results(self) -> dict[str, Any]:
        """What the round froze, or why it is not shown."""
        if self.asked.running:
            return {"results": [], "problem": ""}
        try:
            return {"results": result_rows(self.asked, self.rights), "problem": ""}
        except SnapshotError:
            return {"results": [], "problem": broken_text()}

    def _lines(self) -> list[VenueLine]:
        return venue_lines(round_state(self.asked, self.today), self.rights)


class OpenRoundView(TrackerFormView):
    """Open a round."""

    page_title = gettext_lazy("Open a follow-up round")
    submit_label = gettext_lazy("Open the round")
    lead = gettext_lazy(
        "Each venue is asked three short questions about each initiative. A half year has one "
        "round, and one round runs at a time."
    )

    def enter(self) -> None:
        if not self.rights.opens_rounds:
            raise PermissionDenied

    def above(self) -> list[tuple[str, str]]:
        return [(reverse(LIST), _("Follow-up"))]

    def make_form(self, data: Any = None, files: Any = None) -> OpenRoundForm:
        initial = {"half": code(half_of(self.today)), "tell": True}
        return OpenRoundForm(data, today=self.today, initial=initial)

    def deed(self, form: Any) -> str:
        values = form.cleaned_data
        opened = open_round(
            values["half"],
            deadline_on=values["deadline_on"],
            introduction=values["introduction"],
            by=self.request.user,
            now=self.now,
        )
        self.told = tell_of_round(opened, now=self.now) if values["tell"] else 0
        return reverse(SHOW, args=[opened.pk])

    def done_text(self) -> str:
        if not self.told:
            return _("The round is open.")
        return ngettext(
            "The round is open, and %(count)d person gets a mail.",
            "The round is open, and %(count)d people get a mail.",
            self.told,
        ) % {"count": self.told}

    def back_url(self) -> str:
        return reverse(LIST)


class RoundFormView(RoundPage, TrackerFormView):
    """A form about one round."""

    def enter(self) -> None:
        self.check()

    def above(self) -> list[tuple[str, str]]:
        return [*super().above(), (self.url(), str(self.asked))]

    def back_url(self) -> str:
        return self.url()


class DeadlineView(RoundFormView):
    """Move the deadline of a running round."""

    manages = True
    page_title = gettext_lazy("Move the deadline")

    def get_page_title(self) -> str:
        return str(self.page_title)

    def make_form(self, data: Any = None, files: Any = None) -> DeadlineForm:
        return DeadlineForm(data, initial={"deadline_on": self.asked.deadline_on})

    def deed(self, form: Any) -> str:
        move_deadline(self.asked, form.cleaned_data["deadline_on"], now=self.now)
        return self.url()

    def done_text(self) -> str:
        day = day_month(self.asked.deadline_on, year=True)
        return _("The deadline is %(day)s now.") % {"day": day}


class LockView(RoundFormView):
    """Lock a round for good, after saying what that means."""

    manages = True
    template_name = "initiatives/rounds/lock.html"
    submit_label = gettext_lazy("Lock the round for good")

    def get_page_title(self) -> str:
        return _("Lock the round")

    def make_form(self, data: Any = None, files: Any = None) -> LockForm:
        return LockForm(data)

    def deed(self, form: Any) -> str:
        lock_round(
            self.asked,
            by=self.request.user,
            now=self.now,
            despite_missing=form.cleaned_data["despite_missing"],
        )
        return self.url()

    def done_text(self) -> str:
        return _("The round is locked. What it says stands from now on.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = round_state(self.asked, self.today)
        lines = venue_lines(state, self.rights) if self.asked.running else []
        return {
            **super().get_context_data(**kwargs),
            "round": self.asked,
            "lines": [line for line in lines if line.missing],
            "missing": len(state.missing),
            "early": self.asked.deadline_on >= self.today,
            "deadline": date_text(self.asked.deadline_on),
        }


class CorrectionView(RoundFormView):
    """Say what was wrong in a locked round."""

    lead = gettext_lazy(
        "The round itself stays as it was locked. Your correction stands beside it, with your "
        "name and the day, and in the yearly report."
    )
    submit_label = gettext_lazy("Add the correction")

    def get_page_title(self) -> str:
        return _("Add a correction")

    def make_form(self, data: Any = None, files: Any = None) -> CorrectionForm:
        venues = VenuePage.objects.filter(follow_up_entries__round=self.asked).distinct()
        own = self.rights.venues
        venues = venues if own is None else venues.filter(pk__in=own)
        return CorrectionForm(data, venues=venues.in_order(), needs_venue=own is not None)

    def deed(self, form: Any) -> str:
        values = form.cleaned_data
        add_correction(
            self.asked,
            values["text"],
            initiative=values["initiative"],
            venue=values["venue"],
            by=self.request.user,
            now=self.now,
        )
        return self.url()

    def done_text(self) -> str:
        return _("The correction stands beside the round.")


class CarryOverView(RoundPage):
    """Take last time's answers over for a venue, or for joint matters: one press."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = self.kwargs.get("venue")
        venue = seen_venue(self.rights, pk) if pk is not None else None
        try:
            taken = carry_over(
                self.asked, venue, numbers=self._numbers(venue), by=request.user, now=self.now
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            text = ngettext(
                "%(count)d answer was taken over. Look it through.",
                "%(count)d answers were taken over. Look them through.",
                taken,
            )
            none = _("There was nothing more to take over.")
            messages.success(request, text % {"count": taken} if taken else none)
        return redirect(sheet_url(self.asked, venue))

    def _numbers(self, venue: VenuePage | None) -> list[str]:
        """What the person may answer: all of their venue's, and the joint ones that are theirs."""
        initiatives = Initiative.objects.all()
        return [
            one.number for one in initiatives if venue is not None or self.rights.edits_joint(one)
        ]


def sheet_url(asked: FollowUpRound, venue: VenuePage | None) -> str:
    """Return the address of a venue's sheet, or of the joint one."""
    if venue is None:
        return reverse("initiatives_round_joint", args=[asked.pk])
    return reverse("initiatives_round_sheet", args=[asked.pk, venue.pk])


def _counts(asked: FollowUpRound, today: Any) -> tuple[int, int]:
    """How much a round asks, and how much is missing."""
    if asked.snapshot is not None:
        return asked.snapshot["asked"], asked.snapshot["missing"]
    state = round_state(asked, today)
    return state.asked, len(state.missing)
