"""A round in rows, as one person may see it: their own venues and joint matters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.domain.rounds import QUESTIONS
from initiatives.domain.snapshot import CellCopy, Snapshot
from initiatives.freezing import stored_snapshot
from initiatives.models import FollowUpRound, RoundCorrection
from initiatives.permissions import TrackerRights
from initiatives.round_reading import RoundState, venues_of
from initiatives.round_taxonomy import RoundAnswer
from initiatives.taxonomy import Status


@dataclass(frozen=True, slots=True)
class VenueLine:
    """One venue in a running round; `url` is its sheet, `became` what it is part of now."""

    name: str
    url: str
    asked: int
    missing: tuple[str, ...]
    became: str = ""

    @property
    def answered(self) -> int:
        return self.asked - len(self.missing)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One square of a locked round in words."""

    initiative: str
    title: str
    venue: str
    code: str
    status: str
    answers: tuple[tuple[str, str, str], ...]
    answered: str

    @property
    def heading(self) -> str:
        """Return `1a Kerneopgave …`."""
        return f"{self.initiative} {self.title}"

    def cells(self) -> Sequence[Any]:
        """Return the row for a file."""
        answers = {
            name: f"{choice}: {text}" if text else choice for name, choice, text in self.answers
        }
        return [
            self.heading,
            self.venue,
            self.status,
            *(answers.get(question, "") for question in QUESTIONS),
            self.answered,
        ]


def venue_lines(state: RoundState, rights: TrackerRights) -> list[VenueLine]:
    """Return the joint line and those of the venues that the person may see."""
    lines = list(_joint_line(state))
    names = {venue.pk: venue.title for venue in venues_of(state)}
    for pk, name in names.items():
        if not rights.sees(pk):
            continue
        heir = state.merged_into.get(pk)
        asked = {entry.initiative.number for entry in state.entries if entry.venue_id == pk}
        missing = tuple(state.missing_at(pk))
        lines.append(
            VenueLine(
                name=name,
                url=reverse("initiatives_round_sheet", args=[state.round.pk, pk]),
                asked=len(asked | set(missing)),
                missing=missing,
                became=names.get(heir, "") if heir else "",
            )
        )
    return lines


def _joint_line(state: RoundState) -> Iterator[VenueLine]:
    asked = [entry for entry in state.entries if entry.venue_id is None]
    if asked:
        yield VenueLine(
            name=_("All venues together"),
            url=reverse("initiatives_round_joint", args=[state.round.pk]),
            asked=len(asked),
            missing=tuple(state.missing_at(None)),
        )


def result_rows(locked: FollowUpRound, rights: TrackerRights) -> list[ResultRow]:
    """Return what a locked round froze, of the venues the person may see."""
    copy = stored_snapshot(locked)
    names = {venue.id: venue for venue in copy.venues}
    rows = []
    for cell in copy.cells:
        if not rights.sees(cell.venue):
            continue
        venue = names.get(cell.venue) if cell.venue is not None else None
        name = venue.name if venue else _("All venues together")
        if venue and venue.became:
            name = _("%(venue)s (now part of %(successor)s)") % {
                "venue": venue.name,
                "successor": venue.became,
            }
        rows.append(_result(cell, copy, name))
    return rows


def _result(cell: CellCopy, copy: Snapshot, venue: str) -> ResultRow:
    title = next((row.title for row in copy.initiatives if row.number == cell.initiative), "")
    answers = cell.answers or {}
    return ResultRow(
        initiative=cell.initiative,
        title=title,
        venue=venue,
        code=cell.status,
        status=str(Status(cell.status).label),
        answers=tuple(
            (name, str(RoundAnswer(answers[name].choice).label), answers[name].text)
            for name in QUESTIONS
            if name in answers
        ),
        answered=_("Yes") if answers else _("No"),
    )


def shown_corrections(asked: FollowUpRound, rights: TrackerRights) -> list[RoundCorrection]:
    """Return the corrections that concern everybody or a venue the person may see."""
    rows = asked.corrections.select_related("initiative", "venue")
    return [row for row in rows if row.venue_id is None or rights.sees(row.venue_id)]
