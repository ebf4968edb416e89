"""What follows from a mail server's answer: sent, once more later, or never (RFC 5321, 3463).

A clear refusal, before the final dot or after it, means that nothing was taken. Only silence after
the dot leaves a doubt.
"""

import datetime as dt
import re
from dataclasses import dataclass

RETRY_AFTER = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
LONGEST_REST = dt.timedelta(minutes=2)
SETBACKS_UNTIL_PAUSE = 20
SILENCES_UNTIL_PAUSE = 3
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_MAIL_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"]+@[^\s<>()\[\]:;,\"]+")
# Bad mailbox, bad domain, bad syntax, moved, null MX; and a mailbox that is closed.
_NO_MAILBOX = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: a reply code and its text, both of one line."""

    code: int
    text: str = ""

    @property
    def permanent(self) -> bool:
        """Whether asking again would bring the same."""
        return self.code >= 500

    @property
    def no_mailbox(self) -> bool:
        """Whether the address itself is wrong, as opposed to the mail or the hour."""
        return self.permanent and means_no_mailbox(self.text)


def means_no_mailbox(text: str) -> bool:
    """Whether `text` carries an enhanced status code (RFC 3463) that says the address is wrong."""
    found = _ENHANCED.search(text)
    if found is None or found[1] != "5":
        return False
    return (int(found[2]), int(found[3])) in _NO_MAILBOX


def without_addresses(text: str) -> str:
    """Return one short line of `text` with no mail address in it: answers like to repeat them."""
    return _MAIL_ADDRESS.sub("…", " ".join(text.split()))[:200]


def next_try(
    tries: int, *, now: dt.datetime, expires_at: dt.datetime | None = None
) -> dt.datetime | None:
    """Return when a message is tried again after `tries` tries, or None when it is given up.

    After 1, 5 and 30 minutes, 2 and 6 hours, but never once the issue is out of date.
    """
    if not 1 <= tries <= len(RETRY_AFTER):
        return None
    moment = now + RETRY_AFTER[tries - 1]
    return None if expires_at is not None and moment >= expires_at else moment


def rest_after(setbacks: int) -> dt.timedelta:
    """Return how long nothing is sent after so many setbacks in a row: 5 s doubled, at most 2 m."""
    doubled: int = 2 ** min(max(setbacks - 1, 0), 10)
    return min(dt.timedelta(seconds=5 * doubled), LONGEST_REST)


def refill(left: float, *, per_minute: int, seconds: float, most: float) -> float:
    """Return how many messages may go now, when `left` might go `seconds` ago."""
    return min(most, left + max(seconds, 0.0) * per_minute / 60)
