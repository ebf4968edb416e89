"""No relay is set: messages are kept in our own table and read in the admin."""

from core.models import KeptMail
from newsletter.domain.sending import Answer
from newsletter.transport.line import Offer


class OutboxLine:
    """Takes everything. A demo can be looked at without a mail leaving it."""

    def __init__(self) -> None:
        self.used = 0
        self._offered: Offer | None = None

    def offer(self, offer: Offer) -> None:
        self._offered = offer

    def commit(self) -> Answer:
        offer, self._offered = self._offered, None
        if offer is None:
            raise AssertionError("commit comes after offer")
        parts = offer.parts()
        subject = parts.subject if parts else ""
        KeptMail.objects.create(to=offer.receiver, subject=subject[:255], raw=offer.message)
        self.used += 1
        return Answer(250)

    def drop(self) -> None:
        self._offered = None

    def close(self) -> None:
        self._offered = None
