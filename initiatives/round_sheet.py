"""A venue's answers to a round on one page, and the joint ones."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from core.wording import date_text
from directory.models import VenuePage
from initiatives.actions import Refused
from initiatives.actions.rounds import answer_entry
from initiatives.models import FollowUpEntry, Initiative
from initiatives.round_forms import SheetForm
from initiatives.round_reading import earlier_answers, replaced_answers, round_state
from initiatives.round_views import RoundPage
from initiatives.tracker_pages import seen_venue


class SheetView(RoundPage):
    """Three questions for each initiative, last time's answers beside them."""

    template_name = "initiatives/rounds/sheet.html"

    def get_page_title(self) -> str:
        return self.venue.title if self.venue else _("All venues together")

    def above(self) -> list[tuple[str, str]]:
        return [*super().above(), (self.url(), str(self.asked))]

    def find(self) -> None:
        """Load the venue and what is asked; 404 for what is not theirs or not asked."""
        pk = self.kwargs.get("venue")
        self.venue: VenuePage | None = seen_venue(self.rights, pk) if pk is not None else None
        self.state = round_state(self.asked, self.today)
        self.entries = self._entries()
        self.successor = self.venue.successor_on(self.today) if self.venue else None
        if not self.entries:
            raise Http404

    def _entries(self) -> list[FollowUpEntry]:
        """What this page asks: the round's places here, and those another venue left to it."""
        pk = self.venue.pk if self.venue else None
        found = [entry for entry in self.state.entries if entry.venue_id == pk]
        if pk is None:
            own = [entry for entry in found if self.rights.edits_joint(entry.initiative)]
            return own or found
        here = {entry.initiative.number for entry in found}
        left = [number for number in self.state.missing_at(pk) if number not in here]
        heirs = Initiative.objects.filter(number__in=left).select_related("guiding_principle")
        found += [
            FollowUpEntry(round=self.asked, initiative=one, venue=self.venue) for one in heirs
        ]
        return sorted(found, key=lambda entry: entry.initiative.order)

    def make_form(self, data: Any = None) -> SheetForm:
        return SheetForm(
            data,
            entries=self.entries,
            answers=self.state.answers,
            earlier=earlier_answers(self.asked),
            older=replaced_answers(self.asked, self._pk()),
        )

    @property
    def may_write(self) -> bool:
        """Whether answers can be given here: the round runs, and the venue still stands."""
        if not self.asked.running or self.successor is not None:
            return False
        if self.venue is not None:
            return bool(self.rights.edits(self.venue.pk))
        return all(self.rights.edits_joint(entry.initiative) for entry in self.entries)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find()
        if not self.asked.running:
            return redirect(self.url())
        self.form = self.make_form()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find()
        if not self.asked.running or self.successor is not None:
            messages.error(request, self._closed_text())
            return redirect(self.url())
        if not self.may_write:
            raise PermissionDenied
        self.form = self.make_form(request.POST)
        if self.form.is_valid():
            saved = self._save()
            if self.form.is_valid() and not self.form.refusals:
                return self._done(saved)
        answer: HttpResponse = self.render_to_response(self.get_context_data(), status=422)
        return answer

    def _closed_text(self) -> str:
        if not self.asked.running:
            return _("The round is locked and cannot be changed. You may add a correction to it.")
        return _("%(venue)s has become part of %(successor)s. Answer there from now on.") % {
            "venue": self.venue,
            "successor": self.successor,
        }

    def _save(self) -> int:
        """Save all or nothing; what is refused stands beside its question."""
        saved = 0
        with transaction.atomic():
            for entry in self.entries:
                values = self.form.values(entry)
                if not any(values.values()) and not self.form.seen(entry):
                    continue
                try:
                    answer = answer_entry(
                        self.asked,
                        entry.initiative,
                        self.venue,
                        values,
                        by=self.request.user,
                        now=self.now,
                        seen=self.form.seen(entry),
                    )
                except Refused as refused:
                    self.form.refuse(entry, refused)
                else:
                    saved += answer is not None
            if self.form.errors or self.form.refusals:
                transaction.set_rollback(True)
        return saved

    def _done(self, saved: int) -> HttpResponse:
        text = ngettext("%(count)d answer is saved.", "%(count)d answers are saved.", saved)
        messages.success(self.request, text % {"count": saved})
        left = len(round_state(self.asked, self.today).missing_at(self._pk()))
        return redirect(self.request.path if left else self.url())

    def _pk(self) -> int | None:
        return self.venue.pk if self.venue else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = self.state.missing_at(self._pk())
        step = "initiatives_round_carry" if self.venue else "initiatives_round_carry_joint"
        args = [self.asked.pk, self.venue.pk] if self.venue else [self.asked.pk]
        return {
            **super().get_context_data(**kwargs),
            "round": self.asked,
            "venue": self.venue,
            "successor": self.successor,
            "form": self.form,
            "rows": list(self.form.rows()),
            "missing": missing,
            "deadline": date_text(self.asked.deadline_on),
            "late": self.asked.deadline_on < self.today,
            "may_write": self.may_write,
            "carry_url": reverse(step, args=args),
            "back_url": self.url(),
        }
