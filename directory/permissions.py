"""Who may do what, from Membership and nothing else: the one place that decides.

Pages (activities.permissions), the internal section and the admin menus all ask here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from directory.models import Membership
from directory.taxonomy import Role

DRAFTS = frozenset({Role.VOLUNTEER, Role.STAFF, Role.EDITOR, Role.VENUE_LEADER})
OPERATES = frozenset({Role.STAFF, Role.EDITOR, Role.VENUE_LEADER})
PUBLISHES = frozenset({Role.EDITOR, Role.VENUE_LEADER})
LEADS = frozenset({Role.VENUE_LEADER})

ACCESS_GROUP = "Fristed: adgang"
COMMUNICATION_GROUP = "Fristed: kommunikation"
ACCESS = [
    ("wagtailadmin", "access_admin"),
]
COLLECTION_RIGHTS = [
    # Wagtail asks for the rights of its own image model, whichever is in use.
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
]
SITE_RIGHTS = [
    ("core", "change_sitesettings"),
    ("wagtailredirects", "add_redirect"),
    ("wagtailredirects", "change_redirect"),
    ("wagtailredirects", "delete_redirect"),
]


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do. A deactivated person has the empty value."""

    active: bool = False
    administrator: bool = False
    by_role: Mapping[str, frozenset[int]] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()

    def venues(self, roles: Iterable[str]) -> frozenset[int]:
        """Return the ids of the venues where the person has one of `roles`."""
        return frozenset().union(*(self.by_role.get(role, frozenset()) for role in roles))

    @property
    def drafts(self) -> frozenset[int]:
        """Venues whose activities the person may write drafts for."""
        return self.venues(DRAFTS)

    @property
    def operates(self) -> frozenset[int]:
        """Venues where the person may cancel and move dates and tell of closed days."""
        return self.venues(OPERATES)

    @property
    def publishes(self) -> frozenset[int]:
        """Venues whose page and activities the person may publish."""
        return self.venues(PUBLISHES)

    @property
    def leads(self) -> frozenset[int]:
        """Venues that the person leads."""
        return self.venues(LEADS)

    @property
    def edits_site(self) -> bool:
        """May change and publish every page, and the settings of the site."""
        return self.administrator or Role.COMMUNICATION in self.everywhere

    @property
    def sees_everything(self) -> bool:
        """May see every venue's pages in the admin, drafts too."""
        return self.edits_site or Role.AREA_HEAD in self.everywhere

    @property
    def heads_area(self) -> bool:
        """Is the head of social services and disability, or an administrator."""
        return self.administrator or Role.AREA_HEAD in self.everywhere

    @property
    def works_here(self) -> bool:
        """Has any role at all: sees the internal section and reaches the admin."""
        return self.administrator or bool(self.by_role) or bool(self.everywhere)

    def may_operate(self, venue_id: int) -> bool:
        """Whether the person may cancel and move this venue's dates."""
        return self.edits_site or venue_id in self.operates

    def may_publish(self, venue_id: int) -> bool:
        """Whether the person may publish this venue's page and activities."""
        return self.edits_site or venue_id in self.publishes


# What was found during the present request, by user; None outside of one.
_found: ContextVar[dict[int, Rights] | None] = ContextVar("rights", default=None)


@contextmanager
def rights_remembered() -> Iterator[None]:
    """Ask Membership once for each person while this lasts; each menu entry asks for rights."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def forget_rights() -> None:
    """Ask Membership anew: somebody's has changed."""
    if (found := _found.get()) is not None:
        found.clear()


def rights_of(user: Any) -> Rights:
    """Return what `user` may do; nothing for visitors and deactivated people.

    One query, and one for each person during a request.
    """
    if not (user.is_authenticated and user.is_active):
        return Rights()
    found = _found.get()
    if found is None:
        return _asked(user)
    if user.pk not in found:
        found[user.pk] = _asked(user)
    return found[user.pk]


def _asked(user: Any) -> Rights:
    by_role: dict[str, set[int]] = {}
    everywhere: set[str] = set()
    for role, venue_id in user.memberships.values_list("role", "venue_id"):
        if venue_id is None:
            everywhere.add(role)
        else:
            by_role.setdefault(role, set()).add(venue_id)
    return Rights(
        active=True,
        administrator=user.is_superuser,
        by_role={role: frozenset(ids) for role, ids in by_role.items()},
        everywhere=frozenset(everywhere),
    )


@transaction.atomic
def ensure_access_group() -> Group:
    """Return the group that opens the admin and the picture library, made if it is missing.

    Which pages somebody may touch there follows from Membership, never from a group.
    """
    from wagtail.models import Collection, GroupCollectionPermission

    group, _ = Group.objects.get_or_create(name=ACCESS_GROUP)
    group.permissions.set(_permissions(ACCESS))
    root = Collection.get_first_root_node()
    for permission in _permissions(COLLECTION_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
    return group


@transaction.atomic
def ensure_communication_group() -> Group:
    """Return the group that may change what belongs to the whole site."""
    group, _ = Group.objects.get_or_create(name=COMMUNICATION_GROUP)
    group.permissions.set(_permissions(SITE_RIGHTS))
    return group


@transaction.atomic
def sync_groups(user: Any) -> None:
    """Put `user` into the groups that fit their memberships, and out of the others."""
    roles = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    _place(user, ensure_access_group(), belongs=bool(roles))
    _place(user, ensure_communication_group(), belongs=Role.COMMUNICATION in roles)


def _place(user: Any, group: Group, *, belongs: bool) -> None:
    (user.groups.add if belongs else user.groups.remove)(group)


def _permissions(names: list[tuple[str, str]]) -> list[Permission]:
    found = Permission.objects.filter(
        content_type__app_label__in={app for app, _ in names},
        codename__in={codename for _, codename in names},
    ).select_related("content_type")
    return [row for row in found if (row.content_type.app_label, row.codename) in set(names)]
