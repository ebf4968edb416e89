"""What every public page shows around its content: names, menus, addresses of feeds."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.models import SiteSettings
from pages.models import HomePage, StandardPage

PRIVATE = ("/admin/",)
# Addresses that subscriptions out in the world rely on.
CALENDAR, RSS, ATOM = "/kalender.ics", "/feed.rss", "/feed.atom"
THEME_FIELDS = ("paper", "ink", "pine", "glow", "brick")

# The foot has these in a place of its own, whatever an editor chooses.
ALWAYS_THERE = ("privatliv", "tilgaengelighed")

Menu = list[tuple[str, str, bool]]


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; nothing is asked of the database until a template reads it."""
    if request.path_info.startswith(PRIVATE):
        return {}
    settings: Any = SimpleLazyObject(lambda: SiteSettings.for_request(request))
    return {
        "site_settings": settings,
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "footer_menus": SimpleLazyObject(footer_menus),
        "acute_url": "/#akut",
        "theme_url": SimpleLazyObject(lambda: theme_url(settings)),
        "feeds": SimpleLazyObject(feeds),
        "canonical_url": SimpleLazyObject(lambda: canonical_url(request)),
    }


def main_menu(request: HttpRequest) -> Menu:
    """Return (label, address, whether we are there) for the pages chosen for the menu."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    # By kind too: the kinds that may stand below the front page are few, and their index spares
    # the database from walking through every venue's activities.
    pages = site.root_page.get_children().type(*HomePage.allowed_subpage_models())
    here = request.path_info
    return [
        (page.title, f"/{page.slug}/", here.startswith(f"/{page.slug}/"))
        for page in pages.live().in_menu()
    ]


def footer_menus() -> list[dict[str, Any]]:
    """Return the foot's two menus: finding one's way, and following along."""
    chosen = StandardPage.objects.exact_type(StandardPage).live().filter(show_in_footer=True)
    # By kind, and sorted here, else the database walks through all pages in the order of paths.
    pages = sorted(chosen.exclude(slug__in=ALWAYS_THERE).order_by(), key=lambda page: page.path)
    around = [
        (_("All places"), "/steder/"),
        (_("All activities"), "/aktiviteter/"),
        (_("Out together"), "/faelles/"),
        *((page.title, page.relative_url(None) or "/") for page in pages),
    ]
    follow = [
        (_("Follow the calendar"), "/abonner/"),
        (_("Get it by mail"), reverse("newsletter_signup")),
        (_("The calendar as a file (iCal)"), CALENDAR),
        (_("News as RSS"), RSS),
        (_("Open data"), "/data/"),
    ]
    return [
        {"title": _("Find your way"), "items": around},
        {"title": _("Follow along"), "items": follow},
    ]


def theme_url(settings: SiteSettings) -> str:
    """Return the address of the municipality's own colours, or "" when it has none."""
    chosen = [getattr(settings, field) for field in THEME_FIELDS]
    return f"{reverse('theme')}?v={''.join(chosen).replace('#', '')}" if any(chosen) else ""


def feeds() -> list[tuple[str, str, str]]:
    """Return (title, type, address) of the feeds of the whole municipality."""
    return [
        (_("News and changes (RSS)"), "application/rss+xml", RSS),
        (_("News and changes (Atom)"), "application/atom+xml", ATOM),
        (_("All activities (iCal)"), "text/calendar", CALENDAR),
    ]


def canonical_url(request: HttpRequest) -> str:
    """Return the page's own address without its query."""
    return request.build_absolute_uri(request.path)


def front_page() -> HomePage | None:
    """Return the published front page."""
    return HomePage.objects.live().first()
