"""Rights in the page tree, worked out from Membership and accepted hosts."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page

from activities.models import ActivityHost, SharedIndexPage
from activities.taxonomy import HostRole, HostStatus
from core.page_rights import ADD, CHANGE, MANAGE, PUBLISH, VIEW, PageRight, PathPolicy, Reach
from directory.models import Membership, VenuePage
from directory.permissions import DRAFTS, PUBLISHES
from directory.taxonomy import Role

SITE_DEPTH = 2  # front pages; the root above them is no page
EDITING = (ADD, CHANGE, PUBLISH, MANAGE)
HOSTING = Q(role=HostRole.LEAD) | Q(status=HostStatus.ACCEPTED)


class MembershipPagePolicy(PathPolicy):
    """Who may add, change, publish and manage which pages (design.md section 11).

    Volunteers and staff draft their venues' activities; editors and leaders change and publish
    their venue and all below it, and the shared events their venue holds; communication editors
    everything; the area head looks.
    """

    def rights_of(self, user: Any) -> list[PageRight]:
        rows = list(Membership.objects.filter(user=user).values_list("role", "venue__path"))
        roles = {role for role, path in rows if path is None}
        drafting = {path for role, path in rows if path and role in DRAFTS}
        publishing = {path for role, path in rows if path and role in PUBLISHES}
        return [
            *_everywhere(roles),
            *_drafting(drafting - publishing),
            *_publishing(publishing),
            *_sharing(publishing),
        ]

    def users_with_any_permission(
        self, actions: Collection[str], include_superusers: bool = True
    ) -> Any:
        return _people(Q(memberships__role__in=_roles_for(actions)), include_superusers)

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Page, include_superusers: bool = True
    ) -> Any:
        people = get_user_model().objects.filter(is_active=True, is_superuser=False)
        concerned = people.filter(
            Q(memberships__venue__in=_venues_of(instance)) | Q(memberships__venue__isnull=True),
            memberships__isnull=False,
        ).distinct()
        allowed = [
            user.pk
            for user in concerned
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return _people(Q(pk__in=allowed), include_superusers)


def _everywhere(roles: Collection[str]) -> Iterator[PageRight]:
    actions: tuple[str, ...] = ()
    if Role.COMMUNICATION in roles:
        actions = EDITING
    elif Role.AREA_HEAD in roles:
        actions = (VIEW,)
    if actions:
        for path in Page.objects.filter(depth=SITE_DEPTH).values_list("path", flat=True):
            yield from (PageRight(action, path) for action in actions)


def _drafting(venue_paths: Iterable[str]) -> Iterator[PageRight]:
    for path in sorted(venue_paths):
        yield PageRight(ADD, path, Reach.PAGE)
        yield PageRight(CHANGE, path, Reach.BELOW)


def _publishing(venue_paths: Iterable[str]) -> Iterator[PageRight]:
    for path in sorted(venue_paths):
        yield PageRight(ADD, path, Reach.PAGE)
        yield PageRight(CHANGE, path)
        yield PageRight(PUBLISH, path)
        yield PageRight(MANAGE, path, Reach.BELOW)


def _sharing(venue_paths: Collection[str]) -> Iterator[PageRight]:
    """Under the shared events: add new ones, and edit those the person's venues hold."""
    if not venue_paths:
        return
    for path in SharedIndexPage.objects.values_list("path", flat=True):
        yield PageRight(ADD, path, Reach.PAGE)
        yield PageRight(PUBLISH, path, Reach.PAGE)
    held = ActivityHost.objects.filter(HOSTING, venue__path__in=venue_paths)
    for path, role in held.order_by("activity__path").values_list("activity__path", "role"):
        yield PageRight(CHANGE, path, Reach.PAGE)
        yield PageRight(PUBLISH, path, Reach.PAGE)
        if role == HostRole.LEAD:
            yield PageRight(MANAGE, path, Reach.PAGE)


def _roles_for(actions: Collection[str]) -> set[str]:
    """The roles that may do one of `actions` somewhere. Who may add may also change."""
    wanted = set(actions)
    roles: set[str] = set()
    if wanted & {ADD, CHANGE}:
        roles |= DRAFTS | {Role.COMMUNICATION}
    if wanted & {PUBLISH, MANAGE}:
        roles |= PUBLISHES | {Role.COMMUNICATION}
    if VIEW in wanted:
        roles |= {Role.AREA_HEAD}
    return roles


def _venues_of(page: Page) -> Any:
    """The venues whose people may have a say in `page`; all of them for the shared events."""
    venues = VenuePage.objects.filter(
        Q(path__in=[page.path[:end] for end in range(4, len(page.path) + 1, 4)])
        | Q(hostings__in=ActivityHost.objects.filter(HOSTING, activity_id=page.pk))
    )
    return VenuePage.objects.all() if page.specific_class is SharedIndexPage else venues


def _people(condition: Q, include_superusers: bool) -> Any:
    if include_superusers:
        condition |= Q(is_superuser=True)
    return get_user_model().objects.filter(condition, is_active=True).distinct()
