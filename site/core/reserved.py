"""Addresses that are not free for pages, because something else answers there."""

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

RESERVED = _("Something else on the site has the address “%(slug)s”. Choose another one.")


def is_reserved(slug: str, parent: Page | None) -> bool:
    """Whether a page called `slug` below `parent` would never be seen.

    The programme of a venue, for example, is at `/steder/<venue>/program/`.
    """
    if parent is None or not slug or parent.is_root():
        return False
    below_front_page = parent.url_path.split("/", 2)[2]
    try:
        found = resolve(f"/{below_front_page}{slug}/")
    except Resolver404:
        return False
    return found.url_name != "wagtail_serve"
