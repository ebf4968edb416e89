"""What core itself writes: pages that are due go on and off the public site."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import dateparse
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, PageLogEntry, Revision

logger = logging.getLogger(__name__)

PUBLISH_FAILED = "fristed.publish_failed"


@dataclass
class Published:
    """What one run did: names such as "page 12"."""

    published: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def publish_due(now: dt.datetime) -> Published:
    """Take what has expired at `now` (aware) off the site and publish what is due.

    Each page has a transaction of its own. One that fails is logged with its id, noted once in
    the page's history where its editor sees it, and tried again the next time; the others are
    not held up by it. Wagtail's own `publish_scheduled` stops at the first failure.
    """
    done = Published()
    for thing in _expired(now):
        _attempt(thing, partial(_expire, thing, now), done.expired, done.failed)
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    for revision in list(due):
        _attempt(revision, partial(_publish, revision, now), done.published, done.failed)
    return done


def _expired(now: dt.datetime) -> Iterator[Any]:
    drafts = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in [Page, *drafts]:
        yield from model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")


def _expire(thing: Any, now: dt.datetime) -> bool:
    fresh = type(thing).objects.select_for_update().get(pk=thing.pk)
    if not (fresh.live and fresh.expire_at and fresh.expire_at < now):
        return False
    fresh.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(revision: Revision, now: dt.datetime) -> bool:
    fresh = Revision.objects.select_for_update().get(pk=revision.pk)
    if not fresh.approved_go_live_at or fresh.approved_go_live_at > now:
        return False
    expires = dateparse.parse_datetime(fresh.content.get("expire_at") or "")
    if expires and expires < now:
        Revision.objects.filter(pk=fresh.pk).update(approved_go_live_at=None)
        return False
    fresh.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    return True


def _attempt(thing: Any, deed: Callable[[], bool], done: list[str], failed: list[str]) -> None:
    name = _name(thing)
    try:
        with transaction.atomic():
            carried_out = deed()
    except Exception as error:  # any page's own code may run here, and none may stop the rest
        logger.exception("%s could not be published or taken down", name)
        failed.append(name)
        _tell_editor(thing, error)
    else:
        if carried_out:
            done.append(name)


def _name(thing: Any) -> str:
    if isinstance(thing, Revision):
        kind = thing.content_type.model_class()
        is_page = kind is not None and issubclass(kind, Page)
        return f"{'page' if is_page else thing.content_type.model} {thing.object_id}"
    return f"{'page' if isinstance(thing, Page) else thing._meta.model_name} {thing.pk}"


def _tell_editor(thing: Any, error: Exception) -> None:
    """Note the failure in the page's history, once for each revision."""
    revision = thing if isinstance(thing, Revision) else thing.latest_revision
    page_id = thing.object_id if isinstance(thing, Revision) else thing.pk
    page = Page.objects.filter(pk=page_id).first()
    if page is None or _name(thing) != f"page {page_id}":
        return
    noted = PageLogEntry.objects.filter(
        page_id=page.pk, action=PUBLISH_FAILED, revision=revision
    ).exists()
    if not noted:
        log(page, PUBLISH_FAILED, revision=revision, data={"kind": type(error).__name__})
