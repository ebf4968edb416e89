"""The board in the admin: where every initiative stands at every venue, on any day so far."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.wording import date_text
from initiatives.board import Board, Cell, all_signs, board_for, seen_venues
from initiatives.board_filters import MARKS, STATUSES, asked_day, asked_filter
from initiatives.board_words import MARK_WORDS, filter_text
from initiatives.models import GuidingPrinciple
from initiatives.tracker_pages import TrackerListView


class BoardView(TrackerListView):
    """Initiatives down, venues across; one day, and what a filter leaves."""

    template_name = "initiatives/board.html"
    page_title = gettext_lazy("Board")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.day, self.problems = asked_day(request.GET, self.today)
        self.principles = list(GuidingPrinciple.objects.all())
        self.venues = seen_venues(self.rights, self.day)
        numbers = [principle.number for principle in self.principles]
        slugs = [venue.slug for venue in self.venues]
        self.wanted, unknown = asked_filter(request.GET, numbers, slugs)
        self.problems += unknown
        self.board = board_for(self.day, self.venues, self.wanted)
        return super().get(request, *args, **kwargs)

    @property
    def export_name(self) -> str:
        return f"tavle-{self.day.isoformat()}"

    def export_headings(self) -> Sequence[str]:
        return headings()

    def export_rows(self) -> Iterable[Sequence[Any]]:
        return [row_of(cell) for cell in self.board.shown]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "board": self.board,
            "day": self.day,
            "day_text": date_text(self.day),
            "is_past": self.day != self.today,
            "today": self.today,
            "problems": self.problems,
            "signs": all_signs(),
            "figures": figures(self.board),
            "choices": self._choices(),
            "filter_text": filter_text(self.wanted, self.venues, self.principles),
        }

    def _choices(self) -> dict[str, list[tuple[str, str, bool]]]:
        """What each filter offers, as (value, words, chosen)."""
        wanted = self.wanted
        return {
            "gruppe": [
                (str(one.number), one.title, one.number == wanted.principle)
                for one in self.principles
            ],
            "sted": [(one.slug, one.title, one.slug == wanted.venue) for one in self.venues],
            "status": [
                (word, str(code.label), code.value == wanted.status)
                for word, code in STATUSES.items()
            ],
            "vis": [
                (word, str(MARK_WORDS[mark]), mark == wanted.mark) for word, mark in MARKS.items()
            ],
        }


def figures(board: Board) -> list[dict[str, Any]]:
    """Return the figures above the board; the last one leads to its squares."""
    tally = board.tally
    return [
        {"label": _("In operation or implemented"), "number": tally.reached},
        {"label": _("Under way"), "number": tally.under_way},
        {"label": _("Not begun, or paused"), "number": tally.waiting},
        *(
            {
                "label": str(MARK_WORDS[mark]),
                "number": tally.marked[mark],
                "query": f"vis={word}",
                "marked": True,
            }
            for word, mark in MARKS.items()
        ),
    ]


def headings() -> list[str]:
    """Return the first line of the board as a file."""
    return [
        pgettext("of an initiative", "Number"),
        _("Initiative"),
        _("Venue"),
        _("Status"),
        _("Agreed start"),
        _("Agreed deadline"),
        _("Responsible function"),
        _("Next step"),
        _("Last confirmed"),
        _("To look at"),
    ]


def row_of(cell: Cell) -> list[Any]:
    """Return one square as a line of a file."""
    state = cell.state
    return [
        cell.initiative.number,
        cell.initiative.title,
        cell.venue.title if cell.venue else _("All venues together"),
        cell.sign.word,
        state.agreed_start,
        state.agreed_deadline,
        state.responsible,
        state.next_step,
        state.confirmed_on,
        cell.mark_words,
    ]
