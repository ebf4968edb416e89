"""Every event of Wagtail that can change which dates the public sees (design.md section 13).

Refreshing is synchronous: a cancellation must be seen at once. `post_save` of pages and plans is
never listened to, since autosave writes them while somebody is still typing.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.permissions import policy_registry
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from activities.actions import (
    activities_below,
    activities_of_venue,
    hand_over_hosting,
    name_lead_host,
    refresh_activity,
    refresh_many,
    refresh_venue,
    write_tombstone,
)
from activities.actions.planning import hand_over_planning
from activities.actions.series import catch_up
from activities.models import ActivityHost, ActivityPage, CalendarEntry, SharedIndexPage
from core.receivers import never_raise
from directory.models import Membership, VenuePage
from directory.permissions import PUBLISHES
from directory.signals import venue_changed, venue_merged


@receiver([page_published, page_unpublished, page_slug_changed])
@never_raise
def refresh_after_publishing(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A page went on or off the site, or its address changed; `sender` is its specific class."""
    if issubclass(sender, ActivityPage):
        if kwargs.get("signal") is page_published:
            catch_up(instance.pk, now=timezone.now())
        refresh_activity(instance.pk)
    elif issubclass(sender, VenuePage):
        refresh_venue(instance.pk)


@receiver(page_slug_changed)
@receiver(post_page_move)
@never_raise
def refresh_branch(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Only the top page of a branch is named, and a move gives it as a plain Page."""
    path = Page.objects.values_list("path", flat=True).get(pk=instance.pk)
    moved = {*activities_below(path)}
    for venue_id in VenuePage.objects.filter(path__startswith=path).values_list("pk", flat=True):
        moved.update(activities_of_venue(venue_id))
    refresh_many(sorted(moved))


@receiver([post_save, post_delete], sender=PageViewRestriction)
@never_raise
def refresh_restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A login or a password before a page hides every date below it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is None:
        return
    concerned = {*activities_below(page.path)}
    for venue_id in VenuePage.objects.filter(path__startswith=page.path).values_list(
        "pk", flat=True
    ):
        concerned.update(activities_of_venue(venue_id))
    refresh_many(sorted(concerned))


@receiver(pre_delete, sender=ActivityPage)
@receiver(pre_delete, sender=VenuePage)
@never_raise
def bury(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Comes once for each page of a deleted branch, while everything is still there."""
    write_tombstone(instance, now=timezone.now())


@receiver(pre_delete, sender=VenuePage)
@never_raise
def refresh_events_held_elsewhere(sender: Any, instance: VenuePage, **kwargs: Any) -> None:
    """Shared events outlive a venue that held them, without its name."""
    ids = activities_of_venue(instance.pk)
    transaction.on_commit(partial(refresh_many, ids), robust=True)


@receiver(post_save, sender=ActivityHost)
@never_raise
def refresh_held(sender: Any, instance: ActivityHost, **kwargs: Any) -> None:
    """Hosts are also changed in the page's own editor, without an action."""
    if not kwargs.get("raw"):
        refresh_activity(instance.activity_id)


@receiver(post_delete, sender=ActivityHost)
@never_raise
def refresh_no_longer_held(sender: Any, instance: ActivityHost, **kwargs: Any) -> None:
    """Afterwards: the activity itself may be on its way out, and must not be written to."""
    ids = [instance.activity_id]
    transaction.on_commit(partial(refresh_many, ids), robust=True)


@receiver(post_save, sender=ActivityPage)
@never_raise
def name_main_host(sender: Any, instance: ActivityPage, **kwargs: Any) -> None:
    """Whoever writes a shared event brings their venue as its main host."""
    if not kwargs.get("created") or kwargs.get("raw") or instance.owner_id is None:
        return
    if not SharedIndexPage.objects.filter(path=instance.path[: -instance.steplen]).exists():
        return
    roles = Membership.objects.filter(user=instance.owner_id, role__in=PUBLISHES)
    membership = roles.select_related("venue").order_by("pk").first()
    if membership is not None:
        name_lead_host(instance, membership.venue, now=timezone.now())
        policy_registry.get_by_type(Page).forget(instance.owner)


@receiver(venue_changed)
@never_raise
def refresh_changed_venue(sender: Any, venue_id: int, **kwargs: Any) -> None:
    """An address may have become secret: what cannot be rendered anew now is tried each minute."""
    ids = activities_of_venue(venue_id)
    CalendarEntry.objects.filter(activity__in=ids).update(refreshed_revision=None)
    refresh_many(ids)


@receiver(venue_merged)
@never_raise
def follow_merged_venue(sender: Any, venue_id: int, successor_id: int, **kwargs: Any) -> None:
    """The successor holds what the merged venue held together with others."""
    venues = VenuePage.objects.in_bulk([venue_id, successor_id])
    hand_over_hosting(venues[venue_id], venues[successor_id])
    hand_over_planning(venues[venue_id], venues[successor_id])
    refresh_many([*activities_of_venue(venue_id), *activities_of_venue(successor_id)])
