"""Who answered, locked, corrected, fixed and approved what, for the tracker's history."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from core.domain.dates import local_time
from initiatives.domain.rounds import QUESTIONS
from initiatives.history import Entry
from initiatives.models import (
    AnnualReport,
    FollowUpAnswer,
    FollowUpRound,
    LeadersMeeting,
    RoundCorrection,
)
from initiatives.permissions import TrackerRights
from initiatives.report_content import question_text


def follow_up_entries(
    rights: TrackerRights,
    *,
    venue_id: int | None = None,
    initiative: str = "",
    limit: int | None = None,
) -> list[Entry]:
    """Return what the person may know of, in no order; filters and `limit` are those of `entries`.

    With `limit` there may be more, but never one that is newer than one left out.
    """
    found = [
        *_answers(rights, venue_id, initiative, limit),
        *_corrections(rights, venue_id, initiative),
    ]
    if venue_id is None and not initiative:
        found += [*_locks(), *_minutes(), *_reports()]
    return found


def _answers(
    rights: TrackerRights, venue_id: int | None, initiative: str, limit: int | None
) -> Iterator[Entry]:
    rows = FollowUpAnswer.objects.select_related(
        "entry__initiative", "entry__venue", "entry__round"
    ).order_by("-at", "-pk")
    if rights.venues is not None:
        own = Q(entry__venue__isnull=True) | Q(entry__venue__in=rights.venues)
        rows = rows.filter(own)
    if venue_id is not None:
        rows = rows.filter(entry__venue=venue_id)
    if initiative:
        rows = rows.filter(entry__initiative__number=initiative)
    for row in rows[:limit]:
        venue = row.entry.venue
        yield Entry(
            at=local_time(row.at),
            who=row.by_name,
            kind=_("Taken over from last time") if row.carried_over else _("Answered"),
            about=str(row.entry.initiative),
            place=venue.title if venue else _("All venues together"),
            changes=tuple(_lines(row)),
            reason=str(row.entry.round),
        )


def _lines(row: FollowUpAnswer) -> Iterator[str]:
    for question in QUESTIONS:
        choice = getattr(row, f"get_{question}_display")()
        text = getattr(row, f"{question}_text")
        line = f"{question_text(question)} {choice}"
        yield f"{line}: {text}" if text else line


def _corrections(rights: TrackerRights, venue_id: int | None, initiative: str) -> Iterator[Entry]:
    rows = RoundCorrection.objects.select_related("initiative", "venue", "round")
    if venue_id is not None:
        rows = rows.filter(venue=venue_id)
    if initiative:
        rows = rows.filter(initiative__number=initiative)
    for row in rows:
        if row.venue_id is None or rights.sees(row.venue_id):
            yield Entry(
                at=local_time(row.at),
                who=row.by_name,
                kind=_("Correction"),
                about=str(row.initiative or row.round),
                place=row.venue.title if row.venue else _("All venues together"),
                changes=(row.text,),
                reason=str(row.round),
            )


def _locks() -> Iterator[Entry]:
    for row in FollowUpRound.objects.filter(locked_at__isnull=False):
        if row.locked_at:
            yield _of_all(row.locked_at, row.locked_by_name, _("Locked"), str(row))


def _minutes() -> Iterator[Entry]:
    for row in LeadersMeeting.objects.filter(settled_at__isnull=False):
        if row.settled_at:
            yield _of_all(row.settled_at, row.settled_by_name, _("Minutes fixed"), str(row))


def _reports() -> Iterator[Entry]:
    for row in AnnualReport.objects.filter(approved_at__isnull=False).defer("content"):
        if row.approved_at:
            yield _of_all(row.approved_at, row.approved_by_name, _("Approved"), str(row))


def _of_all(at: dt.datetime, who: str, kind: str, about: str) -> Entry:
    place = _("All venues together")
    return Entry(at=local_time(at), who=who, kind=kind, about=about, place=place, changes=())
