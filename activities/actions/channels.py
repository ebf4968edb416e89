"""The log of what was put where outside this site."""

import datetime as dt
from typing import Any

from django.db import transaction

from activities.models import ActivityPage, HandOver
from activities.outlets.kompas import Card
from activities.outlets.kompas_driver import DRIVER, KompasDriver
from activities.taxonomy import Channel
from directory.models import VenuePage


@transaction.atomic
def confirm_in_kompas(
    subject: ActivityPage | VenuePage,
    card: Card,
    *,
    url: str = "",
    by: Any,
    now: dt.datetime,
    driver: KompasDriver = DRIVER,
) -> HandOver | None:
    """Note that Kompas now says what `card` says, and return the row.

    Without `url` the link noted last time still holds. None when the driver handed nothing over.
    """
    receipt = driver.hand_over(card, url=url)
    if receipt is None:
        return None
    link = receipt.url or _last_link(subject)
    return _noted(subject, Channel.KOMPAS, receipt.content_hash, link, by, now)


@transaction.atomic
def record_post(
    subject: ActivityPage | VenuePage,
    card: Card,
    *,
    channel: Channel,
    url: str = "",
    by: Any,
    now: dt.datetime,
) -> HandOver:
    """Note that somebody shared `subject` on `channel`, at `url` if they said where.

    Raises ValueError for Kompas, which has its own way in.
    """
    if channel == Channel.KOMPAS:
        raise ValueError("Kompas is confirmed, not posted to")
    return _noted(subject, channel, card.content_hash, url.strip(), by, now)


@transaction.atomic
def withdraw_hand_over(row: HandOver, *, by: Any, now: dt.datetime) -> bool:
    """Note that the post is not there, or not any longer; False when that was noted before."""
    fields = {"withdrawn_at": now, "withdrawn_by": by}
    return bool(HandOver.objects.standing().filter(pk=row.pk).update(**fields))


def _noted(
    subject: ActivityPage | VenuePage,
    channel: Channel,
    content_hash: str,
    url: str,
    by: Any,
    now: dt.datetime,
) -> HandOver:
    name = "activity" if isinstance(subject, ActivityPage) else "venue"
    row: HandOver = HandOver.objects.create(
        **{name: subject},
        channel=channel,
        url=url,
        content_hash=content_hash,
        handed_at=now,
        handed_by=by,
    )
    return row


def _last_link(subject: ActivityPage | VenuePage) -> str:
    rows = subject.hand_overs.standing().to_kompas().exclude(url="")
    return rows.values_list("url", flat=True).first() or ""
