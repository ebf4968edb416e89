"""Messages of a lot: the issue's pieces, kept ready, and what is each reader's own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from core.models import ContentVersion
from newsletter.actions.changed_dates import refresh_entries
from newsletter.bounce_address import bounce_address
from newsletter.domain.headers import Reader
from newsletter.domain.mime import Letter
from newsletter.domain.quoted import mail_address
from newsletter.mail.letters import letter_of, readers_of
from newsletter.models import Delivery, Dispatch, Subscriber
from newsletter.transport import Offer


@dataclass(slots=True)
class Letters:
    """Keeps each issue's pieces joined for as long as they say what the site says."""

    _kept: dict[UUID, tuple[int, Letter]] = field(default_factory=dict)

    def letter(self, dispatch: Dispatch, *, now: dt.datetime) -> tuple[int, Letter]:
        """Return the pieces of `dispatch` as of now, and the content version they hold for.

        What is cancelled is cancelled in them; the gate shuts when the version moves on.
        """
        version = ContentVersion.current()[0]
        kept = self._kept.get(dispatch.pk)
        if kept is None or kept[0] != version:
            refresh_entries(dispatch, now=now)
            kept = (version, letter_of(dispatch))
            self._kept = {dispatch.pk: kept}
        return kept


@dataclass(frozen=True, slots=True)
class Lot:
    """Some messages under one lease, with all that is needed to write them."""

    dispatch: Dispatch
    lease: UUID
    rows: Sequence[Delivery]
    version: int
    letter: Letter
    readers: dict[UUID, Reader]

    def offer(self, row: Delivery) -> Offer | None:
        """Return the message for the reader of `row`, or None when it would say nothing.

        Raises MimeError for an address that cannot stand in a mail, and KeyError for a reader
        who has been erased.
        """
        reader = self.readers[row.subscriber_id]
        message = self.letter.to(reader)
        if message is None:
            return None
        return Offer(
            sender=bounce_address(row.pk),
            receiver=mail_address(reader.address),
            message=message,
            parts=partial(self.letter.parts, reader),
        )


def make_lot(
    dispatch: Dispatch, lease: UUID, rows: Sequence[Delivery], kept: tuple[int, Letter]
) -> Lot:
    """Return `rows` with the readers' own things; a few queries for all of them."""
    subscribers = Subscriber.objects.filter(pk__in=[row.subscriber_id for row in rows])
    return Lot(dispatch, lease, rows, *kept, readers=readers_of(dispatch, subscribers))
