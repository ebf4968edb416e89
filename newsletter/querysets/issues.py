"""Reads over newsletters. What is in the archive on the web is decided in `in_archive`."""

from typing import TYPE_CHECKING, Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from newsletter.taxonomy import Audience

if TYPE_CHECKING:
    from newsletter.models import IssuePage  # noqa: F401  (named in quotes)


class IssueQuerySet(PageQuerySet["IssuePage"]):
    def in_archive(self) -> Self:
        """Out in the world and written to everybody, the newest first."""
        published = self.live().filter(topic__audience=Audience.PUBLIC)
        return published.order_by("-first_published_at", "-pk")

    def for_staff(self) -> Self:
        """Written to colleagues: in no archive, feed or site map."""
        return self.filter(topic__audience=Audience.STAFF)

    def unsent(self) -> Self:
        """No sending of them is planned, on its way or done; published by hand or not."""
        return self.exclude(
            dispatches__state__in=("waiting", "frozen", "sending", "paused", "done")
        )


IssueManager = PageManager.from_queryset(IssueQuerySet)
