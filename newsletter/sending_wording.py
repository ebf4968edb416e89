"""What the pages of a sending say: its state, its figures and its doubts, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.domain.dates import local_time
from core.wording import moment_text
from newsletter.actions.sending import totals
from newsletter.mail.letters import message_id_of
from newsletter.models import Delivery, Dispatch
from newsletter.sending_taxonomy import (
    OPEN,
    DeliveryState,
    DispatchKind,
    DispatchState,
    Reason,
    StoppedWhy,
)

MOST_DOUBTS = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the result, with what it is made of."""

    label: str
    number: int
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a sending is and what became of the messages."""

    audience: int
    settled: int
    lines: tuple[Line, ...]
    doubts: int
    held: int


def moment(at: dt.datetime | None) -> str:
    """Return a moment as people say it, or "" for none."""
    return moment_text(local_time(at)) if at else ""


def figures_of(dispatch: Dispatch) -> Figures:
    """Return the figures: counted while the rows are there, afterwards as they were kept."""
    counted = dispatch.totals
    if dispatch.audience and Delivery.objects.filter(dispatch=dispatch).exists():
        counted = totals(dispatch)
    states: dict[str, int] = counted.get("states", {})
    lines = [
        Line(_("Sent"), states.get(DeliveryState.SENT, 0)),
        Line(_("On their way"), sum(states.get(state, 0) for state in OPEN)),
        _line(_("Skipped"), states, DeliveryState.SKIPPED, counted.get("skipped", {})),
        _line(_("Failed"), states, DeliveryState.FAILED, counted.get("failed", {})),
        Line(_("In doubt"), states.get(DeliveryState.DOUBT, 0)),
        Line(_("Came back later"), counted.get("bounced", 0)),
    ]
    return Figures(
        audience=dispatch.audience,
        settled=sum(number for state, number in states.items() if state not in OPEN),
        lines=tuple(lines),
        doubts=counted.get("doubted", 0),
        held=states.get(DeliveryState.DOUBT, 0),
    )


def _line(label: str, states: dict[str, int], state: str, reasons: dict[str, int]) -> Line:
    words = {choice.value: str(choice.label) for choice in Reason}
    parts = ((words.get(code, code), number) for code, number in reasons.items())
    return Line(label, states.get(state, 0), tuple(sorted(parts, key=lambda part: -part[1])))


def state_text(dispatch: Dispatch, now: dt.datetime) -> str:
    """Return in a sentence where the sending stands."""
    why = StoppedWhy(dispatch.stopped_why).label if dispatch.stopped_why else ""
    match dispatch.state:
        case DispatchState.WAITING:
            return _("Planned for {when}.").format(when=moment(dispatch.due_at))
        case DispatchState.PAUSED:
            return _("Paused: {why}.").format(why=why)
        case DispatchState.CANCELLED:
            return _("Stopped: {why}.").format(why=why)
        case DispatchState.DONE if why:
            return _("Ended: {why}.").format(why=why)
        case DispatchState.DONE:
            return _("Sent out. Finished {when}.").format(when=moment(dispatch.finished_at))
    if dispatch.resting_until and dispatch.resting_until > now:
        return _("The mail server does not take our mail right now. We try again by ourselves.")
    return _("Being sent.")


def kind_text(dispatch: Dispatch) -> str:
    """Return what kind of sending it is."""
    known = {kind.value: str(kind.label) for kind in DispatchKind}
    return known.get(dispatch.kind, dispatch.kind)


def doubt_rows(dispatch: Dispatch) -> list[dict[str, Any]]:
    """Return the list of doubts: no names, but what a mail server's own log can be asked for."""
    rows = Delivery.objects.ever_doubted().filter(dispatch=dispatch).order_by("doubted_at", "pk")
    return [
        {
            "when": moment(row.doubted_at),
            "outcome": doubt_text(row),
            "message_id": message_id_of(dispatch.pk, row.subscriber_id),
        }
        for row in rows[:MOST_DOUBTS]
    ]


def doubt_text(row: Delivery) -> str:
    """Return what became of a message that was in doubt."""
    match (row.state, row.repeated):
        case (DeliveryState.DOUBT, True):
            return _("Sent once more, and in doubt again")
        case (DeliveryState.DOUBT, False):
            return _("In doubt")
        case (DeliveryState.SENT, True):
            return _("Sent once more; the reader may have got it twice")
        case (DeliveryState.SENT, False):
            return _("Sent; the answer came late")
        case (DeliveryState.SKIPPED | DeliveryState.FAILED, _any):
            return _("Not sent again; the reader may have got it once")
    return _("Is sent once more")
