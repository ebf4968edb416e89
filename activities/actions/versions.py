"""What is decided beside the editor is written into every version of a page that is yet to come."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Revision

from activities.models import ActivityPage


def on_every_version(page: ActivityPage, change: Callable[[ActivityPage], bool], by: Any) -> None:
    """Change the live page and each version that waits, separately; publish no draft.

    `change` alters a version in memory and says whether it did. The caller refreshes the activity.
    """
    waiting = _waiting(page)
    if change(page):
        if page.live and not waiting:
            page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        else:
            page.save()
    for revision in waiting:
        draft = revision.as_object()
        if change(draft):
            Revision.objects.filter(pk=revision.pk).update(content=draft.serializable_data())


def _waiting(page: ActivityPage) -> list[Revision]:
    """Versions that are yet to be published: scheduled ones and the draft somebody works on."""
    waits = Revision.objects.for_instance(page)
    scheduled = list(waits.filter(approved_go_live_at__isnull=False))
    latest = page.latest_revision if page.has_unpublished_changes else None
    return scheduled + ([latest] if latest and latest not in scheduled else [])
