"""What a status may follow, and what it needs. The codes are those of the catalogue's
`proposed_status`; the rules follow its inconsistencies S3, S5 and S6: some initiatives are put to
use at once, and those without an end are in operation and never finished.
"""

from collections.abc import Mapping
from enum import StrEnum


class Code(StrEnum):
    """A status; its Danish words stand in `initiatives.taxonomy`."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    DEVELOPING = "developing"
    IMPLEMENTED = "implemented"
    IN_OPERATION = "in_operation"
    PAUSED = "paused"
    DROPPED = "dropped"


WAITING = frozenset({Code.NOT_STARTED, Code.DROPPED})
REACHED = frozenset({Code.IMPLEMENTED, Code.IN_OPERATION})
UNDER_WAY = frozenset({Code.STARTED, Code.DEVELOPING})

_FOLLOWS: Mapping[Code, frozenset[Code]] = {
    Code.NOT_STARTED: frozenset({Code.STARTED, Code.DEVELOPING, Code.DROPPED}),
    Code.STARTED: frozenset(
        {Code.DEVELOPING, Code.IMPLEMENTED, Code.IN_OPERATION, Code.PAUSED, Code.DROPPED}
    ),
    Code.DEVELOPING: frozenset({Code.IMPLEMENTED, Code.IN_OPERATION, Code.PAUSED, Code.DROPPED}),
    Code.IMPLEMENTED: frozenset({Code.IN_OPERATION, Code.DEVELOPING, Code.DROPPED}),
    Code.IN_OPERATION: frozenset({Code.DEVELOPING, Code.PAUSED, Code.DROPPED}),
    Code.PAUSED: frozenset({Code.STARTED, Code.DEVELOPING, Code.IN_OPERATION, Code.DROPPED}),
    Code.DROPPED: frozenset({Code.NOT_STARTED}),
}


def may_follow(before: str, *, at_once: bool = False, endless: bool = False) -> tuple[Code, ...]:
    """Return the statuses that may follow `before`, itself first, in the order of `Code`.

    `at_once` says that the initiative can be put to use without being built first (4a);
    `endless` that it has no end, so that it can be in operation but never implemented (2a, 2c).
    Raises ValueError for an unknown code.
    """
    now = Code(before)
    allowed = set(_FOLLOWS[now])
    if at_once and now == Code.NOT_STARTED:
        allowed |= REACHED
    if endless:
        allowed.discard(Code.IMPLEMENTED)
    return (now, *(code for code in Code if code in allowed))


def needs_start(status: str) -> bool:
    """Whether `status` is only true of something that has an agreed start."""
    return Code(status) not in WAITING
