"""What must be in order before an issue is sent.

What hinders is named one by one, so that an editor can mend it; nothing is sent half done.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

SOONEST = dt.timedelta(minutes=1)
LATEST = dt.timedelta(days=92)


class Obstacle(StrEnum):
    """Why an issue cannot be sent as it is."""

    NO_CONTENT = "no_content"
    GONE_VENUE = "gone_venue"
    PAST_PERIOD = "past_period"
    EMPTY_TOPIC = "empty_topic"
    IN_APPROVAL = "in_approval"
    NOT_APPROVED = "not_approved"
    ALREADY_SENT = "already_sent"


class TimeProblem(StrEnum):
    """Why a moment cannot be the one at which an issue is sent."""

    PAST = "past"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class State:
    """What is known of an issue: facts in, obstacles out.

    `gone_headings` are the headings of lists with a venue that no longer exists, and
    `past_headings` those of lists whose days are all over.
    """

    says_something: bool
    gone_headings: tuple[str, ...] = ()
    past_headings: tuple[str, ...] = ()
    has_readers: bool = True
    in_approval: bool = False
    needs_approval: bool = False
    approved: bool = False
    sent: bool = False


def obstacles(state: State) -> list[tuple[Obstacle, str]]:
    """Return what hinders, the weightiest first, each with the heading it is about or ""."""
    if state.sent:
        return [(Obstacle.ALREADY_SENT, "")]
    found: list[tuple[Obstacle, str]] = []
    if not state.says_something:
        found.append((Obstacle.NO_CONTENT, ""))
    found += [(Obstacle.GONE_VENUE, heading) for heading in state.gone_headings]
    found += [(Obstacle.PAST_PERIOD, heading) for heading in state.past_headings]
    if not state.has_readers:
        found.append((Obstacle.EMPTY_TOPIC, ""))
    if state.in_approval:
        found.append((Obstacle.IN_APPROVAL, ""))
    elif state.needs_approval and not state.approved:
        found.append((Obstacle.NOT_APPROVED, ""))
    return found


def time_problem(due_at: dt.datetime, now: dt.datetime) -> TimeProblem | None:
    """Return what is wrong with sending at `due_at` (both aware), or None."""
    if due_at < now + SOONEST:
        return TimeProblem.PAST
    return TimeProblem.TOO_FAR if due_at > now + LATEST else None
