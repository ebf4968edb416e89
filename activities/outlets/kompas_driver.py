"""How a card gets into Kompas. Today a person copies it; a way in for machines may come."""

from dataclasses import dataclass
from typing import Protocol

from activities.outlets.kompas import Card


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was handed over: the hash of the facts, and where the post can be seen ("" unknown)."""

    content_hash: str
    url: str


class KompasDriver(Protocol):
    """One way to hand a card over. Raises nothing: what fails is left out of the log."""

    def hand_over(self, card: Card, *, url: str) -> Receipt | None:
        """Return the receipt, or None when nothing was handed over."""
        ...


class ManualDriver:
    """Somebody has copied the fields there and says so; `url` is the post, if they gave it."""

    def hand_over(self, card: Card, *, url: str) -> Receipt:
        return Receipt(card.content_hash, url.strip())


DRIVER: KompasDriver = ManualDriver()
