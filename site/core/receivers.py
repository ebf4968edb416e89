"""Whatever an editor changes in the site's own content makes every cached answer old.

Receivers never raise: one that does leaves the page live and stops the publishing of the next.
"""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal, receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search import index
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import AcuteNumber, BasePage, ContentVersion, FristedImage, SiteSettings

logger = logging.getLogger(__name__)


def never_raise(receive: Callable[..., None]) -> Callable[..., None]:
    """Log what goes wrong in a receiver, with the id of what it was about, and go on.

    The work is a savepoint of its own, so that the caller's transaction stays usable.
    """

    @functools.wraps(receive)
    def guarded(sender: Any, **kwargs: Any) -> None:
        try:
            with transaction.atomic():
                receive(sender, **kwargs)
        except Exception:
            subject = getattr(kwargs.get("instance"), "pk", None)
            logger.exception("%s failed for %s %s", receive.__qualname__, sender, subject)

    return guarded


def bump_on(signal: Signal, *senders: type[Model]) -> None:
    """Let the content version go up whenever `signal` comes from one of `senders`."""
    for sender in senders:
        signal.connect(bump, sender=sender, dispatch_uid=f"bump {id(signal)} {sender.__name__}")


@never_raise
def bump(sender: Any, **kwargs: Any) -> None:
    ContentVersion.bump()


SITE_CONTENT = (SiteSettings, AcuteNumber, FristedImage, Site, Redirect, PageViewRestriction)

bump_on(post_save, *SITE_CONTENT)
bump_on(post_delete, *SITE_CONTENT)
bump_on(m2m_changed, PageViewRestriction.groups.through)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
@never_raise
def bump_for_page(sender: Any, **kwargs: Any) -> None:
    ContentVersion.bump()


@receiver(post_delete, sender=Page)
@never_raise
def bump_for_deleted_page(sender: Any, **kwargs: Any) -> None:
    ContentVersion.bump()


@receiver(page_published)
@never_raise
def index_with_relations(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Wagtail indexes a new page before its target groups are stored; now they are."""
    if isinstance(instance, BasePage):
        index.insert_or_update_object(instance)
