"""A dispatch comes into being; the tick does the rest at its time."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from newsletter.models import Dispatch, Topic


class SendingError(ValueError):
    """Something that cannot be done to a dispatch; the text is for the editor."""


def create_dispatch(
    *,
    kind: str,
    topic: Topic,
    subject: str,
    due_at: dt.datetime,
    now: dt.datetime,
    page: Any = None,
    revision: Any = None,
    payload: Mapping[str, Any] | None = None,
    key: str = "",
    web_url: str = "",
    expires_at: dt.datetime | None = None,
    doubt_policy: str = "",
    by: Any = None,
) -> Dispatch:
    """Return the one dispatch of this page or key, made if there is none that stands.

    `due_at`, `expires_at` and `now` are aware. A `page` or a non-empty `key` is sent once:
    asked again, the dispatch of the first time comes back unchanged, whatever its state;
    only one that was cancelled makes room for another. `payload` is plain JSON for the kind's
    own content and audience (newsletter.kinds). The caller queues `newsletter.tasks.tick`;
    without that the beat finds it within 20 seconds. SendingError when it would be stale before
    it left, or has no subject.
    """
    subject = subject.strip()
    if not subject:
        raise SendingError(_("Write a subject first."))
    if "\n" in subject or "\r" in subject:
        raise SendingError(_("The subject must be one line."))
    if expires_at is not None and expires_at <= max(due_at, now):
        raise SendingError(_("It would be too late before it is sent. Choose a later end."))
    standing = _standing(page, key)
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            return Dispatch.objects.create(
                kind=kind,
                topic=topic,
                page_id=page.pk if page else None,
                revision_id=revision.pk if revision else None,
                payload=dict(payload or {}),
                key=key,
                subject=subject[:200],
                web_url=web_url,
                due_at=due_at,
                expires_at=expires_at,
                created_at=now,
                created_by=by,
                doubt_policy=doubt_policy or settings.NEWSLETTER_DOUBT,
            )
    except IntegrityError:
        standing = _standing(page, key)
        if standing is None:
            raise
        return standing


def _standing(page: Any, key: str) -> Dispatch | None:
    rows = Dispatch.objects.not_cancelled()
    if page is not None:
        return rows.filter(page_id=page.pk).first()
    return rows.filter(key=key).first() if key else None
