"""The municipality's name and logo, where Wagtail would show its own."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from wagtail.images.models import SourceImageIOError

from core.models import SiteSettings

DOOR = "img/favicon.svg"
LOGO = "max-320x120|format-png"
ICON = "max-96x96|format-png"


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose admin this is. Without an uploaded logo `own_logo` is false and the door stands in."""

    name: str
    site_name: str
    logo_url: str
    icon_url: str
    own_logo: bool


def brand_of(request: HttpRequest | None) -> Brand:
    """Return the brand of the site; the settings are asked for once a request."""
    found = SiteSettings.for_request(request) if request is not None else _first()
    site: Any = found or SiteSettings()
    name = site.municipality or site.site_name
    try:
        logo = site.logo.get_rendition(LOGO).url if site.logo else ""
        icon = site.logo.get_rendition(ICON).url if site.logo else ""
    except SourceImageIOError:  # the file is gone; the admin must open all the same
        logo = icon = ""
    door = static(DOOR)
    return Brand(name, site.site_name, logo or door, icon or door, bool(logo))


def _first() -> SiteSettings | None:
    return SiteSettings.objects.order_by("-site__is_default_site", "pk").first()
