"""The catalogue and each of its initiatives, to read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from initiatives.agreement_views import seen_agreements
from initiatives.board import Cell, cells_on, seen_venues
from initiatives.models import GuidingPrinciple, Initiative
from initiatives.reading import plan_lines
from initiatives.tracker_pages import TrackerListView, tracker_entry
from initiatives.wording import end_text, start_text, strength_text


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Lead to where one begins."""
    tracker_entry(request)
    return redirect("initiatives_board")


class CatalogueView(TrackerListView):
    """The initiatives under their guiding principles."""

    template_name = "initiatives/catalogue.html"
    page_title = gettext_lazy("Catalogue")
    export_name = "initiativkatalog"

    def export_headings(self) -> Sequence[Any]:
        return [
            pgettext("of an initiative", "Number"),
            _("Initiative"),
            _("Guiding principle"),
            _("Owner"),
            _("Start in the action plan"),
            _("Start"),
            _("End"),
            _("What"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for one in Initiative.objects.select_related("guiding_principle"):
            yield [
                one.number,
                one.title,
                one.guiding_principle.title,
                one.get_owner_role_display(),
                one.start_year_text,
                start_text(one.time_perspective),
                end_text(one.time_perspective),
                one.summary,
            ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        principles = GuidingPrinciple.objects.prefetch_related("initiatives")
        return {
            **super().get_context_data(**kwargs),
            "principles": principles,
            "summaries": Initiative.objects.filter(texts_are_summaries=True).exists(),
        }


class InitiativeView(TrackerListView):
    """One initiative: what, why, who, when, and what it asks for."""

    template_name = "initiatives/initiative.html"

    def get_page_title(self) -> str:
        return str(self.initiative)

    def above(self) -> list[tuple[str, str]]:
        return [(reverse("initiative_catalogue"), _("Catalogue"))]

    def get(self, request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        self.initiative = get_object_or_404(
            Initiative.objects.select_related("guiding_principle"), number=number
        )
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.initiative
        return {
            **super().get_context_data(**kwargs),
            "initiative": wanted,
            "start": start_text(wanted.time_perspective),
            "end": end_text(wanted.time_perspective),
            "requirements": [
                (strength_text(row.get("strength", "")), row.get("text_da", ""))
                for row in wanted.requirements
            ],
            "records": [row.get("label_da", "") for row in wanted.record],
            "builds_on": Initiative.objects.filter(number__in=wanted.builds_on),
            "line": plan_lines().get(wanted.pk),
            "cells": self.cells(),
            "agreements": seen_agreements(self.rights).filter(initiative_links__initiative=wanted),
        }

    @property
    def export_name(self) -> str:
        return f"initiativ-{self.initiative.number}"

    def export_headings(self) -> Sequence[Any]:
        return [_("Venue"), _("Status"), _("Agreed start"), _("Agreed deadline"), _("Next step")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for cell in self.cells():
            state = cell.state
            place = cell.venue.title if cell.venue else _("All venues together")
            days = [state.agreed_start, state.agreed_deadline]
            yield [place, cell.sign.word, *days, state.next_step]

    def cells(self) -> list[Cell]:
        """Return how far the initiative is jointly and at each venue the person may see."""
        venues = seen_venues(self.rights, self.today)
        return [
            cell
            for cell in cells_on(self.today, venues)
            if cell.initiative.pk == self.initiative.pk
        ]
