"""What every line promises, and the three ways it can go wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from newsletter.domain.mime import Parts
from newsletter.domain.sending import Answer


class Refused(Exception):
    """A clear no to this message or reader. Nothing was taken, before the dot or after it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.code} {answer.text}")
        self.answer = answer


class RelayAway(Exception):
    """A no that has nothing to do with the reader: the relay is down, closing, or refuses us."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.code} {answer.text}")
        self.answer = answer


class LineLost(Exception):
    """The line broke or fell silent. Before `commit` nothing was taken; after it nobody knows.

    `silent` says that the other side held the line and gave no answer in time.
    """

    def __init__(self, text: str, *, silent: bool = False) -> None:
        super().__init__(text)
        self.silent = silent


@dataclass(frozen=True, slots=True)
class Offer:
    """One message: envelope sender and receiver, the bytes, and its parts for who wants parts."""

    sender: str
    receiver: str
    message: bytes
    parts: Callable[[], Parts | None]


class Line(Protocol):
    """A connection that is kept for many messages, used by one worker."""

    used: int  # messages it has taken

    def offer(self, offer: Offer) -> None:
        """Bring everything over but the last word. Raises Refused, RelayAway, LineLost."""

    def commit(self) -> Answer:
        """Say the last word and return the yes. Raises Refused, or LineLost: then it is doubt."""
        ...

    def drop(self) -> None:
        """Break off at once: what was offered and not committed is gone."""

    def close(self) -> None:
        """Say goodbye between two messages."""
