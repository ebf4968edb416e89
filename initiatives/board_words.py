"""The board in words: letters for statuses, what a mark says, and what a filter left."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.models import VenuePage
from initiatives.domain.board import Mark
from initiatives.models import GuidingPrinciple
from initiatives.taxonomy import Status

if TYPE_CHECKING:
    from initiatives.board import BoardFilter

LETTERS = {
    Status.NOT_STARTED: pgettext_lazy("letter for: not started", "N"),
    Status.STARTED: pgettext_lazy("letter for: started", "S"),
    Status.DEVELOPING: pgettext_lazy("letter for: being developed", "B"),
    Status.IMPLEMENTED: pgettext_lazy("letter for: implemented", "I"),
    Status.IN_OPERATION: pgettext_lazy("letter for: in operation", "O"),
    Status.PAUSED: pgettext_lazy("letter for: paused", "P"),
    Status.DROPPED: pgettext_lazy("letter for: dropped", "X"),
}
MARK_WORDS = {
    Mark.OVERDUE: gettext_lazy("overdue"),
    Mark.LATE_START: gettext_lazy("late to start"),
    Mark.MISSING: gettext_lazy("something missing"),
    Mark.STALE: gettext_lazy("not confirmed lately"),
}
SHORT_MARKS = {
    Mark.OVERDUE: pgettext_lazy("on the board", "late"),
    Mark.LATE_START: pgettext_lazy("on the board", "late start"),
    Mark.MISSING: pgettext_lazy("on the board", "missing"),
    Mark.STALE: pgettext_lazy("on the board", "stale"),
}


def filter_text(
    wanted: "BoardFilter", venues: Iterable[VenuePage], principles: Iterable[GuidingPrinciple]
) -> str:
    """Return what is chosen: "Kahytten · Under udvikling · over frist"; "" when nothing is."""
    parts = [one.title for one in principles if one.number == wanted.principle]
    parts += [one.title for one in venues if one.slug == wanted.venue]
    parts += [str(Status(wanted.status).label)] if wanted.status else []
    parts += [str(MARK_WORDS[wanted.mark])] if wanted.mark else []
    return " · ".join(parts)


def principle_text(principle: GuidingPrinciple) -> str:
    """Return "Pejlemærke 1"; nothing for the group that is none."""
    if principle.cross_cutting:
        return ""
    return _("Guiding principle %(number)d") % {"number": principle.number}
