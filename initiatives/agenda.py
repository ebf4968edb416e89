"""What a leaders' meeting could talk about: proposals out of what the tracker knows.

A proposal counts and never names which venue is behind with what: each leader sees their own
venues, and a meeting is for all of them. Shared events and outreach services are named.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Occurrence
from activities.querysets import HOLDING
from core.domain.dates import local_time
from core.wording import date_text, day_month
from directory.models import CooperationAgreement
from initiatives.domain.comparison import counts
from initiatives.domain.snapshot import SnapshotError
from initiatives.domain.status import REACHED
from initiatives.freezing import stored_snapshot
from initiatives.models import (
    FollowUpRound,
    Initiative,
    LeadersMeeting,
    MeetingAction,
    OutreachService,
)
from initiatives.reading import board_on, is_followed, tracked_venues
from initiatives.round_reading import round_state, running_round
from initiatives.round_taxonomy import AgendaSource
from initiatives.taxonomy import ServiceStatus

AHEAD = dt.timedelta(days=120)
MOST_EVENTS = 8
THEME, FOLLOW_UP = "theme", "follow-up"  # the points that stand on every agenda


@dataclass(frozen=True, slots=True)
class Proposal:
    """A point somebody may take on the agenda. `key` says what it is about, once a meeting."""

    key: str
    source: AgendaSource
    title: str
    note: str = ""
    initiative: str = ""


def proposals(meeting: LeadersMeeting, now: dt.datetime) -> list[Proposal]:
    """Return what could be taken up at `meeting` and is not on its agenda yet."""
    today = local_time(now).date()
    taken = set(meeting.items.exclude(source_key="").values_list("source_key", flat=True))
    found = [
        *filter(None, [theme_point(meeting)]),
        *_follow_up(today),
        *_overdue(today),
        *_open_actions(meeting),
        *_shared_events(now),
        *_outreach(),
        *_agreements(today),
    ]
    return [proposal for proposal in found if proposal.key not in taken]


def theme_point(meeting: LeadersMeeting) -> Proposal | None:
    """Return the point about a meeting's theme, None when it has none."""
    if not meeting.theme:
        return None
    words = {"theme": meeting.theme, "speaker": meeting.speaker}
    title = _("Theme: %(theme)s") % words
    note = _("Introduced by %(speaker)s.") % words if meeting.speaker else ""
    return Proposal(THEME, AgendaSource.THEME, title, note, "4a")


def _follow_up(today: dt.date) -> Iterator[Proposal]:
    """The half-yearly follow-up stands on every agenda (4a), with what is known of it."""
    title = _("Follow-up on the initiatives")
    running = running_round()
    locked = FollowUpRound.objects.filter(running=False).first()
    if running is not None:
        state = round_state(running, today)
        note = _("%(round)s runs until %(day)s. %(answered)d of %(asked)d answers are there.") % {
            "round": running,
            "day": date_text(running.deadline_on),
            "answered": len(state.answers),
            "asked": state.asked,
        }
        yield Proposal(FOLLOW_UP, AgendaSource.STANDING, title, note)
    elif locked is not None:
        yield Proposal(FOLLOW_UP, AgendaSource.STANDING, title, _result(locked))
    else:
        note = _("There has been no round yet. Agree on when to open the first one.")
        yield Proposal(FOLLOW_UP, AgendaSource.STANDING, title, note)


def _result(locked: FollowUpRound) -> str:
    try:
        cells = stored_snapshot(locked).cells
    except SnapshotError:
        return str(locked)
    reached = sum(counts(cells, sorted(REACHED)))
    return _(
        "%(round)s is locked. %(reached)d of %(all)d squares are implemented or in operation."
    ) % {"round": locked, "reached": reached, "all": len(cells)}


def _overdue(today: dt.date) -> Iterator[Proposal]:
    """Only of the squares that the board shows: elsewhere nobody can write any more."""
    places = {None, *tracked_venues(today).values_list("pk", flat=True)}
    late = Counter(
        state.initiative_id
        for state in board_on(today).values()
        if state.venue_id in places and state.overdue(today)
    )
    for initiative in Initiative.objects.filter(pk__in=late):
        count = late[initiative.pk]
        note = ngettext(
            "The agreed deadline has passed at %(count)d place.",
            "The agreed deadline has passed at %(count)d places.",
            count,
        ) % {"count": count}
        yield Proposal(
            f"overdue:{initiative.number}",
            AgendaSource.OVERDUE,
            _("%(initiative)s: past its deadline") % {"initiative": initiative},
            note,
            initiative.number,
        )


def _open_actions(meeting: LeadersMeeting) -> Iterator[Proposal]:
    actions = MeetingAction.objects.filter(done_at__isnull=True, meeting__on__lt=meeting.on)
    for action in actions.select_related("meeting"):
        yield Proposal(
            f"action:{action.pk}",
            AgendaSource.ACTION,
            _("Open task: %(task)s") % {"task": action.text},
            _("%(owner)s, by %(day)s. From the meeting %(meeting)s.")
            % {
                "owner": action.owner,
                "day": day_month(action.due_on, year=True),
                "meeting": day_month(action.meeting.on, year=True),
            },
        )


def _shared_events(now: dt.datetime) -> Iterator[Proposal]:
    dates = (
        Occurrence.objects.public()
        .taking_place()
        .shared()
        .between(now, now + AHEAD)
        .select_related("activity")
        .order_by("starts_at", "pk")
    )
    seen: set[int] = set()
    for date in dates:
        if date.activity_id in seen or len(seen) == MOST_EVENTS:
            continue
        seen.add(date.activity_id)
        hosts = date.activity.hosts.filter(HOLDING).select_related("venue")
        yield Proposal(
            f"shared:{date.activity_id}",
            AgendaSource.SHARED,
            _("Shared event: %(event)s") % {"event": date.activity.title},
            _("%(day)s. Held by %(venues)s.")
            % {
                "day": date_text(local_time(date.starts_at).date()).capitalize(),
                "venues": ", ".join(host.venue.title for host in hosts),
            },
            "2c",
        )


def _outreach() -> Iterator[Proposal]:
    """What is on its way and has not been coordinated at a meeting yet (4c)."""
    services = OutreachService.objects.exclude(status=ServiceStatus.STOPPED).filter(
        coordinated_at__isnull=True
    )
    for service in services.select_related("venue").in_order():
        yield Proposal(
            f"outreach:{service.pk}",
            AgendaSource.OUTREACH,
            _("Outreach service: %(service)s at %(venue)s")
            % {"service": service.title, "venue": service.venue.title},
            _("%(provider)s. %(status)s.")
            % {"provider": service.provider, "status": service.get_status_display()},
            "4c",
        )


def _agreements(today: dt.date) -> Iterator[Proposal]:
    ending = CooperationAgreement.objects.filter(
        Q(ends_on__gte=today) & Q(ends_on__lte=today + AHEAD)
    ).select_related("organisation")
    for agreement in ending.order_by("ends_on", "pk"):
        if agreement.ends_on is None or is_followed(agreement):
            continue
        yield Proposal(
            f"agreement:{agreement.pk}",
            AgendaSource.AGREEMENT,
            _("Cooperation agreement with %(organisation)s")
            % {"organisation": agreement.organisation},
            _("%(title)s ends on %(day)s.")
            % {"title": agreement.title, "day": date_text(agreement.ends_on)},
        )
