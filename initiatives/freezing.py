"""Copying what a round holds and what the board says into values that never ask again."""

import datetime as dt

from core.domain.dates import local_day
from initiatives.board_words import principle_text
from initiatives.domain.document import digest
from initiatives.domain.progress import ProgressState
from initiatives.domain.rounds import QUESTIONS, answering_venue
from initiatives.domain.snapshot import (
    Answer,
    CellCopy,
    InitiativeCopy,
    Snapshot,
    SnapshotError,
    VenueCopy,
    from_json,
)
from initiatives.models import FollowUpAnswer, FollowUpRound, GuidingPrinciple, Initiative
from initiatives.reading import board_on
from initiatives.round_reading import RoundState, venues_of


def snapshot_of(state: RoundState, day: dt.date) -> Snapshot:
    """Return a round, its answers and the board at the end of the local `day` as one copy."""
    asked = state.round
    initiatives = list(Initiative.objects.select_related("guiding_principle"))
    return Snapshot(
        name=str(asked),
        year=asked.year,
        half=asked.half,
        opened_on=asked.opened_on,
        deadline_on=asked.deadline_on,
        locked_on=day,
        principles={
            row.guiding_principle.number: _principle(row.guiding_principle) for row in initiatives
        },
        initiatives=tuple(initiative_copy(row) for row in initiatives),
        venues=_venues(state),
        cells=_cells(state, day),
        asked=state.asked,
        missing=len(state.missing),
    )


def stored_snapshot(locked: FollowUpRound) -> Snapshot:
    """Return what a locked round froze.

    Raises SnapshotError when there is none, or when what is stored is not what was frozen.
    """
    if locked.snapshot is None:
        raise SnapshotError("the round is not locked")
    if digest(locked.snapshot) != locked.digest:
        raise SnapshotError("the stored copy does not fit its fingerprint")
    return from_json(locked.snapshot)


def initiative_copy(row: Initiative) -> InitiativeCopy:
    """Return an initiative's facts and words as the catalogue has them now."""
    return InitiativeCopy(
        number=row.number,
        title=row.title,
        principle=row.guiding_principle.number,
        owner=str(row.get_owner_role_display()),
        summary=row.summary,
        is_summary=row.texts_are_summaries,
        joint=row.joint,
        at_venues=row.at_venues,
        continuous=row.continuous,
        start_text=row.start_year_text,
    )


def _principle(principle: GuidingPrinciple) -> str:
    number = principle_text(principle)
    return f"{number}: {principle.title}" if number else principle.title


def _venues(state: RoundState) -> tuple[VenueCopy, ...]:
    venues = {venue.pk: venue for venue in venues_of(state)}
    found = []
    for venue in venues.values():
        heir = venues[answering_venue(venue.pk, state.merged_into)]
        found.append(
            VenueCopy(
                id=venue.pk,
                name=venue.title,
                organisation=venue.organisation.name if venue.organisation else "",
                became="" if heir.pk == venue.pk else heir.title,
            )
        )
    return tuple(found)


def _cells(state: RoundState, day: dt.date) -> tuple[CellCopy, ...]:
    board = board_on(day)
    ids = dict(Initiative.objects.values_list("number", "pk"))
    answers = {entry.place: state.answer(entry) for entry in state.entries}
    # A venue that another one became part of may answer for what the round did not ask it.
    found = dict.fromkeys([*answers, *state.missing])
    cells = []
    for place in found:
        key = (ids[place.initiative], place.venue)
        square = board.get(key) or ProgressState(*key)
        answer = answers.get(place)
        cells.append(
            CellCopy(
                initiative=place.initiative,
                venue=place.venue,
                status=square.status,
                agreed_start=square.agreed_start,
                agreed_deadline=square.agreed_deadline,
                responsible=square.responsible,
                next_step=square.next_step,
                answers=_answers(answer) if answer else None,
                answered_on=local_day(answer.at) if answer else None,
            )
        )
    return tuple(cells)


def _answers(answer: FollowUpAnswer) -> dict[str, Answer]:
    return {
        question: Answer(getattr(answer, question), getattr(answer, f"{question}_text"))
        for question in QUESTIONS
    }
