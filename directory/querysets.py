"""Reads over venues. What the public may see of the directory is decided here."""

from typing import Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class VenueQuerySet(PageQuerySet["VenuePage"]):
    def public(self) -> Self:
        """Published and below no page that needs a login or a password."""
        return self.live().public_pages()

    def public_pages(self) -> Self:
        return super().public()

    def in_order(self) -> Self:
        """By name as Danes sort: æ, ø and å last."""
        return self.order_by("sort_key", "pk")


VenueManager = PageManager.from_queryset(VenueQuerySet)
