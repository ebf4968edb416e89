"""Rights over Wagtail pages as plain rows: an action and the part of the tree it holds for.

Wagtail's own rows (GroupPagePermission) need a group per venue, and its queries break down when
one person has some hundred of them. Here an app above says which rights a person has, and
everything Wagtail asks is answered from page paths.
"""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

VIEW = "view"  # see it in the admin, change nothing
ADD = "add"
CHANGE = "change"
PUBLISH = "publish"
MANAGE = "manage"  # delete, move and unpublish; Wagtail itself reads these from the other three

# What Wagtail asks for before it opens the explorer: any right at all.
EXPLORING = frozenset({ADD, CHANGE, PUBLISH, "bulk_delete", "lock", "unlock"})


class Reach(enum.Enum):
    """Which pages a right holds for."""

    PAGE = "page"
    BELOW = "below"
    BRANCH = "branch"  # the page and all below it


@dataclass(frozen=True, slots=True)
class Codename:
    """What Wagtail reads of a permission."""

    codename: str


@dataclass(frozen=True, slots=True)
class Branch:
    """What Wagtail reads of the page a permission is given on."""

    path: str

    @property
    def depth(self) -> int:
        return len(self.path) // Page.steplen


@dataclass(frozen=True, slots=True)
class PageRight:
    """One right of one person, for example to publish a venue and all below it."""

    action: str
    path: str
    reach: Reach = Reach.BRANCH

    def covers(self, path: str) -> bool:
        """Whether the right holds for the page at `path`."""
        if self.reach is Reach.PAGE:
            return path == self.path
        return path.startswith(self.path) and (self.reach is Reach.BRANCH or path != self.path)

    @property
    def permission(self) -> Codename:
        return Codename(f"{self.action}_page")

    @property
    def page(self) -> Branch:
        return Branch(self.path)


class PageTester(PagePermissionTester):  # type: ignore[misc]  # Wagtail is untyped
    """What one person may do with one page; reads the reach of rights and knows MANAGE."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            rights = self.permission_policy.get_cached_permissions_for_user(user)
            self.permissions = actions_on(page.path, rights)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._may_manage() and super().can_delete(ignore_bulk=ignore_bulk)

    def can_unpublish(self) -> bool:
        return self._may_manage() and super().can_unpublish()

    def can_publish(self) -> bool:
        return super().can_publish() and (self.user.is_superuser or CHANGE in self.permissions)

    def can_reorder_children(self) -> bool:
        return super().can_reorder_children() and self.can_publish()

    def can_copy(self) -> bool:
        return super().can_copy() and self._may_manage()

    def can_set_view_restrictions(self) -> bool:
        """No page of ours has anything to choose among: who may see it follows from its kind."""
        offers = bool(self.page.specific_class.private_page_options)
        return offers and bool(self.user.is_active and self.user.is_superuser)

    def _may_manage(self) -> bool:
        if not self.user.is_active or self.user.is_superuser:
            return bool(self.user.is_active)
        return MANAGE in self.permissions and not self.page.specific_class.fixed_place


def actions_on(path: str, rights: Iterable[PageRight]) -> set[str]:
    """Return the actions that `rights` allow on the page at `path`."""
    return {right.action for right in rights if right.covers(path)}


def pages_covered(rights: Iterable[PageRight]) -> Q:
    """Return a condition on Page for all pages that one of `rights` holds for."""
    single: set[str] = set()
    condition = Q(pk__in=[])
    for path, reach in sorted({(right.path, right.reach) for right in rights}, key=str):
        if reach is Reach.PAGE:
            single.add(path)
        elif reach is Reach.BRANCH:
            condition |= Q(path__startswith=path)
        else:
            condition |= Q(path__startswith=path) & ~Q(path=path)
    return condition | Q(path__in=single) if single else condition


def ancestor_paths(paths: Iterable[str]) -> set[str]:
    """Return the paths of all pages above `paths`, the pages themselves not included."""
    step = Page.steplen
    return {path[:end] for path in paths for end in range(step, len(path), step)}


def common_ancestor(paths: Iterable[str]) -> str:
    """Return the path of the deepest page that is, or is above, all of `paths`; "" for none."""
    ordered = sorted(paths)
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]
    letters = enumerate(zip(first, last, strict=False))
    same = next((at for at, (one, other) in letters if one != other), len(first))
    return first[: same // Page.steplen * Page.steplen]


class PathPolicy(PagePermissionPolicy):  # type: ignore[misc]  # Wagtail is untyped
    """Answers Wagtail's questions about page rights from rows of `PageRight`.

    A subclass says which rights a person has and, the other way round, who has a right.
    """

    permission_cache_name = "_page_rights"

    def forget(self, user: Any) -> None:
        """Work out the rights of `user` afresh when next asked: they changed in this request."""
        for name in (self.permission_cache_name, self._explorable_root_instance_cache_name):
            if hasattr(user, name):
                delattr(user, name)

    def rights_of(self, user: Any) -> list[PageRight]:
        """Return the rights of an active person who is no administrator."""
        raise NotImplementedError

    def users_with_any_permission(
        self, actions: Collection[str], include_superusers: bool = True
    ) -> Any:
        raise NotImplementedError

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Page, include_superusers: bool = True
    ) -> Any:
        raise NotImplementedError

    def get_all_permissions_for_user(self, user: Any) -> list[PageRight]:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        return self.rights_of(user)

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        """Whether the person may do one of `actions` anywhere; looking around needs any right."""
        if user.is_active and set(actions) >= EXPLORING:
            return bool(user.is_superuser or self.get_cached_permissions_for_user(user))
        return bool(super().user_has_any_permission(user, actions))

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Page
    ) -> bool:
        everything = self._base_user_has_permission(user)
        if everything is not None:
            return bool(everything)
        allowed = actions_on(instance.path, self.get_cached_permissions_for_user(user))
        if ADD in allowed and instance.owner_id == user.pk:
            allowed.add(CHANGE)
        return bool(allowed & set(actions))

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> Any:
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything
        rights = self.get_cached_permissions_for_user(user)
        condition = pages_covered(right for right in rights if right.action in actions)
        if CHANGE in actions and ADD not in actions:
            own = pages_covered(right for right in rights if right.action == ADD)
            condition |= own & Q(owner=user)
        return self.model._default_manager.filter(condition)

    def instances_with_direct_explore_permission(self, user: Any) -> Any:
        if user.is_superuser:
            return Page.objects.filter(depth=1)
        return [right.page for right in self.get_cached_permissions_for_user(user)]

    def explorable_root_instance(self, user: Any) -> Page | None:
        """Return the deepest page that has everything the person may see below it, or itself."""
        cached = self._explorable_root_instance_cache_name
        if not hasattr(user, cached):
            setattr(user, cached, self._explorable_root(user))
        return getattr(user, cached)

    def explorable_instances(self, user: Any) -> Any:
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything
        rights = self.get_cached_permissions_for_user(user)
        root = self.explorable_root_instance(user)
        if root is None:
            return self.model._default_manager.none()
        places = {right.path for right in rights}
        condition = pages_covered(rights) | Q(path__in=places | ancestor_paths(places))
        return self.model._default_manager.filter(condition, path__startswith=root.path)

    def _explorable_root(self, user: Any) -> Page | None:
        paths = [row.path for row in self.instances_with_direct_explore_permission(user)]
        return Page.objects.filter(path=common_ancestor(paths)).first()
